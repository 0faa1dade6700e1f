"""Which indicators have what they count, in which form, and what the others wait for."""

from collections.abc import Mapping

import duckdb

from indicators import Indicator
from indicators.contract import PUBLIC_KIND
from store.evidence.of_records import Waiting


def in_use(
    con: duckdb.DuckDBPyConnection, catalogue: Mapping[str, Indicator]
) -> tuple[dict[str, Indicator], list[Waiting]]:
    """Return the indicators that can be counted, by code, and a row for each that cannot.

    ``con`` holds the tables of ``prepare``. An indicator counts in its first form where a kind of
    record that each of its counts reads, and every public figure that it names, was delivered;
    else in its second form, if that can be counted.
    """
    kinds = {
        kind
        for kind in {kind for indicator in catalogue.values() for kind in indicator.reads}
        if con.execute(f"SELECT 1 FROM {kind} LIMIT 1").fetchone()
    }
    figures = {
        name for (name,) in con.execute(f"SELECT DISTINCT figure FROM {PUBLIC_KIND}").fetchall()
    }
    chosen: dict[str, Indicator] = {}
    waiting: list[Waiting] = []
    for code, indicator in catalogue.items():
        forms = [form for form in (indicator, indicator.fallback_form) if form is not None]
        ready = [form for form in forms if not any(_missing(form, kinds, figures))]
        if ready:
            chosen[code] = ready[0]
        else:
            lacking, unknown = _missing(indicator, kinds, figures)
            either = tuple(tuple(some) for some in lacking)
            name = indicator.name
            waiting.append(Waiting(code, name.nl, name.en, either, tuple(unknown)))
    return chosen, waiting


def _missing(
    indicator: Indicator, kinds: set[str], figures: set[str]
) -> tuple[list[list[str]], list[str]]:
    """Return the kinds of record (alternatives) and the public figures that an indicator lacks."""
    lacking: list[list[str]] = []
    unknown: list[str] = []
    for count in (indicator.numerator, indicator.denominator):
        named = [kind for kind in count.reads if kind != PUBLIC_KIND or not count.figures]
        if named and not kinds & set(named) and named not in lacking:
            lacking.append(named)
        unknown += [figure for figure in count.figures if figure not in figures]
    return lacking, list(dict.fromkeys(unknown))
