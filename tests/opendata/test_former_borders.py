"""An update asks for the borders of an earlier year when figures need them, once, or says why not.

The country of 2023 that is played differs from that of 2025 in three towns: one buurt had another
code, two of today were one, and one of today was two. What lands where is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import geopandas as gpd
import pandas as pd
import pdok
import pytest
import shapely
from pdok import BORDERS, NEIGHBOURHOODS, PLURAL, serve_neighbourhoods
from server import Fault, Services, cut_json, error, error_in_json, error_page, slow, truncated

from geo import areas
from geo.importing import import_boundaries
from opendata import SOURCES
from opendata.contract import Fetcher, UpdateRequest
from opendata.http.cache import Cache
from opendata.http.fetcher import HttpFetcher, OfflineFetcher
from opendata.http.network import Network
from opendata.left_out import NO_BORDER
from opendata.updating.one_source import Result
from opendata.updating.update import update
from release.carrying_over import OWN, carry_over
from release.placing import Placer
from store.home import Home
from store.source_status_writing import known_statuses

NEIGHBOURS, FORMER = "pdok_neighbourhoods", "pdok_former_borders"
PEOPLE = "aantal_inwoners"
BUURTEN = BORDERS.format(name="buurt_gegeneraliseerd")

Areas = dict[str, tuple[str, shapely.Polygon, float]]


def of_today() -> Areas:
    """Return name, border and inhabitants of the buurten of 2025."""
    return {
        str(f["properties"]["buurtcode"]): (
            f["properties"]["buurtnaam"],
            shapely.Polygon(f["geometry"]["coordinates"][0][0]),
            f["properties"][PEOPLE],
        )
        for f in pdok.areas("buurt", 2025)
    }


TODAY = of_today()
RENAMED, SPLIT, MERGED = (sorted(TODAY)[4 * town] for town in range(3))
OTHER = SPLIT[:-2] + "01"
EARLIER = [code[:-2] + "09" for code in (RENAMED, SPLIT, MERGED)] + [MERGED[:-2] + "08"]


def _both(one: shapely.Polygon, other: shapely.Polygon) -> shapely.Polygon:
    whole = shapely.union(one, other)
    assert isinstance(whole, shapely.Polygon)
    return whole


def of_2023() -> Areas:
    """Return the buurten of 2023, of which each had 10 inhabitants more than its heir has."""
    then = dict(TODAY)
    name, shape, people = then.pop(RENAMED)
    then[EARLIER[0]] = (name, shape, people + 10)
    name, shape, people = then.pop(SPLIT)
    _, more, others = then.pop(OTHER)
    then[EARLIER[1]] = (name, _both(shape, more), people + others + 10)
    name, shape, people = then.pop(MERGED)
    halves = pdok.halves(shape, upright=True)
    then[EARLIER[2]] = (name, halves[0], people)
    then[EARLIER[3]] = (name, halves[1], 10)
    return then


def neighbourhoods(then: Areas) -> Iterator[pdok.Feature]:
    like = pdok.areas("buurt", 2023)[0]
    for code, (name, shape, people) in then.items():
        own = {
            "buurtcode": code,
            "buurtnaam": name,
            "gemeentecode": f"GM{code[2:6]}",
            PEOPLE: people,
        }
        yield pdok.feature({**like["properties"], **own}, shape)


def generalised(then: Areas) -> Iterator[pdok.Feature]:
    like = pdok.divisions("buurt", 2023)[0]
    for code, (name, shape, _) in then.items():
        own = {"statcode": code, "jrstatcode": f"2023{code}", "statnaam": name}
        yield pdok.feature({**like["properties"], **own}, shape)


@dataclass(frozen=True)
class Country:
    """A home with the borders of 2025 and figures of 2023 and 2025, and services to ask."""

    home: Home
    services: Services

    def update(self, year: int, offline: bool = False, *names: str) -> list[Result]:
        network = Network(
            mirror=self.services.mirror, retries=1, backoff=0, pause=0, connect=2, silence=0.5
        )

        def maker(cache: Cache, since: datetime) -> Fetcher:
            return OfflineFetcher(cache) if offline else HttpFetcher(cache, network, since)

        chosen = [SOURCES[name] for name in names or (NEIGHBOURS,)]
        asked = UpdateRequest(year, date(year, 1, 1))
        return update(self.home, chosen, list(SOURCES.values()), asked, maker, lambda *_: None)

    def carried(self) -> tuple[pd.Series, pd.DataFrame]:
        """Return the inhabitants of 2023 by buurt of today, and what the build lists as lost."""
        files = sorted(self.home.records.glob("area_figure/*.parquet"))
        rows = [pd.read_parquet(file).assign(sequence=n) for n, file in enumerate(files, 1)]
        every = pd.concat(rows).drop_duplicates(["figure", "level", "area", "date"], keep="last")
        every = every.assign(received=None, row=range(len(every)))
        with duckdb.connect() as con:
            con.register("every", every[["row", *OWN]])
            con.execute("CREATE TABLE raw_area_figure AS SELECT * FROM every")
            con.unregister("every")
            lost = carry_over(con, Placer(self.home.boundaries))
            found = con.execute("SELECT * FROM raw_area_figure").df()
        people = found[(found["figure"] == "inhabitants") & (found["level"] == "buurt")]
        of_2023 = people[pd.to_datetime(people["date"]).dt.year == 2023]
        return of_2023.set_index("area")["value"].astype(float), lost

    def hand_in(self, then: Areas) -> None:
        """Take in buurten of 2023 from a file, as ``boundaries import --former`` does."""
        file = self.home.root / "buurten.gpkg"
        shapes = [shape for _, shape, _ in then.values()]
        names = [name for name, _, _ in then.values()]
        frame = gpd.GeoDataFrame({"code": list(then), "name": names}, geometry=shapes, crs=4326)
        frame.to_file(file)
        shipped = areas.gemeenten()
        import_boundaries(file, "buurt", 2023, self.home.boundaries, shipped, former=True)

    def asked(self) -> int:
        return len([r for r in self.services.asked if r.address.startswith(BORDERS[:50])])

    def kept(self) -> list[int]:
        return list(areas.former_borders("buurt", self.home.boundaries))


@pytest.fixture
def country(services: Services, tmp_path: Path) -> Country:
    made = Country(Home(tmp_path / "home"), services)
    serve_neighbourhoods(services, 2023)
    serve_neighbourhoods(services, 2025)
    then = of_2023()
    address = NEIGHBOURHOODS.format(year=2023, name=PLURAL["buurt"])
    services.serve(address, pdok.collection(address, list(neighbourhoods(then)), 5))
    for level in ("wijk", "buurt"):
        own = generalised(then) if level == "buurt" else pdok.divisions(level, 2023)
        address = BORDERS.format(name=f"{level}_gegeneraliseerd")
        services.serve(address, pdok.collection(address, [*own, *pdok.divisions(level, 2025)], 5))
    (before,) = made.update(2023)
    assert before.taken
    return made


def test_figures_of_2023_land_on_the_buurten_of_2025(country: Country) -> None:
    own, former = country.update(2025)
    assert own.taken
    assert former.taken
    assert (former.status.name, former.status.outcome) == (FORMER, "ok")
    assert former.taken.borders == ("wijk 2023", "buurt 2023")
    assert country.kept() == [2023]
    values, lost = country.carried()
    assert lost.empty
    expected = {code: people for code, (_, _, people) in TODAY.items()}
    expected[RENAMED] += 10
    expected[MERGED] += 10
    assert set(values.index) == set(expected)
    apart = {SPLIT, OTHER}
    assert {c: v for c, v in values.items() if c not in apart} == {
        c: float(v) for c, v in expected.items() if c not in apart
    }
    whole = expected[SPLIT] + expected[OTHER] + 10
    assert values[SPLIT] + values[OTHER] == whole
    share = expected[SPLIT] / (expected[SPLIT] + expected[OTHER])
    assert values[SPLIT] == round(whole * share)
    assert values.sum() == sum(people for _, _, people in of_2023().values())


def test_borders_of_a_year_are_asked_for_once(country: Country) -> None:
    country.update(2025)
    asked = country.asked()
    assert asked > 0
    assert len(country.update(2025)) == 1
    assert country.asked() == asked
    (named,) = country.update(2023, False, FORMER)
    assert named.status.outcome == "unchanged"


def test_no_borders_are_asked_for_when_every_code_is_in_use(country: Country) -> None:
    assert len(country.update(2023)) == 1
    assert country.asked() == 0


FAULTS: dict[str, Fault] = {
    "error": error(500),
    "gone": error(404),
    "slow": slow(2),
    "truncated": truncated(),
    "half": cut_json(),
    "page": error_page(),
    "json": error_in_json(),
}


@pytest.mark.long
@pytest.mark.parametrize("named", FAULTS)
def test_without_borders_the_loss_is_listed_and_the_next_update_makes_it_good(
    country: Country, named: str
) -> None:
    services = country.services
    services.always(BUURTEN, FAULTS[named])
    own, *former = country.update(2025)
    assert own.taken
    assert former
    assert all(result.taken is None for result in former)
    assert known_statuses(country.home)[FORMER].outcome == "failed"
    assert country.kept() == []
    values, lost = country.carried()
    inhabitants = lost[lost["figure"] == "inhabitants"]
    assert set(inhabitants["reason"]) == {"gone"}
    assert sorted(inhabitants["area"]) == sorted(EARLIER)
    everybody = sum(people for _, _, people in of_2023().values())
    assert values.sum() + inhabitants["value"].astype(float).sum() == everybody
    services.always(BUURTEN, None)
    assert country.update(2025)[-1].taken
    assert country.carried()[1].empty


def test_a_failure_leaves_the_borders_that_were_kept(country: Country) -> None:
    country.update(2025)
    country.services.always("https://api.pdok.nl", error(500))
    (failed,) = country.update(2025)
    assert failed.taken is None
    assert country.kept() == [2023]
    assert country.carried()[1].empty


def test_offline_uses_what_is_kept_and_opens_no_connection(country: Country) -> None:
    country.update(2025)
    asked = len(country.services.asked)
    assert [result.status.outcome for result in country.update(2025, True)] == ["unchanged"]
    assert len(country.services.asked) == asked
    assert country.carried()[1].empty


def test_offline_what_was_never_fetched_is_no_failure(country: Country) -> None:
    country.services.always(BUURTEN, slow(2))
    country.update(2025)
    before, asked = known_statuses(country.home)[FORMER], len(country.services.asked)
    assert before.fault == "slow"
    (own,) = country.update(2025, True)
    assert own.taken
    assert known_statuses(country.home)[FORMER] == before
    assert len(country.services.asked) == asked


def test_a_year_that_fails_does_not_keep_the_others_from_coming(country: Country) -> None:
    """The police publish all years in one division: dated 2022 alone, with codes of 2023."""
    for file in country.home.records.glob("area_figure/*.parquet"):
        rows = pd.read_parquet(file)
        rows.assign(date=date(2022, 1, 1)).astype({"date": rows["date"].dtype}).to_parquet(file)
    results = country.update(2025)
    assert [r.status.fault or "ok" for r in results[1:]] == ["changed", "changed", "ok"]
    assert country.kept() == [2023]
    assert country.carried()[1].empty
    status = known_statuses(country.home)[FORMER]
    assert (status.outcome, status.fault) == ("failed", "changed")
    assert status.fetched_at


def test_without_a_network_no_other_year_is_asked_for(country: Country) -> None:
    country.services.always(BUURTEN, slow(2))
    _, former = country.update(2025)
    assert former.status.fault == "slow"


def test_a_failure_is_over_when_no_year_is_wanted_any_more(country: Country) -> None:
    country.services.always(BUURTEN, error(404))
    country.update(2025)
    assert known_statuses(country.home)[FORMER].outcome == "failed"
    country.hand_in(of_2023())
    assert len(country.update(2025)) == 1
    status = known_statuses(country.home)[FORMER]
    assert (status.outcome, status.fault, status.words) == ("never", "", "")
    country.services.always(BUURTEN, None)
    country.update(2023, False, FORMER)
    country.services.always(BUURTEN, error(404))
    (failed,) = country.update(2023, False, FORMER)
    assert failed.taken is None
    assert known_statuses(country.home)[FORMER].outcome == "failed"
    country.update(2025)
    status = known_statuses(country.home)[FORMER]
    assert (status.outcome, status.fault, status.words) == ("unchanged", "", "")


def test_what_the_years_of_one_run_leave_out_adds_up(country: Country) -> None:
    for file in country.home.records.glob("area_figure/*.parquet"):
        rows = pd.read_parquet(file)
        rows.assign(date=date(2022, 1, 1)).astype({"date": rows["date"].dtype}).to_parquet(file)
    bare = {**pdok.divisions("buurt", 2022)[0], "geometry": None}
    features = [*pdok.divisions("buurt", 2022)[1:], bare, *generalised(of_2023())]
    features += [{**f, "geometry": None} for f in pdok.divisions("buurt", 2024)[:2]]
    features += pdok.divisions("buurt", 2024)[2:]
    country.services.serve(BUURTEN, pdok.collection(BUURTEN, features, 50))
    wijken = BORDERS.format(name="wijk_gegeneraliseerd")
    every = [f for year in (2022, 2023, 2024) for f in pdok.divisions("wijk", year)]
    country.services.serve(wijken, pdok.collection(wijken, every, 50))
    assert all(result.taken for result in country.update(2025))
    assert country.kept() == [2022, 2023, 2024]
    (left_out,) = known_statuses(country.home)[FORMER].left_out
    assert left_out == (NO_BORDER, 3)


def test_records_that_cannot_be_read_are_a_failure_of_this_source(country: Country) -> None:
    country.update(2025)
    next(country.home.records.glob("area_figure/*.parquet")).write_bytes(b"broken")
    own, former = country.update(2025)
    assert own.taken
    assert (former.status.name, former.status.outcome) == (FORMER, "failed")
    assert "could not be worked out" in former.status.words


def test_borders_of_some_gemeenten_stay_until_those_of_all_come(country: Country) -> None:
    """A municipality hands in its own buurten of then; the others are still asked for."""
    country.services.always(BUURTEN, error(404))
    country.update(2025)
    own = {code: area for code, area in of_2023().items() if code[2:6] == RENAMED[2:6]}
    country.hand_in(own)
    assert country.kept() == [2023]
    assert len(pd.read_parquet(country.home.boundaries / "buurt_2023.parquet")) == len(own)
    country.services.always(BUURTEN, None)
    assert country.update(2025)[-1].taken
    assert len(pd.read_parquet(country.home.boundaries / "buurt_2023.parquet")) == len(of_2023())
    assert country.carried()[1].empty


def test_borders_that_are_named_replace_others_of_that_year(country: Country) -> None:
    other = of_2023()
    name, shape, people = other[EARLIER[0]]
    other[EARLIER[0]] = (name, shape.buffer(-0.0005), people)
    country.hand_in(other)
    country.update(2025)
    file = country.home.boundaries / "buurt_2023.parquet"
    before = file.read_bytes()
    (named,) = country.update(2023, False, FORMER)
    assert named.status.outcome == "ok"
    assert file.read_bytes() != before
    (again,) = country.update(2023, False, FORMER)
    assert again.status.outcome == "unchanged"
