"""No page file shows anything by itself: not run, not imported, not asked of a fresh server."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from store.home import Home

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "pages"
FILES = sorted(PAGES.rglob("*.py"))
RUNNABLE = [path for path in FILES if path.name != "__init__.py"]
REGIONS = ("main", "sidebar")
SECONDS = 60


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
    assert drawn(AppTest.from_file(path, default_timeout=SECONDS).run()) == []


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
    assert "pages.indicator" in modules
    at = AppTest.from_function(_import_afresh, args=(modules,), default_timeout=SECONDS)
    assert drawn(at.run()) == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _wait_until_healthy(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(SECONDS * 5):
        assert server.poll() is None, "the server stopped"
        try:
            if _get(port, "/_stcore/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"the server was not healthy within {SECONDS} seconds")


@pytest.fixture(scope="module")
def fresh_server(example_home: Home) -> Iterator[int]:
    """The port of a server that nobody opened a page on."""
    port = _free_port()
    environment = {
        **os.environ,
        "WEERBEELD_HOME": str(example_home.root),
        "WEERBEELD_PORT": str(port),
    }
    server = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(SECONDS)


@pytest.mark.parametrize("path", FILES, ids=names)
def test_a_fresh_server_answers_a_page_file_with_the_empty_shell(
    path: Path, fresh_server: int
) -> None:
    status, shell = _get(fresh_server, "/")
    assert status == 200
    inside = path.relative_to(PAGES)
    for asked in (f"/{inside.stem}", f"/pages/{inside}", f"/{inside.with_suffix('')}"):
        status, answer = _get(fresh_server, asked)
        assert status == 404 or answer == shell, asked
    assert b"Weerbeeld" not in shell
