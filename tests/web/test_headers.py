"""What the server answers and refuses, asked of a real process over a real socket."""

import asyncio
import platform
import re
import socket
import sqlite3
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
import streamlit as st
from planted_release import plant
from serving import COMMAND, ROOT, Answer, Serving, serving
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from app import OPTIONS
from errors import WeerbeeldError
from pages import PAGES
from pages.kit.style import BASE, SCRIPTS
from settings import Settings
from store.home import Home
from web.guard import Guard
from web.map_code import MAIN, address_of
from web.maps import ENTRY, FIGURES
from web.site import site_of

ALWAYS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.S)
PUBLIC = "weerbeeld.example.nl"

CLOSED = [
    "/media/0123456789abcdef.csv",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/upload_file/session/file",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/bidi-components/x/y.js",
    "/_stcore/bidi-components/weerbeeld.kaart/modules/main.js",
    "/kaart/code/0/main.js",
    "/component/x/index.html",
    "/app/static/x.png",
    "/static/js/not-there.js",
    "/index.html",
    "/manifest.json",
    "/pages/start.py",
    "/geen-pagina",
    "/.git/config",
    "/%2e%2e/settings.py",
    "//example.com/",
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server without any release."""
    folder = tmp_path_factory.mktemp("bare")
    with serving(folder / "home", folder) as found:
        yield found


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that readers reach over TLS, through a proxy."""
    folder = tmp_path_factory.mktemp("tls")
    with serving(folder / "home", folder, url=f"https://{PUBLIC}") as found:
        yield found


def check(answer: Answer) -> None:
    """Check what every answer must carry, and what none may."""
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    rules = policy(answer)
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


def policy(answer: Answer) -> dict[str, list[str]]:
    rules = (rule.split() for rule in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in rules}


def script_path(serving: Serving) -> str:
    found = re.search(r'src="\.(/static/js/index\.[^"]+)"', serving.ask("/").text)
    assert found
    return found.group(1)


def test_every_kind_of_answer_carries_the_headers(bare: Serving) -> None:
    asked = {
        "/": 200,
        f"/{PAGES[0].path}": 200,
        script_path(bare): 200,
        "/favicon.png": 200,
        "/_stcore/health": 200,
        "/_stcore/host-config": 200,
        "/health": 503,
        f"/{PAGES[0].path}/": 308,
        "/auth/login?provider=forged": 404,
        "/nergens": 404,
        ENTRY: 200,
        address_of(MAIN): 200,
        FIGURES: 403,
    }
    for path, status in asked.items():
        answer = bare.ask(path)
        assert answer.status == status, path
        check(answer)


@pytest.mark.parametrize("path", CLOSED)
def test_what_the_framework_would_serve_by_itself_is_closed(path: str, bare: Serving) -> None:
    answer = bare.ask(path)
    assert answer.status == 404
    assert "Deze pagina bestaat niet" in answer.text
    check(answer)


@pytest.mark.parametrize(
    "method", ["TRACE", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "CONNECT", "VERZONNEN"]
)
@pytest.mark.parametrize("path", ["/", "/health", "/_stcore/upload_file/a/b", "/_stcore/agent/mcp"])
def test_methods_that_change_things_are_refused(method: str, path: str, bare: Serving) -> None:
    answer = bare.ask(path, method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert b"Cookie" not in answer.body, "TRACE repeats what was sent"
    check(answer)


def test_the_policy_allows_no_script_but_ours(bare: Serving) -> None:
    answer = bare.ask("/")
    rules = policy(answer)
    digests = [b64encode(sha256(s.encode()).digest()).decode() for s in SCRIPTS]
    hashes = {f"'sha256-{digest}'" for digest in digests}
    assert set(rules["script-src"]) == {"'self'", "'wasm-unsafe-eval'", *hashes}
    assert rules["connect-src"] == ["'self'"]
    everything = {source for sources in rules.values() for source in sources}
    assert not {s for s in everything if "*" in s or "http" in s or s == "'unsafe-eval'"}
    inline = [text for given, text in SCRIPT.findall(answer.text) if "src=" not in given]
    assert inline == [BASE]


@pytest.mark.parametrize(("query", "language"), [("", "nl"), ("?taal=en", "en"), ("?taal=x", "nl")])
def test_the_page_says_its_language(query: str, language: str, bare: Serving) -> None:
    text = bare.ask(f"/{query}").text
    assert f'<html lang="{language}">' in text
    assert "<title>Weerbeeld</title>" in text
    assert "Streamlit app" not in text
    assert ">Streamlit<" not in text


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "", "localhost.evil.example"),
        *("localhost:1@evil.example", "localhost@evil.example", "evil.example:1@localhost"),
        *("localhost:", "localhost:x", "localhost:1:2", "localhost/", "localhost?x", "localhost#x"),
        *("localhost, evil.example", "localhost\\evil.example", "localhost:123456", " localhost:a"),
    ],
)
def test_another_host_is_refused(host: str, bare: Serving) -> None:
    answer = bare.ask("/", host=host)
    assert answer.status in (400, 421)
    if answer.status == 421:
        check(answer)


def _handshake(serving: Serving, origin: str | None, host: str = "") -> Answer:
    address = f"ws://{host or f'localhost:{serving.port}'}/_stcore/stream"
    sock = socket.create_connection(("127.0.0.1", serving.port))
    try:
        with connect(address, sock=sock, origin=Origin(origin) if origin else None):
            return Answer(101, {}, b"")
    except InvalidStatus as refusal:
        given = refusal.response
        headers = {name.lower(): value for name, value in given.headers.raw_items()}
        return Answer(given.status_code, headers, bytes(given.body or b""))


def test_a_page_of_another_site_cannot_open_the_websocket(bare: Serving) -> None:
    port = bare.port
    strangers = ["https://evil.example", f"http://evil.example:{port}", "http://localhost", "null"]
    for origin in [*strangers, None]:
        answer = _handshake(bare, origin)
        assert answer.status == 403, origin
        check(answer)
    for own in (f"localhost:{port}", f"127.0.0.1:{port}"):
        assert _handshake(bare, f"http://{own}", own).status == 101
    assert _handshake(bare, f"http://127.0.0.1:{port}").status == 403


def test_tls_is_remembered_only_where_there_is_tls(bare: Serving, behind_tls: Serving) -> None:
    plain, over_tls = bare.ask("/"), behind_tls.ask("/", host=PUBLIC)
    assert "strict-transport-security" not in plain.headers
    assert over_tls.headers["strict-transport-security"] == "max-age=31536000"
    check(over_tls)
    assert _handshake(behind_tls, f"https://{PUBLIC}", PUBLIC).status == 101
    assert _handshake(behind_tls, f"http://{PUBLIC}", PUBLIC).status == 403


def test_cookies_are_for_us_alone(bare: Serving, behind_tls: Serving) -> None:
    for serving_, host in ((bare, "localhost"), (behind_tls, PUBLIC)):
        cookies = "\n".join(
            serving_.ask(path, host=host).headers.get("set-cookie", "")
            for path in ("/", "/_stcore/health")
        ).splitlines()
        names = {cookie.split("=")[0] for cookie in cookies}
        own = "__Host-weerbeeld" if serving_ is behind_tls else "weerbeeld_browser"
        assert names == {own, "_streamlit_xsrf"}
        for cookie in cookies:
            parts = {part.strip().lower() for part in cookie.split(";")[1:]}
            assert "samesite=lax" in parts
            assert ("secure" in parts) == (serving_ is behind_tls)
            assert ("httponly" in parts) == cookie.startswith(own)
            assert "path=/" in parts
            assert not any(part.startswith(("max-age", "expires", "domain")) for part in parts)


def test_nothing_shows_which_versions_run(bare: Serving) -> None:
    for path in ("/", "/health", "/_stcore/health", "/_stcore/host-config", "/nergens"):
        answer = bare.ask(path)
        sent = "\n".join(answer.headers.values()) + answer.text
        assert not re.search(r"(?i)uvicorn|starlette|python/|traceback|\.venv|1\.67", sent), path


def test_the_websocket_tells_no_version_path_or_machine(bare: Serving) -> None:
    messages = bare.run_script("", "")
    first = next(m for m in messages if m.WhichOneof("type") == "new_session").new_session
    assert first.initialize.environment_info.ByteSize() == 0
    assert first.initialize.user_info.ByteSize() == 0
    assert (first.name, first.main_script_path) == ("", "")
    said = str(messages)
    assert not re.search(r"dashboard\.py|\.venv|site-packages", said)
    for told in (st.__version__, platform.python_version(), str(ROOT), str(Path.home())):
        assert told not in said


def _origin_of_an_export(serving: Serving, host: str, **claims: str) -> str:
    assert serving.ask("/export?link=forged", host=host, **claims).status == 403
    with closing(sqlite3.connect(Home(serving.log.parent / "home").access_db)) as store:
        (found,) = store.execute("SELECT origin FROM audit_line ORDER BY sequence DESC LIMIT 1")
    return str(found[0])


@pytest.mark.sqlite
def test_only_a_proxy_says_from_where(bare: Serving, behind_tls: Serving) -> None:
    claims = {"x_forwarded_for": "198.51.100.9", "x_forwarded_proto": "https"}
    assert _origin_of_an_export(bare, "localhost", **claims) == "export 127.0.0.1"
    assert _origin_of_an_export(behind_tls, PUBLIC, **claims) == "export 198.51.100.9"
    added = claims | {"x_forwarded_for": "203.0.113.5, 198.51.100.9"}
    assert _origin_of_an_export(behind_tls, PUBLIC, **added) == "export 198.51.100.9"


def test_a_fault_shows_no_trace() -> None:
    def fail(_: Request) -> None:
        raise RuntimeError("the password is in this message")

    site = site_of(Settings(), frozenset({"/fault"}))
    inner = Starlette(routes=[Route("/fault", fail)], middleware=[Middleware(Guard, site=site)])
    transport = httpx.ASGITransport(inner, raise_app_exceptions=False)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/fault")

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.text
    assert "password" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_server_listens_on_this_machine_only(bare: Serving) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("reads /proc")
    process = Path("/proc") / str(bare.process.pid)
    sockets = {link.readlink().name for link in (process / "fd").iterdir() if link.is_symlink()}
    inodes = {match.group(1) for s in sockets if (match := re.fullmatch(r"socket:\[(\d+)\]", s))}
    listening = [
        columns[1]
        for name in ("tcp", "tcp6")
        for columns in map(str.split, (process / "net" / name).read_text().splitlines()[1:])
        if columns[3] == "0A" and columns[9] in inodes
    ]
    assert listening == [f"0100007F:{bare.port:04X}"]


def test_a_port_in_use_is_said_plainly(bare: Serving, tmp_path: Path) -> None:
    settings = {"WEERBEELD_HOME": str(tmp_path), "WEERBEELD_PORT": str(bare.port)}
    done = subprocess.run(COMMAND, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"Port {bare.port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["weerbeeld.nl", "ftp://x", "https://", "https://x.nl/pad"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(WeerbeeldError, match="WEERBEELD_URL"):
        site_of(Settings(url=url), frozenset())


SPY = """
import os, sys
_log = open(os.environ["SPY_LOG"], "a", buffering=1)
def _hook(event, args):
    if event in ("open", "sqlite3.connect", "os.listdir", "os.scandir"):
        _log.write(f"{event} {args[0]}\\n")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _log.write(f"reach {args[0]}\\n")
    elif event == "socket.connect" and isinstance(args[1], tuple):
        _log.write(f"reach {args[1][0]}\\n")
sys.addaudithook(_hook)
"""
"""Writes down what the server's process opens, and whom it tries to reach."""


@contextmanager
def spied_on(home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """Serve with the spy, who writes to ``opened.log`` in the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(SPY)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("SPY_LOG", str(folder / "opened.log"))
    with serving(home, folder) as served:
        yield served


@pytest.mark.sqlite
def test_health_names_the_release_and_nothing_more(bare: Serving, tmp_path: Path) -> None:
    none = bare.ask("/health")
    assert none.status == 503
    assert none.text == '{"ok":false,"reason":"there is no release that can be read"}'
    plant(tmp_path / "releases")
    access = Home(tmp_path).access_db
    with serving(tmp_path, tmp_path) as served:
        found = served.ask("/health")
        assert found.status == 200
        assert re.fullmatch(r'\{"ok":true,"release":"[\w-]+","age_days":-?\d+\}', found.text)
        with closing(sqlite3.connect(access)) as store:
            assert store.execute("SELECT count(*) FROM audit_line").fetchone() == (0,)
            store.execute("ALTER TABLE audit_line RENAME TO gone")
            store.commit()
        unfit = served.ask("/health")
        assert unfit.status == 503
        assert "access store cannot be written" in unfit.text
        drawn = str(served.run_script("beeld", "kijker=nsoc"))
    assert "zonder logboek wordt niets getoond" in drawn or "even niet bereikbaar" in drawn
    assert "Kaart:" not in drawn, "no figure without a line in the log"
    assert str(tmp_path) not in drawn


def test_the_server_opens_no_more_of_an_installation_than_it_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, spy = Home(tmp_path / "home"), tmp_path / "spy"
    plant(home.releases)
    for path in (home.work_db, home.key_file, home.records / "business" / "x.parquet"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not for readers")
    with spied_on(home.root, spy, monkeypatch) as served:
        for page in PAGES:
            served.run_script(page.path, "kijker=nsoc%2Briec:limburg%2Bgemeente:GM0983")
        assert served.ask("/health").status == 200
    opened = (spy / "opened.log").read_text().splitlines()
    within = {line.split(" ", 1)[1] for line in opened if str(home.root) in line}
    assert any(str(home.releases) in path for path in within), "the spy saw nothing"
    assert not [path for path in within if str(home.work) in path]
    served_from = (str(home.releases), str(home.access), f"file:{home.releases}")
    assert not [path for path in within if not path.startswith(served_from)]


def test_the_server_asks_nothing_of_the_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a strange origin the framework would ask an outside service for its own address."""
    with spied_on(tmp_path / "home", tmp_path, monkeypatch) as served:
        for origin in ("https://evil.example", f"http://evil.example:{served.port}", None):
            assert _handshake(served, origin).status == 403
        assert served.ask("/", host="evil.example").status == 421
        served.run_script("beeld", "kijker=nsoc&naar=https://evil.example")
    lines = (tmp_path / "opened.log").read_text().splitlines()
    reached = {line.split(" ", 1)[1] for line in lines if line.startswith("reach ")}
    assert lines
    assert reached <= {"127.0.0.1", "localhost", "None"}


def test_the_options_close_what_can_be_closed() -> None:
    text = OPTIONS.read_text(encoding="utf-8")
    for line in (
        'showErrorDetails = "none"',
        "disableDataExport = true",
        "enableCORS = true",
        "enableXsrfProtection = true",
        "enableAgentApi = false",
        "gatherUsageStats = false",
        "allowedOrigins = []",
    ):
        assert line in text
