"""Releases with public figures: as delivered, through a whole build, also without any partner."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small_home import TODAY, as_csv, deliver, fix_keys, records, shrink
from sqlalchemy import text

import operations.build as build_module
from access.partner import PartnerGateway
from access.scope import AccessRefusedError
from access.session import example_gateways
from errors import WeerbeeldError
from geo.areas import gemeenten
from geo.gemeente_history import history
from indicators import CATALOGUE
from intake.receive import receive
from operations.build import build
from records import KINDS
from store.evidence.of_records import Waiting
from store.evidence.of_sources import NotCarried
from store.home import Home
from store.release import LEVEL_NUMBERS, open_release

pytestmark = pytest.mark.long


SOURCE = "VERZONNEN bron, 2025"
CODES = ("BD01", "BD06", "CV01", "CV09", "MS01", "VG01")
GEMEENTE = LEVEL_NUMBERS["gemeente"]
FLOW = {"MS01": "offences", "CV09": "arson", "BD06": "bankruptcies"}
UNDER = {"MS01": "inhabitants", "CV09": "dwellings", "BD06": "firms"}
MISSING = "GM0599"
"""Publishes no arson."""


def public_figures(
    figure: str,
    date: str,
    values: Any,  # noqa: ANN401 - one value or one a gemeente
    months: int = 0,
    codes: Any = None,  # noqa: ANN401 - any sequence of codes
) -> pd.DataFrame:
    """Return one figure of each gemeente, or of each of ``codes``."""
    areas = gemeenten()["code"].to_numpy() if codes is None else codes
    row = {"figure": figure, "level": "gemeente", "area": areas, "date": pd.Timestamp(date)}
    return pd.DataFrame({**row, "months": months, "value": values, "source": SOURCE})


def states(date: str = "2023-01-01") -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return pd.concat(
        [
            public_figures(figure, date, rng.integers(5_000, 90_000, 342))
            for figure in UNDER.values()
        ]
    )


def flows(months: pd.DatetimeIndex, names: tuple[str, ...] = tuple(FLOW.values())) -> pd.DataFrame:
    """Counts of 0 to 9 a gemeente and month; Rotterdam publishes no arson."""
    rng = np.random.default_rng(4)
    frame = pd.concat(
        [
            public_figures(name, str(m.date()), rng.integers(0, 10, 342), 1)
            for name in names
            for m in months
        ]
    )
    return frame[(frame["figure"] != "arson") | (frame["area"] != MISSING)]


TWO_YEARS = pd.date_range("2024-01-01", "2025-12-01", freq="MS")


@dataclass(frozen=True)
class Built:
    """A home with its release, and the public figures that were delivered to it."""

    home: Home
    path: Path
    delivered: pd.DataFrame

    def rows(self, table: str) -> pd.DataFrame:
        with open_release(self.path).connect() as connection:
            found: pd.DataFrame = pd.read_sql(text(f"SELECT * FROM {table}"), connection)
            return found

    def figures(self, code: str, level: str = "gemeente") -> pd.DataFrame:
        """Return figures of an indicator with the codes of their area and period."""
        sheets = self.rows("passport").set_index("code")["id"]
        named = self.rows("figure").merge(
            self.rows("area").rename(columns={"id": "area_id", "code": "area"})[["area_id", "area"]]
        )
        periods = self.rows("period").rename(columns={"id": "period_id", "code": "period"})
        own = named.merge(periods[["period_id", "period", "kind"]])
        own = own[own["indicator_id"] == sheets[code]]
        chosen: pd.DataFrame = own[own["level"] == LEVEL_NUMBERS[level]]
        return chosen

    def gateway(self, viewer: str = "nsoc") -> PartnerGateway:
        return example_gateways(self.home.served, viewer, env="local").partner()


def made(folder: Path, figures: pd.DataFrame, *kinds: str) -> Built:
    """Build a home with public figures and 300 records of each of ``kinds``."""
    home = Home(folder)
    fix_keys(home)
    deliver(home, "area_figure", figures, folder)
    for kind in kinds:
        deliver(home, kind, records(KINDS[kind], 300), folder)
    return Built(home, build(home).path, figures)


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """Builds of three towns and six indicators."""
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch.setattr)
        patch.setattr(build_module, "CATALOGUE", {code: CATALOGUE[code] for code in CODES})
        yield


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Public figures only: no partner delivered anything."""
    figures = pd.concat([states(), flows(TWO_YEARS)])
    return made(tmp_path_factory.mktemp("public"), figures)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same figures beside records of firms and incidents."""
    figures = pd.concat([states(), flows(TWO_YEARS)])
    return made(tmp_path_factory.mktemp("mixed"), figures, "business", "incident")


def delivered(built: Built, code: str, months: list[str]) -> "pd.Series[int]":
    """Return what was delivered of a flow over some months, by gemeente."""
    frame = built.delivered
    own = frame[(frame["figure"] == FLOW[code]) & frame["date"].isin(pd.to_datetime(months))]
    added: pd.Series[int] = own.groupby("area")["value"].sum().sort_index()
    return added


@pytest.mark.parametrize("which", ["public", "mixed"])
@pytest.mark.parametrize("code", list(FLOW))
def test_published_figures_are_the_delivered_ones(
    which: str, code: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(which)
    figures = built.figures(code)
    for period, months in {
        "2025-03": ["2025-03-01"],
        "2024-Q4": [f"2024-{m}-01" for m in (10, 11, 12)],
        "2025-06-12m": [
            str(d.date()) for d in pd.date_range("2024-07-01", "2025-06-01", freq="MS")
        ],
    }.items():
        shown = figures[figures["period"] == period].set_index("area").sort_index()
        numerator = delivered(built, code, months)
        assert shown["numerator"].to_dict() == numerator.to_dict()
        below = built.delivered[built.delivered["figure"] == UNDER[code]].set_index("area")["value"]
        assert shown["denominator"].to_dict() == below[shown.index].to_dict()
    month = figures[figures["period"] == "2025-03"]["numerator"]
    assert set(range(10)) <= set(month), "also 1 to 4, which are never shown of records"
    assert len(month) == (341 if code == "CV09" else 342), "what is not published has no row"


def test_the_country_adds_up_what_is_published(public: Built) -> None:
    own = public.figures("CV09").query("period == '2025-12-12m'")
    (country,) = public.figures("CV09", "nederland").query("period == '2025-12-12m'")["numerator"]
    assert country == own["numerator"].sum()


def test_records_stay_protected_beside_open_figures(mixed: Built) -> None:
    counts = mixed.home.counts / mixed.path.stem
    kept = {path.name for path in counts.iterdir()}
    assert "MS01.parquet" not in kept
    for code in ("BD01", "CV01"):
        exact = pd.read_parquet(counts / f"{code}.parquet")
        shown = mixed.figures(code)
        assert exact["amount_numerator"].between(1, 4).any()
        assert not shown["numerator"].between(0.5, 4.5).any()
        assert code + ".parquet" in kept
    passports = mixed.gateway().passports()
    assert {code for code, passport in passports.items() if passport.open} == set(FLOW)


def test_the_passport_says_which_form_is_in_use(tmp_path: Path) -> None:
    figures = pd.concat(
        [states(), flows(TWO_YEARS), public_figures("firms_cash_intensive", "2023-01-01", 40)]
    )
    built = made(tmp_path, figures)
    passport = built.gateway().passport("BD01")
    assert passport.open
    assert passport.text("source", "en").startswith("Statistics Netherlands")
    assert passport.levels == ("nederland", "riec", "gemeente")
    assert set(built.figures("BD01")["numerator"]) == {40}


@pytest.mark.parametrize("which", ["public", "mixed"])
def test_the_score_is_the_sum_of_its_contributions(
    which: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(which)
    keys = ["level", "period_id", "area_id"]
    figures = built.rows("figure").dropna(subset="contribution")
    added = figures.groupby(keys)["contribution"].sum()
    scores = built.rows("score").set_index(keys)["total"]
    windows = {"public": 5, "mixed": 4}[
        which
    ]  # in others less than half of the weight has a figure
    assert len(scores) >= windows * 342
    np.testing.assert_allclose(added.reindex(scores.index), scores, atol=1e-9)
    assert scores.between(0, 100).all()
    scored = set(figures["indicator_id"])
    passports = built.gateway().passports().values()
    assert scored == {passport.id for passport in passports if passport.scored}


def test_without_partners_the_public_flows_decide_the_periods(public: Built) -> None:
    periods = public.rows("period")
    assert periods["kind"].value_counts().to_dict() == {"month": 24, "quarter": 8, "year": 5}
    info = public.rows("info").set_index("key")["value"]
    assert info["until"] == "2025-12-31"
    assert public.gateway().facts().until.isoformat() == "2025-12-31"


def test_what_nobody_delivered_waits(public: Built, mixed: Built) -> None:
    waiting = {row.code: row for row in public.gateway().evidence(Waiting)}
    assert set(waiting) == {"BD01", "CV01", "VG01"}
    assert (waiting["BD01"].kinds, waiting["BD01"].figures) == ((("business",),), ())
    assert waiting["CV01"].kinds == (("incident",),)
    assert waiting["CV01"].figures == ("addresses",)
    assert {row.code for row in mixed.gateway().evidence(Waiting)} == {"VG01"}
    assert set(public.gateway().passports()) == set(FLOW)


@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", "gemeente:GM0599"])
def test_a_release_without_partners_can_be_read(public: Built, viewer: str) -> None:
    gateway = public.gateway(viewer)
    figures = gateway.figures("MS01", "gemeente")
    assert figures
    assert all(figure.smoothed is not None for figure in figures)
    assert gateway.scored("gemeente")
    assert gateway.scores("gemeente")
    assert gateway.attributions().count(SOURCE) == 1
    found = gateway.key_figures("gemeente", "GM0599")
    assert {key.figure for key in found} == set(UNDER.values())


def test_nobody_receives_a_score_that_is_made_of_nothing(public: Built) -> None:
    gateway = public.gateway()
    assert not gateway.scored("hex8")
    with pytest.raises(AccessRefusedError, match="nothing"):
        gateway.scores("hex8")


def test_years_fill_their_own_window_and_no_other(tmp_path: Path) -> None:
    """Figures of whole years: months stay to choose, windows only where there is a figure."""
    yearly = [
        public_figures(name, f"{year}-01-01", 12, 12)
        for name in FLOW.values()
        for year in (2023, 2024, 2025)
    ]
    built = made(tmp_path, pd.concat([states("2022-01-01"), *yearly]))
    periods = built.rows("period")
    assert periods["kind"].value_counts().to_dict() == {"month": 36, "year": 3}
    years = ["2023-12-12m", "2024-12-12m", "2025-12-12m"]
    assert periods.query("kind == 'year'")["code"].tolist() == years
    assert set(built.figures("MS01")["period"]) == set(years)
    assert built.gateway().period(None, "gemeente").code == "2025-12-12m"
    assert set(built.figures("MS01")["numerator"]) == {12}
    scored = built.rows("score").merge(periods, left_on="period_id", right_on="id")
    assert set(scored["code"]) == set(years)


def test_an_indicator_whose_figures_cover_no_period_leaves_the_build_whole(tmp_path: Path) -> None:
    figures = pd.concat(
        [states(), flows(TWO_YEARS, ("offences",)), public_figures("arson", "2019-01-01", 4, 12)]
    )
    built = made(tmp_path, figures, "incident")
    assert len(built.figures("CV09")) == 0
    assert len(built.figures("MS01"))


def test_states_without_flows_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WeerbeeldError, match="weerbeeld update"):
        made(tmp_path, states())


def test_who_published_a_figure_is_named_also_for_one_that_only_a_test_reads(
    tmp_path: Path,
) -> None:
    test_only = public_figures("share_low_income", "2024-01-01", 12).assign(
        source="VERZONNEN toets, 2024"
    )
    older = public_figures("inhabitants", "2020-01-01", 9).assign(source="VERZONNEN bron, 2020")
    figures = pd.concat([states(), flows(TWO_YEARS), test_only, older])
    lines = made(tmp_path, figures).gateway().attributions()
    assert {SOURCE, "VERZONNEN toets, 2024"} <= set(lines)
    assert "VERZONNEN bron, 2020" not in lines, "the last one stands"


def test_records_of_less_than_a_month_are_no_period(tmp_path: Path) -> None:
    incidents = records(KINDS["incident"], 30)
    few = incidents[incidents["date"] < "2024-06-01"].assign(date=pd.Timestamp("2024-05-09"))
    home = Home(tmp_path / "home")
    deliver(home, "incident", few.assign(registered=few["date"]), tmp_path)
    with pytest.raises(WeerbeeldError, match="2024-05-09 to 2024-05-09"):
        build(home)


SHORT = pd.date_range("2025-01-01", "2025-06-01", freq="MS")


@pytest.mark.parametrize(
    "figures",
    [
        flows(SHORT),
        pd.concat([public_figures("offences", f"{year}-02-01", 3, 12) for year in (2023, 2024)]),
    ],
    ids=["half a year", "no window that ends with a quarter"],
)
def test_figures_that_fill_no_window_are_refused(tmp_path: Path, figures: pd.DataFrame) -> None:
    """Every page opens on the last 12-month window, so a release without one is none."""
    with pytest.raises(WeerbeeldError, match="12 months"):
        made(tmp_path, pd.concat([states(), figures]))
    assert not list(Home(tmp_path).releases.glob("*.db"))


@pytest.mark.long
def test_a_first_delivery_of_two_months_counts_for_those_months_only(tmp_path: Path) -> None:
    """What a partner did not deliver is unknown: no window with it calls the rest of a year 0."""
    built = made(tmp_path, pd.concat([states(), flows(TWO_YEARS)]), "business")
    incidents = records(KINDS["incident"], 300)
    recent = incidents[incidents["date"] >= "2025-11-01"]
    deliver(built.home, "incident", recent, tmp_path)
    addresses = public_figures("addresses", "2023-01-01", 8_000)
    deliver(built.home, "area_figure", addresses, tmp_path, "addresses.csv")
    later = Built(built.home, build(built.home).path, built.delivered)
    assert set(later.figures("CV01", "nederland")["period"]) <= {"2025-11", "2025-12"}
    pd.testing.assert_frame_equal(
        later.figures("MS01")[["area", "period", "numerator", "denominator"]],
        built.figures("MS01")[["area", "period", "numerator", "denominator"]],
    )
    assert set(later.figures("BD01")["period"]) == set(built.figures("BD01")["period"])


def test_after_the_last_record_of_a_kind_nothing_is_known(tmp_path: Path) -> None:
    figures = pd.concat(
        [states(), flows(TWO_YEARS), public_figures("addresses", "2023-01-01", 8_000)]
    )
    home = Home(tmp_path / "home")
    deliver(home, "area_figure", figures, tmp_path)
    incidents = records(KINDS["incident"], 600)
    deliver(home, "incident", incidents[incidents["date"] < "2025-04-01"], tmp_path)
    built = Built(home, build(home).path, figures)
    published = set(built.figures("CV01", "nederland")["period"])
    assert "2025-03-12m" in published
    assert max(period for period in published if period.endswith("12m")) == "2025-03-12m"
    assert "2025-12-12m" in set(built.figures("MS01", "nederland")["period"])


def test_a_build_in_which_every_indicator_waits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeerbeeldError, match="No indicator has what it counts"):
        made(tmp_path, flows(TWO_YEARS))


VOORNE = ("GM0501", "GM0530", "GM0614")


def areas_of_2022() -> list[str]:
    """Return the gemeenten of 1 January 2022, with Weesp, Brielle, Hellevoetsluis, Westvoorne."""
    changes = history()
    later = changes[changes["date"] > "2022-01-01"]
    codes = set(gemeenten()["code"]) - set(later["new"]) | set(later["old"])
    return sorted(codes)


def test_figures_of_2022_land_on_the_gemeenten_of_today(tmp_path: Path) -> None:
    codes = areas_of_2022()
    assert len(codes) == 345
    rng = np.random.default_rng(5)
    days = pd.date_range("2022-01-01", "2022-12-01", freq="MS")
    old = [
        public_figures("offences", str(d.date()), rng.integers(0, 9, 345), 1, codes) for d in days
    ]
    people = public_figures("inhabitants", "2022-01-01", rng.integers(900, 9_000, 345), codes=codes)
    price = public_figures("house_price", "2022-01-01", 350_000, codes=codes)
    figures = pd.concat([*old, people, price])
    built = made(tmp_path, figures)
    shown = built.figures("MS01").query("period == '2022-12-12m'").set_index("area")
    assert len(shown) == 342
    assert set(shown.index) == set(gemeenten()["code"])
    offences = figures[figures["figure"] == "offences"]
    assert shown["numerator"].sum() == offences["value"].sum()
    assert shown["denominator"].sum() == people["value"].sum()
    parts = offences[offences["area"].isin(VOORNE)]["value"].sum()
    assert shown.loc["GM1992", "numerator"] == parts
    lost = built.gateway().evidence(NotCarried)
    assert [(r.figure, r.level, r.reason) for r in lost] == [("house_price", "gemeente", "average")]
    (row,) = lost
    assert {*VOORNE, "GM0363", "GM0457"} == set(row.codes)
    assert row.figures == row.areas == len(row.codes)
    assert (row.first_year, row.last_year) == (2022, 2022)
    found = built.gateway().key_figures("gemeente", "GM1992")
    keys = {key.figure: key.value for key in found}
    assert "house_price" not in keys
    assert keys["inhabitants"] == people[people["area"].isin(VOORNE)]["value"].sum()


def test_of_two_figures_of_one_area_and_day_the_last_delivered_stands(tmp_path: Path) -> None:
    home = Home(tmp_path)
    deliver(home, "area_figure", pd.concat([states(), flows(TWO_YEARS)]), tmp_path)
    newer = public_figures("offences", "2025-06-01", [77], 1, ["GM0599"])
    for value in (55, 77):
        file = tmp_path / f"corrected-to-{value}.csv"
        file.write_bytes(as_csv(newer.assign(value=value)))
        receive("area_figure", file, "cbs", home, today=TODAY, confirm=True)
    built = Built(home, build(home).path, newer)
    month = built.figures("MS01").query("period == '2025-06' and area == 'GM0599'")
    assert month["numerator"].tolist() == [77]
