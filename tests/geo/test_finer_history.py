"""Figures of wijken and buurten of another year land on today's by the borders of both."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from command_line import weerbeeld
from hypothesis import example, given, settings
from hypothesis import strategies as hs
from shapely import box

from errors import WeerbeeldError
from geo import areas
from geo.code_history import Carried, carried
from geo.finer_history import division_years
from geo.importing import import_boundaries
from geo.matching import matches
from release.carrying_over import OWN, carry_over
from release.not_carried import not_carried
from release.placing import Placer

Strips = Mapping[str, tuple[float, float]]

THEN: Strips = {
    "WK059900": (0, 10),
    "WK059901": (10, 20),
    "WK059902": (20, 30),
    "WK059903": (30, 40),
    "WK059904": (40, 50),
    "WK059905": (50, 60),
    "WK059906": (60, 70),
    "WK059907": (70, 80),
    "WK059908": (80, 90),
    "WK059909": (90, 100),
}
NOW: Strips = {
    "WK059910": (0, 10.4),  # 00 renamed
    "WK059902": (10.4, 30),  # 01 and 02 merged
    "WK059931": (30, 34),  # 03 split
    "WK059932": (34, 40),
    "WK059904": (40, 46),  # 04 split, the larger part kept its code
    "WK059941": (46, 50),
    "WK059950": (50, 60),  # 05, of which the code went to another area
    "WK059906": (60, 74),  # 06 got a part of 07
    "WK059907": (74, 80),
    "WK059908": (80, 84),  # 08 kept less than half, and no rule says where the rest went
    "WK059980": (84, 91),
    "WK059905": (91, 100),  # 09 renamed to a code that was in use before
}
PEOPLE = {"WK059931": 100, "WK059932": 300, "WK059904": 5}
WENT = {
    ("WK059900", "WK059910", 1, 1),
    ("WK059901", "WK059902", 1, 1),
    ("WK059902", "WK059902", 1, 1),
    ("WK059903", "WK059931", 0.25, 0.4),
    ("WK059903", "WK059932", 0.75, 0.6),
    ("WK059904", "WK059904", 0.6, 0.6),
    ("WK059904", "WK059941", 0.4, 0.4),
    ("WK059905", "WK059950", 1, 1),
    ("WK059906", "WK059906", 1, 1),
    ("WK059907", "WK059907", 1, 1),
    ("WK059908", None, None, None),
    ("WK059909", "WK059905", 1, 1),
}
TODAY = 2024


def borders(strips: Strips) -> gpd.GeoDataFrame:
    """Return areas of 10 metres high, in the middle of Rotterdam."""
    shapes = [box(92_000 + a, 437_000, 92_000 + b, 437_010) for a, b in strips.values()]
    frame = {"code": list(strips), "name": list(strips)}
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:28992")


MATCHES = matches(borders(THEN), borders(NOW), PEOPLE)


def delivered(values: Mapping[str, float], **other: object) -> pd.DataFrame:
    """Return figures of one delivery: the value of each area."""
    about: dict[str, object] = {"figure": "offences", "level": "wijk", "date": "2022-01-01"}
    about |= {"months": 12, "source": "Bron", "partner": "cbs", "sequence": 1, "received": None}
    frame = pd.DataFrame({"area": list(values), "value": list(values.values()), **(about | other)})
    return frame.assign(date=pd.to_datetime(frame["date"]))[list(OWN)]


def on_today(figures: pd.DataFrame) -> Carried:
    """Return figures counted in the division of 2022, on areas of today."""
    years = pd.Series(2022, index=figures.index)
    return carried(figures, {"wijk": set(NOW)}, years, {2022: MATCHES})


def by_area(frame: pd.DataFrame) -> dict[str, float]:
    assert frame["area"].is_unique
    return dict(zip(frame["area"], frame["value"], strict=True))


def lost(found: Carried) -> set[tuple[str, str]]:
    return set(zip(found.lost["area"], found.lost["reason"], strict=True))


def powers(codes: Mapping[str, object]) -> dict[str, float]:
    """Return a value for each code, so that every sum shows what is in it."""
    return {code: 100.0 * 2**n for n, code in enumerate(codes)}


def test_what_became_of_each_area() -> None:
    found = MATCHES.round(12).astype(object)
    rows = found.where(found.notna(), None).itertuples(index=False, name=None)
    assert sorted(rows, key=str) == sorted(WENT, key=str)


def test_figures_add_up_divide_and_follow_their_area() -> None:
    done = on_today(delivered(powers(THEN)))
    assert by_area(done.figures) == {
        "WK059910": 100,
        "WK059902": 200 + 400,
        "WK059931": 200,
        "WK059932": 600,
        "WK059904": 960,
        "WK059941": 640,
        "WK059950": 3200,
        "WK059906": 6400,
        "WK059907": 12_800,
        "WK059905": 51_200,
    }
    assert by_area(done.lost) == {"WK059908": 25_600}
    assert lost(done) == {("WK059908", "moved")}


def test_surfaces_are_divided_by_surface_and_averages_not_at_all() -> None:
    land = on_today(delivered({"WK059903": 10}, figure="land_km2", months=0))
    assert by_area(land.figures) == {"WK059931": 4, "WK059932": 6}
    price = on_today(delivered(powers(THEN), figure="house_price", months=0))
    assert by_area(price.figures) == {
        "WK059910": 100,
        "WK059950": 3200,
        "WK059906": 6400,
        "WK059907": 12_800,
        "WK059905": 51_200,
    }
    merged_or_split = {f"WK05990{n}" for n in (1, 2, 3, 4)}
    assert {a for a, why in lost(price) if why == "average"} == merged_or_split


def test_a_merger_of_which_a_part_has_no_figure_is_lost_and_named() -> None:
    done = on_today(delivered({"WK059901": 3, "WK059906": 4}))
    assert by_area(done.figures) == {"WK059906": 4}
    assert lost(done) == {("WK059901", "incomplete")}


def test_parts_that_came_in_several_deliveries_are_one_figure() -> None:
    """An update brings only what changed since the one before."""
    both = pd.concat(
        [delivered({"WK059902": 4}, sequence=7, received="2026-02-01"), delivered({"WK059901": 3})],
        ignore_index=True,
    )
    done = on_today(both)
    assert by_area(done.figures) == {"WK059902": 7}
    assert done.figures["sequence"].tolist() == [7]
    other = on_today(both.assign(source=["Andere bron", "Bron"]))
    assert by_area(other.figures) == {"WK059902": 7}
    assert other.figures["source"].tolist() == ["Andere bron"], "that of the newest part"
    apart = pd.concat([delivered({"WK059902": 4}, partner="bzk"), delivered({"WK059901": 3})])
    assert len(on_today(apart.reset_index(drop=True)).lost) == 2


CODES = {2022: set(THEN), TODAY: set(NOW)}


@pytest.mark.parametrize(
    ("codes", "date", "year"),
    [
        (list(THEN), "2022-01-01", 2022),
        (list(NOW), "2022-01-01", TODAY),
        (list(THEN), "2026-01-01", 2022),
        (["WK059906", "WK059907"], "2022-01-01", 2022),
        (["WK059906", "WK059907"], "2023-01-01", TODAY),
        (["WK059906", "WK059907"], "2025-01-01", TODAY),
        (["WK059906", "WK059931", "WK059998"], "2022-01-01", TODAY),
        (["WK059998"], "2021-01-01", 2022),
    ],
)
def test_the_division_is_that_of_the_codes_or_else_of_the_date(
    codes: list[str], date: str, year: int
) -> None:
    figures = delivered(dict.fromkeys(codes, 1), date=date)
    assert set(division_years(figures, CODES)) == {year}


def test_a_source_is_in_one_division_in_all_its_months_and_figures() -> None:
    few = delivered({"WK059906": 1}, figure="arson", date="2022-03-01")
    many = delivered(dict.fromkeys(NOW, 1), date="2022-02-01")
    assert set(division_years(pd.concat([few, many], ignore_index=True), CODES)) == {TODAY}
    other = many.assign(source="Andere bron")
    years = division_years(pd.concat([few, other], ignore_index=True), CODES)
    assert years.tolist() == [2022] + [TODAY] * len(other)


def test_codes_of_before_a_source_went_over_to_another_division_are_left_behind() -> None:
    """The old rows stay in the records; added to the new ones they would count twice."""
    before = delivered(dict.fromkeys(THEN, 1)).query("area not in @NOW")
    after = delivered(dict.fromkeys(["WK059902", "WK059931"], 1), sequence=2)
    both = pd.concat([before, after], ignore_index=True)
    assert set(division_years(both, CODES)) == {TODAY}
    back = both.assign(sequence=both["sequence"].map({1: 2, 2: 1}))
    assert set(division_years(back, CODES)) == {2022}


def test_parts_in_different_divisions_do_not_add_up() -> None:
    """Two sources of a partner, one in the division of 2022, the other in that of 2023."""
    figures = pd.concat(
        [delivered({"WK059902": 4}, sequence=2, source="Andere bron"), delivered({"WK059901": 3})],
        ignore_index=True,
    )
    years = pd.Series([2023, 2022])
    done = carried(figures, {"wijk": set(NOW)}, years, {2022: MATCHES, 2023: MATCHES})
    assert done.figures.empty
    assert lost(done) == {("WK059902", "incomplete"), ("WK059901", "incomplete")}


DELIVERED_CODE = hs.tuples(
    hs.sampled_from(sorted({*THEN, *NOW})),
    hs.sampled_from(["2022-01-01", "2024-01-01"]),
    hs.integers(1, 3),
)


@pytest.mark.long
@settings(max_examples=100, deadline=None)
@example(
    [
        ("WK059900", "2022-01-01", 2),
        *((code, "2022-01-01", 1) for code in ("WK059910", "WK059931")),
    ],
    ("2022-01-01", 3),
)
@given(
    rows=hs.lists(DELIVERED_CODE, min_size=1, max_size=30),
    at=hs.tuples(hs.sampled_from(["2022-01-01", "2024-01-01"]), hs.integers(1, 4)),
)
def test_a_code_that_no_division_has_changes_the_division_of_no_other(
    rows: list[tuple[str, str, int]], at: tuple[str, int]
) -> None:
    columns = ["area", "date", "sequence"]
    every = pd.DataFrame([*rows, ("WK059998", *at)], columns=columns)
    figures = every.assign(figure="offences", level="wijk", months=0, source="Bron", value=1.0)
    figures["date"] = pd.to_datetime(figures["date"])
    known = figures.iloc[:-1]
    assert (
        division_years(figures, CODES).iloc[:-1].tolist() == division_years(known, CODES).tolist()
    )


def cents(frame: pd.DataFrame) -> dict[object, int]:
    whole = frame.assign(cents=np.rint(frame["value"] * 100).astype(np.int64))
    summed = whole.groupby(["figure", "date"])["cents"].sum()
    return {key: int(value) for key, value in summed.items() if value}


ROW = hs.tuples(
    hs.sampled_from(["offences", "inhabitants", "land_km2", "house_price"]),
    hs.sampled_from(sorted({*THEN, *NOW, "WK059998"})),
    hs.sampled_from(["2021-01-01", "2022-01-01", "2024-01-01", "2026-01-01"]),
    hs.integers(0, 10**12).map(lambda n: n / 100) | hs.integers(0, 99_999).map(float),
    hs.integers(1, 3),
)


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(rows=hs.lists(ROW, max_size=60))
def test_the_total_of_the_country_is_kept_to_the_digit(rows: list[tuple[object, ...]]) -> None:
    """Per figure and day: before = after + lost, and nothing lands on an area that is no more."""
    columns = ["figure", "area", "date", "value", "sequence"]
    figures = pd.DataFrame(rows, columns=columns).assign(level="wijk", months=0, source="Bron")
    figures = figures.assign(date=pd.to_datetime(figures["date"])).astype({"value": float})
    years = division_years(figures.astype({"sequence": int}), CODES)
    done = carried(figures, {"wijk": set(NOW)}, years, {2022: MATCHES})
    assert cents(figures) == cents(pd.concat([done.figures, done.lost]))
    assert set(done.figures["area"]) <= set(NOW)


def test_areas_that_all_went_elsewhere_are_lost() -> None:
    across = {"WK059980": (5.0, 13.0), "WK059981": (27.0, 33.0)}
    found = matches(borders(across), borders(NOW), PEOPLE)
    assert found["new"].isna().all()
    figures = delivered(dict.fromkeys(across, 2.0))
    done = carried(figures, {"wijk": set(NOW)}, pd.Series(2022, figures.index), {2022: found})
    assert done.figures.empty
    assert lost(done) == {(code, "moved") for code in across}
    apart = {"WK059980": (1000.0, 1010.0)}
    assert matches(borders(apart), borders(NOW), {})["new"].isna().all()


def test_identical_borders_leave_every_figure_unchanged() -> None:
    figures = delivered(powers(THEN))
    found = matches(borders(THEN), borders(THEN), {})
    done = carried(figures, {"wijk": set(THEN)}, pd.Series(2022, figures.index), {2022: found})
    assert by_area(done.figures) == powers(THEN)
    assert done.lost.empty


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Borders of today and of 2022, as the importer keeps them."""
    for strips, year in ((NOW, TODAY), (THEN, 2022)):
        file = tmp_path / f"wijken_{year}.gpkg"
        borders(strips).to_file(file)
        shipped = areas.gemeenten()
        import_boundaries(file, "wijk", year, tmp_path / "b", shipped, former=year != TODAY)
    return tmp_path / "b"


def raw(figures: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """Return a database with figures as the build loads them."""
    con = duckdb.connect()
    con.register("figures", figures.assign(row=range(len(figures)), received=None))
    con.execute("CREATE TABLE raw_area_figure AS SELECT * FROM figures")
    con.unregister("figures")
    return con


def test_the_build_carries_over_what_former_borders_explain(folder: Path) -> None:
    people = delivered(dict(PEOPLE), figure="inhabitants", months=0, date="2024-01-01", sequence=3)
    before = people.assign(partner="bzk", sequence=2, value=1.0)
    figures = pd.concat([delivered(powers(THEN)), people, before], ignore_index=True)
    with raw(figures) as con:
        lost = carry_over(con, Placer(folder))
        kept = con.execute("SELECT area, value::DOUBLE FROM raw_area_figure").fetchall()
    assert {("WK059931", 200.0), ("WK059932", 600.0), ("WK059902", 600.0)} <= set(kept)
    assert [(row.reason, row.codes) for row in not_carried(lost)] == [("moved", ("WK059908",))]
    assert lost["value"].sum() == 25_600
    (folder / "wijk_2022.parquet").unlink()
    with raw(figures) as con:
        (row,) = not_carried(carry_over(con, Placer(folder)))
    assert (row.reason, row.areas) == ("gone", 4)


def test_former_borders_are_kept_beside_those_in_use_and_name_the_release(folder: Path) -> None:
    assert {sheet.level: sheet.year for sheet in areas.installed(folder)} == {"wijk": TODAY}
    assert list(areas.former_borders("wijk", folder)) == [2022]
    assert {"wijk.parquet", "wijk_2022.parquet"} <= set(areas.fingerprint(folder))


def test_former_borders_are_handed_in_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "oud.gpkg"
    borders(THEN).to_file(file)
    words = ("boundaries", "import", str(file), "--year", "2022", "--former", "--level")
    done = weerbeeld(tmp_path, *words, "wijk")
    assert done.returncode == 0, done.stderr
    assert "10 wijken of 2022" in done.stdout
    assert "no wijk borders are in use" in done.stdout
    assert list(areas.former_borders("wijk", tmp_path / "work" / "boundaries")) == [2022]
    assert weerbeeld(tmp_path, *words, "gemeente").returncode == 2
    with pytest.raises(WeerbeeldError, match="what became of gemeenten is known"):
        import_boundaries(file, "gemeente", 2022, tmp_path, areas.gemeenten(), former=True)


def test_real_wijken_of_2022_land_on_those_of_2024(nl_data: Path) -> None:
    """Two maps by two hands: what is the same, merged, split or lost, and every inhabitant."""
    then = gpd.read_file(nl_data / "wijken_2022.gpkg").to_crs("EPSG:28992")
    then.geometry = then.geometry.make_valid()
    buurten = gpd.read_file(nl_data / "buurten_2024.gpkg").to_crs("EPSG:28992")
    buurten.geometry = buurten.geometry.make_valid()
    shapes = buurten.groupby("wijkcode")["geometry"].agg(shapely.union_all)
    now = gpd.GeoDataFrame({"code": shapes.index}, geometry=shapes.to_numpy(), crs="EPSG:28992")
    now = now[~now.geometry.is_empty].reset_index(drop=True)
    people = buurten.groupby("wijkcode")["inwoners"].sum()
    found = matches(then, now, dict(people))
    known = found.dropna(subset="new")
    parts, heirs = known.groupby("new").size(), known.groupby("old").size()
    split, merged = int((heirs > 1).sum()), int((parts > 1).sum())
    alone = known[known["new"].map(parts).eq(1) & known["old"].map(heirs).eq(1)]
    renamed = int((alone["old"] != alone["new"]).sum())
    same = len(alone) - renamed
    unknown = int(found["new"].isna().sum())
    of_wijken = delivered(dict(zip(then["code"], then["population"].astype(float), strict=True)))
    years = pd.Series(2022, of_wijken.index)
    done = carried(of_wijken, {"wijk": set(now["code"])}, years, {2022: found})
    total, gone = int(then["population"].sum()), int(done.lost["value"].sum())
    lost_by_code = carried(of_wijken, {"wijk": set(now["code"])}).lost
    assert int(done.figures["value"].sum()) + gone == total == 17_588_925
    assert (same, renamed, merged, split, unknown) == (3159, 119, 6, 26, 24)
    assert gone == 160_580
    assert int(lost_by_code["value"].sum()) == 1_094_020, "without the borders of 2022"
    assert len(lost_by_code) == 132
