"""One source of an update: asked, its answer taken in, and a status of how that went."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from errors import WeerbeeldError
from intake.progress import Progress
from opendata.contract import Fetcher, OpenSource, SourceFailedError, UpdateRequest
from opendata.tables.file_source import given_file
from opendata.updating.statuses import failed_status, never_asked_status
from opendata.updating.taking_in import Taken, take_in
from store.home import Home
from store.logs import LogFailedError
from store.source_status import SourceStatus
from store.source_status_writing import known_statuses


@dataclass(frozen=True)
class Result:
    """What became of one source: its status, and what was taken in (None when it failed)."""

    status: SourceStatus
    taken: Taken | None


def ask_source(
    home: Home, source: OpenSource, fetcher: Fetcher, request: UpdateRequest, progress: Progress
) -> Result:
    """Ask a source and take in what it gives; a failure changes nothing.

    Raises WeerbeeldError when nothing can be written.
    """
    before = known_statuses(home).get(source.name)
    now = datetime.now(UTC)
    try:
        if source.by_hand and request.file is None:
            request = replace(request, file=given_file(source, home.open / "files"))
        data = source.fetch(fetcher, request)
        taken = take_in(home, source, data, fetcher, progress)
    except LogFailedError:
        raise
    except SourceFailedError as fault:
        return Result(failed_status(source, before, now, fault.fault, str(fault)), None)
    except WeerbeeldError as refused:
        return Result(failed_status(source, before, now, "changed", str(refused)), None)
    except OSError as error:
        raise WeerbeeldError(
            f"Open data cannot be kept below {home.open}: {error}. Check the disk and the rights "
            "on this folder; what was taken in before is as it was."
        ) from None
    except Exception as odd:  # what a stranger sent must not stop the sources after it
        words = f"An answer that {source.name} does not know ({type(odd).__name__}: {odd})."
        return Result(failed_status(source, before, now, "changed", words), None)
    status = replace(
        never_asked_status(source),
        outcome="ok" if taken.new or taken.borders else "unchanged",
        attribution=source.attribution.format(year=(data.until or request).year),
        tried_at=now,
        fetched_at=now,
        until=data.until,
        figures=taken.figures,
        left_out=taken.left_out,
    )
    return Result(status, taken)
