"""Streets come in whole and as they are, or not at all; tiles and search give them back."""

import gzip
import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from command_line import weerbeeld
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point
from street_files import WEGVAKKEN, frame, road_file, tiles

from errors import WeerbeeldError
from geo.streets.cutting import box_of, cut, tile_of
from geo.streets.file import StreetFile, open_streets
from geo.streets.importing import NWB_CREDIT, StreetReport, Wanted, import_streets
from geo.streets.reading import LONGEST_NAME

WHOSE = Wanted(credit="Proefbureau", licence="CC BY 4.0")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "home" / "releases" / "streets.sqlite"


def taken(file: Path, target: Path, wanted: Wanted = WHOSE) -> tuple[StreetReport, StreetFile]:
    report = import_streets(file, target, wanted)
    found = open_streets(target)
    assert found is not None
    return report, found


def lines_at(streets: StreetFile, lon: float, lat: float) -> dict[str, list[LineString]]:
    """Return the lines of the tile at a point, by name."""
    ((x, y),) = tile_of(np.array([lon]), np.array([lat])).tolist()
    content = streets.tile(x, y)
    found: dict[str, list[LineString]] = {}
    if content is None:
        return found
    told = json.loads(gzip.decompress(content))
    for name, *steps in told["lines"]:
        points = np.cumsum(np.array(steps).reshape(-1, 2), axis=0) / told["degree"]
        found.setdefault(told["names"][name], []).append(LineString(points))
    return found


def test_the_national_road_file_is_known_by_its_columns(tmp_path: Path, target: Path) -> None:
    report, streets = taken(road_file(tmp_path / "nwb.gpkg"), target, Wanted())
    assert (report.lines, report.streets, report.elsewhere) == (7, 5, 1)
    about = streets.about
    assert (about.credit, about.licence) == (NWB_CREDIT, "CC0 1.0")
    assert about.day == about.installed
    assert about.file == "nwb.gpkg"
    assert list(target.parent.iterdir()) == [target]
    assert "1 rows left out" in report.text[1]


def test_a_tile_holds_the_lines_that_lie_in_it_with_their_names(
    tmp_path: Path, target: Path
) -> None:
    _, streets = taken(road_file(tmp_path / "nwb.gpkg"), target)
    heerlen = lines_at(streets, 5.985, 50.889)
    assert set(heerlen) == {"Kerkstraat"}
    (line,) = heerlen["Kerkstraat"]  # the two pieces of the file are one line
    assert line.distance(Point(5.9830, 50.8880)) < 2e-5
    assert line.bounds == pytest.approx((5.9800, 50.8860, 5.9900, 50.8895), abs=2e-5)
    assert list(lines_at(streets, 5.9705, 50.8805)) == [""]
    assert lines_at(streets, 4.0, 52.9) == {}


def test_a_line_through_several_tiles_is_cut_and_nothing_of_it_is_lost(
    tmp_path: Path, target: Path
) -> None:
    _, streets = taken(road_file(tmp_path / "nwb.gpkg"), target)
    known = LineString(next(points for name, _, points in WEGVAKKEN if name == "Lange Dijk"))
    along = [known.interpolate(part, normalized=True) for part in np.linspace(0.005, 0.995, 41)]
    for point in along:
        pieces = lines_at(streets, point.x, point.y)["Lange Dijk"]
        assert min(piece.distance(point) for piece in pieces) < 2e-5


coordinates = st.tuples(st.floats(3.1, 7.4), st.floats(50.6, 53.9))


@given(coordinates, st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_what_is_cut_adds_up_and_each_piece_lies_in_its_tile(
    start: tuple[float, float], across: float, up: float
) -> None:
    line = LineString([start, (start[0] + across, start[1] + up)])
    pieces = list(cut(np.array([line], dtype=object)))
    whole = sum(shapely.length(piece) for *_, piece in pieces)
    if line.length > 1e-6:
        assert whole == pytest.approx(line.length, rel=1e-6, abs=1e-9)
    for column, row, number, piece in pieces:
        west, south, east, north = box_of(column, row)
        assert number == 0
        assert shapely.box(west - 1e-9, south - 1e-9, east + 1e-9, north + 1e-9).covers(piece)


def test_streets_are_found_with_their_gemeente(tmp_path: Path, target: Path) -> None:
    _, streets = taken(road_file(tmp_path / "nwb.gpkg"), target)
    found = streets.search("kerk")
    assert [(s.name, s.gemeente) for s in found] == [
        ("Kerkstraat", "GM0917"),
        ("Kerkstraat", "GM0983"),
    ]
    longest = LineString(WEGVAKKEN[1][2])
    assert longest.distance(Point(found[0].lon, found[0].lat)) < 2e-5
    for text, name in {
        "kerkstraat venlo": "Kerkstraat",
        "sint jans": "Sint-Jansstraat",
        "t zand": "'t Zand",
        "zand den bosch": "'t Zand",
        "lange dijk": "Lange Dijk",
    }.items():
        assert streets.search(text)[0].name == name, text
    for text in ("", "*", '"', "kerk OR zand", "NEAR(kerk)", "names:kerk", "aachener"):
        assert streets.search(text) == [], text


def test_without_a_number_the_gemeente_is_where_the_street_lies(
    tmp_path: Path, target: Path
) -> None:
    file = road_file(tmp_path / "own.gpkg", names="straatnaam", number=None)
    _, streets = taken(file, target)
    assert {s.gemeente for s in streets.search("kerkstraat")} == {"GM0917", "GM0983"}


@pytest.mark.parametrize("name", ["roads.mbtiles", "roads.pmtiles"])
def test_vector_tiles_give_the_same_streets(name: str, tmp_path: Path, target: Path) -> None:
    _, streets = taken(tiles(tmp_path / name), target)
    assert streets.about.credit == "Proefbureau"
    assert {(s.name, s.gemeente) for s in streets.search("kerkstraat")} == {
        ("Kerkstraat", "GM0917"),
        ("Kerkstraat", "GM0983"),
    }
    lines = lines_at(streets, 5.985, 50.889)["Kerkstraat"]
    assert min(line.distance(Point(5.9830, 50.8880)) for line in lines) < 2e-4
    assert streets.search("aachener") == []


def test_a_file_that_comes_later_replaces_the_one_before(tmp_path: Path, target: Path) -> None:
    taken(road_file(tmp_path / "a.gpkg"), target)
    first = open_streets(target)
    other = frame().iloc[:1].assign(stt_naam=["Nieuwstraat"]).to_crs(28992)
    other.to_file(tmp_path / "b.gpkg", layer="wegvakken")
    _, streets = taken(tmp_path / "b.gpkg", target, Wanted(day=date(2026, 1, 2)))
    assert streets is not first
    assert [s.name for s in streets.search("nieuw")] == ["Nieuwstraat"]
    assert streets.search("kerkstraat") == []
    assert streets.about.day == date(2026, 1, 2)


def _damaged(path: Path) -> Path:
    data = road_file(path).read_bytes()
    path.write_bytes(data[: len(data) // 3])
    return path


def _without_lines(path: Path) -> Path:
    points = frame().to_crs(28992)
    points.geometry = points.geometry.centroid
    points.to_file(path, layer="wegvakken")
    return path


def _without_names(path: Path) -> Path:
    frame()[["gme_id", "geometry"]].to_file(path, layer="wegvakken")
    return path


def _abroad(path: Path) -> Path:
    frame().iloc[-1:].to_file(path, layer="wegvakken")
    return path


def _two_layers(path: Path) -> Path:
    frame().to_file(path, layer="wegen")
    frame().to_file(path, layer="paden")
    return path


def _with_a_view(path: Path) -> Path:
    road_file(path)
    with sqlite3.connect(path) as database:
        database.execute("CREATE VIEW endless AS SELECT 1")
    return path


def _pictures(path: Path) -> Path:
    tiles(path)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE metadata SET value = 'png' WHERE name = 'format'")
    return path


def _text(path: Path) -> Path:
    path.write_text("geen kaart")
    return path


REFUSED = [
    ("a.gpkg", _damaged, "cannot be read"),
    ("a.gpkg", _without_lines, "one layer of lines with a column stt_naam"),
    ("a.gpkg", _without_names, "one layer of lines with a column stt_naam"),
    ("a.gpkg", _abroad, "no line in the Netherlands"),
    ("a.gpkg", _two_layers, "several such layers: .*name it with --layer"),
    ("a.gpkg", _with_a_view, "view endless, where only tables are expected"),
    ("a.gpkg", _text, "a file that is no GeoPackage"),
    ("a.mbtiles", _text, "a file that is no MBTiles"),
    ("a.pmtiles", _text, "a file that is no PMTiles"),
    ("a.mbtiles", _pictures, r"tiles with pictures \(png\)"),
    ("a.shp", _text, r"a \.shp file, expected a \.gpkg"),
    ("a", _text, "a nameless file"),
    ("absent.gpkg", lambda path: path, "no such file"),
]


@pytest.mark.parametrize(("name", "make", "words"), REFUSED, ids=[w for _, _, w in REFUSED])
def test_what_cannot_be_taken_in_changes_nothing(
    name: str, make: object, words: str, tmp_path: Path, target: Path
) -> None:
    taken(road_file(tmp_path / "before.gpkg"), target)
    before = target.read_bytes()
    file = make(tmp_path / name)  # type: ignore[operator]
    with pytest.raises(WeerbeeldError, match=words) as refused:
        import_streets(file, target, WHOSE)
    assert name in str(refused.value)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_whose_a_file_is_must_be_said_unless_it_is_known(tmp_path: Path, target: Path) -> None:
    file = tiles(tmp_path / "roads.pmtiles")
    with pytest.raises(WeerbeeldError, match="expected --credit 'TEXT'"):
        import_streets(file, target, Wanted(licence="CC0"))
    with pytest.raises(WeerbeeldError, match="expected --licence 'TEXT'"):
        import_streets(file, target, Wanted(credit="Ik"))
    with pytest.raises(WeerbeeldError, match="one line of text"):
        import_streets(file, target, Wanted(credit="Ik\nen jij", licence="CC0"))
    assert not target.exists()


def test_names_that_nobody_can_read_are_no_names(tmp_path: Path, target: Path) -> None:
    odd = ["\0", "-", "x" * (LONGEST_NAME + 1), "a\nb", " Kerk  straat ", "\u202eomgekeerd"]
    lines = [LineString([(5.98, 50.88 + n / 1000), (5.99, 50.88 + n / 1000)]) for n in range(6)]
    shapes = geopandas.GeoDataFrame({"name": odd}, geometry=lines, crs=4326)
    shapes.to_file(tmp_path / "odd.gpkg", layer="roads")
    _, streets = taken(tmp_path / "odd.gpkg", target)
    assert set(lines_at(streets, 5.985, 50.881)) == {"", "a b", "Kerk straat"}


def test_an_installed_file_that_is_damaged_says_what_to_do(tmp_path: Path, target: Path) -> None:
    taken(road_file(tmp_path / "a.gpkg"), target)
    target.write_bytes(target.read_bytes()[:4096])
    with pytest.raises(WeerbeeldError, match="Install them again"):
        StreetFile(target).search("kerk")
    shutil.rmtree(target.parent)
    assert open_streets(target) is None


def test_the_command_takes_in_a_file_or_ends_with_2(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = weerbeeld(home, "ground", "import", str(road_file(tmp_path / "nwb.gpkg")))
    assert done.returncode == 0, done.stderr
    assert "5 streets imported" in done.stdout
    doctor = weerbeeld(home, "doctor")
    assert "streets" in doctor.stdout
    done = weerbeeld(home, "ground", "import", str(tmp_path / "absent.gpkg"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no such file" in done.stderr
    wrong = weerbeeld(home, "ground", "import", str(tmp_path / "nwb.gpkg"), "--date", "gisteren")
    assert wrong.returncode == 2
