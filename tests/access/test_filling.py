"""Every inhabited place carries a figure, and says whose it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.facts import Area
from access.figures import Figure
from access.filling import AROUND, fill
from access.session import example_gateways
from geo import hexagons
from map_classes import as_written
from store.home import Home

CELLS = hexagons.index_points(np.linspace(4.40, 4.52, 40), np.linspace(51.88, 51.96, 40))
CELLS = np.unique(CELLS)
CODES = hexagons.to_text(CELLS)
LARGER = hexagons.to_text(hexagons.parents(CELLS, 8))
LARGEST = hexagons.to_text(hexagons.parents(CELLS, 7))


def area(code: str) -> Area:
    return Area("hex9", code, "Plaats", "GM0599", "rotterdam", 4.4, 51.9)


def figures(level: str, codes: list[str], rate: float) -> list[Figure]:
    """Return a figure for each place of a level, all alike and in the second class."""
    return [
        Figure(
            area=code,
            period="2026-06-12m",
            numerator=7.0,
            denominator=70.0,
            rate=10.0,
            smoothed=rate,
            low=rate - 1,
            high=rate + 1,
            percentile=50.0,
            class_=2,
            clear=1,
            hot=1,
            mix=1.0,
            contribution=1.0,
            since="2026-06-12m",
            name=code,
            gemeente="GM0599",
            riec="rotterdam",
            lon=0.0,
            lat=0.0,
            figure_of=code,
            figure_level=level,
            indicator="VG01",
        )
        for code in codes
    ]


@settings(deadline=None, max_examples=40)
@given(
    st.sets(st.sampled_from(CODES)),
    st.sets(st.sampled_from(LARGER)),
    st.sets(st.sampled_from(LARGEST)),
)
def test_the_smallest_larger_area_with_a_figure_speaks(
    own: set[str], larger: set[str], largest: set[str]
) -> None:
    held = {
        "hex8": figures("hex8", sorted(larger), 8.0),
        "hex7": figures("hex7", sorted(largest), 7.0),
        "gemeente": figures("gemeente", ["GM0599"], 1.0),
    }
    here = figures("hex9", sorted(own), 9.0)
    rows = fill(here, [area(c) for c in CODES], "hex9", held.__getitem__, [5.0, 7.5])
    assert [row.area for row in rows] == sorted(CODES)
    found = {row.area: row for row in rows}
    for code, above, top in zip(CODES, LARGER, LARGEST, strict=True):
        row = found[code]
        options = [("hex9", code, own), ("hex8", above, larger), ("hex7", top, largest)]
        level, owner = next(
            ((name, place) for name, place, have in options if place in have),
            ("gemeente", "GM0599"),
        )
        assert (row.figure_level, row.figure_of) == (level, owner)
        assert row.lent == (level != "hex9")
        assert row.smoothed == {"hex9": 9, "hex8": 8, "hex7": 7, "gemeente": 1}[level]
        if row.lent:
            counted = (row.numerator, row.denominator, row.rate, row.mix, row.contribution)
            assert set(counted) | {row.percentile, row.since} == {None}
            assert (row.clear, row.hot) == (0, 0)
            assert row.name == "Plaats"
            assert row.class_ == {"hex8": 2, "hex7": 1, "gemeente": 0}[level]


def test_without_any_larger_figure_a_place_stays_empty() -> None:
    own = figures("hex9", CODES[:2], 9.0)
    rows = fill(own, [area(c) for c in CODES], "hex9", lambda _: [], [])
    assert [row.area for row in rows] == sorted(CODES[:2])


def test_levels_that_are_compared_lend_to_smaller_ones_only() -> None:
    assert set(AROUND) == {"wijk", "buurt", "hex7", "hex8", "hex9"}


@pytest.mark.parametrize("code", ["VG01", "BD01", "BD03"])
def test_nine_in_ten_inhabited_hexagons_carry_a_figure_for_their_officer(
    code: str, example_home: Home
) -> None:
    for gemeente in ("GM0599", "GM0014", "GM1969", "GM0093"):
        viewer = f"gemeente:{gemeente}"
        gateway = example_gateways(example_home.served, viewer, env="local").partner()
        if next(iter(gateway.figures(code, "gemeente", within=gemeente))).smoothed is None:
            assert gemeente == "GM0093", "too little was counted on Terschelling to lend a rate"
            continue
        inhabited = [fact.code for fact in gateway.areas("hex9", gemeente)]
        rows = gateway.figures(code, "hex9", within=gemeente)
        assert len(inhabited) > 10
        assert {row.area for row in rows} <= set(inhabited)
        assert sum(row.smoothed is not None for row in rows) >= 0.9 * len(inhabited)
        lent = [row for row in rows if row.figure_of != row.area]
        assert all(row.numerator is None for row in lent)
        assert {row.figure_level for row in lent} <= {"hex8", "hex7", "gemeente"}
        rates = as_written(np.array([row.smoothed for row in rows], dtype=float))
        expected = np.searchsorted(gateway.breaks(code, "hex9"), rates, side="right")
        for row, number in zip(rows, expected, strict=True):
            few = {0.0: {0}, None: {0, number}}.get(row.numerator, {number})
            assert row.class_ in few, "a map has one legend, and none or few the lowest class"
