"""Counts records on a Dask cluster, for more than one machine can bear.

The workers read and write parts in the folder of the work store, so they must see it at the same
path; records go nowhere else. Protection and publication stay here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from errors import WeerbeeldError
from operations.parting import parts_of
from release.parts import Part, Spread, Wanted, count_part, deal, put_together

if TYPE_CHECKING:
    from distributed import Client

WAIT_SECONDS = 20
RETRIES = 3
SHARE = 0.5
"""Part of the memory of a worker that DuckDB may use, over the threads that count side by side."""


@contextmanager
def cluster_at(address: str, folder: Path) -> Iterator[Spread]:
    """Give what counts on the cluster of the scheduler at ``address``, by way of ``folder``.

    Raises WeerbeeldError where the library is not installed, or no scheduler or worker answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise WeerbeeldError(
            "Counting on a cluster needs the library distributed. Install it, here and on the "
            "workers, with: pip install 'weerbeeld[cluster]'"
        ) from error
    try:
        client = Client(address, timeout=WAIT_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise WeerbeeldError(
            f"No scheduler of a cluster answers at {address}. Start one with 'dask scheduler', "
            "or build without --cluster."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError as error:
            raise WeerbeeldError(
                f"The cluster at {address} has no workers. Start them with 'dask worker {address}'."
            ) from error
        yield partial(_spread, client, folder)


def _spread(
    client: "Client", folder: Path, con: duckdb.DuckDBPyConnection, counts: Sequence[Wanted]
) -> None:
    workers = client.scheduler_info(n_workers=-1)["workers"].values()
    slots = sum(worker["nthreads"] for worker in workers)
    least = min(worker["memory_limit"] / worker["nthreads"] for worker in workers)
    parts = deal(
        con, counts, folder, max(2 * slots, parts_of(con, counts)), f"{least * SHARE:.0f}B"
    )
    left = Counter(part.wanted for part in parts)
    for part in _counted(client, parts):
        left[part.wanted] -= 1
        if not left[part.wanted]:
            put_together(con, part.wanted, part.folder.parent)


def _counted(client: "Client", parts: Sequence[Part]) -> Iterator[Part]:
    """Give the parts as they are counted; one whose worker ends is counted by another."""
    from distributed import KilledWorker, as_completed

    futures = client.map(count_part, parts, pure=False, retries=RETRIES)
    known = dict(zip(futures, parts, strict=True))
    try:
        for future in as_completed(futures):  # type: ignore[no-untyped-call]
            future.result()
            yield known[future]
    except KilledWorker as error:
        raise WeerbeeldError(
            "Workers of the cluster ended again and again while they counted, most likely for want "
            "of memory. Give each more, or start more of them; the release in use stays."
        ) from error
    except OSError as error:
        raise WeerbeeldError(
            f"A worker of the cluster cannot reach the work store: {error}. It must see the same "
            "folder at the same path; the release in use stays."
        ) from error
    finally:
        client.cancel(futures)  # type: ignore[no-untyped-call]
