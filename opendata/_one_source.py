"""One source of an update: asked, taken in, and the status that says what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from errors import WeerbeeldError
from intake.progress import Progress
from opendata._contract import Asked, Fetcher, OpenSource, SourceFailedError
from opendata._file_source import given_file
from opendata._left_out import DUTCH
from opendata._taking import Taken, take
from store.home import Home
from store.logs import LogFailedError
from store.source_status import SourceStatus
from store.source_status_writing import known_statuses, write_statuses


@dataclass(frozen=True)
class Result:
    """What became of one source: its status, and what was taken in (None when it failed)."""

    status: SourceStatus
    taken: Taken | None


def ask(home: Home, source: OpenSource, fetcher: Fetcher, asked: Asked, told: Progress) -> Result:
    """Ask a source and take in what it brings; a failure changes nothing.

    Raises WeerbeeldError when nothing can be written.
    """
    before = known_statuses(home).get(source.name)
    now = datetime.now(UTC)
    try:
        if source.by_hand and asked.file is None:
            asked = replace(asked, file=given_file(source, home.open / "files"))
        brought = source.fetch(fetcher, asked)
        taken = take(home, source, brought, fetcher, told)
    except LogFailedError:
        raise
    except SourceFailedError as fault:
        return Result(failed(source, before, now, fault.fault, str(fault)), None)
    except WeerbeeldError as refused:
        return Result(failed(source, before, now, "changed", str(refused)), None)
    except OSError as error:
        raise WeerbeeldError(
            f"Open data cannot be kept below {home.open}: {error}. Check the disk and the rights "
            "on this folder; what was taken in before is as it was."
        ) from None
    except Exception as odd:  # what a stranger sent must not stop the sources after it
        words = f"An answer that {source.name} does not know ({type(odd).__name__}: {odd})."
        return Result(failed(source, before, now, "changed", words), None)
    status = replace(
        fresh_status(source),
        outcome="ok" if taken.new or taken.borders else "unchanged",
        attribution=source.attribution.format(year=asked.year),
        tried_at=now,
        fetched_at=now,
        until=brought.until,
        figures=taken.figures,
        left_out=tuple((DUTCH.get(why, why), why, count) for why, count in taken.left_out),
    )
    return Result(status, taken)


def failed(
    source: OpenSource, before: SourceStatus | None, now: datetime, fault: str, words: str
) -> SourceStatus:
    """Return the status of a source that failed: what it holds is what it held."""
    kept = before or fresh_status(source)
    return replace(kept, outcome="failed", fault=fault, words=words, tried_at=now)


def fresh_status(source: OpenSource) -> SourceStatus:
    """Return the status of a source that was never asked."""
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


def note(home: Home, every: Sequence[OpenSource], status: SourceStatus) -> None:
    """Write the status of every source, with the new one of the source that was asked."""
    known = known_statuses(home) | {status.name: status}
    write_statuses(home, [known.get(source.name) or fresh_status(source) for source in every])
