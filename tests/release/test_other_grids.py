"""On other hexagons a smooth surface keeps its classes and chance does not; no unit gets lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from shapely import box

from geo import hexagons
from geo.coordinates import to_rd
from indicators import CATALOGUE, Indicator
from indicators.contract import state
from release.analysing import analyse
from release.counting import count_indicator
from release.figures import Figures
from release.gazetteer import cells_above, number_hexagons
from release.guarding import guard, protected
from release.look_tables import area_key_table, period_table
from release.noise import side_noise
from release.other_grids import Agreement, agreement, grid_stability
from release.periods import calendar_of
from release.shifted_grid import MOVED, SHIFTED, half_a_cell, shift, shifted_cells
from release.tables import Prepared
from store.evidence.of_score import GridAgreement

Rows = dict[tuple[str, str], GridAgreement]

pytestmark = pytest.mark.long


PERIODS = calendar_of(date(2025, 1, 1), date(2025, 12, 31))

K = 5
PATCH = box(5.2, 51.9, 5.6, 52.2)
SUBJECTS = 40
WAVE_M = 30_000.0
PAIRS = {
    ("hex7", "hex8"),
    ("hex7", "hex7 shifted"),
    ("hex8", "hex7"),
    ("hex8", "hex9"),
    ("hex8", "hex8 shifted"),
    ("hex9", "hex8"),
}
SAME_RECORDS = {("hex7", "hex8"), ("hex8", "hex9")}
"""A whole and the mean of its parts rest on the same records: there chance stays in place too."""


def _counting(numerator: str, finest: int = 9) -> Indicator:
    unit = (
        "SELECT place, '2025-12-31'::DATE AS moment, 1 AS amount, unit, unit AS firm FROM subject"
    )
    return replace(
        CATALOGUE["VG01"],
        numerator=state(f"{unit} WHERE {numerator}", "firm"),
        denominator=state(unit, "firm"),
        levels="NH",
        finest_hexagon=finest,
    )


SMOOTH = _counting("nth < smooth * 40")
CHANCE = _counting("drawn < 0.4")


@pytest.fixture(scope="module")
def patch() -> Iterator[tuple[duckdb.DuckDBPyConnection, Prepared]]:
    """Some 900 km2 with forty subjects in every res-9 cell, of a share that rolls gently."""
    cells = np.sort(hexagons.cells_within(PATCH))
    above = cells_above(cells)
    numbered = number_hexagons(above, 1, np.ones(len(cells), dtype=bool))
    id_of = numbered.set_index("cell")["id"]
    places = pd.DataFrame({name: pd.Series(own).map(id_of) for name, own in above.items()})
    x, y = to_rd(*hexagons.centres(cells))
    places = places.assign(place=np.arange(len(cells)), cell=cells)
    places["smooth"] = 0.4 + 0.15 * (np.sin(x / WAVE_M * 6.28) + np.cos(y / WAVE_M * 6.28))
    line = np.repeat(np.arange(len(cells)), SUBJECTS)
    rng = np.random.default_rng(4)
    subjects = pd.DataFrame({"place": line, "nth": np.tile(np.arange(SUBJECTS), len(cells))})
    subjects["drawn"] = rng.random(len(subjects))
    subjects["unit"] = rng.integers(0, 2**32, len(subjects), dtype=np.uint32)
    with duckdb.connect(config={"threads": 2}) as con:
        for name, frame in (
            ("place", places.drop(columns="smooth")),
            ("subject", subjects.assign(smooth=places["smooth"].to_numpy()[line])),
        ):
            con.register("given", frame)
            con.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            con.unregister("given")
        period_table(con, PERIODS)
        area_key_table(con, pd.DataFrame(), numbered, "secret")
        yield con, Prepared(PERIODS, pd.DataFrame(), numbered)


def _rows(
    patch: tuple[duckdb.DuckDBPyConnection, Prepared],
    catalogue: dict[str, Indicator],
    folder: Path,
) -> Rows:
    con, prepared = patch
    kinds = {period.id: period.kind for period in PERIODS}
    kept = Figures(duckdb.connect())
    for number, indicator in enumerate(catalogue.values(), start=1):
        only = replace(indicator, levels="H")
        exact = count_indicator(con, only, {}, folder).exact
        noise = side_noise(only, K)
        guarded = guard(protected(exact, only, kinds, noise), None, only, kinds, noise)
        figures, _ = analyse(guarded, only, PERIODS, noise.numerator, {})
        kept.add(figures.assign(indicator_id=number, hot=0, mix=np.nan))
    rows = grid_stability(con, kept, prepared, catalogue, K, {})
    return {(row.score, row.against + " shifted" * row.shifted): row for row in rows}


def test_a_smooth_surface_keeps_its_classes_and_chance_does_not(
    patch: tuple[duckdb.DuckDBPyConnection, Prepared], tmp_path: Path
) -> None:
    smooth = _rows(patch, {"AA01": SMOOTH}, tmp_path)
    chance = _rows(patch, {"AA01": CHANCE}, tmp_path)
    assert set(smooth) == set(chance) == PAIRS
    for pair in PAIRS:
        assert smooth[pair].places > 100
        assert smooth[pair].near > 0.85, pair
        assert smooth[pair].same > 0.55, pair
        assert chance[pair].same < smooth[pair].same - 0.05, pair
        assert (chance[pair].highest or 0) < (smooth[pair].highest or 0), pair
        assert smooth[pair].chance == pytest.approx(0.34, abs=0.05)
    for pair in PAIRS - SAME_RECORDS:
        assert chance[pair].same < 0.55, pair
        assert (chance[pair].highest or 0) < 0.5, pair


def test_what_only_one_grid_has_is_left_out(
    patch: tuple[duckdb.DuckDBPyConnection, Prepared], tmp_path: Path
) -> None:
    alone = _rows(patch, {"AA01": SMOOTH}, tmp_path)
    joined = _rows(patch, {"AA01": SMOOTH, "AA02": _counting("drawn < 0.4", 7)}, tmp_path)
    same_level = ("hex7", "hex7 shifted")
    assert joined[same_level] != alone[same_level]
    for pair in PAIRS - {same_level}:
        assert joined[pair] == alone[pair]


def test_context_is_in_no_score_so_in_no_comparison(
    patch: tuple[duckdb.DuckDBPyConnection, Prepared], tmp_path: Path
) -> None:
    context = replace(CHANCE, focus_area="context")
    with_context = _rows(patch, {"AA01": SMOOTH, "AA02": context}, tmp_path)
    assert with_context == _rows(patch, {"AA01": SMOOTH}, tmp_path)


def test_grids_that_share_nothing_are_not_compared(
    patch: tuple[duckdb.DuckDBPyConnection, Prepared], tmp_path: Path
) -> None:
    coarse = _rows(patch, {"AA01": _counting("drawn < 0.4", 7)}, tmp_path)
    assert set(coarse) == {("hex7", "hex7 shifted")}
    nobody = _rows(patch, {"AA01": _counting("drawn > 2")}, tmp_path)
    assert nobody == {}
    assert _rows(patch, {"AA01": replace(SMOOTH, focus_area="context")}, tmp_path) == {}


def test_a_shifted_grid_counts_the_same_units_in_other_cells(
    patch: tuple[duckdb.DuckDBPyConnection, Prepared], tmp_path: Path
) -> None:
    con, _ = patch
    only = replace(CHANCE, levels="H", finest_hexagon=8)
    before = count_indicator(con, only, {}, tmp_path).exact.unprotected
    cells = shift(con)
    moved = count_indicator(con, only, {}, None, places=MOVED).exact.unprotected
    sums = ["amount_numerator", "amount_denominator", "units_numerator", "units_denominator"]
    own, other = (frame.groupby(["level", "period_id"])[sums].sum() for frame in (before, moved))
    pd.testing.assert_frame_equal(own, other)
    assert (own > 0).all(axis=None)
    assert set(moved["area_id"]) == set(range(1, max(map(len, cells.values())) + 1))
    sizes = [sorted(frame["amount_numerator"]) for frame in (before, moved)]
    assert sizes[0] != sizes[1]


@pytest.mark.parametrize("level", SHIFTED)
def test_every_cell_lies_half_a_width_from_the_shifted_ones(level: str) -> None:
    resolution = SHIFTED[level]
    cells = np.unique(hexagons.parents(hexagons.cells_within(PATCH), resolution))
    centres = to_rd(*hexagons.centres(cells))
    holding = to_rd(*hexagons.centres(shifted_cells(centres, resolution)))
    half = half_a_cell(resolution)
    step = half / np.sqrt(2)
    apart = np.hypot(holding[0] - step - centres[0], holding[1] - step - centres[1])
    assert apart.min() > 0.9 * half
    assert apart.max() < 1.2 * half


def test_without_a_year_nothing_is_compared(
    patch: tuple[duckdb.DuckDBPyConnection, Prepared], tmp_path: Path
) -> None:
    con, prepared = patch
    short = replace(prepared, periods=[p for p in PERIODS if p.kind != "year"])
    assert grid_stability(con, Figures(con), short, {"AA01": SMOOTH}, K, {}) == []


def test_agreement_counts_classes_that_stay() -> None:
    base, against = np.array([0, 0, 1, 2, 4]), np.array([0, 1, 1, 4, 4])
    assert agreement(base, against) == pytest.approx(Agreement(5, 0.6, 0.8, 0.24, 1.0))
    flat = agreement(np.zeros(3, dtype=np.int64), np.array([0, 1, 0]))
    assert (flat.same, flat.near, flat.highest) == (2 / 3, 1.0, None)
