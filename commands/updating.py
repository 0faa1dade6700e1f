"""``weerbeeld update``: fetch open data, and say what changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from commands import choices
from errors import WeerbeeldError, shortened

if TYPE_CHECKING:
    from opendata.http.network import Network
    from opendata.updating.one_source import Result
    from opendata.updating.update import FetcherMaker
    from settings import Settings

FIRST_YEAR = 1995
YEARS_BACK = 3
"""How far flows go back, when nobody says."""

WIDE = 160
"""Columns of the table where it goes to a file."""


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(update)


def update(
    sources: Annotated[
        list[str] | None, typer.Argument(help="which sources; all by default")
    ] = None,
    year: Annotated[int | None, typer.Option(help="of borders and key figures")] = None,
    since: Annotated[str, typer.Option(help="first month of what is counted, e.g. 2023-01")] = "",
    file: Annotated[
        Path | None,
        typer.Option(help="a file that was downloaded by hand: one source, no network"),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="only what was fetched before")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="only what was never asked before")] = False,
    timeout: Annotated[
        float | None, typer.Option(help="seconds to wait for an answer, without asking again")
    ] = None,
) -> None:
    """Fetch open data: borders and public figures. What cannot be had leaves all as it was."""
    from intake.progress import progress_bar
    from opendata import SOURCES, source_named
    from opendata.contract import UpdateRequest
    from opendata.updating.update import never_asked
    from opendata.updating.update import update as update_sources

    settings = choices()
    home = settings.folders
    chosen = [source_named(name) for name in dict.fromkeys(sources or ())]
    chosen = chosen or [source for source in SOURCES.values() if not source.by_name]
    chosen = never_asked(home, chosen) if once else chosen
    if not chosen:
        return
    if file and len(chosen) != 1:
        raise WeerbeeldError(f"--file goes with one source. Name it: {', '.join(SOURCES)}.")
    if year is None and not file and any(source.name == "pdok_former_borders" for source in chosen):
        raise WeerbeeldError(
            "pdok_former_borders goes with --year: the earlier year of which borders are wanted, "
            "e.g. --year 2022. 'weerbeeld update' asks by itself for the years that figures need."
        )
    everything = date(FIRST_YEAR, 1, 1)
    first = everything if file and not since else _first_day(since)
    request = UpdateRequest(_year(year), first, file, year_said=year is not None)
    maker = _maker(_network(settings, timeout), offline or settings.offline or file is not None)
    with progress_bar() as progress:
        results = update_sources(home, chosen, list(SOURCES.values()), request, maker, progress)
    _report(results, brief=once)
    failed = [result.taken is None for result in results[: len(chosen)]]
    if any(failed) and (sources or all(failed)):
        raise typer.Exit(2)


def _year(year: int | None) -> int:
    """Return the year that is asked for; last year's key figures are there, this year's may not."""
    this_year = datetime.now(UTC).year
    chosen = this_year - 1 if year is None else year
    if not FIRST_YEAR <= chosen <= this_year:
        raise WeerbeeldError(f"--year is {chosen}: expected {FIRST_YEAR} to {this_year}.")
    return chosen


def _first_day(since: str) -> date:
    if not since:
        return date(datetime.now(UTC).year - YEARS_BACK, 1, 1)
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", since, re.ASCII)
    if not found or not FIRST_YEAR <= int(found[1]) <= datetime.now(UTC).year:
        raise WeerbeeldError(
            f"--since is '{shortened(since)}': expected a month such as 2023-01, from {FIRST_YEAR}."
        )
    return date(int(found[1]), int(found[2]), 1)


def _network(settings: Settings, timeout: float | None) -> Network:
    from opendata.http.network import Network

    proxy = settings.proxy.get_secret_value()
    for name, address in (("PROXY", proxy), ("MIRROR", settings.mirror)):
        if address and not _is_address(address):
            raise WeerbeeldError(
                f"WEERBEELD_{name} is no address: expected one such as "
                "http://proxy.example.nl:3128."
            )
    network = Network(proxy=proxy, mirror=settings.mirror)
    if timeout is None:
        return network
    if not 0 < timeout <= 600:
        raise WeerbeeldError("--timeout is a number of seconds: more than 0, at most 600.")
    return network.hasty(timeout)


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _maker(network: Network, offline: bool) -> FetcherMaker:
    from opendata.http.fetcher import HttpFetcher, OfflineFetcher

    if offline:
        return lambda cache, _: OfflineFetcher(cache)
    return lambda cache, since: HttpFetcher(cache, network, since)


def _report(results: list[Result], brief: bool) -> None:
    """Print one table of what changed, or a line a source."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if brief:
        for result in results:
            typer.echo(f"Open data, {result.status.name}: {_words(result)}")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in ("source", "outcome", "new", "unchanged", "until", "left out"):
        table.add_column(head, no_wrap=True)
    table.add_column("what")
    for result in results:
        status, taken = result.status, result.taken
        counts = (f"{taken.new:,}", f"{taken.unchanged:,}") if taken else ("", "")
        until = status.until.isoformat() if status.until else ""
        out = f"{sum(n for *_, n in status.left_out):,}" if taken else ""
        cells = (status.name, status.outcome, *counts, until, out, _words(result))
        table.add_row(*map(Text, cells))
    console = Console()
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)
    published = [result.taken for result in results if result.taken]
    if any(taken.new or set(taken.borders) - {"streets"} for taken in published):
        typer.echo("Run 'weerbeeld build' to publish a release with what is new.")


def _words(result: Result) -> str:
    """Return what there is to say of a source beyond numbers."""
    if result.taken is None:
        held = (
            f"; data of {result.status.fetched_at:%Y-%m-%d} stay"
            if result.status.fetched_at
            else ""
        )
        return f"{result.status.words.rstrip('.')}{held}."
    said = [
        level if level == "streets" else f"borders of {level}" for level in result.taken.borders
    ]
    said += [f"{count:,} {reason.en}" for reason, count in result.status.left_out]
    said += result.taken.remarks
    return "; ".join(said) or "nothing to note"
