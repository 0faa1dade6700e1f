"""Public figures are shown as their source publishes them: what is missing is unknown, never 0."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import duckdb
import pandas as pd
import pytest
from open_tables import COUNTRY, RIECS, Cell, PublicFigure, country, riec_of

import indicators
from errors import WeerbeeldError
from indicators import CATALOGUE
from indicators.contract import Count, events, published, state
from records import KINDS
from release.in_use import in_use
from release.key_figures import key_figures
from release.open_counting import count_open
from release.open_facts import days_of, sources_of
from release.other_days import other_days
from store.release import LEVEL_NUMBERS

Amounts = dict[str, float]
MS01, CV09, BD06 = CATALOGUE["MS01"], CATALOGUE["CV09"], CATALOGUE["BD06"]


def over(public: Sequence[PublicFigure], area: int = 101) -> Amounts:
    """Return the flow of one gemeente by code of period."""
    con, _ = country(public)
    with con:
        rows = con.execute(
            "SELECT period, value::DOUBLE FROM figure_over JOIN place USING (place)"
            " WHERE gemeente = ?",
            [area],
        ).fetchall()
    assert len(rows) == len(dict(rows)), "one figure a period"
    return dict(rows)


def flow(
    day: str, months: int, value: float, area: int = 101, level: str = "gemeente"
) -> PublicFigure:
    return PublicFigure("offences", level, area, day, value, months)


def months_of(year: int, months: Sequence[int], value: float = 1) -> list[PublicFigure]:
    return [flow(f"{year}-{month:02}-01", 1, value * 10**n) for n, month in enumerate(months)]


def test_the_flow_of_a_year_fills_the_window_that_it_covers_and_no_other_period() -> None:
    assert over([flow("2024-01-01", 12, 40)]) == {"2024-12-12m": 40}
    assert over([flow("2024-04-01", 12, 40)]) == {"2025-03-12m": 40}
    assert over([flow("2024-02-01", 12, 40)]) == {}, "no window ends with January"
    assert over([flow("2023-12-01", 12, 40)]) == {}, "it began before the release does"


def test_months_fill_quarters_and_windows_without_a_gap() -> None:
    assert over(months_of(2024, range(1, 13), 0.01)) == {
        **{f"2024-{month:02}": 0.01 * 10 ** (month - 1) for month in range(1, 13)},
        **{f"2024-Q{q + 1}": pytest.approx(1.11 * 1000**q) for q in range(4)},
        "2024-12-12m": pytest.approx(1_111_111_111.11),
    }
    gap = over(months_of(2024, [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]))
    assert {code for code in gap if "Q" in code or "m" in code} == {
        *("2024-Q1", "2024-Q3", "2024-Q4")
    }


def test_quarters_fill_windows_and_no_month() -> None:
    quarters = [flow(f"2024-{month:02}-01", 3, month) for month in (1, 4, 7, 10)]
    assert over(quarters) == {
        **{f"2024-Q{q + 1}": 1 + 3 * q for q in range(4)},
        "2024-12-12m": 22,
    }


def test_quarters_that_overlap_do_not_close_a_gap() -> None:
    """Three months twice and three not at all are twelve months too."""
    rolling = [flow(f"2024-{month:02}-01", 3, 1) for month in (1, 2, 5, 8)]
    assert over(rolling) == {"2024-Q1": 1}
    every = [flow(f"2024-{month:02}-01", 3, month) for month in range(1, 11)]
    assert over(every)["2024-12-12m"] == 1 + 4 + 7 + 10


def test_months_win_over_the_year_and_are_never_added_to_it() -> None:
    year = flow("2024-01-01", 12, 500)
    assert over([*months_of(2024, range(1, 13), 0), year])["2024-12-12m"] == 0
    months = [flow(f"2024-{month:02}-01", 1, 10) for month in range(1, 13)]
    assert over([year, *months])["2024-12-12m"] == 120
    assert over([year, *months[:11]])["2024-12-12m"] == 500, "eleven months are no year"


def test_a_state_holds_until_the_next_and_the_first_one_before_it_too() -> None:
    public = [
        PublicFigure("inhabitants", "gemeente", 101, "2024-03-31", 10),
        PublicFigure("inhabitants", "gemeente", 101, "2024-06-01", 20),
        PublicFigure("inhabitants", "gemeente", 102, "2020-01-01", 7),
        PublicFigure("dwellings", "gemeente", 101, "2024-05-01", 3),
    ]
    con, _ = country(public)
    with con:
        found = con.execute(
            "SELECT strftime(moment, '%Y-%m') AS month, value::DOUBLE FROM figure_at"
            " WHERE figure = 'inhabitants' AND area = 'gemeente101' ORDER BY 1"
        ).fetchall()
        ((others,),) = con.execute(
            "SELECT count(*) FROM figure_at WHERE area = 'gemeente102'"
        ).fetchall()
    assert [month for month, _ in found[:5]] == [f"2024-0{n}" for n in range(1, 6)]
    assert {value for _, value in found[:5]} == {10}
    assert {value for _, value in found[5:]} == {20}
    assert (len(found), found[-1][0]) == (24, "2025-12")
    assert others == 24, "an old figure stands until there is a newer one"


TOWNS = tuple(range(101, 121))


def counted(
    public: Sequence[PublicFigure], code: str = "MS01"
) -> dict[tuple[str, int, str], tuple[float, float]]:
    """Return numerator and denominator of an open indicator by level, area and period."""
    con, periods = country(public, [Cell(n, n) for n in TOWNS])
    codes = {period.id: period.code for period in periods}
    names = {number: level for level, number in LEVEL_NUMBERS.items()}
    with con:
        rows = count_open(con, CATALOGUE[code])
    columns = ["level", "area_id", "period_id", "amount_numerator", "amount_denominator"]
    return {
        (names[level], area, codes[period]): (over, under)
        for level, area, period, over, under in rows[columns].astype(object).to_numpy().tolist()
    }


def people(area: int, value: float = 100, level: str = "gemeente") -> PublicFigure:
    return PublicFigure("inhabitants", level, area, "2024-01-01", value)


def test_every_level_shows_its_own_figure_and_never_a_sum_of_lower_ones() -> None:
    public = [
        *(
            flow("2024-01-01", 12, 50, level=level, area=area)
            for level, area in (("gemeente", 101), ("wijk", 201), ("buurt", 301), ("buurt", 302))
        ),
        *(
            people(area, size, level)
            for level, area, size in (
                ("gemeente", 101, 1000),
                ("wijk", 201, 600),
                ("buurt", 301, 300),
                ("buurt", 302, 200),
            )
        ),
    ]
    con, periods = country(public, [Cell(1, 101, 201, 301), Cell(2, 101, 201, 302), Cell(3, 102)])
    with con:
        found = count_open(con, MS01)
    assert set(found["period_id"]) == {p.id for p in periods if p.code == "2024-12-12m"}
    by_level = found.groupby("level")[["amount_numerator", "amount_denominator"]]
    assert by_level.get_group(LEVEL_NUMBERS["gemeente"]).values.tolist() == [[50, 1000]]
    assert by_level.get_group(LEVEL_NUMBERS["wijk"]).values.tolist() == [[50, 600]]
    assert by_level.get_group(LEVEL_NUMBERS["buurt"]).values.tolist() == [[50, 300], [50, 200]]


def test_what_is_not_published_has_no_row_and_a_published_zero_has() -> None:
    public = [
        *(people(area) for area in (101, 102, 103)),
        flow("2024-01-01", 12, 0, 101),
        flow("2024-01-01", 12, 8, 102),
        flow("2024-01-01", 12, 8, 104),
    ]
    found = counted(public)
    assert found == {
        ("gemeente", 101, "2024-12-12m"): (0, 100),
        ("gemeente", 102, "2024-12-12m"): (8, 100),
    }


@pytest.mark.parametrize(("known", "whole"), [(10, True), (9, True), (8, False)])
def test_a_region_is_there_when_nine_in_ten_of_its_gemeenten_are(known: int, whole: bool) -> None:
    """Of 20 gemeenten 10 lie in each region; ``known`` of the first region have a figure."""
    first = [area for area in TOWNS if riec_of(area) == RIECS[0]][:known]
    second = [area for area in TOWNS if riec_of(area) == RIECS[1]]
    public = [people(area) for area in TOWNS]
    public += [flow("2024-01-01", 12, 3, area) for area in (*first, *second)]
    found = counted(public)
    window = "2024-12-12m"
    assert found["riec", RIECS[1], window] == (30, 1000)
    assert found.get(("riec", RIECS[0], window)) == ((3 * known, 100 * known) if whole else None)
    both = known + 10
    country_figure = found.get(("nederland", COUNTRY, window))
    assert country_figure == ((3 * both, 100 * both) if both >= 18 else None)


def test_a_region_with_numerators_of_some_and_denominators_of_others_is_not_whole() -> None:
    public = [people(area) for area in TOWNS[:15]]
    public += [flow("2024-01-01", 12, 3, area) for area in TOWNS[5:]]
    found = counted(public)
    assert {level for level, _, _ in found} == {"gemeente"}
    assert {area for _, area, _ in found} == set(TOWNS[5:15])


def test_small_areas_have_windows_only() -> None:
    months = [flow(f"2024-{m:02}-01", 1, 1, 201, "wijk") for m in range(1, 13)]
    con, periods = country([*months, people(201, 50, "wijk")], [Cell(1, 101, 201)])
    with con:
        found = count_open(con, MS01)
    kinds = {p.id: p.kind for p in periods}
    assert [kinds[n] for n in found["period_id"]] == ["year"]


def empty_kinds(con: duckdb.DuckDBPyConnection, delivered: Sequence[str]) -> None:
    """Create the tables of located records, with a row where a kind was delivered."""
    for kind in KINDS.values():
        if kind.located:
            con.execute(f"CREATE TABLE {kind.name} (place INTEGER)")
            if kind.name in delivered:
                con.execute(f"INSERT INTO {kind.name} VALUES (1)")


LOCATED = [kind.name for kind in KINDS.values() if kind.located]
BY_KIND = {
    "BD03": "business",
    "LO01": "business",
    "DR03": "incident",
    "TB03": "trade_declaration",
    "VG01": "property_transaction",
    "VG02": "property_transaction",
}


@pytest.mark.parametrize(
    "delivered", [c for n in range(len(LOCATED) + 1) for c in combinations(LOCATED, n)]
)
def test_an_indicator_is_in_use_when_what_it_counts_was_delivered(
    delivered: tuple[str, ...],
) -> None:
    con, _ = country([people(101), flow("2024-01-01", 12, 1)], [Cell(1, 101)])
    with con:
        empty_kinds(con, delivered)
        chosen, waiting = in_use(con, CATALOGUE)
    assert {"MS01"} == {code for code in chosen if chosen[code].open}
    for code, kind in BY_KIND.items():
        assert (code in chosen) == (kind in delivered)
    assert ("KR01" in chosen) == bool(set(CATALOGUE["KR01"].reads) & set(delivered))
    rows = {row.code: row for row in waiting}
    assert set(rows) == set(CATALOGUE) - set(chosen)
    for code, kind in BY_KIND.items():
        if code in rows:
            assert (rows[code].kinds, rows[code].figures) == (((kind,),), ())
    assert rows["CV09"].figures == ("arson", "dwellings")
    assert rows["CV09"].kinds == ()
    assert rows["CV01"].figures == ("addresses",)
    assert rows["CV01"].kinds == (() if "incident" in delivered else (("incident",),))


def test_of_alternatives_one_will_do_and_of_two_counts_both_are_listed() -> None:
    both = replace(CATALOGUE["VG01"], denominator=CATALOGUE["DR03"].numerator)
    beside = events(
        "SELECT place, date, 1 AS amount FROM incident JOIN figure_at USING (place)"
        " WHERE figure = 'inhabitants'"
    )
    con, _ = country([people(101)], [Cell(1, 101)])
    with con:
        empty_kinds(con, [])
        chosen, waiting = in_use(
            con,
            {
                "VG01": both,
                "KR01": CATALOGUE["KR01"],
                "DR03": replace(CATALOGUE["DR03"], numerator=beside),
            },
        )
    assert chosen == {}
    kinds = {row.code: row.kinds for row in waiting}
    assert kinds["VG01"] == (("property_transaction",), ("incident",))
    assert kinds["KR01"] == (tuple(CATALOGUE["KR01"].reads),)
    assert len(CATALOGUE["KR01"].reads) > 1
    assert kinds["DR03"] == (("incident",),), "a public figure does not stand in for records"


def chosen_form(code: str, delivered: Sequence[str], figures: Sequence[str]) -> str:
    """Return which form of an indicator is in use: first, second or none."""
    public = [
        flow("2024-01-01", 12, 1)
        if name == "flow"
        else PublicFigure(name, "gemeente", 101, "2024-01-01", 5)
        for name in figures
    ]
    public = [
        PublicFigure(f.figure, f.level, f.area, f.date, f.value, 12)
        if f.figure == "firms_founded"
        else f
        for f in public
    ]
    con, _ = country([*public, people(101)], [Cell(1, 101)])
    with con:
        empty_kinds(con, delivered)
        chosen, _ = in_use(con, {code: CATALOGUE[code]})
    if code not in chosen:
        return "none"
    return "first" if chosen[code] is CATALOGUE[code] else "second"


@pytest.mark.parametrize(
    ("code", "delivered", "figures", "form"),
    [
        ("BD01", ["business"], ["firms", "firms_cash_intensive"], "first"),
        ("BD01", ["incident"], ["firms", "firms_cash_intensive"], "second"),
        ("BD01", [], ["firms"], "none"),
        ("BD04", ["business"], [], "first"),
        ("BD04", [], ["firms", "firms_founded"], "second"),
        ("BD04", [], ["firms_founded"], "none"),
        ("CV01", ["incident"], ["addresses", "dwellings"], "first"),
        ("CV01", ["incident"], ["dwellings"], "second"),
        ("CV01", ["incident"], [], "none"),
        ("CV01", [], ["addresses", "dwellings"], "none"),
    ],
)
def test_the_second_form_stands_in_for_what_nobody_delivered(
    code: str, delivered: list[str], figures: list[str], form: str
) -> None:
    assert chosen_form(code, delivered, figures) == form


@pytest.mark.parametrize("code", ["BD01", "BD04"])
def test_a_second_form_changes_only_what_it_says(code: str) -> None:
    first, second = CATALOGUE[code], CATALOGUE[code].fallback_form
    assert second is not None
    assert (second.open, first.open) == (True, False)
    assert second.fallback_form is None
    assert second.level_names == ("nederland", "riec", "gemeente")
    assert (second.name, second.unit, second.weight) == (first.name, first.unit, first.weight)
    assert second.source != first.source


def test_cv01_over_dwellings_is_still_protected() -> None:
    second = CATALOGUE["CV01"].fallback_form
    assert second is not None
    assert not second.open
    assert second.denominator.figures == ("dwellings",)
    assert second.numerator == CATALOGUE["CV01"].numerator


@pytest.mark.parametrize(
    "count",
    [
        Count("SELECT place, period, 1 AS amount FROM business", "period", open=True),
        published("SELECT place, period, 1 AS amount FROM incident JOIN figure_over USING (place)"),
        state("SELECT place, moment, 1 AS amount FROM Business_At", open_figure=True),
        published("SELECT place, period, 1 AS amount FROM INCIDENT"),
    ],
)
@pytest.mark.parametrize("side", ["numerator", "denominator"])
def test_a_count_of_records_cannot_call_itself_public(count: Count, side: str) -> None:
    guilty = (
        replace(MS01, numerator=count) if side == "numerator" else replace(MS01, denominator=count)
    )
    with pytest.raises(WeerbeeldError, match="Only figures about areas"):
        indicators._checked(guilty)


def test_a_count_of_records_in_a_second_form_cannot_either() -> None:
    first = CATALOGUE["BD01"]
    assert first.fallback is not None
    counts = Count("SELECT place, moment, 1 AS amount FROM business_at", "moment", open=True)
    with pytest.raises(WeerbeeldError, match="BD01"):
        indicators._checked(replace(first, fallback=replace(first.fallback, numerator=counts)))


def test_what_a_count_reads_and_names() -> None:
    count = published("SELECT 1 FROM figure_over WHERE figure = 'arson' OR figure = 'offences'")
    assert count.reads == ("area_figure",)
    assert count.figures == ("arson", "offences")
    assert events("SELECT 1 FROM business_at JOIN incident").reads == ("business", "incident")
    assert CATALOGUE["CV01"].reads == ("area_figure", "incident")


def test_key_figures_are_the_latest_states_and_add_up_only_where_they_may() -> None:
    public = [
        *(PublicFigure("inhabitants", "gemeente", area, "2023-01-01", 1) for area in TOWNS),
        *(PublicFigure("inhabitants", "gemeente", area, "2025-01-01", area) for area in TOWNS[1:]),
        *(PublicFigure("house_price", "gemeente", area, "2025-01-01", 300_000) for area in TOWNS),
        *(PublicFigure("dwellings", "gemeente", area, "2025-01-01", 10) for area in TOWNS[1:]),
        flow("2024-01-01", 12, 9),
        PublicFigure("inhabitants", "buurt", 301, "2030-01-01", 77),
    ]
    con, _ = country(public, [Cell(n, n) for n in TOWNS], inside={301: 101})
    with con:
        found = key_figures(con)
    names = {number: level for level, number in LEVEL_NUMBERS.items()}
    columns = ["level", "area_id", "figure", "day", "value"]
    value = {
        (names[level], area, figure): (day, number)
        for level, area, figure, day, number in found[columns].astype(object).to_numpy().tolist()
    }
    assert value["gemeente", 101, "inhabitants"] == (date(2023, 1, 1), 1)
    assert value["gemeente", 102, "inhabitants"] == (date(2025, 1, 1), 102)
    assert value["buurt", 301, "inhabitants"] == (date(2030, 1, 1), 77)
    assert value["nederland", COUNTRY, "inhabitants"] == (date(2023, 1, 1), 1 + sum(TOWNS[1:]))
    assert value["riec", RIECS[0], "dwellings"] == (date(2025, 1, 1), 100)
    assert ("riec", RIECS[1], "dwellings") not in value, "of one gemeente it is not known"
    assert ("nederland", COUNTRY, "dwellings") not in value
    assert {level for level, _, figure in value if figure == "house_price"} == {"gemeente"}
    assert "offences" not in set(found["figure"])


def test_everyone_whose_figures_are_used_is_named() -> None:
    public = [
        replace(people(101), source="CBS, 2019", date="2019-01-01"),
        replace(people(101), source="CBS, 2023"),
        PublicFigure("inhabitants", "gemeente", 101, "2025-01-01", 5, source="CBS, 2025"),
        PublicFigure("inhabitants", "gemeente", 102, "2025-01-01", 5, source="O&S, 2025"),
        PublicFigure("inhabitants", "hex9", 1, "2026-01-01", 5, source="BAG"),
        replace(flow("2024-01-01", 12, 1), source="47018NED"),
        replace(flow("2025-01-01", 1, 1), source="47022NED"),
    ]
    con, _ = country(public, [Cell(1, 101), Cell(2, 102)])
    with con:
        found = set(sources_of(con))
    assert found == {
        ("inhabitants", "gemeente", "CBS, 2023"),
        ("inhabitants", "gemeente", "CBS, 2025"),
        ("inhabitants", "gemeente", "O&S, 2025"),
        ("inhabitants", "hex9", "BAG"),
        ("offences", "gemeente", "47018NED"),
        ("offences", "gemeente", "47022NED"),
    }, "of the state of 2019, replaced in 2023, no figure is made"


def other(public: list[PublicFigure], level: str = "gemeente") -> dict[str, tuple[str, str]]:
    """Return the periods of MS01 over a state of another time, with its days."""
    con, periods = country(public, [Cell(1, 101), Cell(2, 102)])
    with con:
        rows = other_days(days_of(con), {"MS01": MS01}, periods)
    assert {(row.indicator, row.figure) for row in rows} <= {("MS01", "inhabitants")}
    return {row.period: (f"{row.first}", f"{row.last}") for row in rows if row.level == level}


def test_a_rate_over_inhabitants_of_later_is_named() -> None:
    late = [replace(people(n), date="2025-01-01") for n in (101, 102)]
    found = other(late)
    assert found["2024-12-12m"] == ("2025-01-01", "2025-01-01")
    assert "2025-12-12m" not in found
    assert other(late, "nederland") == found
    assert other(late, "wijk") == {}, "of wijken nothing is known, so there is no rate"


def test_a_rate_over_inhabitants_of_long_before_is_named() -> None:
    found = other([replace(people(101), date="2020-01-01"), people(102)])
    assert found["2025-12-12m"] == ("2020-01-01", people(102).date)


def test_a_rate_over_inhabitants_of_its_time_needs_no_words() -> None:
    public = [replace(people(101), date=f"{year}-01-01") for year in (2023, 2024, 2025)]
    assert other(public) == {}


def test_an_indicator_without_one_period_that_its_figures_cover_has_no_rows() -> None:
    found = counted([people(101), flow("2019-01-01", 12, 5)])
    assert found == {}


def test_open_counts_come_sorted_and_once() -> None:
    public = [people(area) for area in TOWNS] + [flow("2024-01-01", 12, 1, area) for area in TOWNS]
    con, _ = country(public, [Cell(n, n) for n in TOWNS])
    with con:
        found = count_open(con, MS01)
    keys = ["level", "area_id", "period_id"]
    assert not found.duplicated(keys).any()
    pd.testing.assert_frame_equal(found, found.sort_values(keys, ignore_index=True))
    assert list(found) == [*keys[1:], "amount_numerator", "amount_denominator", "level"]
