"""How much longer a read takes with row security: 342 areas over 400,000 figures, real PostgreSQL.

Each read is timed with and without row security in turn, in one run, and the medians are compared.
A grant worked out anew for each row stands beside it. Run it with
``make bench BENCHMARKS=row_security``.
"""

import os
import time
from collections.abc import Callable
from statistics import median

from postgresql import OWNER, WEB, address, administer, server
from sqlalchemy import Engine, text
from sqlalchemy.schema import CreateTable

from geo.areas import gemeenten
from store.database import prepare
from store.postgresql import engine_in
from store.release import LEVEL_NUMBERS, Area, Base, Figure
from store.row_security import GEMEENTE, HELD, as_seen_by, secure

FIGURES = 400_000
HEXAGONS = 40_000
INDICATORS = 10
PERIODS = 20
GEMEENTE_LEVEL, HEX8 = LEVEL_NUMBERS["gemeente"], LEVEL_NUMBERS["hex8"]

READS = {
    "a map of 342 areas": f"""
        SELECT code, name, numerator, denominator, smoothed, low, high FROM figure
        JOIN area ON area.id = area_id WHERE indicator_id = 3 AND figure.level = {GEMEENTE_LEVEL}
        AND period_id = 7 AND area.level = {GEMEENTE_LEVEL} ORDER BY code""",
    "a map of hexagons": f"""
        SELECT code, name, numerator, denominator, smoothed, low, high FROM figure
        JOIN area ON area.id = area_id WHERE indicator_id = 3 AND figure.level = {HEX8}
        AND period_id = 7 AND area.level = {HEX8} ORDER BY code""",
    "all figures added up": "SELECT count(*), sum(numerator) FROM figure",
}

PER_ROW = (
    "DROP POLICY within_grant ON figure",
    f"""CREATE POLICY within_grant ON figure FOR SELECT USING (EXISTS (
        SELECT FROM area JOIN {HELD} ON held = 'nsoc' OR held = 'riec:' || riec
        OR held = 'gemeente:' || gemeente WHERE area.id = area_id))""".replace(":' ", "\\:' "),
)


def fill(engine: Engine) -> None:
    """Make areas and figures: each gemeente and its hexagons, every indicator and period."""
    codes = list(gemeenten()["code"])
    rows = [
        {"id": n, "level": GEMEENTE_LEVEL, "code": code, "gemeente": code, "riec": f"riec-{n % 10}"}
        for n, code in enumerate(codes, start=1)
    ]
    rows += [
        {**rows[n % len(codes)], "id": 1000 + n, "level": HEX8, "code": f"hex-{n}"}
        for n in range(HEXAGONS)
    ]
    every = INDICATORS * PERIODS * len(codes)
    few = (FIGURES - every) // (INDICATORS * PERIODS)
    with engine.begin() as connection:
        for model in (Area, Figure):
            table = Base.metadata.tables[model.__tablename__]
            connection.execute(CreateTable(table, include_foreign_key_constraints=[]))
            for index in table.indexes:
                index.create(connection)
        connection.execute(text(f"ALTER TABLE figure ADD {GEMEENTE} smallint"))
        area = text(
            "INSERT INTO area VALUES (:id, :level, :code, :code, :gemeente, :riec, 5, 52, NULL)"
        )
        connection.execute(area, rows)
        figures = f"""
            INSERT INTO figure SELECT i, level, p, area.id, area.id, 100, 1, 1, 1, 50, 2, 1, NULL,
            own FROM (SELECT *, (id - 1) % 342 + 1 AS own, row_number() OVER
            (PARTITION BY level ORDER BY id) AS n FROM area) AS area
            CROSS JOIN generate_series(1, {INDICATORS}) AS i
            CROSS JOIN generate_series(1, {PERIODS}) AS p
            WHERE level = {GEMEENTE_LEVEL} OR n <= {few}"""
        connection.execute(text(figures))
        for table_name in ("area", "figure"):
            for statement in secure(table_name):
                connection.execute(text(statement.replace(":'", "\\:'")))
            connection.execute(text(f"GRANT SELECT ON {table_name} TO {WEB}"))
            connection.execute(text(f"ANALYZE {table_name}"))


def reading(engine: Engine, query: str) -> Callable[[], int]:
    def read() -> int:
        with engine.connect() as connection:
            return len(connection.execute(text(query)).all())

    return read


def compared(
    first: Callable[[], int], second: Callable[[], int], times: int
) -> tuple[float, float]:
    """Return the median milliseconds of both, run in turn."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(times + 3):
        for read, measured in zip((first, second), took, strict=True):
            start = time.perf_counter()
            read()
            measured.append((time.perf_counter() - start) * 1000)
    return median(took[0][3:]), median(took[1][3:])


def report(web: Engine, owner: Engine, times: int) -> dict[str, float]:
    """Print and return what row security makes of each read, as a share of the time without."""
    codes = gemeenten()["code"]
    viewers = {
        "nsoc": "nsoc",
        "one gemeente": "gemeente:GM0599",
        "342 gemeenten": "+".join(f"gemeente:{code}" for code in codes),
    }
    ratios = {}
    for what, query in READS.items():
        for name, label in viewers.items():
            with_it, without = compared(
                reading(as_seen_by(web, label), query), reading(owner, query), times
            )
            ratio = ratios[f"{what}, {name}"] = with_it / without
            times_as_long = f"{ratio:5.2f} times"
            print(
                f"{what:22} {name:14} {with_it:8.2f} ms, without {without:8.2f} ms: {times_as_long}"
            )
    return ratios


def main() -> dict[str, float]:
    with server() as socket:
        administer(socket, f"CREATE DATABASE measured OWNER {OWNER}")
        prepare(address(socket, "measured", OWNER))
        owner = engine_in(address(socket, "measured", OWNER), "release")
        web = engine_in(address(socket, "measured", WEB), "release")
        fill(owner)
        with owner.connect() as connection:
            counted = connection.execute(text("SELECT count(*) FROM figure")).scalar_one()
        print(f"{counted:,} figures; load {os.getloadavg()[0]:.1f}")
        ratios = report(web, owner, 40)
        with owner.begin() as connection:
            for statement in PER_ROW:
                connection.execute(text(statement))
        print("with the grant worked out for each row:")
        anew = report(web, owner, 5)
        web.dispose()
        owner.dispose()
    return ratios | {f"{what}, worked out for each row": ratio for what, ratio in anew.items()}
