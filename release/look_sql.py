"""SQL that counts looks and the subjects behind them, from the ``units`` of a count."""

from collections.abc import Sequence

from indicators.contract import Count
from indicators.subjects import AT_PLACES
from release.looks import KEY_RANGE

OF = "of_"
"""Before the word of a subject: its column in ``units``."""

DATE_OF = {"date": "date_trunc('month', date)::DATE", "moment": "moment", "period": "period"}

WHEN = {
    "date": 'u.date BETWEEN p.start AND p."end"',
    "moment": 'u.date = p."end"',
    "period": "u.date = p.code",
    "always": "true",
}
"""How the rows of a count meet a period, by ``Count.when``."""


def subject_columns(count: Count) -> list[str]:
    """Return the columns of ``units`` with the subjects of a count."""
    return [f"{OF}{name}" for name in count.subjects]


def stock_day(count: Count) -> str:
    """Return the column of ``period`` with the day of a stock; of a public one the day it ends."""
    return '"end"' if count.open else "look"


def units_sql(count: Count, columns: Sequence[str], stratum: str) -> str:
    """Return SQL for the units of a count, added up per place, date, subjects and stratum.

    ``columns`` are those of its SELECT, ``stratum`` the one that holds strata. Of a stock only the
    days are taken of which one is shown.
    """
    date = DATE_OF.get(count.when, "NULL")
    key = "unit" if "unit" in columns else "0::UINTEGER"
    owner = f"md5_number_lower({count.subjects[0]}::VARCHAR)" if count.subjects else "0"
    parts = stratum if stratum in columns else "''"
    subjects = "".join(
        f", hash({name}) AS {column}"
        for name, column in zip(count.subjects, subject_columns(count), strict=True)
    )
    shown = f" WHERE moment IN (SELECT {stock_day(count)} FROM period)"
    return (
        f"SELECT place, {date} AS date, {parts} AS stratum{subjects},"
        f" {owner}::UBIGINT AS owner, sum(amount)::DECIMAL(24,6) AS amount, count(*) AS units,"
        f" sum({key}) AS key FROM ({count.sql}){shown if count.when == 'moment' else ''}"
        " GROUP BY ALL"
    )


def per_look(count: Count, level: str, kinds: Sequence[str]) -> str:
    """Return SQL that adds up ``units`` per area, look, stratum and subjects, as ``per_look``.

    ``kinds``: those of the periods that are looked at, but for a stock, of which days are.
    """
    parts = ", ".join(["stratum", "owner", *subject_columns(count)])
    sums = "sum(amount) AS amount, sum(units) AS units, sum(key) AS key"
    grouped = (
        f"WITH grouped AS (SELECT {level} AS area_id, date, {parts}, {sums}"
        f" FROM units JOIN place USING (place) WHERE {level} > 0 GROUP BY ALL)"
    )
    if count.when == "moment":
        return (
            f"{grouped}, per_look AS MATERIALIZED (SELECT area_id, date::VARCHAR AS look, * EXCLUDE"
            f" (area_id, date) FROM grouped WHERE date IN (SELECT {stock_day(count)} FROM period))"
        )
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        f"{grouped}, per_look AS MATERIALIZED (SELECT area_id, p.code AS look, {parts}, {sums}"
        f" FROM grouped u JOIN period p ON {WHEN[count.when]} AND p.kind IN ({listed})"
        " GROUP BY ALL)"
    )


def sums_sql(by: str) -> str:
    """Return a SELECT of amount, units and key of each look, ``by`` area_id, look and what else."""
    return (
        f"SELECT {by}, sum(amount)::DOUBLE AS amount, sum(units)::BIGINT AS units,"
        f" (sum(key) % {KEY_RANGE})::BIGINT AS key FROM per_look GROUP BY ALL"
    )


def subjects_sql(count: Count, by: str) -> str:
    """Return a SELECT of subjects and most of each look; nobody is behind an open figure."""
    if not count.subjects:
        return f"SELECT DISTINCT {by}, 0::BIGINT AS subjects, 0::BIGINT AS most FROM per_look"
    parts = " UNION ALL ".join(
        f"SELECT {by}, count(*) AS subjects, {'1' if name in AT_PLACES else 'max(units)'} AS most"
        f" FROM (SELECT {by}, {OF}{name}, sum(units) AS units FROM per_look GROUP BY ALL)"
        " GROUP BY ALL"
        for name in count.subjects
    )
    return (
        f"SELECT {by}, min(subjects)::BIGINT AS subjects, max(most)::BIGINT AS most"
        f" FROM ({parts}) GROUP BY ALL"
    )


def largest_sql(by: str) -> str:
    """Return a SELECT of the two largest amounts in each look, and of the key of the larger.

    Whose an amount is, is its first subject.
    """
    return (
        f"SELECT {by}, max(amount)::DOUBLE AS largest,"
        " coalesce(max(amount, 2)[2], 0)::DOUBLE AS second,"
        f" (arg_max(owner, amount) % {KEY_RANGE})::BIGINT AS owner"
        f" FROM (SELECT {by}, owner, sum(amount) AS amount FROM per_look GROUP BY ALL) GROUP BY ALL"
    )
