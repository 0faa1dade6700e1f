"""What the tests that kill processes share: a home whose key no environment decides."""

from pathlib import Path

import pytest

from store.home import Home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
    return Home(tmp_path / "home")
