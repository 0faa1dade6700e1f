"""The recipe of docs/server.md, walked through with the real tools as far as a machine without a
running systemd allows: accounts, folders, units, the two accounts at work, and nginx with TLS.
"""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from settings import Settings
from store.access import open_access
from store.home import Home
from store.logs import LogName, verify_chain

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("weerbeeld-*"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
PROGRAM = "/usr/local/lib/weerbeeld/.venv/bin/weerbeeld"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
EXPOSURE = 20
"""systemd's own measure of what a service could do, in tenths; 100 is everything."""

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may act as other accounts"
)
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd's tools are not installed"
)


def settings_of(unit: str) -> list[tuple[str, str]]:
    """Return the settings of a unit, in order; a name may come more than once."""
    lines = (DEPLOY / unit).read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    return [(name, value) for name, _, value in pairs]


def environment(name: str) -> dict[str, str]:
    """Return what an environment file sets."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def run(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a program, in the folder of the repository."""
    plain = [str(word) for word in words]
    return subprocess.run(plain, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """The root of a system of which only the program and our units exist."""
    for program in (PROGRAM, "/bin/sh"):
        path = tmp_path / program.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    for name in UNITS:
        shutil.copy(DEPLOY / name, units)
    targets = tmp_path / "usr/lib/systemd/system"
    targets.mkdir(parents=True)
    for name in (
        "multi-user",
        "basic",
        "sysinit",
        "network",
        "network-online",
        "timers",
        "shutdown",
    ):
        (targets / f"{name}.target").write_text(f"[Unit]\nDescription={name}\n")
    return tmp_path


@needs_systemd
def test_systemd_accepts_the_units(system: Path) -> None:
    done = run("systemd-analyze", "verify", f"--root={system}", *UNITS)
    assert done.returncode == 0
    assert done.stderr == ""
    broken = system / "etc/systemd/system/weerbeeld-web.service"
    broken.write_text(broken.read_text().replace("ProtectSystem=", "ProtectSytem="))
    assert "ProtectSytem" in run("systemd-analyze", "verify", f"--root={system}", *UNITS).stderr


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_can_do_little_besides_its_work(system: Path, unit: str) -> None:
    done = run(
        "systemd-analyze", "security", "--offline=yes", "--no-pager", f"--root={system}",
        f"--threshold={EXPOSURE}", unit,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-300:]


def test_the_units_call_commands_that_there_are() -> None:
    called = [
        value for unit in SERVICES for name, value in settings_of(unit) if name == "ExecStart"
    ]
    known = run(sys.executable, "-c", "from cli import app; app()", "--help").stdout
    for command in called:
        word = command.partition(f"{PROGRAM} ")[2].split()[0]
        assert re.search(rf"\b{word}\b", known), command
    assert len(called) >= 6


def test_the_environment_sets_what_the_settings_know(monkeypatch: pytest.MonkeyPatch) -> None:
    given = environment("weerbeeld.env") | environment("web.env")
    names = {f"WEERBEELD_{name.upper()}" for name in Settings.model_fields}
    assert set(given) <= names
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.env == "production"
    assert settings.public_url.startswith("https://")
    loaded = dict(settings_of("weerbeeld-web.service"))["LoadCredential"].partition(":")[0]
    assert loaded in {name.lower() for name in names}
    written = " ".join(given) + " ".join(given.values())
    assert "secret" not in written.lower(), "no secret stands in a file that others may read"


def test_what_the_dashboard_may_not_enter_is_closed_to_it() -> None:
    web = dict(settings_of("weerbeeld-web.service"))
    home = environment("weerbeeld.env")["WEERBEELD_HOME"]
    assert f"{home}/work" in web["InaccessiblePaths"]
    assert web["ReadWritePaths"] == f"{home}/access"
    assert web["ReadOnlyPaths"] == f"{home}/releases -{home}/grants"
    for unit in ("weerbeeld-build.service", "weerbeeld-backup.service"):
        assert dict(settings_of(unit))["PrivateNetwork"] == "yes", "nothing leaves the machine"


def opened_up() -> str:
    """Return what opens the program to every account, where a folder above it is its owner's only.

    An installation stands where all may read; a developer's Python may be in a home folder. Only
    within the started process (a mount namespace) that folder is emptied of everything else.
    """
    needed = {str(Path(path).resolve()) for path in (ROOT, sys.prefix, sys.base_prefix)}
    closed = {
        str(above)
        for path in needed
        for above in Path(path).parents
        if not above.stat().st_mode & 0o001
    }
    lines = []
    for folder in sorted(closed, key=len)[:1]:
        lines += ['keep="$(mktemp -d)"', f'mount --rbind "{folder}" "$keep"']
        lines.append(f'mount -t tmpfs -o mode=755 none "{folder}"')
        for path in sorted(name for name in needed if name.startswith(f"{folder}/")):
            inner = path.removeprefix(f"{folder}/")
            lines += [f'mkdir -p "{path}"', f'mount --bind "$keep/{inner}" "{path}"']
    return "\n".join(lines)


@dataclass(frozen=True)
class Account:
    """An account as the recipe makes it: its numbers, and the umask of its service."""

    uid: int
    gid: int
    groups: tuple[int, ...]
    umask: int

    def start(self, words: list[str], home: Path, **variables: str) -> "subprocess.Popen[str]":
        """Start a program as this account, which may read nothing but what all may."""
        kept = {"PATH": os.environ["PATH"], "HOME": "/", "PYTHONDONTWRITEBYTECODE": "1"}
        kept |= {"WEERBEELD_HOME": str(home), "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
        groups = ",".join(map(str, self.groups))
        become = f"setpriv --reuid={self.uid} --regid={self.gid} --groups={groups} --no-new-privs"
        script = f'{opened_up()}\numask {self.umask:o}\ncd /\nexec {become} "$@"'
        return subprocess.Popen(
            ["unshare", "--mount", "sh", "-euc", script, "sh", *words],
            env=kept | variables,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def python(self, program: str, home: Path, **variables: str) -> str:
        """Run a program as this account; return what it printed."""
        words = [sys.executable, "-c", textwrap.dedent(program)]
        process = self.start(words, home, **variables)
        printed, wrong = process.communicate(timeout=300)
        assert process.returncode == 0, wrong[-2000:]
        return printed


@dataclass(frozen=True)
class Installation:
    """Folders and accounts as the recipe makes them."""

    home: Home
    build: Account
    web: Account


def _account(system: Path, name: str, unit: str) -> Account:
    users = [line.split(":") for line in (system / "etc/passwd").read_text().splitlines()]
    uid, gid = next((int(user[2]), int(user[3])) for user in users if user[0] == name)
    groups = [line.split(":") for line in (system / "etc/group").read_text().splitlines()]
    more = tuple(int(group[2]) for group in groups if name in group[3].split(","))
    return Account(uid, gid, more, int(dict(settings_of(unit))["UMask"], 8))


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """An installation with its own accounts, taken in and built by the one, invented."""
    if shutil.which("systemd-sysusers") is None or shutil.which("systemd-tmpfiles") is None:
        pytest.skip("systemd's tools are not installed")
    system = Path(tempfile.mkdtemp(prefix="weerbeeld-recipe-"))
    system.chmod(0o755)
    (system / "etc").mkdir()
    try:
        for tool, words in (("sysusers", ()), ("tmpfiles", ("--create",))):
            config = DEPLOY / f"weerbeeld.{tool}.conf"
            done = run(f"systemd-{tool}", *words, f"--root={system}", config)
            assert done.returncode == 0, done.stderr
        home = Home(system / environment("weerbeeld.env")["WEERBEELD_HOME"].lstrip("/"))
        build = _account(system, "weerbeeld", "weerbeeld-build.service")
        web = _account(system, "weerbeeld-web", "weerbeeld-web.service")
        if not _may_run(web):
            pytest.skip(f"another account cannot be given {sys.executable} and {ROOT} to read")
        build.python(
            """
            import os, pathlib
            from granting import give
            from small_home import furnish, shrink
            from operations.seals import seal
            from operations.build import build
            from store.carrying import open_grants
            from settings import Settings
            shrink()
            home = Settings().folders
            delivered = home.work / "delivered"
            delivered.mkdir()
            furnish(home, delivered, 60)
            build(home)
            give(open_grants(home), "anna", "gemeente:GM0599")
            seal(home)
            """,
            home.root,
        )
        yield Installation(home, build, web)
    finally:
        shutil.rmtree(system)


def _may_run(account: Account) -> bool:
    process = account.start([sys.executable, "-c", "import cli, small_home"], Path("/"))
    process.communicate()
    return process.returncode == 0


@needs_root
def test_the_dashboards_account_has_what_it_needs_and_no_more(installation: Installation) -> None:
    home = installation.home
    printed = installation.web.python(
        """
        import json, os, pathlib
        from sqlalchemy import text
        from settings import Settings
        from access.session import signed_in_gateways
        from store.access import open_access
        from store.logs import audit
        from store.release import current_release, open_release

        home = Settings().folders
        release = current_release(home.releases)
        record = os.environ["A_RECORD"]
        refused = {
            "list the work store": lambda: os.listdir(home.work),
            "read the work store": lambda: open(home.work_db, "rb"),
            "read the key": lambda: open(home.key_file, "rb"),
            "read a record": lambda: open(record, "rb"),
            "make a file in work": lambda: open(home.work / "x", "w"),
            "make a release": lambda: open(home.releases / "x.db", "w"),
            "change a release": lambda: open(release, "ab"),
            "remove a release": lambda: os.unlink(release),
            "move the pointer": lambda: open(home.releases / "current", "w"),
            "replace the pointer": lambda: os.rename(home.access_db, home.releases / "current"),
            "open up the folder": lambda: os.chmod(home.releases, 0o777),
            "write the grants": lambda: open(home.grants_db, "ab"),
            "remove the grants": lambda: os.unlink(home.grants_db),
            "make a file beside the grants": lambda: open(home.grants / "grants.db-journal", "w"),
            "replace the grants": lambda: os.rename(home.access_db, home.grants_db),
            "read the seals": lambda: open(home.seals_file, "rb"),
            "make a folder beside": lambda: os.mkdir(home.root / "x"),
        }
        outcome = {}
        for what, attempt in refused.items():
            try:
                attempt()
            except PermissionError:
                outcome[what] = "refused"
            else:
                outcome[what] = "done"
        with open_release(release).connect() as connection:
            outcome["figures"] = connection.scalar(text("SELECT count(*) FROM figure"))
        engine = open_access(home)
        audit(engine, action="look", object="x", result="ok", origin="test", actor="web")
        outcome["uid"] = os.geteuid()
        outcome["sees"] = signed_in_gateways(home.served, "anna").viewer.label
        print(json.dumps(outcome))
        """,
        home.root,
        A_RECORD=str(next(home.records.rglob("*.parquet"))),
    )
    outcome = json.loads(printed)
    assert outcome.pop("figures") > 100
    assert outcome.pop("sees") == "gemeente:GM0599"
    assert outcome.pop("uid") == installation.web.uid != 0
    assert set(outcome.values()) == {"refused"}, outcome
    assert len(outcome) == 17


@needs_root
@pytest.mark.sqlite
def test_both_accounts_write_one_chain(installation: Installation) -> None:
    program = """
        from settings import Settings
        from store.access import open_access
        from store.logs import audit
        engine = open_access(Settings().folders)
        for number in range(5):
            audit(engine, action="look", object="x", result="ok", origin="test", actor="{who}")
        """
    for _ in range(2):
        for who, account in (("web", installation.web), ("build", installation.build)):
            account.python(program.replace("{who}", who), installation.home.root)
    logs: tuple[LogName, ...] = ("audit", "processing")
    for log in logs:
        chain = verify_chain(open_access(installation.home), log)
        assert chain.broken is None
        assert chain.count > 10


@needs_root
def test_the_builds_account_deletes_builds_and_finds_all_well(installation: Installation) -> None:
    printed = installation.build.python(
        """
        from small_home import shrink
        import sys
        import cli
        shrink()
        for words in (["retention", "run"], ["build"], ["verify"], ["doctor"]):
            cli.app(words, standalone_mode=False)
        """,
        installation.home.root,
    )
    assert "deleted" in printed or "No record has ended" in printed
    assert re.search(r"Published release|Already published", printed)
    assert "BROKEN" not in printed
    broken = [line for line in printed.splitlines() if line.startswith("broken")]
    assert broken == []


@needs_root
def test_the_dashboard_serves_as_its_own_account(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "from cli import main; main()", "serve"]
    process = installation.web.start(program, installation.home.root, WEERBEELD_PORT=str(port))
    try:
        answer = _health(port, process)
        assert answer["ok"] is True
        assert answer["release"] == (installation.home.releases / "current").read_text().strip()
        owner = Path(f"/proc/{process.pid}").stat().st_uid
        assert owner == installation.web.uid
        opened = {str(fd.resolve()) for fd in Path(f"/proc/{process.pid}/fd").iterdir()}
        assert not [path for path in opened if path.startswith(str(installation.home.work))]
    finally:
        process.kill()
        process.communicate()


def _health(port: int, process: "subprocess.Popen[str]") -> Mapping[str, object]:
    for _ in range(240):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/health")
            found: Mapping[str, object] = json.loads(connection.getresponse().read())
        except OSError:
            assert process.poll() is None, process.communicate()[1][-2000:]
            time.sleep(0.5)
        else:
            return found
    raise AssertionError("the dashboard does not answer")


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent, as JSON."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    numbers = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return numbers


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Nginx as deployed, at ports for plain HTTP and TLS, before a server that echoes headers."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    done = run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        "-subj", "/CN=weerbeeld.example.nl", "-keyout", tmp_path / "privkey.pem",
        "-out", tmp_path / "fullchain.pem",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    behind = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    plain, tls = _ports(2)
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        "/etc/ssl/weerbeeld": str(tmp_path),
        "/var/log/nginx/weerbeeld.log": str(tmp_path / "access.log"),
        "127.0.0.1:8501": f"127.0.0.1:{behind.server_port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "listen [::]:443 ssl http2;": "",
    }.items():
        assert old in site
        site = site.replace(old, new)
    (tmp_path / "weerbeeld.conf").write_text(site)
    temporary = " ".join(
        f"{kind}_temp_path {tmp_path / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}"
        f" http {{ access_log off; {temporary} include {tmp_path}/weerbeeld.conf; }}"
    )
    words = (NGINX, "-c", tmp_path / "nginx.conf", "-p", tmp_path)
    done = run(*words, "-t")
    assert done.returncode == 0, done.stderr
    process = subprocess.Popen([str(word) for word in words])
    try:
        for _ in range(100):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", tls)) == 0:
                    break
            time.sleep(0.1)
        yield plain, tls
    finally:
        process.terminate()
        process.wait()
        behind.shutdown()


def test_nginx_gives_tls_and_throws_away_what_a_browser_claims(proxy: tuple[int, int]) -> None:
    plain, tls = proxy
    first = HTTPConnection("127.0.0.1", plain)
    first.request("GET", "/gemeente?gebied=GM0599")
    answer = first.getresponse()
    assert answer.status == 308
    location = answer.getheader("location")
    assert location == "https://weerbeeld.example.nl/gemeente?gebied=GM0599"
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    secure = HTTPSConnection("127.0.0.1", tls, context=trusting)
    claims = {
        "Host": "weerbeeld.example.nl",
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "http",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
    }
    secure.request("GET", "/", headers=claims)
    passed = json.loads(secure.getresponse().read())
    assert passed["x-forwarded-for"] == "127.0.0.1"
    assert passed["x-forwarded-proto"] == "https"
    assert passed["host"] == "weerbeeld.example.nl"
    assert (passed["upgrade"], passed["connection"]) == ("websocket", "upgrade")
    again = HTTPSConnection("127.0.0.1", tls, context=trusting)
    again.request("GET", "/health")
    assert again.getresponse().status == 404
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname = False
    old.verify_mode = ssl.CERT_NONE
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, OSError)):
        HTTPSConnection("127.0.0.1", tls, context=old).request("GET", "/")


def test_the_recipe_names_every_file_of_the_folder() -> None:
    recipe = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    for path in DEPLOY.iterdir():
        assert f"deploy/{path.name}" in recipe, path.name
