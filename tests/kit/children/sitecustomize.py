"""Python runs this when it starts: processes that a test starts find the databases of its homes."""

import sys
from pathlib import Path

TESTS = str(Path(__file__).resolve().parent.parent)

sys.path.append(TESTS)

import postgresql  # noqa: E402

sys.path.remove(TESTS)

postgresql.attach()
