"""Where inputs that went wrong before lie: shared test data, in no repository."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def case(name: str) -> Path:
    """Return an input that went wrong before, or skip the test and say why."""
    folder = Path(os.environ.get("CASES_DIR", ROOT.parent / "shared" / "cases"))
    if not (folder / name).exists():
        pytest.skip(f"no inputs that went wrong in {folder} (set CASES_DIR)")
    return folder / name
