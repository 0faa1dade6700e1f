"""Where the published answers lie that the statistics must reproduce."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def anchors() -> Path:
    """Data with published answers, or a skip that says why."""
    folder = Path(os.environ.get("ANCHORS_DIR", ROOT.parent / "shared" / "anchors"))
    if not folder.exists():
        pytest.skip(f"no data with published answers in {folder} (set ANCHORS_DIR)")
    return folder
