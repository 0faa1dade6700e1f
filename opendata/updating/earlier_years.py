"""Borders of the earlier years that figures need: asked for year by year, with one status."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import duckdb

from bilingual import Text
from intake.progress import Progress
from opendata.contract import Fetcher, OpenSource, UpdateRequest
from opendata.sources.pdok_former_borders import SOURCE
from opendata.updating.one_source import Result, ask_source
from opendata.updating.statuses import failed_status, never_asked_status, write_status
from opendata.updating.wanted_years import year_wanted
from store.home import Home
from store.source_status import SourceStatus
from store.source_status_writing import known_statuses

AWAY = ("unreachable", "slow", "offline", "stopped")
"""Faults of the network: another year would fail as well."""


def ask_for_earlier_years(
    home: Home,
    every: Sequence[OpenSource],
    fetcher: Fetcher,
    request: UpdateRequest,
    progress: Progress,
) -> list[Result]:
    """Ask for one wanted year after the other and return what became of each.

    A year that fails does not keep the next from being asked for, unless the network is away. What
    was never fetched is no failure offline: nothing was asked.
    """
    results: list[Result] = []
    tried: set[int] = set()
    before = known_statuses(home).get(SOURCE.name)
    try:
        while (year := year_wanted(home, request.year, tried)) is not None:
            tried.add(year)
            progress(SOURCE.name, len(tried) - 1, len(tried))
            result = ask_source(
                home, SOURCE, fetcher, replace(request, year=year, file=None), progress
            )
            if result.status.fault == "offline":
                return results
            results.append(result)
            write_status(home, every, _together([result.status for result in results]))
            if result.status.fault in AWAY:
                return results
    except (duckdb.Error, OSError, ValueError) as error:
        words = f"Which earlier years are wanted could not be worked out: {error}."
        unread = failed_status(SOURCE, before, datetime.now(UTC), "changed", words)
        results.append(Result(unread, None))
        write_status(home, every, unread)
    if not tried and not results and before and before.outcome == "failed":
        write_status(home, every, _over(before))
    return results


def _together(years: Sequence[SourceStatus]) -> SourceStatus:
    """Return one status of several years: failed when one did, with all that they left out."""
    faults = [status for status in years if status.outcome == "failed"]
    well = [status for status in years if status.outcome != "failed"]
    if not well:
        return faults[-1]
    out: Counter[Text] = Counter()
    for status in well:
        for reason, count in status.left_out:
            out[reason] += count
    status = replace(well[-1], left_out=tuple(out.items()))
    if not faults:
        return status
    return replace(
        status,
        outcome="failed",
        fault=faults[-1].fault,
        words=faults[-1].words,
        tried_at=years[-1].tried_at,
    )


def _over(before: SourceStatus) -> SourceStatus:
    """Return the status of a source that failed before, and that nothing needs any more."""
    if before.fetched_at is None:
        return never_asked_status(SOURCE)
    return replace(before, outcome="unchanged", fault="", words="")
