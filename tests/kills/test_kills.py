"""SIGKILL at random moments of everything that writes: nothing accepted is lost, nothing is half.

Every step of every operation is killed at least once, in 20 kills or a few more. ``make kills``
kills 200 times, so each step at four moments at least; docs/long-runs.md has its last result.
WEERBEELD_KILLS says how many, WEERBEELD_SEED where to start.
"""

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pyarrow.parquet as pq
import pytest
from killing import (
    Killer,
    Operation,
    build_release,
    forget,
    intake,
    retain,
    withdraw_release,
    write_logs,
)
from small_home import as_csv, furnish, records

from errors import WeerbeeldError
from records import KINDS
from store.access import open_access
from store.engine import work_engine
from store.home import Home
from store.logs import LogName, verify_chain
from store.release import current_release
from store.releases import current_name, published, withdrawn
from store.verifying import verify_releases
from store.work import deliveries, records_path

KILLS = int(os.environ.get("WEERBEELD_KILLS", "20"))
SEED = int(os.environ.get("WEERBEELD_SEED", secrets.randbelow(10**6)))
LOGS: tuple[LogName, ...] = ("audit", "processing")


def held(home: Home) -> dict[str, int]:
    """Return the records of each delivery, having seen that its file is whole."""
    engine = work_engine(home)
    found = {}
    for delivery in deliveries(engine):
        table = pq.read_table(records_path(home, delivery))
        assert table.num_rows == delivery.rows
        found[delivery.id] = delivery.rows
    engine.dispose()
    return found


def heads(home: Home, noted: dict[LogName, tuple[int, str]]) -> dict[LogName, tuple[int, str]]:
    """Verify both logs against the heads that were noted; return what they are now."""
    engine = open_access(home)
    found: dict[LogName, tuple[int, str]] = {}
    for log in LOGS:
        chain = verify_chain(engine, log, [noted[log]] if log in noted else [])
        assert chain.broken is None, f"{log} log: {chain.broken}"
        found[log] = (chain.count, chain.head)
    engine.dispose()
    return found


def check_releases(home: Home) -> None:
    """See that every release that can be opened is whole, and the pointer leads to one of them."""
    for finding in verify_releases(home.releases):
        assert finding.sound, f"{finding.what}: {finding.words}"
    name = current_name(home)
    assert name not in {gone.name for gone in withdrawn(home)}
    if name:
        assert current_release(home.releases).stem == name
    else:
        with pytest.raises(WeerbeeldError, match="No release"):
            current_release(home.releases)


def left_over(home: Home) -> list[Path]:
    """Return files that an interrupted operation left."""
    engine = work_engine(home)
    known = {records_path(home, delivery) for delivery in deliveries(engine)}
    engine.dispose()
    found = [path for path in home.records.rglob("*") if path.is_file() and path not in known]
    return found + list(home.releases.glob("*.partial"))


def incidents(folder: Path) -> Iterator[Path]:
    """Give files that are deliveries of their own."""
    frame = records(KINDS["incident"], 150)
    number = 0
    while True:
        number += 1
        file = folder / f"incident{number}.csv"
        file.write_bytes(as_csv(frame.assign(incident_id=frame["incident_id"] + f"-{number}")))
        yield file


def kill_intakes_and_logs(folder: Path, killer: Killer, kills: int) -> None:
    """Half of the kills in intake, half in the logs; one home lives through all of them."""
    home, files = Home(folder / "home"), incidents(folder)
    counted = folder / "counted"
    accepted: set[str] = set()
    killer.complete(intake, home, str(next(files)))
    killer.complete(intake, home, str(next(files)))
    killer.complete(intake, home, str(next(files)), wanted="writing")
    killer.complete(write_logs, home, str(counted))
    while killer.count < kills // 2:
        file = str(next(files))
        killer.kill(intake, home, file, wanted="writing" if killer.count % 2 else "")
        before = set(held(home))
        assert accepted <= before
        killer.complete(intake, home, file)
        accepted = set(held(home))
        assert before <= accepted
        assert not left_over(home)
    noted = heads(home, {})
    while killer.count < kills:
        counted.write_bytes(b"")
        killer.kill(write_logs, home, str(counted))
        after = heads(home, noted)
        sure = counted.read_bytes()
        assert after["audit"][0] >= noted["audit"][0] + sure.count(b"a")
        assert after["processing"][0] >= noted["processing"][0] + sure.count(b"p")
        noted = after
    killer.complete(write_logs, home, str(counted))
    heads(home, noted)
    assert set(held(home)) == accepted


def kill_builds(folder: Path, killer: Killer, kills: int) -> None:
    """A third each in the whole build, in its publication and in withdrawing an old release."""
    home, files = Home(folder / "home"), incidents(folder)
    for wanted in ("", "publish"):
        killer.complete(intake, home, str(next(files)))
        killer.complete(build_release, home, wanted=wanted)
    noted = heads(home, {})
    killer.complete(withdraw_release, home, published(home)[-1].name)
    while killer.count < kills or len(killer.moments) < 3:
        killer.complete(intake, home, str(next(files)))
        before, known = current_name(home), {release.name for release in published(home)}
        for wanted in ("", "publish"):
            killer.kill(build_release, home, wanted=wanted)
            check_releases(home)
            now = {release.name for release in published(home)}
            assert known <= now
            assert current_name(home) in {before, *(now - known)}
            if now != known:
                break
        noted = heads(home, noted)
        killer.complete(build_release, home)
        check_releases(home)
        assert not left_over(home)
        fresh, *older = published(home)
        assert current_name(home) == fresh.name not in known
        for old in older[1:] or older:
            killer.kill(withdraw_release, home, old.name)
            check_releases(home)
            assert current_name(home) == fresh.name
            killer.complete(withdraw_release, home, old.name)
            check_releases(home)
            assert not old.path.exists()
        noted = heads(home, noted)


def kill_removals(folder: Path, killer: Killer, kills: int) -> None:
    """Retention and data subjects in turn, each on a home like the first."""
    template = Home(folder / "template")
    furnish(template, folder, 60)
    killer.complete(build_release, template)
    before = held(template)
    after: dict[str, dict[str, int]] = {}
    operations: tuple[Operation, ...] = (retain, forget)
    for operation in operations:
        home = Home(folder / operation.__name__)
        shutil.copytree(template.root, home.root)
        killer.complete(operation, home, "3")
        after[operation.__name__] = held(home)
        shutil.rmtree(home.root)
        shutil.copytree(template.root, home.root)
        killer.complete(operation, home, "3", wanted="removing")
        assert sum(after[operation.__name__].values()) < sum(before.values())
    number = 0
    while killer.count < kills or len(killer.moments) < 4:
        operation = operations[number % 2]
        home = Home(folder / f"home{number}")
        shutil.copytree(template.root, home.root)
        noted = heads(home, {})
        killer.kill(operation, home, "3", wanted="removing" if number % 4 > 1 else "")
        found = held(home)
        assert found in (before, after[operation.__name__]), "removed in part"
        check_releases(home)
        noted = heads(home, noted)
        killer.complete(operation, home, "3")
        assert held(home) == after[operation.__name__]
        assert not left_over(home)
        check_releases(home)
        assert current_name(home) is not None, "a release holds no record: it stays"
        heads(home, noted)
        shutil.rmtree(home.root)
        number += 1


def test_kills_lose_nothing_and_leave_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two homes at a time, because builds take longest."""
    # Or each process would first run the script of the last AppTest, which took that name.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    monkeypatch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
    shares = {kill_builds: 0.36, kill_intakes_and_logs: 0.44, kill_removals: 0.2}
    killers = {attack: Killer(SEED + n) for n, attack in enumerate(shares)}
    with ThreadPoolExecutor(2) as pool:
        running = []
        for attack, share in shares.items():
            folder = tmp_path / attack.__name__
            folder.mkdir()
            running.append(pool.submit(attack, folder, killers[attack], round(share * KILLS)))
        for task in running:
            task.result()
    with capsys.disabled():
        print()
        for killer in killers.values():
            print(killer.summary())
    assert sum(killer.count for killer in killers.values()) >= KILLS
    spread = [moments for killer in killers.values() for moments in killer.moments.values()]
    assert len(spread) == 10, "a step of an operation was never killed"
    if KILLS >= 100:
        assert all(len(moments) >= 4 for moments in spread)
