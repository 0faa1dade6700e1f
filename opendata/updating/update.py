"""One update: each source is asked, what it gives is taken in, and its status is written."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from folders import make_folder
from intake.progress import Progress
from opendata.contract import Fetcher, OpenSource, UpdateRequest
from opendata.http.cache import Cache
from opendata.sources.pdok_former_borders import SOURCE as FORMER_BORDERS
from opendata.updating.earlier_years import ask_for_earlier_years
from opendata.updating.one_source import Result, ask_source
from opendata.updating.statuses import write_status
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
    request: UpdateRequest,
    make_fetcher: FetcherMaker,
    progress: Progress,
) -> list[Result]:
    """Ask ``sources`` one by one and return what became of each; ``every`` source has a status.

    Then, unless they are among them, borders of earlier years are asked for, where figures have
    codes of no known division: what became of those comes last.

    A source that fails changes nothing but its status. An update that is stopped keeps what is
    done; the next one goes on with its answers of the last hour. Raises WeerbeeldError when another
    update is at work, or nothing can be written.
    """
    cache = Cache(home.open / "answers")
    with update_lock(home), _answers_since(home) as since:
        fetcher = make_fetcher(cache, since)
        results = []
        for number, source in enumerate(sources):
            progress(source.name, number, len(sources))
            results.append(ask_source(home, source, fetcher, request, progress))
            write_status(home, every, results[-1].status)
        if FORMER_BORDERS not in sources:
            results += ask_for_earlier_years(home, every, fetcher, request, progress)
        cache.tidy()
    return results


@contextmanager
def _answers_since(home: Home) -> Iterator[datetime]:
    """Give the moment since which answers need not be asked for again."""
    marker, now = home.open / "running", datetime.now(UTC)
    make_folder(home.open)
    try:
        started = datetime.fromisoformat(marker.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        started = now
        put(marker, started.isoformat())
    yield max(started, now - RESUMED)
    marker.unlink(missing_ok=True)
