"""From open data alone to three useful pages, on real Dutch data: fetched, built and drawn."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from page_drawing import draw, gateway_of
from real_country import YEAR, YEARS, RealCountry
from server import playing
from sqlalchemy import create_engine

from intake.progress import silent
from opendata import SOURCES
from opendata.contract import UpdateRequest
from opendata.http.fetcher import HttpFetcher
from opendata.http.network import Network
from opendata.updating.update import update
from operations.build import build
from store.evidence.of_records import Waiting
from store.evidence.of_sources import NotCarried
from store.home import Home
from store.source_status import SourceStatus

pytestmark = pytest.mark.long

ROTTERDAM = "GM0599"
NAMES = ("pdok_neighbourhoods", "police_crime_yearly")

Country = tuple[RealCountry, Home, dict[str, SourceStatus]]


@pytest.fixture(scope="module")
def country(nl_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Country:
    """A home in which nothing but open data of the real country came in, and its release."""
    real, home = RealCountry(nl_data), Home(tmp_path_factory.mktemp("open") / "home")
    with playing() as services:
        real.serve(services)
        network = Network(mirror=services.mirror, pause=0, silence=120)
        results = update(
            home,
            [SOURCES[name] for name in NAMES],
            list(SOURCES.values()),
            UpdateRequest(YEAR, date(YEAR, 1, 1)),
            lambda cache, since: HttpFetcher(cache, network, since),
            silent,
        )
    build(home)
    return real, home, {result.status.name: result.status for result in results}


def test_nothing_is_lost_in_silence(country: Country) -> None:
    """What the services answered is what was taken in, and what was left out by reason."""
    real, _, statuses = country
    for name in NAMES:
        assert statuses[name].outcome == "ok", statuses[name].words
    former = statuses["pdok_former_borders"]
    assert former.outcome == "failed", "asked for a buurt without a border; nobody plays them"
    counts = real.offences.size
    police = statuses["police_crime_yearly"]
    left = sum(count for _, count in police.left_out)
    assert police.figures == real.offences.count().sum()
    assert police.figures + left == 3 * counts  # two of the three kinds of offence have no figures
    borders = {reason.nl: count for reason, count in statuses["pdok_neighbourhoods"].left_out}
    assert borders["zonder grens"] == 2


def test_figures_are_those_of_the_source_to_the_digit(country: Country) -> None:
    real, home, _ = country
    gateway = gateway_of(home.releases, "nsoc")
    for year in YEARS:
        period = f"{year}-12-12m"
        for level in ("gemeente", "wijk", "buurt"):
            rows = gateway.figures("MS01", level, period)
            own = {row.area: row.numerator for row in rows if row.figure_level == level}
            assert own
            published = real.offences[year].reindex(list(own))
            assert list(own.values()) == published.tolist()
        (country_row,) = gateway.figures("MS01", "nederland", period)
        whole = country_row.numerator
        assert whole == real.tables["gemeente"][f"misdrijven_{year}"].sum()


def test_the_picture_is_useful_to_each_and_rotterdam_shows_its_neighbourhoods(
    country: Country,
) -> None:
    _, home, _ = country
    for viewer in ("nsoc", "riec:rotterdam", f"gemeente:{ROTTERDAM}"):
        at = draw("beeld", home.releases, viewer)
        (title,) = (element.value for element in at.title)
        assert "op door geregistreerde misdrijven; nog geen signalen van partners" in title
        assert any("wachten nog op gegevens" in box.label for box in at.expander)
    at = draw("beeld", home.releases, f"gemeente:{ROTTERDAM}", kaart="buurt")
    gateway = gateway_of(home.releases, f"gemeente:{ROTTERDAM}")
    assert len(gateway.areas("buurt", ROTTERDAM)) > 70
    own = gateway.figures("MS01", "buurt", within=ROTTERDAM)
    assert sum(row.figure_level == "buurt" for row in own) > 0.7 * len(own)
    keys = {key.figure: key.value for key in gateway.key_figures("gemeente", ROTTERDAM)}
    assert keys["inhabitants"] > 600_000


def test_each_gemeente_has_peers_of_its_size(country: Country) -> None:
    real, home, _ = country
    gateway = gateway_of(home.releases, "nsoc")
    people = real.tables["gemeente"]["inwoners"]
    cities = {peer.code for peer in gateway.peers(ROTTERDAM)}
    assert len(cities) == 10
    assert {"GM0363", "GM0518"} <= cities, "Amsterdam and 's-Gravenhage"
    factors = [
        max(people[code], people[peer.code]) / min(people[code], people[peer.code])
        for code in people.index
        for peer in gateway.peers(code)
    ]
    assert len(factors) == 10 * len(people)
    assert sum(factor < 2 for factor in factors) > 0.9 * len(factors)


def test_what_waits_is_said_with_whom_it_waits_for(country: Country) -> None:
    _, home, _ = country
    rows = gateway_of(home.releases).evidence(Waiting)
    waits = {row.code: (row.kinds, row.figures) for row in rows}
    assert waits["VG01"] == ((("property_transaction",),), ())
    assert waits["DR07"] == ((), ("drug_offences",))
    assert "MS01" not in waits


def test_every_source_stands_under_the_map(country: Country) -> None:
    _, home, _ = country
    lines = " ".join(gateway_of(home.releases).attributions())
    assert f"Kadaster / Centraal Bureau voor de Statistiek, {YEAR}" in lines
    assert "Bron: Politie / CBS" in lines
    assert "47018NED" in lines


def test_what_fits_no_area_of_today_is_listed(country: Country) -> None:
    real, home, _ = country
    rows = gateway_of(home.releases).evidence(NotCarried)
    lost = sum(row.figures for row in rows if row.figure == "offences")
    engine = create_engine(f"sqlite:///{next(home.releases.glob('*.db'))}")
    used = set(pd.read_sql("SELECT code FROM area", engine)["code"])
    gone = real.offences[~real.offences.index.isin(used)]
    assert lost == gone.count().sum()
    assert {row.reason for row in rows} == {"gone"}
