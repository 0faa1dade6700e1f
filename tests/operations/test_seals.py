"""A log that was written anew, a seal that was changed, and a wrong time stamp are all found."""

import base64
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from command_line import refused, weerbeeld
from sqlalchemy import text

from errors import WeerbeeldError
from operations.backup import back_up
from operations.restore import restore
from operations.seal_checks import check_seals, known_seals, sealed_heads
from operations.seals import Seal, export_seals, read_seals, rotate_seal_key, seal
from operations.timestamps import stamped_at, stamper
from store.access import AuditLine, open_access
from store.append_only import append_only, trigger_names
from store.chain import digest_of
from store.engine import writing
from store.home import Home
from store.logs import audit
from store.noise_key import noise_key
from store.verifying import verify_logs

OPENSSL = shutil.which("openssl")
CONFIG = """
[ tsa ]
default_tsa = own
[ own ]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
"""


def write(home: Home, *objects: str) -> None:
    engine = open_access(home)
    for what in objects:
        audit(engine, action="read", object=what, result="ok", origin="test", actor="anna")
    engine.dispose()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    write(home, "one", "two", "three")
    return home


def wrong(home: Home, exported: Path | None = None, authority: Path | None = None) -> list[str]:
    """Return what the logs and the seals are found to lack."""
    noted = sealed_heads(known_seals(home, exported))
    found = [*verify_logs(home, noted), *check_seals(home, exported, authority)]
    return [finding.words for finding in found if not finding.sound]


def rewrite(home: Home, lines: int = 99) -> None:
    """Write the log anew without its second line, with a chain and triggers that hold."""
    engine = open_access(home)
    with writing(engine) as session:
        for name in trigger_names(engine.dialect.name, "audit_line"):
            on = " ON audit_line" if engine.dialect.name == "postgresql" else ""
            session.execute(text(f"DROP TRIGGER {name}{on}"))
        kept = session.query(AuditLine).order_by(AuditLine.sequence).all()
        rows = [{c.key: getattr(r, c.key) for c in AuditLine.__table__.columns} for r in kept]
        session.execute(text("DELETE FROM audit_line"))
        digest = "0" * 64
        for number, row in enumerate([r for r in rows if r["object"] != "two"][:lines], 1):
            row["sequence"] = number
            digest = row["digest"] = digest_of(digest, AuditLine, row)
            session.execute(AuditLine.__table__.insert().values(**row))  # type: ignore[attr-defined]
        for statement in append_only(engine.dialect.name, "audit_line"):
            if statement.startswith("CREATE TRIGGER"):
                session.execute(text(statement))
    engine.dispose()


@pytest.mark.both
def test_a_log_that_was_written_anew_is_found_by_its_seals(home: Home) -> None:
    made = seal(home)
    write(home, "four")
    assert wrong(home) == []
    assert made.heads["audit"][0] == 3
    rewrite(home)
    assert all(finding.sound for finding in verify_logs(home, {})), "its own chain holds"
    (words,) = wrong(home)
    assert "line 3" in words
    assert "the log was written anew" in words


@pytest.mark.both
def test_a_log_whose_tail_was_cut_off_is_found(home: Home) -> None:
    seal(home)
    rewrite(home, lines=1)
    assert any("its tail was cut off" in words for words in wrong(home))


Tamper = Callable[[list[Seal]], list[Seal]]
TAMPERED: dict[str, Tamper] = {
    "another head": lambda s: [s[0], replace(s[1], heads={"audit": (1, "f" * 64)}), *s[2:]],
    "another time": lambda s: [replace(s[0], at="2020-01-01T00:00:00+00:00"), *s[1:]],
    "one gone": lambda s: [s[0], *s[2:]],
    "the first gone": lambda s: s[1:],
    "put elsewhere": lambda s: [s[1], s[0], s[2]],
    "another key": lambda s: [*s[:2], replace(s[2], key="ab" * 32)],
    "no signature": lambda s: [*s[:2], replace(s[2], signature="00" * 64)],
    "a stamp taken off": lambda s: [replace(s[0], timestamp="AAAA"), *s[1:]],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_changed_seal_is_named(home: Home, how: str) -> None:
    for number in range(3):
        write(home, str(number))
        seal(home)
    assert wrong(home) == []
    changed = TAMPERED[how](read_seals(home.seals_file))
    home.seals_file.write_text("".join(f"{made.written}\n" for made in changed))
    assert wrong(home) != []


def test_seals_that_somebody_else_signed_are_not_ours(home: Home, tmp_path: Path) -> None:
    seal(home)
    other = Home(tmp_path / "other")
    write(other, "one")
    seal(other)
    seal(other)
    own, theirs = read_seals(home.seals_file), read_seals(other.seals_file)
    home.seals_file.write_text(f"{own[0].written}\n{theirs[1].written}\n")
    assert any("does not follow" in words for words in wrong(home))
    home.seals_file.unlink()
    assert any("is gone, and there were seals" in words for words in wrong(home))


@pytest.mark.parametrize("line", ["{}", "no json", '{"number": 1}', "[1]", '"x"', "null"])
def test_what_is_no_seal_is_refused(home: Home, line: str) -> None:
    seal(home)
    home.seals_file.write_text(line + "\n")
    with pytest.raises(WeerbeeldError, match=r"Line 1 of .* is not a seal"):
        read_seals(home.seals_file)


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_exported_seals_are_only_added_and_held_against_ours(
    home: Home, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "elsewhere"
    if kind == "folder":
        target.mkdir()
    seal(home)
    assert export_seals(home, target) == 1
    seal(home)
    assert export_seals(home, target) == 1
    assert export_seals(home, target) == 0
    assert read_seals(target) == read_seals(home.seals_file)
    assert wrong(home, target) == []
    home.seals_file.unlink()
    home.seal_key_file.unlink()
    write(home, "four")
    rewrite(home)
    said = " ".join(wrong(home, target))
    assert "the log was written anew" in said
    assert "are not those of" in said
    with pytest.raises(WeerbeeldError, match="one of the two was changed"):
        export_seals(home, target)


def test_a_new_key_is_named_by_the_last_seal_of_the_old_one(home: Home) -> None:
    seal(home)
    rotate_seal_key(home)
    seal(home)
    first, handing, last = read_seals(home.seals_file)
    assert (first.key, last.key) == (handing.key, handing.successor)
    assert first.key != last.key
    assert wrong(home) == []
    home.seals_file.write_text(f"{first.written}\n{replace(last, number=2).written}\n")
    assert wrong(home) != []


@pytest.mark.sqlite
def test_seals_come_back_with_a_backup_and_their_key_only_when_asked(
    home: Home, tmp_path: Path
) -> None:
    noise_key(home)
    seal(home)
    back_up(home, tmp_path / "backup.zip")
    restored = Home(tmp_path / "restored")
    restore(tmp_path / "backup.zip", restored.root)
    assert read_seals(restored.seals_file) == read_seals(home.seals_file)
    assert not restored.seal_key_file.exists()
    assert wrong(restored) == []
    with pytest.raises(WeerbeeldError, match="not the one in use so far"):
        seal(restored)


def _run(folder: Path, *words: str) -> None:
    subprocess.run([str(OPENSSL), *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A time-stamping authority of its own: a root, and the certificate that signs answers."""
    if OPENSSL is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tsa")
    for name in ("root", "other"):
        _run(
            folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", f"/CN=Verzonnen {name}", "-keyout", f"{name}.key", "-out", f"{name}.pem",
        )  # fmt: skip
    _run(
        folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Verzonnen tijd",
        "-keyout", "tsa.key", "-out", "tsa.csr",
    )  # fmt: skip
    (folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\n")
    _run(
        folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key",
        "-CAcreateserial", "-days", "2", "-extfile", "ext", "-out", "tsa.pem",
    )  # fmt: skip
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    return folder


@contextmanager
def responder(authority: Path, spoil: Callable[[bytes], bytes] = bytes) -> Iterator[str]:
    """Answer as a time-stamping service does: ``openssl ts`` behind HTTP (RFC 3161, 3.4)."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["content-length"]))
            assert self.headers["content-type"] == "application/timestamp-query"
            (authority / "q.tsq").write_bytes(query)
            _run(
                authority, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq",
                "-out", "r.tsr",
            )  # fmt: skip
            body = spoil((authority / "r.tsr").read_bytes())
            self.send_response(200)
            self.send_header("content-type", "application/timestamp-reply")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_time_stamping_service_says_when_a_seal_was_made(home: Home, authority: Path) -> None:
    root = authority / "root.pem"
    with responder(authority) as url:
        made = seal(home, stamper(url, root))
        plain = seal(home)
    assert (made.timestamp != "", plain.timestamp) == (True, "")
    assert wrong(home, authority=root) == []
    (words,) = wrong(home, authority=authority / "other.pem")
    assert "time stamp is not right" in words
    (first, second) = read_seals(home.seals_file)
    moved = replace(first, timestamp=first.timestamp, at="2026-01-01T00:00:00+00:00")
    home.seals_file.write_text(f"{moved.written}\n{second.written}\n")
    assert wrong(home, authority=root) != []
    moment = stamped_at(base64.b64decode(made.timestamp), made.stamped, root)
    assert abs((moment - datetime.now(UTC)).total_seconds()) < 120
    with pytest.raises(WeerbeeldError, match="not right"):
        stamped_at(base64.b64decode(made.timestamp), b"\1" * 32, root)


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "noise": lambda _: b"\x30\x82" + bytes(200),
    "cut": lambda answer: answer[: len(answer) // 2],
    "a flipped bit": lambda answer: answer[:-20] + bytes([answer[-20] ^ 1]) + answer[-19:],
    "too much": lambda answer: answer + bytes(2**20),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_wrong_answer_leaves_a_seal_without_a_stamp_and_says_so(
    home: Home, authority: Path, how: str
) -> None:
    with (
        responder(authority, SPOILED[how]) as url,
        pytest.raises(WeerbeeldError, match="Seal 1 was made without a time stamp"),
    ):
        seal(home, stamper(url, authority / "root.pem"))
    (made,) = read_seals(home.seals_file)
    assert made.timestamp == ""
    assert wrong(home, authority=authority / "root.pem") == []


def test_an_answer_to_another_question_is_refused(home: Home, authority: Path) -> None:
    answers: list[bytes] = []

    def first_again(answer: bytes) -> bytes:
        answers.append(answer)
        return answers[0]

    with responder(authority, first_again) as url:
        seal(home, stamper(url, authority / "root.pem"))
        with pytest.raises(WeerbeeldError, match="not right"):
            seal(home, stamper(url, authority / "root.pem"))


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://x/", "http://", "x"])
def test_what_is_no_address_of_a_service_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(WeerbeeldError, match="no web address"):
        stamper(url, tmp_path)


def test_the_command_seals_exports_and_verify_reads_them(
    home: Home, tmp_path: Path, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "seals.jsonl"
    monkeypatch.setenv("WEERBEELD_SEALS", str(target))
    monkeypatch.setenv("WEERBEELD_TIMESTAMP_CA", str(authority / "root.pem"))
    with responder(authority) as url:
        monkeypatch.setenv("WEERBEELD_TIMESTAMP_URL", url)
        printed = weerbeeld(home.root, "log", "seal")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert json.loads(printed.stdout)["number"] == 1
    assert target.read_text() == printed.stdout
    assert weerbeeld(home.root, "verify").returncode == 0
    monkeypatch.setenv("WEERBEELD_TIMESTAMP_URL", "http://127.0.0.1:1/tsr")
    assert "cannot be asked" in weerbeeld(home.root, "log", "seal").stderr
    assert len(target.read_text().splitlines()) == 2
    monkeypatch.delenv("WEERBEELD_TIMESTAMP_CA")
    assert "needs WEERBEELD_TIMESTAMP_CA" in refused(home.root, "log", "seal")
    home.seals_file.unlink()
    write(home, "four")
    rewrite(home)
    monkeypatch.delenv("WEERBEELD_SEALS")
    found = weerbeeld(home.root, "verify", "--seals", str(target))
    assert found.returncode == 2
    assert "written anew" in found.stdout
