"""The example release that many tests read, built once, and where shared test data lie."""

import os
from pathlib import Path

import pytest

from store.home import Home

ROOT = Path(__file__).resolve().parent.parent

FIXED_KEY = "5eed" * 16
"""The key decides the noise of protection; a fixed one makes each run judge the same figures."""


@pytest.fixture(scope="session")
def example_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home of the whole example: written, taken in and built as a newcomer gets it.

    WEERBEELD_TEST_HOME names a home that was built before, to save time while developing.
    """
    ready = os.environ.get("WEERBEELD_TEST_HOME")
    if ready:
        return Home(Path(ready))
    import pandas as pd

    from demo import deliveries as example
    from intake.receive import receive
    from release.build import build

    home = Home(tmp_path_factory.mktemp("example"))
    home.work.mkdir()
    home.key_file.write_text(FIXED_KEY, encoding="ascii")
    folder = home.root / "demo"
    example.write(folder)
    for row in pd.read_csv(folder / "deliveries.csv", sep=";", dtype=str).itertuples(index=False):
        receive(str(row.kind), folder / str(row.file), str(row.partner), home)
    build(home)
    return home


@pytest.fixture(scope="session")
def example_release(example_home: Home) -> Path:
    """The folder of releases of the example."""
    return example_home.releases


@pytest.fixture(scope="session")
def nl_data() -> Path:
    """Real Dutch test data, or a skip that says why."""
    folder = Path(os.environ.get("NL_DATA_DIR", ROOT.parent / "shared" / "nl"))
    if not folder.exists():
        pytest.skip(f"no Dutch test data in {folder} (set NL_DATA_DIR)")
    return folder
