"""A map is quieter where it is less sure, and shows counts where rates did no better."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from planted_release import PERIODS, plant

from access.gateway import Gateway
from access.viewer import viewer_named
from pages.kit.view import View
from pages.parts.clusters import cluster_lines, finer_lines
from pages.parts.legend import class_labels
from pages.parts.pattern_words import pattern_lines
from pages.parts.rows import LENT, SURE, UNSURE, map_sentence, shown_rows
from store.release import open_release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("sure") / "planted")


def view_of(release: Path, language: str = "nl", viewer: str = "riec:limburg") -> View:
    gateway = Gateway(open_release(release), viewer_named(viewer), lambda *_: None)
    return View(gateway, language, "regiobeeld")  # type: ignore[arg-type]


def test_places_are_sure_unsure_or_lent(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_rows(view_of(release), "ALL1", "buurt", PERIODS[-1])
    own = shown.rows["whose"] == ""
    assert (shown.rows.loc[own, "sureness"] == SURE).all()
    assert (shown.rows.loc[~own, "sureness"] == LENT).all()
    assert (shown.rows.loc[~own, "hot"] == 0).all()
    assert (~own).any()
    whole = Gateway.figures

    def unsure(self: Gateway, *given: Any) -> pd.DataFrame:  # noqa: ANN401
        return whole(self, *given).assign(clear=0)

    monkeypatch.setattr(Gateway, "figures", unsure)
    shown = shown_rows(view_of(release), "ALL1", "buurt", PERIODS[-1])
    assert (shown.rows.loc[own, "sureness"] == UNSURE).all()
    assert "niet zeker anders dan het land" in shown.rows.loc[own, "text"].iloc[0]


def test_a_score_says_of_how_many_the_rank_holds(release: Path) -> None:
    view = view_of(release)
    shown = shown_rows(view, "score", "buurt", PERIODS[-1])
    own = shown.rows["whose"] == ""
    assert (shown.rows.loc[own, "sureness"] == SURE).all()
    assert shown.rows.loc[own, "rank_low"].eq(40).all()
    assert f"van {own.sum()} staat de plek vast" in map_sentence(view, shown)
    earlier = shown_rows(view, "score", "buurt", PERIODS[1])
    assert "plek" not in map_sentence(view, earlier)


def test_counts_stand_where_rates_did_no_better(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = [1_180.0, 1_190.0]

    def breaks(self: Gateway, code: str, level: str, kind: str = "year") -> list[float]:
        return limits if kind == "count" else [1.0]

    monkeypatch.setattr(Gateway, "breaks", breaks)
    view = view_of(release)
    shown = shown_rows(view, "ALL1", "hex8", PERIODS[-1])
    assert shown.counts
    assert shown.limits == limits
    own = shown.rows[shown.rows["whose"] == ""]
    assert (own["value"] == own["numerator"]).all()
    assert ((own["value"] >= limits[-1]) == (own["class_"] == 2)).all()
    assert shown.rows.loc[shown.rows["whose"] != "", "class_"].eq(-1).all()
    assert class_labels(view, limits, shown.counts)[0] == "minder dan 1.180"
    assert not shown_rows(view, "ALL1", "buurt", PERIODS[-1]).counts


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_known_beyond_a_figure_is_said_in_words(release: Path, language: str) -> None:
    view = view_of(release, language)
    sheet = view.gateway.sheet("ALL1")
    (row,) = (row for _, row in view.gateway.pattern("ALL1", "gemeente", "GM0983").iterrows())
    lines = pattern_lines(view, sheet, row)
    assert len(lines) == 4
    text = " ".join(lines)
    for word in (
        ("hotspot", "2,5", "1 op 100") if language == "nl" else ("hot spot", "2.5", "1 in 100")
    ):
        assert word in text
    quiet = row.copy()
    quiet[["lisa", "emerging"]] = 0
    quiet[["alarm", "cluster_size"]] = float("nan")
    quiet["trend_p"] = 0.6
    assert len(pattern_lines(view, sheet, quiet)) == 1
    assert "verdacht" not in text
    assert "suspect" not in text


def test_clusters_are_lines_by_name_within_the_own_region(release: Path) -> None:
    view = view_of(release)
    sheet = view.gateway.sheet("ALL1")
    (line,) = cluster_lines(view, sheet, "limburg")
    assert line.startswith("Capelle aan den IJssel, Nederweert, Rotterdam")
    assert cluster_lines(view, sheet, "groningen") == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_smaller_groups_are_told_by_their_gemeenten_and_some_of_their_places(
    release: Path, language: str
) -> None:
    view = view_of(release, language, "nsoc")
    sheet = view.gateway.sheet("ALL1")
    lines = finer_lines(view, sheet)
    assert lines == sorted(lines)
    (of_buurten,) = (
        line for line in lines if (" buurten " if language == "nl" else " neighbour") in line
    )
    assert of_buurten.startswith("Capelle aan den IJssel, Nederweert")
    assert finer_lines(view_of(release, language), sheet) == [], "not all of it is theirs"
    assert "BU0983" in of_buurten
    for word in ("2,5 keer", "1 op 100") if language == "nl" else ("2.5 times", "1 in 100"):
        assert word in of_buurten
    assert finer_lines(view, sheet, "groningen") == []
    assert finer_lines(view, view.gateway.sheet("LOW1")) == []
