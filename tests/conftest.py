"""The example release that many tests read, built once, and where shared test data lie.

Tests marked ``both`` run twice: on SQLite and, in a database for each of their homes, on a real
PostgreSQL. With WEERBEELD_TEST_DATABASE=postgresql all tests run on PostgreSQL only.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import postgresql
import pytest
from dealing import ByFile, rank
from kept import DECIDES, Keep, State, deciding, kept, spoil, state_of

from store.home import Home

postgresql.attach()

ROOT = Path(__file__).resolve().parent.parent

FIXED_KEY = "5eed" * 16
"""The key decides the noise of protection; a fixed one makes each run judge the same figures."""


EVERYTHING = os.environ.get("WEERBEELD_TEST_DATABASE") == "postgresql"
_session = ExitStack()
_states: dict[Path, State] = {}


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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Deal out files, and some tests one by one."""
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest, and leave out what is about SQLite when all runs on PostgreSQL."""
    items.sort(key=rank)
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
    from demo import deliveries
    from operations.build import build
    from tools.example_home import take_in

    home = Home(root)
    home.work.mkdir()
    for file in (home.key_file, home.noise_key_file):
        file.write_text(FIXED_KEY, encoding="ascii")
    folder = home.root / "demo"
    deliveries.write(folder)
    take_in(home, folder)
    build(home)


@pytest.fixture(scope="session")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Keep:
    """Gives a home that is built once and kept between runs, with an access store of one's own.

    WEERBEELD_TEST_HOME names a home of one's own to take for the example.
    """

    def home(name: str, build: Callable[[Path], object], *decides: str) -> Home:
        root, named = tmp_path_factory.mktemp(name), os.environ.get("WEERBEELD_TEST_HOME", "")
        if EVERYTHING:
            build(root)
            return Home(root)
        if named and name == "example":
            there = Path(named)
        else:
            there = kept(name, deciding((*DECIDES, *decides)) + named.replace("/", "-"), build)
        _states[there] = state_of(there)
        for part in there.iterdir():
            if part.name != "access":
                (root / part.name).symlink_to(part)
        return Home(root)

    return home


@pytest.fixture(autouse=True)
def _what_is_kept_stays_as_it_is(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    for there, before in _states.items() if "keep" in request.fixturenames else ():
        changed = sorted({name for name, *_ in before ^ state_of(there)})
        if changed:
            spoil(there)
            pytest.fail(
                f"{request.node.nodeid}, or a test that ran beside it, changed {changed[:5]} in "
                f"{there}, which tests share. Let it change a copy. The next run builds it anew."
            )


@pytest.fixture(scope="session")
def example_home(keep: Keep) -> Home:
    """The home of the whole example."""
    return keep("example", _build_example)


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
