"""What is published follows from what is shown: which hexagons have rows, and all the rest."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import small_home
from disguise import Disguise
from released import rows
from sqlalchemy import inspect

import release.measuring as measuring
import release.shifted_grid as shifted_grid
from geo import hexagons
from operations.build import build
from release.gazetteer import cells_above, number_hexagons
from release.placing import Placer
from store.engine import open_for_writing
from store.home import Home
from store.release import LEVEL_NUMBERS, open_release
from store.work import deliveries

pytestmark = pytest.mark.long


HEXAGONS = {LEVEL_NUMBERS[f"hex{resolution}"]: resolution for resolution in (7, 8, 9)}
EMPTY_TOWN = "GM0599"
"""Of this town open figures know addresses in some cells; of the others they know nothing."""


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The land of the small home: each cell, with the code of its gemeente."""
    with pytest.MonkeyPatch.context() as patch:
        small_home.shrink_land(patch.setattr)
        placer = Placer(tmp_path_factory.mktemp("borders"))
        placed = placer.place_cells(placer.land())
    codes = np.append(placer.layers["gemeente"]["code"].to_numpy(), "")
    return placed.assign(gemeente=codes[placed["gemeente"]])


@pytest.fixture(scope="module")
def lived_in(land: pd.DataFrame) -> pd.DataFrame:
    """Of one town, the cells with an address: every third one."""
    return land[land["gemeente"] == EMPTY_TOWN].iloc[::3]


@pytest.fixture(scope="module")
def release(
    tmp_path_factory: pytest.TempPathFactory, lived_in: pd.DataFrame
) -> Iterator[tuple[Home, Path]]:
    """A release in which records also lie outside the land, and where nobody has an address."""
    home, folder = Home(tmp_path_factory.mktemp("home")), tmp_path_factory.mktemp("files")
    addresses = pd.DataFrame(
        {
            "figure": "addresses",
            "level": "hex9",
            "area": hexagons.to_text(lived_in["cell"].to_numpy()),
            "date": pd.Timestamp("2024-01-01"),
            "months": 0,
            "value": 40,
            "source": "VERZONNEN bron",
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        small_home.shrink(patch.setattr)
        small_home.furnish_busy(home, folder)
        small_home.deliver(home, "area_figure", addresses, folder)
        yield home, build(home).path


def figures_of(path: Path) -> pd.DataFrame:
    codes = rows(path, "passport", "id AS indicator_id, code")
    years = rows(path, "period", "id AS period_id, kind").query("kind == 'year'")
    names = "indicator_id, level, area_id, period_id, numerator, denominator, smoothed"
    return rows(path, "figure", names).merge(codes).merge(years)


def test_every_published_hexagon_has_a_row_in_every_window(release: tuple[Home, Path]) -> None:
    figures = figures_of(release[1])
    windows = figures[figures["level"] == 0].groupby("code")["period_id"].nunique()
    own = figures[figures["level"].isin(HEXAGONS)]
    found = own.groupby(["code", "level", "area_id"]).size().reset_index(name="windows")
    assert set(found["code"]) == {"BD01", "CV01", "DR03", "VG01"}
    assert (found["windows"] == found["code"].map(windows)).all()
    empty = own[(own["numerator"] == 0) & (own["denominator"] == 0)]
    assert empty["smoothed"].isna().all(), "without a denominator there is no rate"


def test_records_choose_no_hexagon(
    release: tuple[Home, Path], land: pd.DataFrame, lived_in: pd.DataFrame
) -> None:
    """What lies where nobody lives, or outside the land, counts in gemeente and country only."""
    home, path = release
    inside = land[land["gemeente"] != EMPTY_TOWN]["cell"]
    support = cells_above(np.sort(np.concatenate([inside, lived_in["cell"]])))
    areas = rows(path, "area", "id AS area_id, level, code")
    used = areas[areas["area_id"].isin(figures_of(path)["area_id"])]
    outside = 0
    places = pd.read_parquet(home.counts / path.stem / "place.parquet")
    for number, resolution in HEXAGONS.items():
        level = f"hex{resolution}"
        allowed = set(hexagons.to_text(np.unique(support[level])))
        assert set(used.loc[used["level"] == number, "code"]) <= allowed
        assert set(areas.loc[areas["level"] == number, "code"]) <= allowed
        exact = pd.read_parquet(home.counts / path.stem / "VG01.parquet")
        counted = exact[exact["level"] == number]["area_id"].unique()
        outside += len(set(counted) - set(areas["area_id"]))
    assert outside > 50, "records lie elsewhere too"
    assert len(places) > len(support["hex9"])
    exact = pd.read_parquet(home.counts / path.stem / "VG01.parquet")
    last = exact[exact["period_id"] == exact["period_id"].max()]
    total, parts = (
        last[last["level"] == LEVEL_NUMBERS[level]]["units_denominator"].sum()
        for level in ("nederland", "gemeente")
    )
    assert total == parts > 400


def test_numbers_of_hexagons_do_not_say_where_records_are() -> None:
    """Cells that only records know come last, so they leave no gap between the others."""
    cells = np.sort(hexagons.index_points(np.linspace(4.0, 5.0, 40), np.full(40, 52.0)))
    is_open = np.arange(40) % 4 != 0
    both, alone = (
        number_hexagons(cells_above(own), 1, known).set_index(["level", "cell"])["id"]
        for own, known in ((cells, is_open), (cells[is_open], np.ones(30, dtype=bool)))
    )
    assert len(both) > len(alone)
    pd.testing.assert_series_equal(both.loc[alone.index], alone)


OF_RECORDS = {"ExactHindcast"}
"""Evidence of exact counts, blurred: test_hindcasts.py is about it."""


def published(path: Path) -> dict[str, pd.DataFrame]:
    """Return every table of a release, without what must differ by its nature."""
    tables = {name: rows(path, name) for name in inspect(open_release(path)).get_table_names()}
    info = tables["info"]
    tables["info"] = info[~info["key"].isin(["built"])]
    evidence = tables.pop("evidence").set_index("name")["rows"].map(json.loads)
    for name, found in evidence.items():
        if name not in OF_RECORDS:
            tables[f"evidence {name}"] = pd.DataFrame(found)
    return tables


def test_other_counts_that_are_shown_alike_change_no_published_row(
    release: tuple[Home, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every table: figures, patterns, limits of classes, scores, how they hold, evidence."""
    home, path = release
    before, disguise = published(path), Disguise()
    for module in (measuring, shifted_grid):
        monkeypatch.setattr(module, "count_indicator", disguise.indicator)
        monkeypatch.setattr(module, "count_strata", disguise.strata)
    after = published(build(home, again=True).path)
    assert disguise.changed > 2_000
    assert disguise.vanished > 20
    assert set(before) == set(after)
    for name, table in before.items():
        pd.testing.assert_frame_equal(table, after[name], obj=name)


def test_deliveries_are_told_roughly(release: tuple[Home, Path]) -> None:
    """No day and no exact number of rows; one that is older than the release begins with it."""
    home, path = release
    told = rows(path, "delivery_status")
    given = deliveries(open_for_writing(home))
    assert len(told) == len(given) == 4
    exact = np.array([delivery.rows for delivery in given])
    size = told["size"].to_numpy(dtype=int)
    assert ((size == 0) == (exact < 100)).all()
    assert {len(str(number).rstrip("0")) for number in size if number} == {1}
    assert (np.abs(size - exact)[size > 0] <= exact[size > 0] / 2).all()
    for name, days in (
        ("received", [delivery.received_at for delivery in given]),
        ("last", [delivery.last_date for delivery in given]),
    ):
        assert told[name].tolist() == [f"{day:%Y-%m}" for day in days]
    began = rows(path, "period", "min(start) AS day")["day"][0]
    assert min(told["first"]) == str(began)[:7]
    assert min(delivery.first_date.year for delivery in given) < 2020
