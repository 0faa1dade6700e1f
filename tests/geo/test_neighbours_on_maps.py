"""Neighbours on the real maps: hexagons that share an edge, gemeenten that share a border."""

import h3.api.basic_int as h3
import numpy as np
import pytest

from geo import areas
from geo.neighbours import area_pairs, hexagon_pairs


def test_hexagons_are_neighbours_when_the_grid_says_so() -> None:
    every = np.array(h3.grid_disk(h3.latlng_to_cell(52.1, 5.3, 8), 6), dtype=np.int64)
    cells = np.random.default_rng(1).permutation(every)[:80]
    pairs = hexagon_pairs(cells)
    found = set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    expected = {
        (a, b)
        for a in range(len(cells))
        for b in range(a + 1, len(cells))
        if h3.are_neighbor_cells(int(cells[a]), int(cells[b]))
    }
    assert found == expected
    assert len(pairs.first) == len(found)


@pytest.mark.parametrize("count", [0, 1])
def test_few_hexagons_have_no_neighbours(count: int) -> None:
    cells = np.array([h3.latlng_to_cell(52.1, 5.3, 8)] * count, dtype=np.int64)
    assert len(hexagon_pairs(cells).first) == 0


def test_gemeenten_are_neighbours_when_they_share_a_border() -> None:
    frame = areas.gemeenten()
    codes = frame["code"].to_numpy()
    pairs = area_pairs(frame)
    found = {frozenset(pair) for pair in zip(codes[pairs.first], codes[pairs.second], strict=True)}
    assert len(found) == len(pairs.first)
    assert {"GM0599", "GM0606"} in found, "Rotterdam and Schiedam"
    assert {"GM0599", "GM0014"} not in found, "Rotterdam and Groningen"
    assert {"GM0983", "GM0889"} in found, "Venlo and Beesel"
    alone = set(codes) - {code for pair in found for code in pair}
    assert {"GM0093", "GM0096"} <= alone, "islands have none"
