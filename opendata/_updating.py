"""One update: ask each source, take in what it brings, and note what became of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from intake.progress import Progress
from opendata._cache import Cache
from opendata._contract import Asked, Fetcher, OpenSource
from opendata._earlier_years import ask_for_earlier_years
from opendata._one_source import Result, ask, note
from opendata.pdok_former_borders import SOURCE as FORMER_BORDERS
from store.files import put
from store.home import Home
from store.publication import update_lock
from store.source_status_writing import known_statuses

RESUMED = timedelta(hours=1)
"""Answers of an interrupted update are used again when they are younger than this."""

FetcherMaker = Callable[[Cache, datetime], Fetcher]
"""Makes a fetcher on a cache, that does not ask again what was asked for since a moment."""


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

    Then, unless they are among them, borders of earlier years are asked for, where figures have
    codes that nothing explains: what became of those comes last.

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
            results.append(ask(home, source, fetcher, asked, told))
            note(home, every, results[-1].status)
        if FORMER_BORDERS not in sources:
            results += ask_for_earlier_years(home, every, fetcher, asked, told)
        cache.tidy()
    return results


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
