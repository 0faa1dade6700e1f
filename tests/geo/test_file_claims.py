"""What a border file claims is checked: how many areas, in which encoding, under which names."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
from cases import case
from shapely import box

from errors import WeerbeeldError
from geo.areas import gemeenten as shipped
from geo.importing import ImportReport, import_boundaries

RD = "EPSG:28992"
NAMES = ["Súdwest", "Reünie", "Coöperatie", "IJsselbuurt", "Noord"]

Take = Callable[..., tuple[ImportReport, list[str]]]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Import buurten, and return the report with the names in the order of their codes."""

    def take_in(file: Path) -> tuple[ImportReport, list[str]]:
        report = import_boundaries(file, "buurt", 2021, tmp_path / "installed", shipped())
        return report, list(
            geopandas.read_parquet(tmp_path / "installed" / "buurt.parquet")["name"]
        )

    return take_in


def buurten(names: list[str]) -> geopandas.GeoDataFrame:
    shapes = [box(92_000 + 500 * n, 437_000, 92_500 + 500 * n, 437_500) for n in range(len(names))]
    codes = [f"BU0599{n:04}" for n in range(len(names))]
    return geopandas.GeoDataFrame({"buurtcode": codes, "buurtnaam": names}, geometry=shapes, crs=RD)


@pytest.mark.parametrize("stated", ["3", "0", "-1", "7", "1000000000000", "'x'", "NULL"])
def test_a_stored_count_of_a_geopackage_is_not_relied_on(
    tmp_path: Path, take: Take, stated: str
) -> None:
    file = tmp_path / "buurten.gpkg"
    buurten(NAMES).to_file(file)
    with sqlite3.connect(file) as database:
        database.execute(f"UPDATE gpkg_ogr_contents SET feature_count = {stated}")
    database.close()
    report, names = take(file)
    assert names == NAMES
    said = f"The file states {stated.strip(chr(39))} areas and holds 5: all were read."
    assert (said in report.lines) == (stated != "NULL")


@pytest.mark.parametrize("name", ["3_of_9", "0_of_9"])
def test_the_geopackages_that_went_wrong(take: Take, name: str) -> None:
    report, names = take(case(f"geopackage_count_says_{name}.gpkg"))
    assert (report.rows, len(names)) == (9, 9)
    assert any(f"states {name[0]} areas and holds 9" in line for line in report.lines)


def test_the_shapefile_that_went_wrong(take: Take) -> None:
    report, names = take(case("shapefile_utf8_marked_ansi") / "buurten.shp")
    assert names[0] == "Súdwest wijk"
    assert report.remarks[0].startswith("The file states cp1252 for its names; they are in utf-8")


@pytest.mark.parametrize("held", ["utf-8", "cp1252", "cp850"])
@pytest.mark.parametrize("claim", ["utf-8", "1252", "cp850", "", "nonsense"])
def test_names_are_read_in_the_encoding_that_they_are_in(
    tmp_path: Path, take: Take, held: str, claim: str
) -> None:
    file = tmp_path / "buurten.shp"
    buurten(NAMES).to_file(file, encoding=held)
    file.with_suffix(".cpg").unlink(missing_ok=True)
    if claim:
        file.with_suffix(".cpg").write_text(claim, encoding="ascii")
    assert take(file)[1] == NAMES


def test_names_in_no_encoding_are_refused(tmp_path: Path, take: Take) -> None:
    file = tmp_path / "buurten.shp"
    buurten(["Łódź", "Noord"]).to_file(file, encoding="cp1250")
    with pytest.raises(WeerbeeldError, match="names that are no text in UTF-8"):
        take(file)


@pytest.mark.parametrize("part", [".shx", ".dbf", ".shp"])
def test_parts_of_a_shapefile_that_do_not_belong_together(
    tmp_path: Path, take: Take, part: str
) -> None:
    (tmp_path / "few").mkdir()
    buurten(NAMES).to_file(tmp_path / "buurten.shp")
    buurten(NAMES[:3]).to_file(tmp_path / "few" / "buurten.shp")
    (tmp_path / "few" / f"buurten{part}").replace(tmp_path / f"buurten{part}")
    with pytest.raises(WeerbeeldError, match=r"do not belong together: .*(5 .*3|3 .*5) "):
        take(tmp_path / "buurten.shp")


@pytest.mark.parametrize(
    ("suffix", "at", "value"), [(".dbf", 4, b"\x03\0\0\0"), (".shx", 24, b"\0\0\0\x3e")]
)
def test_a_count_stated_too_low_is_refused(
    tmp_path: Path, take: Take, suffix: str, at: int, value: bytes
) -> None:
    file = tmp_path / "buurten.shp"
    buurten(NAMES).to_file(file)
    part = file.with_suffix(suffix)
    data = part.read_bytes()
    part.write_bytes(data[:at] + value + data[at + 4 :])
    with pytest.raises(WeerbeeldError, match="do not belong together"):
        take(file)


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".shp"])
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("bel 06-12345678", "found a telephone number, expected plain words"),
        ("<b>Noord</b>", "found markup, expected plain words"),
        ("SÃºdwest", "expected a name such as Súdwest"),
    ],
)
def test_names_that_may_not_reach_a_page(
    tmp_path: Path, take: Take, suffix: str, name: str, found: str
) -> None:
    file = tmp_path / f"buurten{suffix}"
    buurten(["Noord", name]).to_file(file)
    with pytest.raises(WeerbeeldError) as refused:
        take(file)
    assert f"row 2, column buurtnaam: {found}" in str(refused.value).replace(
        f"found '{name}', ", ""
    )
    assert "12345678" not in str(refused.value)
