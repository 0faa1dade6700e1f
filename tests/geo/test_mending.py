"""Dirty layers of areas become valid coverages by stated rules, or are refused with the reason."""

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from errors import WeerbeeldError
from geo.mending import mended
from geo.mending_report import NAMED, Mended, Rule, described
from geo.tangles import FEW, is_tangled

RD = "EPSG:28992"
X, Y = 100_000, 400_000


def at(west: float, south: float, east: float, north: float) -> Polygon:
    return box(X + west, Y + south, X + east, Y + north)


def layer(*shapes: shapely.Geometry | None) -> geopandas.GeoDataFrame:
    codes = [f"A{number:02}" for number in range(len(shapes))]
    names = [f"Area {number}" for number in range(len(shapes))]
    rows = {"code": codes, "name": names, "geometry": list(shapes)}
    return geopandas.GeoDataFrame(rows, geometry="geometry", crs=RD)


def surfaces(rows: geopandas.GeoDataFrame) -> dict[str, float]:
    assert shapely.coverage_is_valid(rows.geometry.to_numpy())
    assert shapely.is_valid(rows.geometry.to_numpy()).all()
    return dict(zip(rows["code"], rows.area.round(3).tolist(), strict=True))


def test_sound_layer_stays_as_it_is() -> None:
    sound = layer(at(0, 0, 1_000, 1_000), at(1_000, 0, 2_000, 1_000)).assign(row=[7, 8])
    rows, done = mended(sound)
    assert done == ()
    assert list(rows.columns) == ["code", "name", "geometry", "row"]
    assert rows["row"].tolist() == [7, 8]
    assert rows.crs == RD
    assert rows.geometry.geom_equals(sound.geometry).all()


def test_areas_without_a_shape_are_left_out() -> None:
    squares = [at(n * 100, 0, n * 100 + 100, 100) for n in range(18)]
    rows, done = mended(layer(None, *squares, Polygon()))
    assert rows["code"].tolist() == [f"A{n:02}" for n in range(1, 19)]
    assert done == (Mended(Rule.NO_SHAPE, "A00", "Area 0"), Mended(Rule.NO_SHAPE, "A19", "Area 19"))
    with pytest.raises(WeerbeeldError, match="2 of 19 areas have no shape: A00, A18; expected"):
        mended(layer(None, *squares[1:], Polygon()))
    with pytest.raises(WeerbeeldError, match="0 of 0 areas"):
        mended(layer())


def crossing(loop: float) -> Polygon:
    """Return a ring of 1,000 by 1,000 m that crosses itself in a loop of ``loop`` m2 beside it."""
    tip = 2 * loop / 10
    corners = [(0, 0), (1_000, 0), (1_000, 500), (1_000 + tip, 495), (1_000 + tip, 505)]
    corners += [(1_000, 500), (1_000, 1_000), (0, 1_000)]
    if loop:
        corners[3], corners[4] = corners[4], corners[3]
    return Polygon([(X + x, Y + y) for x, y in corners])


def test_invalid_polygon_is_made_valid() -> None:
    shape = crossing(loop=4_000)
    assert not shape.is_valid
    rows, done = mended(layer(shape, at(-1_000, 0, 0, 1_000)))
    assert surfaces(rows) == {"A00": 1_004_000, "A01": 1_000_000}
    (one,) = done
    assert (one.rule, one.code) == (Rule.INVALID, "A00")
    assert one.m2 == pytest.approx(8_000)


@pytest.mark.parametrize(("loop", "sound"), [(4_900, True), (5_100, False)])
def test_invalid_polygon_may_change_by_one_percent(loop: float, sound: bool) -> None:
    if sound:
        assert surfaces(mended(layer(crossing(loop)))[0])["A00"] == 1_000_000 + loop
    else:
        with pytest.raises(WeerbeeldError, match="polygons of A00 valid changes more than 1%"):
            mended(layer(crossing(loop)))


def test_shapes_of_which_nobody_knows_what_was_meant_are_refused() -> None:
    bow = Polygon([(X, Y), (X + 9, Y + 9), (X + 9, Y), (X, Y + 9)])
    flat = Polygon([(X, Y), (X + 9, Y + 9), (X, Y)])
    far = box(1e300, 1e300, 2e300, 2e300)
    nowhere = Polygon([(X, Y), (X + 9, Y), (np.inf, Y + 9)])
    with pytest.raises(WeerbeeldError, match="polygons of A01, A02, A03, A04 valid"):
        mended(layer(at(0, 0, 9, 9), bow, flat, far, nowhere))


def test_parts_that_are_no_polygon_are_dropped() -> None:
    spike = Polygon([(X, Y), (X + 10, Y), (X + 10, Y + 10), (X + 10, Y + 90), (X + 10, Y + 10),
                     (X, Y + 10)])  # fmt: skip
    (shape,) = mended(layer(spike))[0].geometry
    assert shape.equals(at(0, 0, 10, 10))
    assert shape.geom_type == "Polygon"


def test_overlap_goes_to_the_smallest() -> None:
    large, small = at(0, 0, 1_010, 1_000), at(1_000, 0, 1_500, 1_000)
    rows, done = mended(layer(large, small))
    assert surfaces(rows) == {"A00": 1_000_000, "A01": 500_000}
    assert done == (Mended(Rule.OVERLAP, "A00", "Area 0", 10_000.0, "A01"),)
    turned, done = mended(layer(small, large))
    assert surfaces(turned) == {"A00": 500_000, "A01": 1_000_000}
    assert done == (Mended(Rule.OVERLAP, "A01", "Area 1", 10_000.0, "A00"),)


def test_small_area_inside_a_larger_keeps_its_land() -> None:
    rows, done = mended(layer(at(0, 0, 1_000, 1_000), at(400, 400, 500, 500)))
    assert surfaces(rows) == {"A00": 990_000, "A01": 10_000}
    assert done == (Mended(Rule.OVERLAP, "A00", "Area 0", 10_000.0, "A01"),)


def test_three_over_one_another_and_equal_surfaces() -> None:
    one, two = at(0, 0, 1_010, 1_000), at(1_000, 0, 2_010, 1_000)
    three = at(995, 400, 1_015, 500)
    rows, done = mended(layer(one, two, three))
    assert surfaces(rows) == {"A00": 1_010_000 - 1_500, "A01": 1_000_000 - 500, "A02": 2_000}
    assert [(m.code, m.to, m.m2) for m in done] == [
        ("A00", "A02", 1_500.0),
        ("A01", "A00", 9_000.0),
        ("A01", "A02", 1_500.0),
    ]


def test_area_may_lose_less_than_half() -> None:
    rest = at(5_000, 0, 9_000, 4_000)
    rows, _ = mended(layer(at(0, 0, 100, 100), at(51, 0, 150, 100), rest))
    assert surfaces(rows)["A00"] == 5_100
    with pytest.raises(WeerbeeldError, match="at least 50% of A00, expected each piece"):
        mended(layer(at(0, 0, 100, 100), at(50, 0, 149, 100), rest))
    with pytest.raises(WeerbeeldError, match="at least 50% of A01"):
        mended(layer(rest, rest))


def test_area_that_vanishes_on_the_grid_is_refused() -> None:
    with pytest.raises(WeerbeeldError, match="of A01"):
        mended(layer(at(0, 0, 9, 9), at(20, 20, 20.001, 20.001)))


def test_at_most_a_twentieth_may_overlap() -> None:
    def overlapping(metres: int) -> geopandas.GeoDataFrame:
        return layer(at(0, 0, 500 + metres, 1_000), at(500, 0, 1_000, 1_000))

    assert surfaces(mended(overlapping(50))[0]) == {"A00": 500_000, "A01": 500_000}
    with pytest.raises(WeerbeeldError, match=r"5\.1% of the land is drawn in more than one area"):
        mended(overlapping(51))


def ring(width: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Return two areas with a gap of 1,000 m by ``width`` between them, most of it along A01."""
    gap = at(500, 500, 500 + width, 1_500)
    return at(0, 0, 500 + width, 2_000).difference(gap), at(500 + width, 0, 2_000, 2_000)


def test_small_gap_goes_to_the_longest_border() -> None:
    left, right = ring(10)
    rows, done = mended(layer(left, right))
    assert surfaces(rows) == {"A00": 1_020_000, "A01": 2_980_000}
    assert done == (Mended(Rule.GAP, "A00", "Area 0", 10_000.0),)
    upper = at(0, 1_500, 510, 2_000)
    rows, done = mended(layer(left.difference(box(X, Y + 500, X + 510, Y + 2_000)), right, upper))
    assert done == (), "a gap that is open on one side is none"


def test_gap_with_equal_borders_goes_to_the_first_by_code() -> None:
    left, right = at(0, 0, 500, 1_000), at(510, 0, 1_000, 1_000)
    lids = at(500, 0, 510, 10), at(500, 990, 510, 1_000)
    _, done = mended(layer(left, right, *lids))
    assert done == (Mended(Rule.GAP, "A00", "Area 0", 9_800.0),)
    reverse = layer(left, right, *lids).assign(code=["D", "C", "B", "A"])
    assert [one.code for one in mended(reverse)[1]] == ["C"]


def test_gap_larger_than_a_tenth_of_a_km2_stays() -> None:
    assert mended(layer(*ring(100)))[1] == (Mended(Rule.GAP, "A00", "Area 0", 100_000.0),)
    rows, done = mended(layer(*ring(101)))
    assert done == (Mended(Rule.OPEN, "A00", "Area 0", 101_000.0),)
    assert surfaces(rows) == {"A00": 601 * 2_000 - 101_000, "A01": 1_399 * 2_000}


def test_gap_elsewhere_stays() -> None:
    left, right = ring(10)
    water = np.array([at(400, 400, 600, 1_600), None, Polygon()], dtype=object)
    rows, done = mended(layer(left, right), water)
    assert done == (Mended(Rule.OPEN, "A00", "Area 0", 10_000.0),)
    assert surfaces(rows)["A00"] == 1_010_000


def test_rounding_is_mended_without_a_word() -> None:
    slanted = Polygon([(X + 1_000, Y), (X + 2_000, Y), (X + 2_000, Y + 1_000),
                       (X + 1_000.05, Y + 1_000), (X + 999.96, Y + 500)])  # fmt: skip
    rows, done = mended(layer(at(0, 0, 1_000, 1_000), slanted))
    assert done == ()
    assert sum(surfaces(rows).values()) == pytest.approx(2_000_000, abs=50)


def test_area_of_several_parts_with_a_hole() -> None:
    inside = at(40, 40, 60, 60)
    around = Polygon(at(0, 0, 100, 100).exterior, [inside.exterior])
    parts = MultiPolygon([around, at(300, 0, 310, 10)])
    rows, done = mended(layer(parts, inside))
    assert done == ()
    assert surfaces(rows) == {"A00": 9_700, "A01": 400}
    assert rows.geometry.iloc[0].equals(parts)


def test_tangled_borders_are_refused() -> None:
    teeth = [(n, 3_000 * (n % 2)) for n in range(FEW)]
    comb = LineString([(X + x, Y + y) for x, y in teeth]).buffer(0.2, cap_style="flat")
    across = shapely.affinity.rotate(comb, 90, origin=(X + 1_000, Y + 1_500))
    assert not is_tangled(np.array([at(0, 0, 9, 9)]))
    assert is_tangled(np.array([comb, across]))
    with pytest.raises(WeerbeeldError, match="cross one another all over"):
        mended(layer(comb, across))
    assert not is_tangled(np.array([Point(X, Y).buffer(9_000, quad_segs=9_999)]))


def test_report_says_rule_surface_and_first_areas() -> None:
    done = [Mended(Rule.GAP, f"A{n}", "Name\x07", 500_000.0) for n in range(NAMED + 2, 0, -1)]
    lines = described([*done, Mended(Rule.NO_SHAPE, "B0", "Lost")])
    assert lines[:2] == [
        "Areas without a shape: 1 area. An area without a shape is left out; "
        "its figures stay at the larger level.",
        "  B0 Lost",
    ]
    assert lines[2].startswith(f"Small gaps: {NAMED + 2} areas, 3.500 km2. A gap of at most")
    assert lines[3] == "  A1 Name\N{MIDDLE DOT}: 0.5000 km2"
    assert len(lines) == 3 + NAMED + 1
    assert lines[-1] == "  and 2 more"


SIDE = 1_000.0
MOVES = st.lists(
    st.tuples(*[st.floats(-10, 10).map(lambda metres: round(metres, 3))] * 4),
    min_size=16,
    max_size=16,
)


@pytest.mark.long
@settings(deadline=None, max_examples=60)
@given(moves=MOVES)
def test_any_careless_drawing_becomes_a_coverage(
    moves: list[tuple[float, float, float, float]],
) -> None:
    """Sixteen squares, each side drawn up to 10 m off: overlaps and gaps everywhere."""
    shapes = [
        at(n % 4 * SIDE + w, n // 4 * SIDE + s, n % 4 * SIDE + SIDE + e, n // 4 * SIDE + SIDE + o)
        for n, (w, s, e, o) in enumerate(moves)
    ]
    before = layer(*shapes)
    rows, done = mended(before)
    found = rows.geometry.to_numpy()
    after = surfaces(rows)
    assert list(after) == before["code"].tolist()
    drawn = shapely.union_all(np.array(shapes))
    whole = shapely.union_all(found)
    grid = 20.0  # m2: 4 km of each border, rounded to the grid of 1 cm, partly cancels out
    gained = sum(one.m2 for one in done if one.rule is Rule.GAP)
    rounding = 4 * 16 * SIDE * 0.1  # gaps thinner than 10 cm are filled and not named
    assert -grid * 16 <= whole.area - drawn.area - gained <= rounding
    assert sum(after.values()) == pytest.approx(whole.area, abs=0.01)
    rough = drawn.buffer(0.02, join_style="mitre")  # the grid closes the thinnest openings
    holes = [Polygon(inner) for part in shapely.get_parts(rough) for inner in part.interiors]
    assert shapely.difference(whole, shapely.union_all([rough, *holes]).buffer(0.02)).area == 0
    for shape, area in zip(shapes, found, strict=True):
        assert shapely.difference(shape, whole.buffer(0.02)).area == 0
        assert shapely.area(shapely.intersection(area, shape)) > 0.9 * shape.area
