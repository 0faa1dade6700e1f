"""Python runs this when it starts: processes that a test starts find the databases of its homes."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

import postgresql

postgresql.attach()
