"""Figures of areas brought to hexagons keep their total, whatever the areas look like."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from open_tables import Cell, PublicFigure, country

from indicators import CATALOGUE
from release.area_figures import FROM_LEVELS
from release.open_counting import count_open
from release.open_facts import spread_of
from store.release import LEVEL_NUMBERS

START = "2020-01-01"
GEMEENTEN = (101, 102, 103)


def dwellings(level: str, area: int, value: float, date: str = START) -> PublicFigure:
    return PublicFigure("dwellings", level, area, date, value)


def addresses(cell: int, value: float, date: str = START) -> PublicFigure:
    return PublicFigure("addresses", "hex9", cell, date, value)


def spread(
    public: Sequence[PublicFigure],
    cells: Sequence[Cell],
    figure: str = "dwellings",
    month: str = "2025-12",
) -> dict[int, float]:
    """Return what falls to each cell at the end of a month."""
    con, _ = country(public, cells)
    with con:
        rows = con.execute(
            "SELECT cell, sum(value) FROM spread_at JOIN place USING (place)"
            " WHERE figure = ? AND strftime(moment, '%Y-%m') = ? GROUP BY 1",
            [figure, month],
        ).fetchall()
    return dict(rows)


def test_by_land_where_no_address_is_known() -> None:
    cells = [Cell(1, 101, km2=0.1), Cell(2, 101, km2=0.3), Cell(3, 102)]
    assert spread([dwellings("gemeente", 101, 80)], cells) == pytest.approx({1: 20, 2: 60})


def test_by_addresses_where_cells_have_them() -> None:
    cells = [Cell(1, 101, km2=0.1), Cell(2, 101, km2=0.9), Cell(3, 101), Cell(4, 102), Cell(5, 102)]
    public = [dwellings("gemeente", 101, 80), dwellings("gemeente", 102, 10)]
    public += [addresses(1, 30), addresses(2, 10)]
    assert spread(public, cells) == pytest.approx({1: 60, 2: 20, 4: 5, 5: 5})


def test_the_last_known_addresses_decide() -> None:
    public = [dwellings("gemeente", 101, 80), addresses(1, 30), addresses(2, 10)]
    public += [addresses(1, 0, "2025-01-01"), addresses(2, 5, "2025-01-01")]
    assert spread(public, [Cell(1, 101), Cell(2, 101)]) == pytest.approx({2: 80})


def test_areas_without_any_address_are_spread_by_land() -> None:
    public = [dwellings("gemeente", 101, 80), addresses(1, 0), addresses(2, 0)]
    assert spread(public, [Cell(1, 101), Cell(2, 101)]) == pytest.approx({1: 40, 2: 40})


@pytest.mark.parametrize("finest", FROM_LEVELS)
def test_the_finest_level_with_figures_decides(finest: str) -> None:
    own = {"buurt": 301, "wijk": 201, "gemeente": 101}
    cells = [Cell(1, 101, 201, 301), Cell(2, 101, 201, 301)]
    coarser = FROM_LEVELS[FROM_LEVELS.index(finest) :]
    public = [dwellings(level, own[level], 10) for level in coarser]
    assert spread(public, cells) == pytest.approx({1: 5, 2: 5})
    con, _ = country(public, cells)
    with con:
        ((*how, total),) = spread_of(con)
    assert how == ["dwellings", finest, "land"]
    assert total == pytest.approx(10)


def test_an_area_smaller_than_a_cell_keeps_its_figure() -> None:
    cells = [Cell(1, 101, 201, 301), Cell(2, 101, 201, 302, small=True)]
    public = [dwellings("buurt", 301, 60), dwellings("buurt", 302, 40), addresses(1, 9)]
    assert spread(public, cells) == pytest.approx({1: 60, 2: 40})


def test_one_gemeente_comes_by_cell_while_others_are_spread() -> None:
    cells = [Cell(1, 101), Cell(2, 101), Cell(3, 102), Cell(4, 102)]
    public = [dwellings("gemeente", 101, 50), dwellings("gemeente", 102, 50)]
    public += [dwellings("hex9", 1, 47), dwellings("hex9", 2, 2)]
    assert spread(public, cells) == pytest.approx({1: 47, 2: 2, 3: 25, 4: 25})
    con, _ = country(public, cells)
    with con:
        rows = {(level, method): total for _, level, method, total in spread_of(con)}
    assert rows == pytest.approx({("hex9", "delivered"): 49, ("gemeente", "land"): 50})


def test_a_cell_over_the_border_does_not_silence_the_neighbour() -> None:
    """A gemeente that delivers by cell also has cells whose centre lies in the next one."""
    cells = [Cell(1, 101), Cell(2, 102), Cell(3, 102)]
    public = [dwellings("gemeente", 101, 50), dwellings("gemeente", 102, 60)]
    public += [dwellings("hex9", 1, 47), dwellings("hex9", 2, 3)]
    assert spread(public, cells) == pytest.approx({1: 47, 2: 33, 3: 30})


def test_a_few_buurten_do_not_stand_for_their_gemeente() -> None:
    cells = [Cell(n, 101, 201, 300 + n) for n in range(1, 5)]
    public = [dwellings("gemeente", 101, 100), dwellings("buurt", 301, 20)]
    assert spread(public, cells) == pytest.approx(dict.fromkeys(range(1, 5), 25))
    most = [*public, dwellings("buurt", 302, 60)]
    assert spread(most, cells) == pytest.approx({1: 20, 2: 60})


def test_a_gemeente_keeps_to_one_level_whenever_its_figures_came() -> None:
    """The first figure of a buurt holds for the time before it, so the map shows no jump."""
    cells = [Cell(1, 101, 201, 301), Cell(2, 101, 201, 302)]
    public = [dwellings("gemeente", 101, 100, "2023-01-01")]
    public += [dwellings("buurt", 301, 70, "2025-01-01"), dwellings("buurt", 302, 22, "2025-01-01")]
    public += [dwellings("buurt", 301, 80, "2025-06-01")]
    for month, first in {"2024-01": 70, "2025-05": 70, "2025-06": 80}.items():
        assert spread(public, cells, month=month) == pytest.approx({1: first, 2: 22})


def test_averages_and_other_states_are_not_spread() -> None:
    public = [PublicFigure("house_price", "gemeente", 101, START, 400_000)]
    public += [PublicFigure("premises", "gemeente", 101, START, 9)]
    for figure in ("house_price", "premises"):
        assert spread(public, [Cell(1, 101)], figure) == {}


def test_what_an_open_indicator_sees_is_never_spread() -> None:
    """Buurten of a gemeente with a figure have none of their own, and stay without."""
    cells = [Cell(1, 101, 201, 301), Cell(2, 101, 201, 302)]
    public = [dwellings("gemeente", 101, 100), dwellings("buurt", 301, 60)]
    public += [
        PublicFigure("arson", level, area, "2024-01-01", 5, 12)
        for level, area in (("gemeente", 101), ("wijk", 201), ("buurt", 301))
    ]
    con, _ = country([*public, *(addresses(n, 9) for n in (1, 2))], cells)
    with con:
        at = con.execute("SELECT DISTINCT level, area, value::DOUBLE FROM figure_at").fetchall()
        found = count_open(con, replace(CATALOGUE["CV09"], levels="NRGWB"))
    assert {row for row in at if row[0] != "hex9"} == {
        ("gemeente", "gemeente101", 100),
        ("buurt", "buurt301", 60),
    }
    rows = found[["level", "area_id", "amount_denominator"]].to_numpy().tolist()
    own = [(LEVEL_NUMBERS["gemeente"], 101, 100), (LEVEL_NUMBERS["buurt"], 301, 60)]
    assert [row for row in rows if row[0] >= LEVEL_NUMBERS["gemeente"]] == sorted(map(list, own))


@st.composite
def countries(draw: st.DrawFn) -> tuple[list[Cell], list[PublicFigure]]:
    """Cells in three gemeenten of two wijken of two buurten, some small, some with addresses."""
    cells, public = [], []
    for number in range(1, draw(st.integers(1, 25)) + 1):
        gemeente = draw(st.sampled_from(GEMEENTEN))
        wijk = gemeente * 10 + draw(st.integers(0, 1))
        buurt = wijk * 10 + draw(st.integers(0, 1))
        size = draw(st.floats(0.05, 0.12))
        cells.append(Cell(number, gemeente, wijk, buurt, round(size, 6), draw(st.booleans())))
        if draw(st.booleans()):
            public.append(addresses(number, draw(st.integers(0, 500))))
    areas = {level: sorted({getattr(cell, level) for cell in cells}) for level in FROM_LEVELS}
    for level, numbers in areas.items():
        if draw(st.booleans()):
            public += [dwellings(level, area, draw(st.integers(0, 9_999))) for area in numbers]
    return cells, public


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(countries())
def test_parts_are_one_and_totals_stay(made: tuple[list[Cell], list[PublicFigure]]) -> None:
    cells, public = made
    con, _ = country(public, cells)
    with con:
        sums = con.execute("SELECT level, area, sum(part), min(part) FROM part GROUP BY 1, 2")
        parts = {(level, area): (total, least) for level, area, total, least in sums.fetchall()}
        used = con.execute(
            "SELECT f.level, c.area, f.value::DOUBLE FROM spread_from c JOIN area_figure f"
            " USING (row)"
        ).fetchall()
    assert set(parts) == {(lvl, getattr(c, lvl)) for c in cells for lvl in FROM_LEVELS}
    for total, least in parts.values():
        assert total == pytest.approx(1)
        assert least > 0
    found = spread(public, cells)
    spread_over: dict[tuple[str, int], float] = defaultdict(float)
    for cell in cells:
        for level in FROM_LEVELS:
            spread_over[level, getattr(cell, level)] += found.get(cell.number, 0)
    for level, area, value in used:
        assert spread_over[level, area] == pytest.approx(value)
    by_gemeente: dict[int, set[str]] = defaultdict(set)
    for level, area, _ in used:
        by_gemeente[int(str(area)[:3])].add(level)
    assert all(len(levels) == 1 for levels in by_gemeente.values()), "one level a gemeente"
    delivered = {int(str(f.area)[:3]) for f in public if f.figure == "dwellings"}
    assert set(by_gemeente) == delivered
