"""The sources at PDOK, against services that play it: what they bring, and what they refuse."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pdok
import pytest
from pdok import BORDERS, NEIGHBOURHOODS, TOWNS, serve_borders, serve_neighbourhoods
from server import (
    Fault,
    Reply,
    Services,
    altered,
    as_json,
    cut_json,
    error,
    error_in_json,
    error_page,
    renamed,
    truncated,
)

from bilingual import Text
from geo.areas import gemeenten
from geo.importing import import_boundaries
from opendata import left_out as why
from opendata import source_named
from opendata.areas.borders import border_file
from opendata.areas.cbs_areas import refuse_gaps
from opendata.areas.feature_collections import read_collection
from opendata.contract import SourceFailedError, UpdateRequest
from opendata.http.fetcher import HttpFetcher
from opendata.left_out import LeftOut
from opendata.tables.key_figures import key_figures
from records.branches import GROUPS

ASKED = UpdateRequest(2025, date(2025, 1, 1))
BUURTEN = NEIGHBOURHOODS.format(year=2025, name="buurten")
AREAS = {"gemeente": TOWNS, "wijk": 2 * TOWNS, "buurt": 4 * TOWNS}
FIGURES_ASKED = ("aantal_inwoners", "aantal_bedrijfsvestigingen", "oppervlakte_land_in_ha")
TAKEN = ("wijk", "buurt")
"""Levels of which a small country has borders for the importer: it lacks most gemeenten."""

BY_BRANCH = tuple(f"firms_{name}" for name in GROUPS)
FIGURES = ("inhabitants", "firms", "dwellings", "land_km2", *BY_BRANCH)


def read_borders(brought: object) -> dict[str, gpd.GeoDataFrame]:
    return {b.level: gpd.read_file(b.file) for b in brought.borders}  # type: ignore[attr-defined]


def test_neighbourhoods_bring_every_figure_and_border_once(
    services: Services, fetcher: HttpFetcher
) -> None:
    serve_neighbourhoods(services)
    brought = source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)
    counts = brought.figures.groupby(["figure", "level"]).size()
    assert counts.to_dict() == {(f, level): n for f in FIGURES for level, n in AREAS.items()}
    assert not brought.figures.duplicated(["figure", "area"]).any()
    chosen = brought.figures.set_index(["figure", "area"])["value"]
    first = pdok.areas("buurt", 2025)[0]["properties"]
    assert chosen["land_km2", first["buurtcode"]] == pytest.approx(2.5)
    assert chosen["inhabitants", first["buurtcode"]] == 1000
    by_branch = [chosen[figure, first["buurtcode"]] for figure in BY_BRANCH]
    assert by_branch == [5, 10, 15, 20, 25, 30, 35, 40]
    assert set(brought.figures["date"]) == {pd.Timestamp("2025-01-01")}
    assert set(brought.figures["source"]) == {"Kadaster / Centraal Bureau voor de Statistiek, 2025"}
    borders = read_borders(brought)
    assert {level: len(frame) for level, frame in borders.items()} == {
        level: AREAS[level] for level in TAKEN
    }
    for level, frame in borders.items():
        wanted = gpd.GeoDataFrame.from_features(pdok.areas(level, 2025), crs="EPSG:4326")
        both = frame.merge(wanted, left_on="code", right_on=f"{level}code")
        assert len(both) == len(wanted)
        assert (
            gpd.GeoSeries(both["geometry_x"]).geom_equals(gpd.GeoSeries(both["geometry_y"])).all()
        )


def test_the_same_answers_give_the_same_file(services: Services, fetcher: HttpFetcher) -> None:
    serve_neighbourhoods(services)
    source, files = source_named("pdok_neighbourhoods"), []
    for _ in range(2):
        brought = source.fetch(fetcher, ASKED)
        files.append([border.file.read_bytes() for border in brought.borders])
    assert files[0] == files[1]
    assert sum(1 for request in services.asked if "if-none-match" in request.headers) > 0


def test_what_is_left_out_is_counted_to_the_last(services: Services, fetcher: HttpFetcher) -> None:
    """Per column: what came in is what was taken and what is said to be left out."""
    features = pdok.areas("buurt", 2025)
    features[0]["properties"]["aantal_inwoners"] = -99997
    features[1]["properties"]["aantal_inwoners"] = -99995.0
    features[2]["properties"]["aantal_bedrijfsvestigingen"] = -99999999.0
    features[3]["properties"]["aantal_bedrijfsvestigingen"] = None
    features[4]["properties"]["aantal_inwoners"] = -3
    features[5]["geometry"] = None
    extra = [
        pdok.water("buurt", 2025),
        pdok.water("buurt", 2025, "B"),
        features[6],
        *pdok.areas("buurt", 2024)[:2],
        *pdok.areas("wijk", 2025)[:1],
    ]
    for feature in (*features, *extra):
        feature["properties"].pop("woningvoorraad", None)
    serve_neighbourhoods(services)
    services.serve(BUURTEN, pdok.collection(BUURTEN, [*features, *extra], 7))
    brought = source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)
    out = dict(brought.left_out)
    assert out == {
        why.MISSING: 4,
        why.NEGATIVE: 1,
        why.WATER: 1,
        why.FOREIGN: 1,
        why.TWICE: 1,
        why.OTHER_YEAR: 2,
        why.OTHER_LEVEL: 1,
        why.NO_BORDER: 1,
        why.NO_COLUMN: len(features),
        why.NOT_OF_TODAY: AREAS["gemeente"],
    }
    taken = Counter(brought.figures.loc[brought.figures["level"] == "buurt", "figure"])
    cells = len(FIGURES) * len(features)
    assert taken.total() == cells - out[why.MISSING] - out[why.NEGATIVE] - out[why.NO_COLUMN]
    rows = sum(out[r] for r in (why.WATER, why.FOREIGN, why.TWICE, why.OTHER_YEAR, why.OTHER_LEVEL))
    assert len(features) + len(extra) - rows == AREAS["buurt"]
    assert len(read_borders(brought)["buurt"]) == AREAS["buurt"] - out[why.NO_BORDER]


PUBLIC = "overheid_onderwijs_en_zorg"


@pytest.mark.parametrize("column", sorted({*pdok.BRANCHES} - {PUBLIC}))
def test_a_renamed_column_of_a_branch_is_refused(
    services: Services, fetcher: HttpFetcher, column: str
) -> None:
    serve_neighbourhoods(services)
    named = f"aantal_bedrijven_{column}"
    services.always(BUURTEN, renamed(named, f"{named}_nieuw"))
    with pytest.raises(SourceFailedError, match=f"no column {named}"):
        source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)


def test_a_year_without_branches_is_no_fault(services: Services, fetcher: HttpFetcher) -> None:
    serve_neighbourhoods(services)
    features = pdok.areas("buurt", 2025)
    for f in features:
        for column in pdok.BRANCHES:
            del f["properties"][f"aantal_bedrijven_{column}"]
    services.serve(BUURTEN, pdok.collection(BUURTEN, features, 7))
    brought = source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)
    assert dict(brought.left_out)[why.NO_COLUMN] == len(pdok.BRANCHES) * AREAS["buurt"]


def test_a_branch_that_a_year_lacks_is_counted_and_the_rest_is_taken(
    services: Services, fetcher: HttpFetcher
) -> None:
    serve_neighbourhoods(services)
    column = PUBLIC
    named = f"aantal_bedrijven_{column}"
    services.always(BUURTEN, renamed(named, f"{named}_nieuw"))
    brought = source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)
    gone = BY_BRANCH[pdok.BRANCHES.index(column)]
    buurten = brought.figures[brought.figures["level"] == "buurt"]
    assert set(buurten["figure"]) == set(FIGURES) - {gone}
    assert gone in set(brought.figures["figure"]), "the gemeenten and wijken have it"
    assert dict(brought.left_out)[why.NO_COLUMN] == AREAS["buurt"]


def test_branches_of_small_buurten_are_missing_figures(
    services: Services, fetcher: HttpFetcher
) -> None:
    features = pdok.areas("buurt", 2025)
    for feature in features[:3]:
        for name in pdok.BRANCHES:
            feature["properties"][f"aantal_bedrijven_{name}"] = -99997
    serve_neighbourhoods(services)
    services.serve(BUURTEN, pdok.collection(BUURTEN, features, 7))
    brought = source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)
    assert dict(brought.left_out)[why.MISSING] == 3 * len(pdok.BRANCHES)
    buurten = brought.figures[brought.figures["level"] == "buurt"]
    count = buurten.groupby("figure").size()
    assert (count[list(BY_BRANCH)] == AREAS["buurt"] - 3).all()
    assert count["firms"] == AREAS["buurt"]


def without(key: str) -> Fault:
    return altered(lambda page: {k: v for k, v in page.items() if k != key})


def one_fewer(page: dict[str, list[object]]) -> dict[str, object]:
    return {**page, "features": page["features"][1:]}


def elsewhere(page: dict[str, object]) -> dict[str, object]:
    return {**page, "links": [{"rel": "next", "href": "https://elsewhere.example.nl/items"}]}


def in_a_circle(page: dict[str, object]) -> dict[str, object]:
    return {**page, "links": [{"rel": "next", "href": f"{BUURTEN}?cursor=c5%7Cx"}]}


def no_next(page: dict[str, object]) -> dict[str, object]:
    return {**page, "links": []}


def empty(page: dict[str, object]) -> dict[str, object]:
    return {**page, "features": [], "numberReturned": 0, "links": []}


def pointed(page: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    page["features"][0]["geometry"] = {"type": "Point", "coordinates": [5, 52]}
    return dict(page)


def ragged(page: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    page["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [[[5, 52], [5], [6, 52]]]}
    return dict(page)


def worded(page: dict[str, list[dict[str, dict[str, object]]]]) -> dict[str, object]:
    page["features"][0]["properties"]["aantal_inwoners"] = "veel"
    return dict(page)


FAULTS: dict[str, tuple[Fault, str]] = {
    "error": (error(500), "refused"),
    "gone": (error(404), "refused"),
    "truncated": (truncated(), "truncated"),
    "half the JSON": (cut_json(), "changed"),
    "error page": (error_page(), "changed"),
    "error in JSON": (error_in_json(), "changed"),
    "a list": (altered(lambda _: []), "changed"),
    "no features": (without("features"), "changed"),
    "a lost feature": (altered(one_fewer), "changed"),
    "a lost page": (altered(no_next), "changed"),
    "nothing": (altered(empty), "changed"),
    "next elsewhere": (altered(elsewhere), "changed"),
    "next in a circle": (altered(in_a_circle), "changed"),
    "a code of another name": (renamed("buurtcode", "buurt_code"), "changed"),
    "a name of another name": (renamed("buurtnaam", "naam"), "changed"),
    "inhabitants of another name": (renamed("aantal_inwoners", "inwoners"), "changed"),
    "a point": (altered(pointed), "changed"),
    "a ragged ring": (altered(ragged), "changed"),
    "a word": (altered(worded), "changed"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named(services: Services, fetcher: HttpFetcher, name: str) -> None:
    fault, named = FAULTS[name]
    serve_neighbourhoods(services)
    services.always(BUURTEN, fault)
    with pytest.raises(SourceFailedError) as failed:
        source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)
    assert failed.value.fault == named
    assert len(str(failed.value)) > 20


def test_borders_come_of_the_year_that_is_asked(services: Services, fetcher: HttpFetcher) -> None:
    serve_borders(services)
    brought = source_named("pdok_borders").fetch(fetcher, ASKED)
    assert all(request.query["jaarcode"] == "2025" for request in services.asked)
    assert {n: len(f) for n, f in read_borders(brought).items()} == {n: AREAS[n] for n in TAKEN}
    out = dict(brought.left_out)
    assert out == {why.NOT_IMPORTED: 10, why.NOT_OF_TODAY: AREAS["gemeente"]}
    assert brought.figures.empty


def test_borders_are_filtered_also_when_the_service_does_not(
    services: Services, fetcher: HttpFetcher
) -> None:
    serve_borders(services)
    for level in (*pdok.PLURAL, "regionale_eenheid"):
        address = BORDERS.format(name=f"{level}_gegeneraliseerd")
        features = [f for year in (2023, 2024, 2025) for f in pdok.divisions(level, year)]
        deaf = pdok.collection(address, features, 1000)

        def answer(request: object, deaf: object = deaf) -> object:
            request.query.pop("jaarcode", None)  # type: ignore[attr-defined]
            return deaf(request)  # type: ignore[operator]

        services.serve(address, answer)  # type: ignore[arg-type]
    brought = source_named("pdok_borders").fetch(fetcher, ASKED)
    assert {n: len(f) for n, f in read_borders(brought).items()} == {n: AREAS[n] for n in TAKEN}
    assert dict(brought.left_out)[why.OTHER_YEAR] == 2 * (sum(AREAS.values()) + 10)


def test_borders_of_long_ago_are_asked_of_the_historic_service(
    services: Services, fetcher: HttpFetcher
) -> None:
    with pytest.raises(SourceFailedError, match="gebiedsindelingen-historisch"):
        source_named("pdok_borders").fetch(fetcher, UpdateRequest(2015, date(2015, 1, 1)))


def test_the_geopackage_brings_what_the_collections_bring(
    services: Services, fetcher: HttpFetcher, tmp_path: Path
) -> None:
    file = tmp_path / "wijkenbuurten_2025.gpkg"
    for level, layer in pdok.PLURAL.items():
        features = [*pdok.areas(level, 2025), pdok.water(level, 2025)]
        frame = gpd.GeoDataFrame.from_features(features, crs="EPSG:4326").to_crs("EPSG:28992")
        frame.to_file(file, layer=layer)
    address = (
        "https://service.pdok.nl/cbs/wijkenbuurten/2025/atom/downloads/wijkenbuurten_2025.gpkg"
    )
    services.serve(address, lambda _: Reply(file.read_bytes(), headers={"ETag": '"a"'}))
    serve_neighbourhoods(services)
    brought = source_named("pdok_geopackage").fetch(fetcher, ASKED)
    same = source_named("pdok_neighbourhoods").fetch(fetcher, ASKED)
    order = ["figure", "level", "area"]
    pd.testing.assert_frame_equal(
        brought.figures.sort_values(order, ignore_index=True),
        same.figures.sort_values(order, ignore_index=True),
    )
    assert {border.level for border in brought.borders} == set(TAKEN)
    assert dict(brought.left_out)[why.WATER] == 3
    services.always(address, error_page())
    with pytest.raises(SourceFailedError, match="no GeoPackage"):
        source_named("pdok_geopackage").fetch(fetcher, ASKED)


def test_the_samples_of_the_documentation_are_read(
    services: Services, fetcher: HttpFetcher, nl_data: Path
) -> None:
    samples = nl_data / "service_samples"
    pages = [
        json.loads((samples / f"fake_ogc_gemeente_gegeneraliseerd_p{n}.json").read_text())
        for n in (1, 2)
    ]
    address = BORDERS.format(name="gemeente_gegeneraliseerd")
    services.serve(address, lambda r: as_json(pages[1 if "cursor" in r.query else 0]))
    found = read_collection(fetcher, address, {"jaarcode": "2023"}, ("statcode", "jaarcode"))
    assert len(found) == sum(len(page["features"]) for page in pages) == 5
    assert found.geometry.is_valid.all()
    body = json.loads((samples / "fake_ogc_buurten.json").read_text())
    services.serve(BUURTEN, lambda _: as_json(body))
    wanted = ("buurtcode", "water", "aantal_inwoners", "aantal_bedrijfsvestigingen")
    buurten = read_collection(fetcher, BUURTEN, {}, wanted).set_index("buurtcode")
    left_out = LeftOut()
    figures = key_figures(buurten, "buurt", 2024, "CBS", left_out)
    cells = 2 * len(buurten)
    missing = dict(left_out.by_reason).get(why.MISSING, 0)
    assert 0 < missing < cells
    assert len(figures) == cells - missing - dict(left_out.by_reason).get(why.NEGATIVE, 0)
    assert (figures["value"] >= 0).all()


def test_real_codes_have_no_gaps(nl_data: Path) -> None:
    """What ``refuse_gaps`` expects holds for the real areas of 2024."""
    codes = {}
    for level, plural in pdok.PLURAL.items():
        frame = pd.read_csv(nl_data / f"kerncijfers_{plural}_2024.csv", dtype=str)
        prefix = {"gemeente": "GM", "wijk": "WK", "buurt": "BU"}[level]
        column = next(c for c in frame if frame[c].astype(str).str.startswith(prefix).all())
        codes[level] = pd.Index(frame[column].str.strip())
    refuse_gaps(codes)
    with pytest.raises(SourceFailedError, match="missing"):
        refuse_gaps({**codes, "wijk": codes["wijk"][:1000]})


@pytest.mark.long
def test_all_real_neighbourhoods_are_taken_or_counted(
    services: Services, fetcher: HttpFetcher, nl_data: Path
) -> None:
    """14,568 of them with gaps and empty borders, as they are; figures in are figures out."""
    real = gpd.read_file(nl_data / "buurten_2024.gpkg").to_crs("EPSG:4326")
    real.geometry = real.geometry.simplify(0.002)
    columns = {"inwoners": "aantal_inwoners", "oppervlakteLandHa": "oppervlakte_land_in_ha"}
    real = real.rename(columns=columns).assign(jaarcode=2024, water="NEE", firms=float("nan"))
    real = real.rename(columns={"firms": "aantal_bedrijfsvestigingen"})
    kept = ["buurtcode", "buurtnaam", "jaarcode", "water", *FIGURES_ASKED, "geometry"]
    features = json.loads(real[kept].fillna(dict.fromkeys(FIGURES_ASKED, -99997.0)).to_json())
    services.serve(
        NEIGHBOURHOODS.format(year=2024, name="buurten"),
        pdok.collection(
            NEIGHBOURHOODS.format(year=2024, name="buurten"), features["features"], 1000
        ),
    )
    for level, digits in (("gemeente", 4), ("wijk", 6)):
        prefix = {"gemeente": "GM", "wijk": "WK"}[level]
        codes = sorted(set(prefix + real["buurtcode"].str[2 : 2 + digits]))
        bare = [
            {
                "type": "Feature",
                "geometry": None,
                "properties": {f"{level}code": code, f"{level}naam": code, "jaarcode": 2024}
                | dict.fromkeys(FIGURES_ASKED, 1),
            }
            for code in codes
        ]
        address = NEIGHBOURHOODS.format(year=2024, name=pdok.PLURAL[level])
        services.serve(address, pdok.collection(address, bare, 1000))
    brought = source_named("pdok_neighbourhoods").fetch(
        fetcher, UpdateRequest(2024, date(2024, 1, 1))
    )
    buurten = brought.figures[brought.figures["level"] == "buurt"]
    inhabitants = buurten[buurten["figure"] == "inhabitants"].set_index("area")["value"]
    published = real.set_index("buurtcode")["aantal_inwoners"].dropna()
    pd.testing.assert_series_equal(
        inhabitants.sort_index(), published.sort_index(), check_names=False, check_index_type=False
    )
    out = dict(brought.left_out)
    assert len(buurten) + out[why.MISSING] == len(real) * len(FIGURES_ASKED)
    empty = int((real.geometry.is_empty | real.geometry.isna()).sum())
    (borders,) = (b for b in brought.borders if b.level == "buurt")
    assert len(gpd.read_file(borders.file)) == len(real) - empty
    assert empty > 0


def test_borders_of_the_gemeenten_of_today_are_taken_whole_or_not(
    fetcher: HttpFetcher, tmp_path: Path
) -> None:
    left_out = LeftOut()
    every = gemeenten().to_crs("EPSG:4326").set_index("code", drop=False)
    assert border_file(fetcher, every.iloc[1:], "gemeente", 2025, "name", left_out) == ()
    assert left_out.counts == {why.NOT_OF_TODAY: len(every) - 1}
    (borders,) = border_file(fetcher, every, "gemeente", 2025, "name", left_out)
    report = import_boundaries(borders.file, "gemeente", 2025, tmp_path, gemeenten())
    assert report.rows == len(every)


def test_every_reason_has_its_dutch() -> None:
    reasons = [reason for name, reason in vars(why).items() if name.isupper()]
    assert reasons
    assert all(isinstance(reason, Text) and reason.nl and reason.en for reason in reasons)
    assert len({reason.nl for reason in reasons}) == len(reasons)
    assert len({reason.en for reason in reasons}) == len(reasons)
