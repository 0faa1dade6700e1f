"""How long a page waits for what it reads of a full-size release, on SQLite and on PostgreSQL.

The release of WEERBEELD_HOME is widened to 16 and to 80 indicators at all levels (``wide_release``)
and published. Pages are drawn with choices by chance, all that is behind a click opened, as three
viewers; after each, a map asks for something. Every read that asked the database is timed, its line
in the audit log included, and set beside a look-up of one row by its key. Prints milliseconds by
read and by page, the size on disk, and how long writing the file and copying it into PostgreSQL
take. Run it: ``make bench BENCHMARKS=reads``.
"""

import logging
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import postgresql
from page_drawing import draw, gateway_of
from reads import BESIDE, Read, around_reads
from sqlalchemy import Engine, event, select, text
from wide_release import contents_of, widened

from access.partner_figures import SCORE
from access.verdicts import VERDICTS
from access.viewer import PARTNERS
from benchmarks import Ratios
from errors import WeerbeeldError
from pages import PAGES
from release.writing import write_release
from store.home import Home
from store.postgresql import schema_of
from store.release import Area, Passport, current_release, open_release
from store.releases import make_current
from store.row_security import as_seen_by
from store.served import open_current
from tools.goals import at_most

FEW, MANY = 16, 80
VIEWERS = {"nsoc": None, "riec:limburg": "limburg", "gemeente:GM0599": "GM0599"}
"""Who looks, and within which area maps are asked for."""

LEVELS = ("gemeente", "gemeente", "gemeente", "riec", "wijk", "buurt", "hex7", "hex8", "hex9")
WARM, DRAWS = 20, 120
LOOKUPS = 1_000
NAME = "wide"
KINDS = ("SQLite", "PostgreSQL")
MOST = 30.0


def _within(kind: str) -> str:
    return f"95% of reads, {kind}, {MANY} indicators, milliseconds"


GOALS = {_within(kind): at_most(MOST) for kind in KINDS}

Times = dict[str, list[float]]
"""Milliseconds by what they are of."""


@contextmanager
def timing() -> Iterator[Times]:
    """Time every read that asks the database; one within another is part of that."""
    taken: Times = defaultdict(list)
    inside = asked = 0

    def count(*_: object) -> None:
        nonlocal asked
        asked += 1

    def timed(name: str, read: Read) -> Read:
        @wraps(read)
        def timed_read(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            nonlocal inside
            inside, before, began = inside + 1, asked, time.perf_counter()
            try:
                return read(*args, **kwargs)
            finally:
                inside -= 1
                if not inside and asked > before:
                    taken[name].append((time.perf_counter() - began) * 1000)

        return timed_read

    event.listen(Engine, "before_cursor_execute", count)
    try:
        with around_reads(timed):
            yield taken
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def slow(times: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def _drawn(home: Home) -> tuple[Times, list[float]]:
    """Draw pages by chance; return what each read took, and all reads of a page together."""
    dice, pages = random.Random(1), [page for page in PAGES if page.roles & set(PARTNERS)]
    with open_release(current_release(home.releases)).connect() as connection:
        codes = [*connection.scalars(select(Passport.code)), SCORE, VERDICTS]
        places = list(connection.scalars(select(Area.code).where(Area.code.like("GM%"))))
    by_page: list[float] = []
    with timing() as taken:
        for number in range(WARM + DRAWS):
            if number == WARM:
                taken.clear()
                by_page.clear()
            before = sum(map(sum, taken.values()))
            viewer, within = dice.choice(list(VIEWERS.items()))
            code, level = dice.choice(codes), dice.choice(LEVELS)
            chosen: dict[str, Any] = {"indicator": code, "kaart": level}
            place = dice.choice(places)
            draw(dice.choice(pages).path, home.releases, viewer, **chosen, gebied=place)
            by_page.append(sum(map(sum, taken.values())) - before)
            with suppress(WeerbeeldError):
                ask = dice.choice(list(BESIDE.values()))
                ask(gateway_of(home.releases, viewer), code, level, within)
    return taken, by_page


def _lookup(engine: Engine) -> float:
    """Return the median milliseconds of a look-up of one row by its key."""
    taken, dice = [], random.Random(1)
    with engine.connect() as connection:
        known = connection.scalars(select(Area.id).where(Area.code.like("GM%"))).all()
    for _ in range(LOOKUPS):
        query = select(Area.name).where(Area.id == dice.choice(known))
        began = time.perf_counter()
        with engine.connect() as connection:
            connection.execute(query).all()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def _measured(home: Home, what: str) -> tuple[float, float]:
    """Print what reads took; return their 95th percentile, and a look-up by key."""
    taken, by_page = _drawn(home)
    lookup = _lookup(as_seen_by(open_current(home.served), "nsoc"))
    every = [times for read in taken.values() for times in read]
    print(
        f"{what}: {len(every)} reads, half within {median(every):.1f} ms, 95% within "
        f"{slow(every):.1f} ms; all reads of a page {median(by_page):.0f} and "
        f"{slow(by_page):.0f} ms; a row by its key {lookup:.2f} ms",
        flush=True,
    )
    for name, times in sorted(taken.items(), key=lambda item: -slow(item[1])):
        over = "" if slow(times) < MOST else f"  over {MOST:.0f}"
        print(f"  {name:14} {len(times):5} {median(times):7.1f} {slow(times):7.1f}{over}")
    return slow(every), lookup


def _size(home: Home) -> float:
    """Return the size of the copy of a release in PostgreSQL, in MB."""
    tables = (
        "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class AS c JOIN pg_namespace AS n"
        f" ON n.oid = relnamespace WHERE nspname = '{schema_of(NAME)}' AND relkind = 'r'"
    )
    with open_current(home.served).connect() as connection:
        return float(connection.execute(text(tables)).scalar_one()) / 1e6


def _published(folder: Path, release: Path) -> dict[int, Home]:
    """Write the release with few and with many indicators; say what that takes."""
    homes, contents = {}, contents_of(release)
    for number in (FEW, MANY):
        homes[number] = Home(folder / f"of{number}")
        path = homes[number].releases / f"{NAME}.db"
        wide = widened(contents, number)
        began = time.monotonic()
        write_release(wide, path, lambda _: None)
        make_current(path)
        print(
            f"{number} indicators, {sum(map(len, wide.figures)):,} figures: written in "
            f"{time.monotonic() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB",
            flush=True,
        )
    return homes


def main() -> Ratios:
    logging.disable(logging.ERROR)  # Streamlit misses its server at every page
    postgresql.attach()
    current = current_release((Path(os.environ["WEERBEELD_HOME"]) / "releases").resolve())
    found: dict[tuple[str, int], tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        homes = _published(Path(folder), current)
        for number, home in homes.items():
            found["SQLite", number] = _measured(home, f"SQLite, {number} indicators")
        with postgresql.server() as socket, postgresql.in_use(socket):
            for number, home in homes.items():
                began = time.monotonic()
                open_current(home.served)
                copied = time.monotonic() - began
                print(f"copied into PostgreSQL in {copied:.0f} s, {_size(home):.0f} MB")
                found["PostgreSQL", number] = _measured(home, f"PostgreSQL, {number} indicators")
    ratios = {}
    for kind in KINDS:
        (few, _), (many, lookup) = found[kind, FEW], found[kind, MANY]
        ratios[_within(kind)] = many
        ratios[f"95% of reads, {kind}: {MANY} indicators, to {FEW}"] = many / few
        ratios[f"95% of reads, {kind}, {MANY} indicators: to a row by its key"] = many / lookup
    return ratios
