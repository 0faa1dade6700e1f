"""Search finds public names by any usage, and of wijken and buurten only those of the grant."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from page_drawing import gateway_of
from planted_release import BELOW, PLACES, plant
from street_files import road_file

from access.partner import PartnerGateway
from access.searching import MOST, Found, in_order
from access.session import example_gateways
from errors import WeerbeeldError
from geo import hexagons
from geo.folding import BEGINS, EXACT, HAS, fits, folded
from geo.streets.importing import Wanted, import_streets
from store.home import Home


@pytest.fixture(scope="module")
def nsoc(example_home: Home) -> PartnerGateway:
    return gateway_of(example_home.releases)


@pytest.fixture
def planted(tmp_path: Path) -> Home:
    plant(tmp_path / "releases")
    return Home(tmp_path)


def partner(home: Home, viewer: str) -> PartnerGateway:
    return example_gateways(home.served, viewer, env="local").partner()


FIRST = [
    ("rotterdam", "gemeente", "GM0599"),
    ("ROTT", "gemeente", "GM0599"),
    ("den bosch", "gemeente", "GM0796"),
    ("'s-Hertogenbosch", "gemeente", "GM0796"),
    ("s hertogenb", "gemeente", "GM0796"),
    ("shertogenbosch", "gemeente", "GM0796"),
    ("den haag", "gemeente", "GM0518"),
    ("’s-Gravenhage", "gemeente", "GM0518"),
    ("bilt", "gemeente", "GM0310"),
    ("de bilt", "gemeente", "GM0310"),
    ("sudwest fryslan", "gemeente", "GM1900"),
    ("Súdwest-Frys", "gemeente", "GM1900"),
    ("limburg", "riec", "limburg"),
    ("bergen op", "gemeente", "GM0748"),
]


@pytest.mark.example
@pytest.mark.parametrize(("text", "kind", "code"), FIRST)
def test_names_are_found_however_they_are_typed(
    text: str, kind: str, code: str, nsoc: PartnerGateway
) -> None:
    first = nsoc.search(text)[0]
    assert (first.kind, first.code) == (kind, code)


@pytest.mark.example
def test_a_postcode_leads_to_its_place_and_its_letters_do_not_matter(nsoc: PartnerGateway) -> None:
    for text in ("6411", "6411AB", "6411 ab"):
        (found,) = nsoc.search(text)
        told = (found.kind, found.name, found.lies_in, found.gemeente, found.code)
        assert told == ("postcode", "6411", "Heerlen", "GM0917", None)
        assert abs(found.lon - 5.98) < 0.02
        assert abs(found.lat - 50.89) < 0.02


@pytest.mark.example
def test_a_place_stands_beside_gemeenten_of_its_name_elsewhere_only(nsoc: PartnerGateway) -> None:
    found = [(one.kind, one.lies_in) for one in nsoc.search("beek") if one.name == "Beek"]
    assert ("gemeente", "") in found
    assert ("place", "Beek") not in found
    assert ("place", "Laarbeek") in found


@pytest.mark.example
def test_a_word_may_be_of_the_gemeente_but_not_every_word(nsoc: PartnerGateway) -> None:
    assert nsoc.search("beek laarbeek")[0].lies_in == "Laarbeek"
    assert all("laarbeek" in folded(one.name) for one in nsoc.search("laarbeek"))


@pytest.mark.example
def test_within_keeps_to_an_area_and_most_is_kept(nsoc: PartnerGateway) -> None:
    assert {one.gemeente for one in nsoc.search("b", within="GM0917", most=50)} <= {"GM0917"}
    assert len(nsoc.search("a", most=3)) == 3
    assert len(nsoc.search("a", most=10_000)) == MOST
    assert nsoc.search("a", most=-1) == []


def test_wijken_and_buurten_are_found_within_the_grant_only(planted: Home) -> None:
    own = {code for level in ("wijk", "buurt") for code in BELOW["GM0983"][level]}
    found = partner(planted, "gemeente:GM0983").search("plek", most=50)
    assert {one.code for one in found} == own
    assert {one.lies_in for one in found} == {"Venlo"}
    assert partner(planted, "gemeente:GM0983").search("plek", within="GM0599") == []
    every = partner(planted, "nsoc").search("plek", most=50)
    assert len(every) == 4 * len(PLACES)


@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "%", "_", "\ud800", "x" * 81, "'; --"])
def test_what_is_no_name_finds_nothing(text: str, planted: Home) -> None:
    assert partner(planted, "nsoc").search(text) == []


@given(st.text(max_size=40), st.text(max_size=40))
@example("S", "0")
def test_a_name_fits_itself_and_its_beginnings(name: str, more: str) -> None:
    if folded(name):
        assert fits(name, name) == EXACT
        assert fits(name, f"{name} {more}") in (EXACT, BEGINS)
        assert fits(f"{name} {more}", name, more) in (EXACT, BEGINS, HAS)
    else:
        assert fits(name, more) is None


def test_what_fits_better_comes_first_then_the_larger() -> None:
    def of(kind: str, name: str, size: int = 0) -> Found:
        return Found(kind, name, "GM0001", "X", 5.0, 52.0, size=size)  # type: ignore[arg-type]

    some = [of("street", "Beek"), of("place", "Beekdal", 5), of("place", "Beekbergen", 9)]
    assert [one.name for one in in_order("beek", some, 9)] == ["Beek", "Beekbergen", "Beekdal"]


def test_streets_are_found_where_they_are_installed(planted: Home, tmp_path: Path) -> None:
    mine = partner(planted, "gemeente:GM0983")
    assert mine.streets() is None
    assert mine.search("kerkstraat") == []
    import_streets(road_file(tmp_path / "nwb.gpkg"), planted.served.streets, Wanted())
    mine = partner(planted, "gemeente:GM0983")
    about = mine.streets()
    assert about is not None
    assert about.streets == 5
    told = [(one.kind, one.name, one.lies_in, one.code) for one in mine.search("kerkstraat")]
    assert told == [
        ("street", "Kerkstraat", "", None),  # the longer one; Heerlen is not in this release
        ("street", "Kerkstraat", "Venlo", None),
    ]
    assert [one.lies_in for one in mine.search("kerkstraat venlo")] == ["Venlo"]
    assert [one.gemeente for one in mine.search("kerkstraat", within="GM0983")] == ["GM0983"]


def test_the_area_at_a_point_is_that_of_the_level(planted: Home) -> None:
    lon, lat = PLACES["GM0983"][2:]
    mine, other = partner(planted, "gemeente:GM0983"), partner(planted, "gemeente:GM0599")
    for level in ("wijk", "buurt", "hex7"):
        found = mine.area_at(level, lon, lat)
        assert found is not None
        assert found.code in BELOW["GM0983"][level]
        assert other.area_at(level, lon, lat) is None
    cell = hexagons.index_points([lon], [lat], 7)
    at_seven = mine.area_at("hex7", lon, lat)
    assert at_seven is not None
    assert [at_seven.code] == hexagons.to_text(cell)
    gemeente = other.area_at("gemeente", lon, lat)
    assert gemeente is not None
    assert gemeente.code == "GM0983"
    assert mine.area_at("gemeente", 3.1, 53.9) is None
    for wrong in ((float("nan"), 52.0), (5.0, 91.0), (float("inf"), 52.0)):
        with pytest.raises(WeerbeeldError, match="longitude"):
            mine.area_at("hex7", *wrong)
