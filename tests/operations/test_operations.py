"""A backup brings everything back, hostile ones bring nothing, and the doctor names what is ill."""

import json
import shutil
import stat
import threading
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_home import deliver, furnish, identifier, records, shrink
from typer.testing import CliRunner

from cli import app
from errors import WeerbeeldError
from intake.subjects import find_subject
from operations import backup as backup_module
from operations.archive import KEY, MANIFEST
from operations.backup import back_up
from operations.build import build
from operations.checks import Check
from operations.doctor import examine
from operations.restore import LARGEST_RATIO, restore
from records import KINDS
from store.engine import work_engine
from store.home import Home
from store.release import current_release
from store.verifying import verify_logs, verify_releases
from store.work import deliveries

NOW = date(2026, 11, 23)
Tamper = Callable[[dict[str, bytes]], object]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with deliveries and a release."""
    folder = tmp_path_factory.mktemp("operations")
    home = Home(folder / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
        shrink(patch.setattr)
        furnish(home, folder, 60)
        build(home)
    home.boundaries.mkdir()
    (home.boundaries / "wijk.parquet").write_bytes(b"borders")
    return home.root


@pytest.fixture
def home(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
    monkeypatch.setenv("WEERBEELD_HOME", str(tmp_path / "home"))
    shutil.copytree(template, tmp_path / "home")
    return Home(tmp_path / "home")


def held(home: Home) -> dict[str, str]:
    """Return the sha256 of every file that a backup keeps, except the databases."""
    return {
        path.relative_to(home.root).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.root.rglob("*"))
        if path.is_file()
        and path.parent.name not in ("counts", "access", "grants", "work")
        and home.counts not in path.parents
    }


def rewritten(backup: Path, tamper: Tamper, honest: bool = True) -> Path:
    """Write a backup anew with other content; an ``honest`` one lists what it holds."""
    with zipfile.ZipFile(backup) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content.pop(MANIFEST))
    tamper(content)
    if honest:
        manifest["files"] = {
            name: {"size": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in content.items()
        }
    target = backup.with_name("tampered.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
        archive.writestr(MANIFEST, json.dumps(manifest))
    return target


@pytest.mark.sqlite
def test_what_is_backed_up_comes_back(home: Home, tmp_path: Path) -> None:
    made = back_up(home, tmp_path / "backup.zip")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert not made.with_key
    restored = Home(tmp_path / "elsewhere" / "home")
    manifest = restore(made.path, restored.root)
    assert len(manifest.files) == made.files
    assert held(restored) == held(home)
    before, after = (deliveries(work_engine(each)) for each in (home, restored))
    assert [vars(d) | {"_sa_instance_state": 0} for d in before] == [
        vars(d) | {"_sa_instance_state": 0} for d in after
    ]
    assert current_release(restored.releases).stem == current_release(home.releases).stem
    assert all(finding.sound for finding in verify_logs(restored, {}))
    assert all(finding.sound for finding in verify_releases(restored.releases))
    assert stat.S_IMODE(restored.work.stat().st_mode) == 0o700
    assert stat.S_IMODE(restored.work_db.stat().st_mode) == 0o600
    assert not list(restored.root.parent.glob(".*"))


@pytest.mark.long
@pytest.mark.sqlite
def test_the_key_goes_along_only_when_asked(home: Home, tmp_path: Path) -> None:
    secret = home.key_file.read_bytes()
    without, with_key = tmp_path / "without.zip", tmp_path / "with.zip"
    printed = CliRunner().invoke(app, ["backup", str(without)], catch_exceptions=False).output
    assert "The keys of pseudonyms and noise are not in it" in printed
    printed = CliRunner().invoke(app, ["backup", str(with_key), "--with-key"]).output
    assert "It holds the keys" in printed
    for path in (without, with_key):
        with zipfile.ZipFile(path) as archive:
            whole = b"".join(archive.read(name) for name in archive.namelist())
        assert (secret in whole) == (path == with_key)
    fresh = Home(tmp_path / "fresh")
    CliRunner().invoke(app, ["restore", str(without), "--home", str(fresh.root)])
    with pytest.raises(WeerbeeldError, match="would not link up"):
        find_subject(fresh, "VERZONNEN-x")
    other = Home(tmp_path / "other")
    restore(with_key, other.root)
    assert stat.S_IMODE(other.key_file.stat().st_mode) == 0o600
    firm = identifier("business", "firm_id", 3)
    assert len(find_subject(other, firm)) == len(find_subject(home, firm)) > 0


@pytest.mark.long
@pytest.mark.sqlite
def test_a_restored_home_goes_on_where_it_was(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink(monkeypatch.setattr)
    back_up(home, tmp_path / "backup.zip", with_key=True)
    restored = Home(tmp_path / "restored")
    restore(tmp_path / "backup.zip", restored.root)
    before = current_release(home.releases).stem
    (restored.boundaries / "wijk.parquet").unlink()
    (home.boundaries / "wijk.parquet").unlink()
    assert build(restored).name == before
    deliver(restored, "incident", records(KINDS["incident"], 80, seed=2), tmp_path, "more")
    assert build(restored).fresh


@pytest.mark.sqlite
def test_a_backup_while_intake_runs_is_consistent(home: Home, tmp_path: Path) -> None:
    frames = [records(KINDS["incident"], 40, seed=10 + n) for n in range(6)]
    stop = threading.Event()
    taken = []

    def take_in() -> None:
        for number, frame in enumerate(frames):
            frame["incident_id"] += f"-{number}"
            deliver(home, "incident", frame, tmp_path, f"running{number}")
            taken.append(number)
        stop.set()

    intake = threading.Thread(target=take_in)
    intake.start()
    counts: list[int] = []
    while not stop.is_set() and len(counts) < 6:
        target = tmp_path / f"backup{len(counts)}.zip"
        back_up(home, target)
        restored = Home(tmp_path / f"restored{len(counts)}")
        restore(target, restored.root)
        counts.append(len(deliveries(work_engine(restored))))
        assert [c for c in examine(restored) if c.what == "records"] == []
    intake.join()
    assert len(taken) == len(frames)
    assert counts == sorted(counts)
    assert counts[0] < len(deliveries(work_engine(home)))


@pytest.mark.sqlite
def test_a_backup_that_fails_leaves_nothing(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_module, "_add", full)
    with pytest.raises(WeerbeeldError, match="No space left"):
        back_up(home, folder / "backup.zip")
    assert list(folder.iterdir()) == []


@pytest.mark.sqlite
def test_a_backup_goes_only_where_it_harms_nothing(home: Home, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_bytes(b"precious")
    with pytest.raises(WeerbeeldError, match="is there already"):
        back_up(home, tmp_path / "there.zip")
    assert (tmp_path / "there.zip").read_bytes() == b"precious"
    with pytest.raises(WeerbeeldError, match="Choose a place outside"):
        back_up(home, home.root / "backup.zip")
    with pytest.raises(WeerbeeldError, match="cannot be written"):
        back_up(home, tmp_path / "no" / "such" / "folder.zip")
    home.key_file.unlink()
    with pytest.raises(WeerbeeldError, match="cannot go along"):
        back_up(home, tmp_path / "backup.zip", with_key=True)
    with pytest.raises(WeerbeeldError, match="nothing to keep"):
        back_up(Home(tmp_path / "empty"), tmp_path / "backup.zip")


@pytest.mark.sqlite
def test_lost_records_stop_a_backup(home: Home, tmp_path: Path) -> None:
    next(home.records.rglob("*.parquet")).unlink()
    with pytest.raises(WeerbeeldError, match="no whole backup"):
        back_up(home, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


@pytest.mark.sqlite
def test_a_home_in_use_is_not_overwritten(home: Home, tmp_path: Path) -> None:
    back_up(home, tmp_path / "backup.zip")
    before = held(home)
    with pytest.raises(WeerbeeldError, match="not empty"):
        restore(tmp_path / "backup.zip", home.root)
    assert held(home) == before
    empty = tmp_path / "empty"
    empty.mkdir()
    restore(tmp_path / "backup.zip", empty)
    assert held(Home(empty)) == before


@pytest.fixture(scope="module")
def good(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup to be tampered with."""
    target = tmp_path_factory.mktemp("good") / "backup.zip"
    back_up(Home(template), target)
    return target


def _any_record(content: dict[str, bytes]) -> str:
    return next(name for name in content if name.startswith("work/records/"))


HONEST: dict[str, Tamper] = {
    "a path upward": lambda c: c.update({"../outside": b"x"}),
    "a path upward within": lambda c: c.update({"work/records/../../../outside": b"x"}),
    "an absolute path": lambda c: c.update({"/tmp/outside": b"x"}),
    "a path of another system": lambda c: c.update({"work\\..\\outside": b"x"}),
    "a file of another name": lambda c: c.update({"work/records/incident/run.sh": b"x"}),
    "no work store": lambda c: c.pop("work/work.db"),
    "a work store that is none": lambda c: c.update({"work/work.db": b"nothing" * 99}),
    "a pointer upward": lambda c: c.update({"releases/current": b"../work/work\n"}),
    "records that lack": lambda c: c.pop(_any_record(c)),
}

DISHONEST: dict[str, Tamper] = {
    "a changed byte": lambda c: c.update({_any_record(c): c[_any_record(c)][:-1] + b"x"}),
    "a file too short": lambda c: c.update({_any_record(c): b""}),
    "a file too long": lambda c: c.update({_any_record(c): c[_any_record(c)] + b"x"}),
    "an unlisted file": lambda c: c.update({KEY: b"00" * 32}),
    "a listed file that lacks": lambda c: c.pop(_any_record(c)),
}


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.parametrize("honest", [True, False])
def test_a_tampered_backup_brings_nothing(good: Path, tmp_path: Path, honest: bool) -> None:
    for what, tamper in (HONEST if honest else DISHONEST).items():
        folder = tmp_path / "target"
        folder.mkdir()
        with pytest.raises(WeerbeeldError, match="damaged"):
            restore(rewritten(good, tamper, honest), folder / "home")
        assert list(folder.iterdir()) == [], what
        assert not (tmp_path / "outside").exists()
        folder.rmdir()


@pytest.mark.sqlite
def test_bombs_are_refused_before_they_unpack(good: Path, tmp_path: Path) -> None:
    size = LARGEST_RATIO * good.stat().st_size * 3 // 2  # zeros take some room as well
    large = rewritten(good, lambda c: c.update({"work/boundaries/big": bytes(size)}))
    with pytest.raises(WeerbeeldError, match="would unpack to"):
        restore(large, tmp_path / "home")
    sly = good.with_name("sly.zip")
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(sly, "w", zipfile.ZIP_DEFLATED) as new:
        manifest = json.loads(old.read(MANIFEST))
        name = _any_record(manifest["files"])
        for each in old.namelist():
            if each not in (name, MANIFEST):
                new.writestr(each, old.read(each))
        new.writestr(name, bytes(50 * 2**20))
        new.writestr(MANIFEST, json.dumps(manifest))
    with pytest.raises(WeerbeeldError, match="is larger than its manifest says"):
        restore(sly, tmp_path / "home")
    assert not (tmp_path / "home").exists()


@pytest.mark.sqlite
def test_a_full_disk_is_said_beforehand(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(WeerbeeldError, match="Make room"):
        restore(good, tmp_path / "home")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip" * 50, None])
def test_what_is_no_backup_is_said(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "file.zip"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(WeerbeeldError, match=r"not a backup|cannot be restored"):
        restore(file, tmp_path / "home")
    assert not (tmp_path / "home").exists()


@pytest.mark.sqlite
def test_a_truncated_backup_brings_nothing(good: Path, tmp_path: Path) -> None:
    data = good.read_bytes()
    file = tmp_path / "cut.zip"
    for share in (0.2, 0.5, 0.9, 0.999):
        file.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(WeerbeeldError, match="damaged"):
            restore(file, tmp_path / "home")
    flipped = bytearray(data)
    for place in range(1000, len(data) // 2, len(data) // 9):
        flipped[place] ^= 0xFF
    file.write_bytes(flipped)
    with pytest.raises(WeerbeeldError, match="damaged"):
        restore(file, tmp_path / "home")
    assert not (tmp_path / "home").exists()


def states(home: Home, today: date = NOW) -> dict[str, Check]:
    """Return the worst check of each subject."""
    order = ("ok", "attention", "broken")
    worst: dict[str, Check] = {}
    for check in examine(home, today):
        known = worst.get(check.what)
        if known is None or order.index(check.state) > order.index(known.state):
            worst[check.what] = check
    return worst


def test_the_doctor_is_content_with_a_healthy_home(home: Home) -> None:
    (home.boundaries / "wijk.parquet").unlink()
    found = states(home, current_built(home))
    assert {check.state for check in found.values()} <= {"ok", "attention"}
    ill = {what for what, check in found.items() if check.state != "ok"}
    assert ill <= {"disk", "libraries", "retention", "seals"}
    assert len(found) >= 12


def current_built(home: Home) -> date:
    from store.releases import published

    built = published(home)[0].built
    assert built is not None
    return built


def _damage_release(home: Home) -> None:
    path = current_release(home.releases)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def _damage_log(home: Home) -> None:
    data = home.access_db.read_bytes()
    home.access_db.write_bytes(data.replace(b"receive business", b"receive busineSs"))


def _forget_records(home: Home) -> None:
    path = next((home.records / "business").glob("*.parquet"))
    pq.write_table(pq.read_table(path).slice(1), path)


def _mix_up_records(home: Home) -> None:
    path = next((home.records / "business").glob("*.parquet"))
    shutil.copy(next((home.records / "incident").glob("*.parquet")), path)


ILLS: dict[str, tuple[Callable[[Home], object], str, str, str]] = {
    "readable work": (lambda h: h.work.chmod(0o755), "rights", "broken", "chmod 700"),
    "readable key": (lambda h: h.key_file.chmod(0o644), "rights", "broken", "chmod 600"),
    "open access": (lambda h: h.access.chmod(0o777), "rights", "broken", "chmod 770"),
    "writable releases": (lambda h: h.releases.chmod(0o777), "rights", "broken", "chmod 755"),
    "lost key": (lambda h: h.key_file.unlink(), "key", "broken", "Restore"),
    "other key": (lambda h: h.key_file.write_text("ab" * 32), "key", "broken", "earlier key"),
    "no key": (lambda h: h.key_file.write_text("short"), "key", "broken", "backup"),
    "fewer records": (_forget_records, "records", "broken", "59 records instead of 60"),
    "other records": (_mix_up_records, "left over", "broken", "Restore them from a backup"),
    "no store": (lambda h: h.work_db.write_bytes(b"x" * 5000), "work store", "broken", "backup"),
    "release": (_damage_release, "release", "broken", "not as it was published"),
    "log": (_damage_log, "processing log", "broken", "line "),
    "half release": (
        lambda h: (h.releases / "x.partial").write_text(""), "left over", "attention", "retention",
    ),
    "half records": (
        lambda h: (h.records / "business" / "a.parquet.tmp").write_text(""),
        "left over", "attention", "retention run",
    ),
    "no release": (
        lambda h: (h.releases / "current").unlink(), "current release", "attention", "build",
    ),
}  # fmt: skip


OF_FILES = {"open access", "no store", "log", "no release"}
MARKED = [pytest.param(i, marks=pytest.mark.sqlite) if i in OF_FILES else i for i in ILLS]


@pytest.mark.long
@pytest.mark.parametrize("ill", MARKED)
def test_the_doctor_names_what_is_ill(home: Home, ill: str) -> None:
    make_ill, what, state, words = ILLS[ill]
    for before in states(home).values():
        assert before.state != "broken"
    make_ill(home)
    found = [check for check in examine(home, NOW) if check.what.startswith(what)]
    assert any(check.state == state and words in check.words for check in found), found
    result = CliRunner().invoke(app, ["doctor"], catch_exceptions=False)
    assert result.exit_code == (2 if state == "broken" else 0)
    assert f"{state:9}  {what}" in result.output


def test_the_doctor_changes_nothing(home: Home) -> None:
    def everything() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in home.root.rglob("*") if p.is_file()}

    list(examine(home))  # makes SQLite take in what its journal still held
    before = everything()
    list(examine(home))
    assert everything() == before


def test_the_doctor_sees_what_grows_old(home: Home, tmp_path: Path) -> None:
    built = current_built(home)
    assert states(home, built + timedelta(days=30))["current release"].state == "ok"
    assert states(home, built + timedelta(days=50))["current release"].state == "attention"
    assert states(home, built + timedelta(days=80))["deliveries"].state == "attention"
    assert "retention run" in states(home, date(2040, 1, 1))["retention"].words
    deliver(home, "incident", records(KINDS["incident"], 80, seed=2), tmp_path, "more")
    assert "1 deliveries changed" in states(home, built)["current release"].words


def test_the_doctor_of_an_empty_or_absent_home(tmp_path: Path) -> None:
    assert [c.state for c in examine(Home(tmp_path / "absent"), NOW)] == ["broken"]
    found = states(Home(tmp_path), NOW)
    assert found["work store"].state == "attention"
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_an_older_version_is_no_illness(home: Home) -> None:
    from alembic import command

    from store.engine import writing
    from store.migrating import migration_config

    with writing(work_engine(home)) as session:
        command.downgrade(migration_config(session.connection()), "0001")
    check = states(home)["work store"]
    assert check.state == "attention"
    assert "migration 0001" in check.words
