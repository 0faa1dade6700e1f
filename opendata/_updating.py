"""One update: ask each source, take in what it brings, and note what became of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from errors import WeerbeeldError
from intake.progress import Progress
from opendata._cache import Cache
from opendata._contract import Asked, Fetcher, OpenSource, SourceFailedError
from opendata._file_source import given_file
from opendata._former import year_wanted
from opendata._left_out import DUTCH
from opendata._taking import Taken, take
from opendata.pdok_former_borders import SOURCE as FORMER_BORDERS
from store.files import put
from store.home import Home
from store.logs import LogFailedError
from store.publication import update_lock
from store.source_status import SourceStatus
from store.source_telling import known_statuses, write_statuses

RESUMED = timedelta(hours=1)
"""Answers of an interrupted update are used again when they are younger than this."""

FetcherMaker = Callable[[Cache, datetime], Fetcher]
"""Makes a fetcher on a cache, that does not ask again what was asked for since a moment."""


@dataclass(frozen=True)
class Result:
    """What became of one source: its status, and what was taken in (None when it failed)."""

    status: SourceStatus
    taken: Taken | None


def never_asked(home: Home, sources: Sequence[OpenSource]) -> list[OpenSource]:
    """Return those of ``sources`` that no update asked so far."""
    known = known_statuses(home)
    return [s for s in sources if s.name not in known or known[s.name].tried_at is None]


def update(
    home: Home,
    sources: Sequence[OpenSource],
    every: Sequence[OpenSource],
    asked: Asked,
    make_fetcher: FetcherMaker,
    told: Progress,
) -> list[Result]:
    """Ask ``sources`` one by one and return what became of each; ``every`` source has a status.

    Then borders of earlier years are asked for, where figures have codes that nothing explains.

    A source that fails changes nothing but its status. Who stops the update keeps what is done;
    the next one goes on with the answers of the last hour. Raises WeerbeeldError when another
    update is at work, or nothing can be written.
    """
    cache = Cache(home.open / "answers")
    with update_lock(home), _run(home) as since:
        fetcher = make_fetcher(cache, since)
        results = []
        for number, source in enumerate(sources):
            told(source.name, number, len(sources))
            results.append(_one(home, source, fetcher, asked, told))
            _note(home, every, results[-1].status)
        for result in _former(home, fetcher, asked, told):
            results.append(result)
            _note(home, every, result.status)
        cache.tidy()
    return results


def _former(home: Home, fetcher: Fetcher, asked: Asked, told: Progress) -> Iterator[Result]:
    """Ask for the earlier years that are wanted, one by one, until a year fails."""
    tried: set[int] = set()
    while (year := year_wanted(home, asked.year, tried)) is not None:
        tried.add(year)
        told(FORMER_BORDERS.name, len(tried) - 1, len(tried))
        result = _one(home, FORMER_BORDERS, fetcher, replace(asked, year=year), told)
        yield result
        if result.taken is None:
            return


@contextmanager
def _run(home: Home) -> Iterator[datetime]:
    """Give the moment since which answers need not be asked for again."""
    marker, now = home.open / "running", datetime.now(UTC)
    home.open.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        started = datetime.fromisoformat(marker.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        started = now
        put(marker, started.isoformat())
    yield max(started, now - RESUMED)
    marker.unlink(missing_ok=True)


def _one(home: Home, source: OpenSource, fetcher: Fetcher, asked: Asked, told: Progress) -> Result:
    before = known_statuses(home).get(source.name)
    now = datetime.now(UTC)
    try:
        if source.by_hand and asked.file is None:
            asked = replace(asked, file=given_file(source, home.open / "files"))
        brought = source.fetch(fetcher, asked)
        taken = take(home, source, brought, fetcher, told)
    except LogFailedError:
        raise
    except SourceFailedError as failed:
        return Result(_failed(source, before, now, failed.fault, str(failed)), None)
    except WeerbeeldError as refused:
        return Result(_failed(source, before, now, "changed", str(refused)), None)
    except OSError as error:
        raise WeerbeeldError(
            f"Open data cannot be kept below {home.open}: {error}. Check the disk and the rights "
            "on this folder; what was taken in before is as it was."
        ) from None
    except Exception as odd:  # what a stranger sent must not stop the sources after it
        words = f"An answer that {source.name} does not know ({type(odd).__name__}: {odd})."
        return Result(_failed(source, before, now, "changed", words), None)
    status = replace(
        _fresh_status(source),
        outcome="ok" if taken.new or taken.borders else "unchanged",
        attribution=source.attribution.format(year=asked.year),
        tried_at=now,
        fetched_at=now,
        until=brought.until,
        figures=taken.figures,
        left_out=tuple((DUTCH.get(why, why), why, count) for why, count in taken.left_out),
    )
    return Result(status, taken)


def _failed(
    source: OpenSource, before: SourceStatus | None, now: datetime, fault: str, words: str
) -> SourceStatus:
    """Return the status of a source that failed: what it holds is what it held."""
    kept = before or _fresh_status(source)
    return replace(kept, outcome="failed", fault=fault, words=words, tried_at=now)


def _fresh_status(source: OpenSource) -> SourceStatus:
    return SourceStatus(
        source.name,
        source.title_nl,
        source.title_en,
        source.licence,
        source.attribution.replace(", {year}", "").replace("{year}", "").strip(),
        source.page,
        source.fresh_days,
        source.by_name,
    )


def _note(home: Home, every: Sequence[OpenSource], status: SourceStatus) -> None:
    """Write the status of every source, with the new one of the source that was asked."""
    known = known_statuses(home) | {status.name: status}
    write_statuses(home, [known.get(source.name) or _fresh_status(source) for source in every])
