"""No page file shows anything by itself: not run, not imported, not asked of a fresh server."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Serving, serving
from streamlit.testing.v1 import AppTest

from pages import PAGES as PAGES_OFFERED

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "pages"
FILES = sorted(PAGES.rglob("*.py"))
RUNNABLE = [path for path in FILES if path.name != "__init__.py"]
REGIONS = ("main", "sidebar")
SECONDS = 60
STREAMLIT = (
    str(Path(sys.executable).parent / "streamlit"),
    *("run", "main.py", "--server.port", "{port}", "--server.address", "127.0.0.1"),
    *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
)
"""Serves a folder as the framework does by itself, with its discovery of pages."""


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def drawn(at: AppTest) -> list[str]:
    """Return the types of all elements on a page, in its main part and beside it."""
    assert not at.exception, at.exception
    return [e.type for part in (at.main, at.sidebar) for e in part if e.type not in REGIONS]


def _draw_something() -> None:
    import streamlit as st

    st.write("something")


def test_what_is_drawn_would_be_seen() -> None:
    assert drawn(AppTest.from_function(_draw_something).run()) == ["markdown"]


@pytest.mark.parametrize("path", RUNNABLE, ids=names)
def test_a_page_file_run_alone_draws_nothing(path: Path) -> None:
    found = drawn(AppTest.from_file(path, default_timeout=SECONDS).run())
    assert found == [], f"{names(path)} draws when it is run; let it only define functions"


def _import_afresh(modules: list[str]) -> None:
    import sys
    from importlib import import_module

    held = {name: sys.modules.pop(name) for name in list(sys.modules) if name in modules}
    for module in modules:
        import_module(module)
    sys.modules.update(held)


def test_importing_the_page_files_draws_nothing() -> None:
    parts = [path.relative_to(ROOT).with_suffix("").parts for path in FILES]
    modules = [".".join(part).removesuffix(".__init__") for part in parts]
    assert "pages.kaart" in modules
    at = AppTest.from_function(_import_afresh, args=(modules,), default_timeout=SECONDS)
    assert drawn(at.run()) == []


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Serving]:
    """A server on which nobody opened a page, as at each start."""
    with serving(tmp_path / "home", tmp_path) as found:
        yield found


def drawn_first(server: Serving, page: str) -> str:
    """Return all that a server draws when the first reader asks for a page by its name."""
    return " ".join(str(m.delta) for m in server.run_script(page) if m.HasField("delta"))


@pytest.mark.long
def test_only_the_dashboards_own_script_runs_on_a_fresh_server(fresh_server: Serving) -> None:
    """The page discovery would run what stands directly in ``pages`` for whoever asks first."""
    for path in sorted(PAGES.glob("*.py")):
        page = fresh_server.run_script(path.stem)
        (start,) = (m.new_session for m in page if m.HasField("new_session"))
        assert start.main_script_path == "", "no path is told"
        drawn_ = " ".join(str(m.delta) for m in page if m.HasField("delta"))
        assert "Weerbeeld laat zien waar" in drawn_, path
        offered = {p.url_pathname for m in page for p in m.navigation.app_pages}
        assert offered <= {"", "start", *(page.path for page in PAGES_OFFERED)}


def test_the_page_discovery_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "main.py").write_text("import streamlit as st\nst.write('open')\n")
    secret = "import streamlit as st\nst.write('seen without a grant')\n"
    (tmp_path / "pages" / "secret.py").write_text(secret)
    with serving(tmp_path / "home", tmp_path, STREAMLIT) as server:
        assert "seen without a grant" in drawn_first(server, "secret")


@pytest.fixture(scope="module")
def bare_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("bare")
    with serving(folder / "home", folder) as found:
        yield found


@pytest.mark.parametrize("path", FILES, ids=names)
def test_a_page_file_is_not_there_to_be_asked_for(path: Path, bare_server: Serving) -> None:
    """At the address of a page is the empty shell; at that of its file is nothing."""
    shell = bare_server.ask("/")
    assert shell.status == 200
    assert "signal" not in shell.text
    known = {f"/{page.path}" for page in PAGES_OFFERED}
    inside = path.relative_to(PAGES)
    for asked in (f"/{inside.stem}", f"/pages/{inside}", f"/{inside.with_suffix('')}"):
        answer = bare_server.ask(asked)
        if asked in known:
            assert answer.body == shell.body
        else:
            assert answer.status == 404, asked
