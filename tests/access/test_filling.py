"""Every inhabited place carries a figure, and says whose it is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.facts import AreaFact
from access.filling import AROUND, FIGURE_LEVEL, FIGURE_OF, fill
from access.session import example_gateway
from geo import hexagons
from store.home import Home

CELLS = hexagons.index_points(np.linspace(4.40, 4.52, 40), np.linspace(51.88, 51.96, 40))
CELLS = np.unique(CELLS)
CODES = hexagons.to_text(CELLS)
LARGER = hexagons.to_text(hexagons.parents(CELLS, 8))
LARGEST = hexagons.to_text(hexagons.parents(CELLS, 7))


def area(code: str) -> AreaFact:
    return AreaFact("hex9", code, "Plaats", "GM0599", "rotterdam", 4.4, 51.9)


def figures(codes: list[str], rate: float) -> pd.DataFrame:
    rows = [
        {"area": code, "name": code, "gemeente": "GM0599", "riec": "rotterdam", "lon": 0, "lat": 0}
        for code in codes
    ]
    counts = {"numerator": 7.0, "denominator": 70.0, "rate": 10.0, "contribution": 1.0}
    frame = pd.DataFrame(rows, columns=["area", "name", "gemeente", "riec", "lon", "lat"])
    return frame.assign(**counts, since="2026-06-12m", smoothed=rate, class_=2)


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
        "hex8": figures(sorted(larger), 8.0),
        "hex7": figures(sorted(largest), 7.0),
        "gemeente": figures(["GM0599"], 1.0),
    }
    rows = fill(
        figures(sorted(own), 9.0), [area(c) for c in CODES], "hex9", held.__getitem__, [5.0, 7.5]
    )
    assert rows["area"].tolist() == sorted(CODES)
    for code, above, top in zip(CODES, LARGER, LARGEST, strict=True):
        row = rows.set_index("area").loc[code]
        options = [("hex9", code, own), ("hex8", above, larger), ("hex7", top, largest)]
        level, owner = next(
            ((name, place) for name, place, have in options if place in have),
            ("gemeente", "GM0599"),
        )
        assert (row[FIGURE_LEVEL], row[FIGURE_OF]) == (level, owner)
        assert row["smoothed"] == {"hex9": 9, "hex8": 8, "hex7": 7, "gemeente": 1}[level]
        if level != "hex9":
            assert pd.isna(row["numerator"])
            assert pd.isna(row["denominator"])
            assert row["since"] is None or pd.isna(row["since"])
            assert row["name"] == "Plaats"
            assert row["class_"] == {"hex8": 2, "hex7": 1, "gemeente": 0}[level]


def test_without_any_larger_figure_a_place_stays_empty() -> None:
    nothing = figures([], 0.0)
    rows = fill(figures(CODES[:2], 9.0), [area(c) for c in CODES], "hex9", lambda _: nothing, [])
    assert rows["area"].tolist() == sorted(CODES[:2])


def test_levels_that_are_compared_lend_to_smaller_ones_only() -> None:
    assert set(AROUND) == {"wijk", "buurt", "hex7", "hex8", "hex9"}


@pytest.mark.parametrize("code", ["VG01", "BD01", "BD03"])
def test_nine_in_ten_inhabited_hexagons_carry_a_figure_for_their_officer(
    code: str, example_home: Home
) -> None:
    for gemeente in ("GM0599", "GM0014", "GM1969", "GM0093"):
        gateway = example_gateway(example_home.served, f"gemeente:{gemeente}", env="local")
        inhabited = [fact.code for fact in gateway.areas("hex9", gemeente)]
        rows = gateway.figures(code, "hex9", within=gemeente)
        assert len(inhabited) > 10
        assert set(rows["area"]) <= set(inhabited)
        assert rows["smoothed"].notna().sum() >= 0.9 * len(inhabited)
        lent = rows[rows[FIGURE_OF] != rows["area"]]
        assert lent["numerator"].isna().all()
        assert set(lent[FIGURE_LEVEL]) <= {"hex8", "hex7", "gemeente"}
        limits = gateway.breaks(code, "hex9")
        expected = np.searchsorted(limits, rows["smoothed"], side="right")
        assert (rows["class_"] == expected).all(), "a map has one legend"
