"""A real cluster: a scheduler and two workers, each a process; their release is this machine's."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import dask_cluster
import pytest
import small_home
from command_line import weerbeeld
from distributed import Client

from errors import WeerbeeldError
from operations import cluster, parting
from operations.build import build
from release.parts import count_part
from store.home import Home

pytestmark = pytest.mark.sqlite

WORKERS = 2


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each watched by a nanny that starts it anew."""
    with dask_cluster.cluster(tmp_path_factory.mktemp("cluster"), WORKERS, "1GB") as found:
        yield found


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with one delivery of every kind, for every indicator."""
    home = Home(tmp_path_factory.mktemp("delivered"))
    with pytest.MonkeyPatch.context() as patch:
        small_home.shrink_land(patch.setattr)
        small_home.fix_keys(home)
        small_home.furnish(home, tmp_path_factory.mktemp("deliveries"))
        yield home


@pytest.fixture(scope="module")
def alone(delivered: Home, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What this machine publishes by itself."""
    return built(delivered, tmp_path_factory.mktemp("alone"), None)


def built(delivered: Home, folder: Path, address: str | None) -> str:
    """Return the SHA-256 of the file of the release of a copy of a home."""
    home = Home(folder / "home")
    shutil.copytree(delivered.root, home.root)
    published = build(home, cluster=address)
    assert not list((home.work / "spill").rglob("*")), "the parts of records are gone"
    return sha256(published.path.read_bytes()).hexdigest()


def test_a_cluster_publishes_the_same_byte_for_byte(
    delivered: Home, alone: str, address: str, tmp_path: Path
) -> None:
    assert built(delivered, tmp_path, address) == alone


def test_many_records_are_counted_in_parts_on_this_machine_too(
    delivered: Home, alone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Path] = []
    monkeypatch.setattr(parting, "ROWS_A_PART", 100)
    monkeypatch.setattr(parting, "count_part", lambda part: done.append(count_part(part)))
    assert built(delivered, tmp_path, None) == alone
    assert len(done) > len({folder.parent for folder in done}) > 0


def test_a_worker_that_is_killed_halfway_changes_nothing(
    delivered: Home, alone: str, address: str, tmp_path: Path
) -> None:
    counted = tmp_path / "home" / "work" / "spill" / "counting" / "counted"
    killed: list[tuple[int, int]] = []

    def kill() -> None:
        with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            pids = list(client.run(os.getpid).values())
            deadline = time.monotonic() + dask_cluster.PATIENCE_S
            while time.monotonic() < deadline and not list(counted.glob("*/[0-9]*")):
                time.sleep(0.005)
            os.kill(pids[0], signal.SIGKILL)
            killed.append((pids[0], len(list(counted.iterdir()))))

    killer = threading.Thread(target=kill)
    killer.start()
    found = built(delivered, tmp_path, address)
    killer.join()
    ((pid, left),) = killed
    assert left > 0, "it ended while counts were left"
    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        assert pid not in client.run(os.getpid).values()
    assert found == alone


def test_without_a_scheduler_or_a_worker_it_says_so(
    delivered: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WAIT_SECONDS", 1)
    with pytest.raises(WeerbeeldError, match="No scheduler of a cluster answers at tcp:"):
        built(delivered, tmp_path / "nobody", "tcp://127.0.0.1:9")
    (tmp_path / "empty").mkdir()
    with (
        dask_cluster.cluster(tmp_path / "empty", 0, "1GB") as found,
        pytest.raises(WeerbeeldError, match="has no workers"),
    ):
        built(delivered, tmp_path / "idle", found)
    assert not list((tmp_path / "idle" / "home").glob("releases/*.db"))


def test_the_command_takes_the_address_and_ends_with_one_clear_error(
    delivered: Home, tmp_path: Path
) -> None:
    shutil.copytree(delivered.root, tmp_path / "home")
    result = weerbeeld(tmp_path / "home", "build", "--cluster", "nowhere")
    assert result.returncode == 2
    assert "No scheduler of a cluster answers at nowhere" in result.stderr
