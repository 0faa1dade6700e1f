"""Figures of former gemeenten land on today's; what cannot is listed, nothing is lost unseen."""

import os
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as hs

from geo.areas import gemeenten, places
from geo.code_history import REASONS, Carried, carried, today
from geo.gemeente_history import EARLIEST, LATEST, history, lives
from geo.official_names import former

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("NL_DATA_DIR", ROOT.parent / "shared" / "nl"))
COLUMNS = ["figure", "level", "area", "date", "months", "value", "source"]
TODAY = frozenset(gemeenten()["code"])
NEW_YEARS = {2020: 355, 2021: 352, 2022: 345, 2023: 342}


def batch(values: Mapping[str, float], **other: object) -> pd.DataFrame:
    """Return figures of a batch: the value of each area."""
    about: dict[str, object] = {"figure": "inhabitants", "level": "gemeente", "months": 0}
    about |= {"date": "2020-01-01", "source": "Bron"} | other
    frame = pd.DataFrame({"area": list(values), "value": list(values.values()), **about})
    return frame.assign(date=pd.to_datetime(frame["date"]))[COLUMNS]


def by_area(frame: pd.DataFrame) -> dict[str, float]:
    assert frame["area"].is_unique
    return dict(zip(frame["area"], frame["value"], strict=True))


def lost(found: Carried) -> set[tuple[str, str]]:
    return set(zip(found.lost["area"], found.lost["reason"], strict=True))


def codes_on(day: str) -> set[str]:
    """Return the codes of the gemeenten there were, by the history."""
    spans, when = lives(history()), pd.Timestamp(day)
    changed = set(spans.index[(spans["start"] <= when) & (spans["end"] > when)])
    return (set(TODAY) - set(spans.index)) | changed


def real(name: str) -> Path:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is not here: set NL_DATA_DIR to the folder with Dutch test data")
    return path


def of_2022() -> pd.DataFrame:
    """Return the inhabitants of the 345 gemeenten of 2022."""
    rows = pyogrio.read_dataframe(real("wijken_2022.gpkg"), read_geometry=False)
    summed = rows.groupby("GM" + rows["code"].str[2:6])["population"].sum()
    return batch(dict(summed), date="2022-01-01")


@pytest.mark.parametrize(("year", "number"), NEW_YEARS.items())
def test_there_were_as_many_gemeenten_as_the_law_says(year: int, number: int) -> None:
    assert len(codes_on(f"{year}-01-01")) == number


def test_the_history_ends_in_the_gemeenten_of_the_map() -> None:
    spans = lives(history())
    assert set(spans.index[spans["end"] == LATEST]) <= TODAY
    assert former() == set(spans.index[spans["end"] < LATEST])
    assert not former() & TODAY
    assert codes_on("2026-01-01") == TODAY
    assert codes_on("2022-03-24") == codes_on("2022-01-01") - {"GM0457"}


def test_every_part_is_in_the_history_and_shares_are_whole() -> None:
    changes = history()
    shares = changes.groupby(["date", "old"])["share"].sum()
    assert shares.to_numpy() == pytest.approx(1.0, abs=1e-12)
    spans = lives(changes)
    for day, new in zip(changes["date"], changes["new"], strict=True):
        if spans.loc[new, "start"] == EARLIEST:
            own = changes[(changes["date"] == day) & (changes["old"] == new)]
            assert own["what"].tolist() == ["enlarged"], f"{new} was there before {day}"
    assert set(changes["what"]) <= {"merged", "split", "renamed", "enlarged"}


def test_the_shares_of_haaren_are_those_of_its_villages() -> None:
    known = places()
    villages = ["Haaren", "Helvoirt", "Esch", "Biezenmortel"]
    own = known[known["name"].isin(villages)].set_index("gemeente")["population"]
    assert len(own) == 4
    split = history()[history()["old"] == "GM0788"].set_index("new")["share"]
    assert split.to_dict() == (own / own.sum()).round(4).to_dict()


@pytest.mark.parametrize(
    ("code", "now"),
    [
        ("GM0003", ("GM1979",)),
        ("GM0370", ("GM0439",)),
        ("GM0457", ("GM0363",)),
        ("GM0788", ("GM0824", "GM0865", "GM0757", "GM0855")),
        ("GM0599", ("GM0599",)),
        ("GM0439", ("GM0439",)),
        ("GM9999", ()),
    ],
)
def test_codes_of_today(code: str, now: tuple[str, ...]) -> None:
    assert today(code) == now


def test_merged_gemeenten_add_up() -> None:
    found = carried(batch({"GM0398": 100, "GM0416": 20.25, "GM0599": 7}, date="2021-07-01"))
    assert by_area(found.figures) == {"GM0599": 7, "GM1980": 120.25}
    assert found.lost.empty
    assert list(found.figures.columns) == COLUMNS
    assert list(found.lost.columns) == [*COLUMNS, "reason"]
    assert set(found.figures["date"]) == {pd.Timestamp("2021-07-01")}


def test_an_absorbed_gemeente_joins_the_one_that_stays() -> None:
    found = carried(batch({"GM0363": 800_000, "GM0457": 20_000}, date="2022-01-01"))
    assert by_area(found.figures) == {"GM0363": 820_000}


def test_a_merger_of_which_a_part_is_missing_is_lost_and_named() -> None:
    figures = batch({"GM0398": 100, "GM0439": 5, "GM0003": 1}, date="2020-01-01")
    found = carried(figures)
    assert found.figures.empty
    assert lost(found) == {(code, "incomplete") for code in ("GM0398", "GM0439", "GM0003")}
    assert found.lost["value"].sum() == 106


def test_a_split_gemeente_is_divided_in_whole_numbers() -> None:
    heirs = {"GM0757": 1000, "GM0824": 2000, "GM0855": 3000, "GM0865": 4000}
    found = carried(batch({"GM0788": 101} | heirs))
    # 101 x .1821, .3837, .0715, .3627 = 18.39, 38.75, 7.22, 36.63: the last two left go to
    # the largest remainders, Oisterwijk and Vught
    assert by_area(found.figures) == {
        "GM0757": 1018,
        "GM0824": 2039,
        "GM0855": 3007,
        "GM0865": 4037,
    }
    assert found.lost.empty
    half = carried(batch({"GM0788": 0.03} | dict.fromkeys(heirs, 0.0), figure="road_km"))
    assert sorted(by_area(half.figures).values()) == [0.0, 0.01, 0.01, 0.01]


def test_the_part_of_a_split_gemeente_without_its_heir_is_lost() -> None:
    found = carried(batch({"GM0788": 101, "GM0757": 1000, "GM0824": 2000, "GM0855": 3000}))
    assert by_area(found.figures) == {"GM0757": 1018, "GM0824": 2039, "GM0855": 3007}
    assert by_area(found.lost) == {"GM0788": 37}


@pytest.mark.parametrize("figure", ["house_price", "livability", "share_low_income"])
def test_averages_of_merged_gemeenten_are_not_added(figure: str) -> None:
    values = {"GM0398": 3.5, "GM0416": 4.5, "GM0439": 5, "GM0370": 6, "GM0599": 7}
    found = carried(batch(values, figure=figure, date="2021-01-01"))
    assert by_area(found.figures) == {"GM0599": 7}
    assert lost(found) == {(code, "average") for code in ("GM0398", "GM0416", "GM0439", "GM0370")}


def test_a_changed_code_is_followed_through_later_changes() -> None:
    changes = pd.DataFrame(
        [
            ("2022-01-01", "GM0001", "GM0002", 1.0),
            ("2023-01-01", "GM0002", "GM0003", 0.5),
            ("2023-01-01", "GM0002", "GM0004", 0.5),
            ("2023-01-01", "GM0004", "GM0004", 1.0),
            ("2024-01-01", "GM0003", "GM0005", 1.0),
        ],
        columns=["date", "old", "new", "share"],
    ).assign(date=lambda f: pd.to_datetime(f["date"]))
    found = carried(batch({"GM0001": 7, "GM0004": 10}, date="2021-01-01"), changes=changes)
    assert by_area(found.figures) == {"GM0004": 14, "GM0005": 3}, "a tie goes to the first code"
    renamed = changes[changes["date"] < "2023-01-01"]
    price = carried(
        batch({"GM0001": 7.5}, date="2021-01-01", figure="house_price"), changes=renamed
    )
    assert by_area(price.figures) == {"GM0002": 7.5}


def test_figures_of_years_ago_in_the_division_of_today_stay() -> None:
    """Police and CBS publish earlier years in the division of the newest one."""
    figures = batch(dict.fromkeys(sorted(TODAY), 10), date="2021-01-01", months=12)
    found = carried(figures)
    pd.testing.assert_frame_equal(found.figures.sort_values("area", ignore_index=True), figures)
    assert found.lost.empty


def test_figures_in_a_division_before_that_of_their_date_are_carried() -> None:
    figures = batch(dict.fromkeys(sorted(codes_on("2020-01-01")), 10), date="2024-01-01")
    found = carried(figures)
    assert set(found.figures["area"]) == TODAY
    assert found.lost.empty
    assert found.figures["value"].sum() == 3550


def test_an_area_of_today_with_a_figure_of_its_own_is_not_counted_twice() -> None:
    found = carried(batch({"GM0398": 1, "GM0416": 2, "GM1980": 3}, date="2021-01-01"))
    assert by_area(found.figures) == {"GM1980": 3}
    assert lost(found) == {("GM0398", "twice"), ("GM0416", "twice")}
    again = batch({"GM0398": 1, "GM0416": 2}, date="2021-01-01")
    assert carried(pd.concat([again, again])).figures.empty


def test_batches_are_apart() -> None:
    """A batch has one figure, day, number of months and source, and one partner."""
    apart: list[dict[str, object]] = [
        {"source": "Een"},
        {"months": 1},
        {"date": "2019-01-01"},
        {"figure": "offences"},
    ]
    for other in apart:
        both = pd.concat([batch({"GM0398": 1}), batch({"GM0416": 2}, **other)])
        assert len(carried(both).lost) == 2
    both = pd.concat(
        [batch({"GM0398": 1}).assign(partner="a"), batch({"GM0416": 2}).assign(partner="b")]
    )
    assert len(carried(both).lost) == 2
    assert len(carried(both.assign(partner="a")).figures) == 1


def test_wijken_stay_where_their_code_is_in_use() -> None:
    figures = batch({"WK059901": 1, "WK053010": 2}, level="wijk")
    assert len(carried(figures).figures) == 2, "no borders are installed"
    found = carried(figures, in_use={"wijk": {"WK059901", "WK199210"}, "buurt": {"BU05990101"}})
    assert by_area(found.figures) == {"WK059901": 1}
    assert lost(found) == {("WK053010", "gone")}


def test_every_reason_is_in_words() -> None:
    assert all(reason.nl and reason.en for reason in REASONS.values())


def cents(frame: pd.DataFrame) -> dict[object, int]:
    whole = frame.assign(cents=np.rint(frame["value"] * 100).astype(np.int64))
    summed = whole.groupby(["figure", "date", "months"])["cents"].sum()
    return {key: int(value) for key, value in summed.items() if value}


ROW = hs.tuples(
    hs.sampled_from(["inhabitants", "offences", "road_km", "house_price", "share_low_income"]),
    hs.sampled_from(["gemeente"] * 6 + ["wijk", "buurt", "hex9", "nederland"]),
    hs.sampled_from([*sorted({*history()["old"], *history()["new"]}), "GM0599", "WK059901"]),
    hs.sampled_from(["2020-01-01", "2021-06-01", "2022-01-01", "2022-06-01", "2024-01-01"]),
    hs.sampled_from([0, 1]),
    hs.integers(0, 10**15).map(lambda n: n / 100) | hs.integers(0, 99_999).map(float),
    hs.sampled_from(["Bron", "Andere bron"]),
)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(rows=hs.lists(ROW, max_size=60))
def test_nothing_is_lost_unseen(rows: list[tuple[object, ...]]) -> None:
    """Per figure and day: before = after + lost, to the digit, and whole numbers stay whole."""
    figures = pd.DataFrame(rows, columns=COLUMNS).astype({"value": float, "months": int})
    figures = figures.assign(date=pd.to_datetime(figures["date"]))
    found = carried(figures, in_use={"wijk": {"WK059901"}})
    both = pd.concat([found.figures, found.lost])
    assert cents(figures) == cents(both)
    left = found.figures[found.figures["level"] == "gemeente"]
    assert not set(left["area"]) & former()
    if (figures["value"] % 1 == 0).all():
        assert (both["value"] % 1 == 0).all()
    for row in found.lost.itertuples():
        assert row.reason in REASONS


@pytest.mark.long
@settings(max_examples=20, deadline=None)
@given(
    day=hs.sampled_from(["2020-01-01", "2021-01-01", "2022-01-01", "2022-03-24", "2023-01-01"]),
    seed=hs.integers(0, 2**32),
)
def test_a_whole_division_lands_on_the_gemeenten_of_today(day: str, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 10**9, 400)
    figures = batch(dict(zip(sorted(codes_on(day)), values.tolist(), strict=False)), date=day)
    found = carried(figures)
    assert set(found.figures["area"]) == TODAY
    assert found.figures["area"].is_unique
    assert found.lost.empty
    assert found.figures["value"].sum() == figures["value"].sum()


def test_a_year_of_changes_keeps_the_total_of_the_country() -> None:
    """From the 345 gemeenten of 2022, as CBS counted them, to the 342 of today."""
    figures = of_2022()
    assert len(figures) == 345
    found = carried(figures)
    assert set(found.figures["area"]) == TODAY
    assert found.lost.empty
    assert int(found.figures["value"].sum()) == int(figures["value"].sum()) == 17_588_925
    before, after = by_area(figures), by_area(found.figures)
    assert after["GM1992"] == before["GM0501"] + before["GM0530"] + before["GM0614"]
    assert after["GM0363"] == before["GM0363"] + before["GM0457"]
    changed = {code for code in after if after[code] != before.get(code)}
    assert changed == {"GM1992", "GM0363"}


def test_key_figures_of_cbs_stay_unchanged() -> None:
    """Crime of 2021 to 2023 as published in 2024: in the division of 2024."""
    table = pd.read_csv(real("kerncijfers_gemeenten_2024.csv"))
    frames = [
        batch(
            dict(zip(table["gemeente_code"], table[f"misdrijven_{year}"], strict=True)),
            figure="offences",
            date=f"{year}-01-01",
            months=12,
        )
        for year in (2021, 2022, 2023)
    ]
    figures = pd.concat(frames).dropna()
    found = carried(figures)
    assert found.lost.empty
    assert cents(found.figures) == cents(figures)
    order = ["date", "area"]
    left, right = (f.sort_values(order, ignore_index=True) for f in (found.figures, figures))
    pd.testing.assert_frame_equal(left, right)


def test_wijken_of_2022_are_found_on_those_of_2024() -> None:
    then = gpd.read_file(real("wijken_2022.gpkg"))
    table = pd.read_csv(real("kerncijfers_wijken_2024.csv"))
    figures = batch(dict(zip(then["code"], then["population"], strict=True)), level="wijk")
    found = carried(figures, in_use={"wijk": set(table["wijkcode"])})
    assert cents(pd.concat([found.figures, found.lost])) == cents(figures)
    assert 0 < len(found.lost) < len(then) / 4
    gone = set(found.lost["area"].str[2:6])
    assert {"0457", "0501", "0530", "0614"} <= gone


def test_two_million_figures_take_seconds() -> None:
    rng = np.random.default_rng(1)
    codes = np.array(sorted(codes_on("2020-01-01")))
    days = pd.date_range("2018-01-01", "2022-12-01", freq="MS")
    batches = 2_000_000 // len(codes)
    figures = pd.DataFrame(
        {
            "figure": np.repeat(np.where(np.arange(batches) % 2, "offences", "arson"), len(codes)),
            "level": "gemeente",
            "area": np.tile(codes, batches),
            "date": np.repeat(days.to_numpy()[np.arange(batches) % len(days)], len(codes)),
            "months": 1,
            "value": rng.integers(0, 500, batches * len(codes)).astype(float),
            "source": np.repeat([f"Bron {n}" for n in range(batches)], len(codes)),
        }
    )
    start = perf_counter()
    found = carried(figures)
    spent = perf_counter() - start
    print(f"{len(figures):,} figures carried in {spent:.1f} s")
    assert found.lost.empty
    assert len(found.figures) == batches * 342
    assert spent < 30
