"""The build: publishes a release of all accepted deliveries, or finds it published already."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb

from attack.knowledge import known_files
from attack.quick import faults
from errors import WeerbeeldError
from folders import make_folder
from geo import areas
from indicators import CATALOGUE
from intake.pseudonyms import existing_key
from operations.cluster import cluster_at
from operations.parting import in_parts
from release.contents import Contents, Inputs, contents_of
from release.lineage import Lineage
from release.naming import release_name
from release.noise import DEFAULT_K
from release.steps import Say, Steps
from release.tables import Source
from release.writing import write_release
from store.console import log_change, processed
from store.engine import open_for_writing
from store.home import Home
from store.noise_key import noise_key
from store.publication import BUILD_WAIT_SECONDS, publication_lock
from store.releases import current_name, make_current, mirror, refuse_withdrawn, sweep
from store.work import deliveries, records_path

MEMORY = "900MB"
THREADS = 2


@dataclass(frozen=True)
class Published:
    """A release: its name, its file, and whether this build wrote it."""

    name: str
    path: Path
    fresh: bool


def _silent(step: str, done: int, total: int) -> None:
    """Say nothing."""


def build(
    home: Home,
    *,
    again: bool = False,
    say: Say = _silent,
    k: int = DEFAULT_K,
    cluster: str | None = None,
) -> Published:
    """Build and publish a release from the deliveries in ``home``.

    What was published before stands in the new release, until enough has changed
    (`release.standing`). When a release with the same inputs and code exists it is made current
    and nothing is done, unless ``again``. A build that stops halfway leaves the current release as
    it was. Fewer than ``k`` subjects are protected. With the address of a ``cluster`` records are
    counted there: the release is the same. The exact counts of this release and the one
    before are kept in the work store, so that ``weerbeeld attack`` can measure what an attacker
    finds.

    Raises WeerbeeldError when nothing was delivered, or nothing with a date, when the release was
    withdrawn, and when borders changed while it was built.
    """
    with publication_lock(home, BUILD_WAIT_SECONDS), processed(home, "publish", "build"):
        sweep(home)
        published = _publish(home, again, say, k, cluster)
        mirror(home)
        return published


def _publish(home: Home, again: bool, say: Say, k: int, cluster: str | None) -> Published:
    """Make the release of what ``home`` holds the current one; write it first where need be."""
    inputs = _inputs(home, k)
    borders = areas.fingerprint(home.boundaries)
    line = Lineage.of(home, release_name(inputs.accepted, borders, inputs.key, k))
    name = line.name
    refuse_withdrawn(home, name)
    path = home.releases / f"{name}.db"
    if path.exists() and not again:
        if current_name(home) != name:
            log_change(home, "publish", name)
            make_current(path)
        return Published(name, path, fresh=False)
    steps = Steps(say, len(CATALOGUE))
    standing = line.standing(inputs.key, k)
    given = replace(inputs, standing=standing)
    with _contents(home, given, name, steps, cluster) as contents:
        if areas.fingerprint(home.boundaries) != borders:
            raise WeerbeeldError(
                "Other borders were taken in while the release was built, so its name would not "
                "say what is in it. Run 'weerbeeld build' again; until then the release in use "
                "stays."
            )
        steps.publish()
        write_release(contents, path, partial(_prove, name, home.counts / name))
    line.keep()
    log_change(home, "publish", name)
    make_current(path)
    steps.done()
    return Published(name, path, fresh=True)


def _prove(name: str, counts: Path, written: Path) -> None:
    """Raise WeerbeeldError where a release that was written gives away what it must hide."""
    found = faults(*known_files(name, written, counts))
    if found:
        raise WeerbeeldError(
            f"Release {name} was not published, for it would give away what it must hide: "
            f"{'; '.join(found)}. The release in use stays. This is a fault of the code or of an "
            "indicator: mend it before you build again."
        )


def _inputs(home: Home, k: int) -> Inputs:
    """Return what a release of ``home`` is made from, or say what is missing."""
    accepted = deliveries(open_for_writing(home)) if home.has_work_store else []
    if not accepted:
        raise WeerbeeldError(
            f"Nothing was delivered to {home.root} yet. Take deliveries in with 'weerbeeld "
            "intake', or write and take in invented examples with 'weerbeeld demo --load'."
        )
    if existing_key(home) is None:
        raise WeerbeeldError(
            f"The key of the pseudonyms is not in {home.key_file}. Restore it from a backup, or "
            "set WEERBEELD_PSEUDONYM_KEY to the key that the deliveries were taken in with."
        )
    sources = [
        Source(d.kind, d.partner, records_path(home, d), d.sequence, d.received_at.date())
        for d in accepted
    ]
    return Inputs(accepted, sources, home.boundaries, CATALOGUE, noise_key(home), k)


@contextmanager
def _contents(
    home: Home, inputs: Inputs, name: str, steps: Steps, cluster: str | None
) -> Iterator[Contents]:
    """Give what goes into the release, counted in a database on disk that is gone afterwards."""
    with counting_folder(home) as folder, ExitStack() as stack:
        counting = cluster_at(cluster, folder) if cluster else in_parts(folder)
        spread = stack.enter_context(counting)
        con = stack.enter_context(counting_database(folder))
        yield contents_of(con, inputs, _fresh_counts(home, name), steps, spread)


@contextmanager
def counting_folder(home: Home) -> Iterator[Path]:
    """Give an empty folder in the work store, which is removed."""
    folder = home.work / "spill" / "counting"
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def counting_database(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty database in ``folder``, which holds what memory does not."""
    settings = {
        "memory_limit": MEMORY,
        "threads": THREADS,
        "temp_directory": str(folder / "spill"),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(folder / "counts.duckdb"), config=settings) as con:
        yield con


def _fresh_counts(home: Home, name: str) -> Path:
    """Return an empty folder for the exact counts of a release; keep those of one before it."""
    make_folder(home.counts)
    others = [path for path in home.counts.iterdir() if path.name != name]
    for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    folder = home.counts / name
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder)
    return folder
