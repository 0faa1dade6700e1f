"""A real server on the example release, and a real Chromium that may not go outside."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sights import FLAGS, SIZES, SPY, Server, Sight, looking
from street_files import road_file

from geo.streets.importing import Wanted, import_streets
from store.home import Home

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError("the server stopped")
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise RuntimeError(f"no answer from {url}")


@contextmanager
def _served(example_home: Home, folder: Path, *command: str) -> Iterator[Server]:
    """Serve the example from ``folder``, with a spy on the sockets of the process."""
    releases = folder / "releases"
    releases.mkdir()
    for part in example_home.releases.iterdir():
        (releases / part.name).symlink_to(part)
    (folder / "sitecustomize.py").write_text(SPY, encoding="utf-8")
    port, log = _free_port(), folder / "sockets.log"
    log.touch()
    environment = {
        **os.environ,
        "WEERBEELD_HOME": str(folder),
        "WEERBEELD_PORT": str(port),
        "PYTHONPATH": str(folder),
        "SPY_LOG": str(log),
    }
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(url, process)
            yield Server(url, log)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def server(example_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    weerbeeld = str(Path(sys.executable).parent / "weerbeeld")
    with _served(example_home, tmp_path_factory.mktemp("spy"), weerbeeld, "serve") as served:
        yield served


@pytest.fixture(scope="module")
def trial(example_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serves a page besides, that is a map and nothing else."""
    page = ROOT / "tests" / "kit" / "trial_page.py"
    folder = tmp_path_factory.mktemp("trial")
    with _served(example_home, folder, sys.executable, str(page), "serve") as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Ends with its tests: while it is there, no other can run an event loop."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"CI must have Chromium at {CHROMIUM}")
        pytest.skip(f"no Chromium at {CHROMIUM} (set CHROMIUM to its path)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sight(chromium: Browser, size: str) -> Iterator[Sight]:
    with looking(chromium, size) as found:
        yield found


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots go; CI may keep them."""
    folder = Path(os.environ.get("WEERBEELD_PICTURES", ROOT / "var" / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def with_streets(server: Server, tmp_path: Path) -> Iterator[None]:
    """Streets are installed on the server while a test runs."""
    file = server.spy_log.parent / "releases" / "streets.sqlite"
    import_streets(road_file(tmp_path / "nwb.gpkg"), file, Wanted())
    yield
    file.unlink()
