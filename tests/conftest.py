"""The example release that many tests read, built once, and where shared test data lie.

Tests marked ``both`` run twice: on SQLite and, in a database for each of their homes, on a real
PostgreSQL. With WEERBEELD_TEST_DATABASE=postgresql all tests run on PostgreSQL only.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import postgresql
import pytest
from kept import deciding, kept, spoil, state_of

from store.home import Home

postgresql.attach()

ROOT = Path(__file__).resolve().parent.parent

FIXED_KEY = "5eed" * 16
"""The key decides the noise of protection; a fixed one makes each run judge the same figures."""


EVERYTHING = os.environ.get("WEERBEELD_TEST_DATABASE") == "postgresql"
_session = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marks, and start the server when every test needs it."""
    config.addinivalue_line("markers", "both: runs on SQLite and on PostgreSQL")
    config.addinivalue_line("markers", "sqlite: is about a SQLite file, so never on PostgreSQL")
    config.addinivalue_line("markers", "postgresql: is about PostgreSQL only")
    if EVERYTHING:
        _session.enter_context(postgresql.in_use(_session.enter_context(postgresql.server())))


def pytest_unconfigure() -> None:
    """Stop the server."""
    _session.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about SQLite files when everything runs on PostgreSQL."""
    unfit = [item for item in items if EVERYTHING and item.get_closest_marker("sqlite")]
    if unfit:
        items[:] = [item for item in items if item not in unfit]
        config.hook.pytest_deselected(items=unfit)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run marked tests twice, but for those that need the whole example built first."""
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    wanted = ["postgresql"] if "postgresql" in marks else []
    if "both" in marks and "example_home" not in metafunc.fixturenames:
        wanted = ["sqlite"] if "sqlite" in marks else ["sqlite", "postgresql"]
    if wanted and not EVERYTHING:
        metafunc.parametrize("database", wanted, indirect=True)


@pytest.fixture(scope="session")
def socket_of_server() -> Iterator[str]:
    """Where the server of PostgreSQL listens."""
    if EVERYTHING:
        yield os.environ[postgresql.SERVER]
        return
    with postgresql.server() as socket:
        yield socket


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Which database homes are in: ``sqlite`` or ``postgresql``."""
    kind = "postgresql" if EVERYTHING else getattr(request, "param", "sqlite")
    if kind == "sqlite":
        yield kind
        return
    own = "tmp_path" in request.fixturenames
    folder = request.getfixturevalue("tmp_path") if own else None
    with postgresql.in_use(request.getfixturevalue("socket_of_server")):
        yield kind
        if folder:
            postgresql.forget(folder)


def _build_example(root: Path) -> None:
    """Write, take in and build the whole example as a newcomer gets it."""
    import pandas as pd

    from demo import deliveries as example
    from intake.receive import receive
    from release.build import build

    home = Home(root)
    home.work.mkdir()
    home.key_file.write_text(FIXED_KEY, encoding="ascii")
    folder = home.root / "demo"
    example.write(folder)
    for row in pd.read_csv(folder / "deliveries.csv", sep=";", dtype=str).itertuples(index=False):
        receive(str(row.kind), folder / str(row.file), str(row.partner), home)
    build(home)


@pytest.fixture(scope="session")
def kept_example() -> Path:
    """Where the example's home is kept; WEERBEELD_TEST_HOME names one of one's own."""
    named = os.environ.get("WEERBEELD_TEST_HOME")
    return Path(named) if named else kept("example", deciding(), _build_example)


@pytest.fixture(scope="session")
def example_home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Home]:
    """The home of the whole example, with an access store of this session's own.

    The rest is kept between runs, so whoever changes it fails.
    """
    root = tmp_path_factory.mktemp("example")
    if EVERYTHING:
        _build_example(root)
        yield Home(root)
        return
    there = request.getfixturevalue("kept_example")
    for name in ("demo", "releases", "work"):
        (root / name).symlink_to(there / name)
    yield Home(root)


@pytest.fixture(autouse=True)
def _the_kept_example_stays_as_it_is(request: pytest.FixtureRequest) -> Iterator[None]:
    if EVERYTHING or "example_home" not in request.fixturenames:
        yield
        return
    there: Path = request.getfixturevalue("kept_example")
    before = state_of(there)
    yield
    changed = sorted({name for name, *_ in before ^ state_of(there)})
    if changed:
        spoil(there)
        pytest.fail(
            f"{request.node.nodeid}, or a test that ran beside it, changed what all tests share: "
            f"{', '.join(changed[:5])} in {there}. Let it change a copy. The next run builds anew."
        )


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
