"""Going back to a release takes one command, and a withdrawn one is gone for every reader."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from small_home import deliver, records, shrink
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from cli import app
from errors import WeerbeeldError
from operations.build import build
from records import KINDS
from store import releases
from store.access import AuditLine, open_access
from store.console import os_account
from store.content import checksum_path
from store.home import Home
from store.logs import LogFailedError
from store.publication import publication_lock
from store.release import POINTER, current_release
from store.releases import current_name, published, use, withdraw, withdrawn


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three releases, each of one more delivery."""
    folder = tmp_path_factory.mktemp("releases")
    home = Home(folder / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
        shrink(patch.setattr)
        for number, kind in enumerate(("incident", "inspection", "business")):
            deliver(home, kind, records(KINDS[kind], 60), folder)
            path = build(home).path
            os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
    return home.root


@pytest.fixture
def home(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
    monkeypatch.setenv("WEERBEELD_HOME", str(tmp_path / "home"))
    shrink(monkeypatch.setattr)
    shutil.copytree(template, tmp_path / "home")
    return Home(tmp_path / "home")


def names(home: Home) -> list[str]:
    """Return the names of the releases, newest first."""
    return [release.name for release in published(home)]


def audited(home: Home) -> list[tuple[str, str, str, str, str]]:
    with Session(open_access(home)) as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.sequence)).all()
    return [(x.action, x.object, x.result, x.origin, x.actor) for x in lines]


def run(*words: str) -> str:
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_release_knows_the_deliveries_that_it_was_built_from(home: Home) -> None:
    assert [release.inputs for release in published(home)] == [
        {1: 0, 2: 0, 3: 0}, {1: 0, 2: 0}, {1: 0},
    ]  # fmt: skip
    assert all(release.sound() for release in published(home))


def test_going_back_takes_one_command(home: Home) -> None:
    last, middle, first = names(home)
    assert f"{last}  built" in run("release", "list")
    assert current_name(home) == last
    run("release", "use", first)
    assert current_release(home.releases).stem == first
    assert f"Release {middle} is current" in run("release", "use", middle)
    lines = [line for line in run("release", "list").splitlines() if "current" in line]
    assert [line.split()[0] for line in lines] == [middle]
    me = os_account()
    assert audited(home)[-2:] == [
        ("release use", first, "ok", "console", me),
        ("release use", middle, "ok", "console", me),
    ]


def test_a_withdrawn_release_is_gone_and_the_newest_sound_one_is_current(home: Home) -> None:
    last, middle, first = names(home)
    damaged = home.releases / f"{middle}.db"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    printed = run("release", "withdraw", last, "--why", "a wrong delivery")
    assert f"Release {first} is current" in printed
    assert current_release(home.releases).stem == first
    assert not list(home.releases.glob(f"{last}*"))
    assert f"{last}  withdrawn" in run("release", "list")
    assert "a wrong delivery" in run("release", "list")
    assert audited(home)[-1][:3] == ("release withdraw", f"{last}: a wrong delivery", "ok")


def test_withdrawing_all_leaves_none(home: Home) -> None:
    for name in names(home):
        printed = run("release", "withdraw", name)
    assert "No release is current" in printed
    assert "No release is current" in run("release", "list")
    with pytest.raises(WeerbeeldError, match="No release is published"):
        current_release(home.releases)
    assert [path.name for path in home.releases.iterdir()] == []


def test_withdrawing_one_that_is_not_current_leaves_the_current(home: Home) -> None:
    last, middle, _ = names(home)
    withdraw(home, middle, "because")
    assert current_name(home) == last


def test_withdrawing_again_changes_nothing(home: Home) -> None:
    last = names(home)[0]
    withdraw(home, last, "first")
    before = audited(home)
    withdraw(home, last, "second")
    assert [gone.why for gone in withdrawn(home)] == ["first"]
    assert audited(home) == before


def test_a_build_never_publishes_a_withdrawn_release_again(home: Home) -> None:
    last, middle, _ = names(home)
    withdraw(home, last, "a wrong delivery")
    for again in (False, True):
        with pytest.raises(WeerbeeldError, match=r"was withdrawn on .* \(a wrong delivery\)"):
            build(home, again=again)
    assert current_name(home) == middle
    assert not (home.releases / f"{last}.db").exists()


def test_going_back_to_a_withdrawn_release_is_refused(home: Home) -> None:
    last = names(home)[0]
    aside = home.root / "aside.db"
    shutil.copy(home.releases / f"{last}.db", aside)
    withdraw(home, last, "because")
    shutil.copy(aside, home.releases / f"{last}.db")
    with pytest.raises(WeerbeeldError, match="was withdrawn"):
        use(home, last)
    assert audited(home)[-1][:3] == ("release use", last, "refused")


@pytest.mark.parametrize("name", ["", "nowhere", "../work/work", "current"])
def test_a_release_that_is_not_there_is_refused(home: Home, name: str) -> None:
    before = current_name(home)
    for change in (use, lambda h, n: withdraw(h, n, "because")):
        with pytest.raises(WeerbeeldError, match="There is no release"):
            change(home, name)
    assert current_name(home) == before
    assert audited(home)[-1][2] == "refused"


def test_a_changed_release_is_not_gone_back_to(home: Home) -> None:
    first = names(home)[-1]
    path = home.releases / f"{first}.db"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(WeerbeeldError, match="damaged"):
        use(home, first)
    path.write_bytes(b"no database")
    assert "damaged" in run("release", "list")
    checksum_path(path).unlink()
    with pytest.raises(WeerbeeldError, match="damaged"):
        use(home, first)


def test_a_withdrawal_that_was_cut_short_is_finished_by_the_next_command(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    last, middle, first = names(home)
    with monkeypatch.context() as patch:
        patch.setattr(releases, "sweep", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            withdraw(home, last, "because")
    assert current_name(home) == middle
    assert (home.releases / f"{last}.db").exists()
    with pytest.raises(WeerbeeldError, match="was withdrawn"):
        build(home)
    assert not list(home.releases.glob(f"{last}*"))
    use(home, first)
    assert current_name(home) == first


def test_a_change_that_cannot_be_logged_is_not_made(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    last, _, first = names(home)

    def full(*_: object) -> None:
        raise LogFailedError("no space left")

    monkeypatch.setattr(releases, "log_change", full)
    with pytest.raises(LogFailedError):
        use(home, first)
    with pytest.raises(LogFailedError):
        withdraw(home, last, "because")
    assert current_name(home) == last
    assert len(names(home)) == 3
    assert withdrawn(home) == []


def test_one_at_a_time(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first = names(home)[-1]
    monkeypatch.setattr(publication_lock.__wrapped__, "__defaults__", (0.1,))  # type: ignore[attr-defined]
    with publication_lock(home), pytest.raises(WeerbeeldError, match="Try again"):
        use(home, first)
    use(home, first)


def test_a_build_waits_for_another(home: Home) -> None:
    last = names(home)[0]
    results: list[str] = []
    with publication_lock(home):
        waiting = threading.Thread(target=lambda: results.append(build(home).name))
        waiting.start()
        waiting.join(1.0)
        assert waiting.is_alive()
    waiting.join(60)
    assert results == [last]


def test_a_build_notes_the_release_it_made_current(home: Home) -> None:
    last, _, first = names(home)
    use(home, first)
    build(home)
    assert current_name(home) == last
    assert audited(home)[-1] == ("publish", last, "ok", "console", os_account())
    before = len(audited(home))
    build(home)
    assert len(audited(home)) == before, "nothing changed, so nothing is said"


def test_the_pointer_is_never_half_written(home: Home) -> None:
    first = names(home)[-1]
    (home.releases / f"{POINTER}.partial").write_text("half")
    use(home, first)
    build(home)
    assert not list(home.releases.glob("*.partial"))
