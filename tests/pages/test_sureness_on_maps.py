"""A map is quieter where it is less sure, and shows counts where rates did no better."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from planted_release import PERIODS, plant

from access.door import Notes
from access.figures import Figure
from access.partner import PartnerGateway
from access.viewer import viewer_named
from bilingual import Language
from pages.kit.view import PartnerView, View
from pages.parts.clusters import cluster_lines, finer_lines
from pages.parts.legend import class_labels
from pages.parts.map_sentence import map_sentence
from pages.parts.pattern_words import pattern_lines
from pages.parts.rows import LENT, SURE, UNSURE, shown_rows
from pages.parts.scale import scale_of
from store.release import open_release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("sure") / "planted")


def view_of(release: Path, language: Language = "nl", viewer: str = "riec:limburg") -> PartnerView:
    notes = Notes(lambda *_: None)
    gateway = PartnerGateway(viewer_named(viewer), notes, open_release(release), tuple)
    return View(language, gateway, "regiobeeld")


def test_places_are_sure_unsure_or_lent(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_rows(view_of(release), "ALL1", "buurt", PERIODS[-1])
    own = [place for place in shown.places if not place.whose]
    lent = [place for place in shown.places if place.whose]
    assert {place.sureness for place in own} == {SURE}
    assert {place.sureness for place in lent} == {LENT}
    assert {place.figure.hot for place in lent if place.figure} == {0}
    whole = PartnerGateway.figures

    def unsure(self: PartnerGateway, *given: Any) -> list[Figure]:  # noqa: ANN401
        return [figure._replace(clear=0) for figure in whole(self, *given)]

    monkeypatch.setattr(PartnerGateway, "figures", unsure)
    shown = shown_rows(view_of(release), "ALL1", "buurt", PERIODS[-1])
    again = [place for place in shown.places if not place.whose]
    assert [place.area for place in again] == [place.area for place in own]
    assert {place.sureness for place in again} == {UNSURE}
    assert "niet zeker anders dan het land" in again[0].text


def test_a_score_says_of_how_many_the_rank_holds(release: Path) -> None:
    view = view_of(release)
    shown = shown_rows(view, "score", "buurt", PERIODS[-1])
    own = [place for place in shown.places if not place.whose]
    assert {place.sureness for place in own} == {SURE}
    assert {place.rank and place.rank.low for place in own} == {40}
    assert f"van {len(own)} staat de plek vast" in _sentence(view, PERIODS[-1])
    assert "plek" not in _sentence(view, PERIODS[1])


def _sentence(view: PartnerView, period: str) -> str:
    counts = view.gateway.map_counts("score", "buurt", period)
    return map_sentence(view, "buurt", scale_of(view, "score", "buurt"), counts)


@pytest.mark.parametrize("code", ["ALL1", "LOW1", "score"])
@pytest.mark.parametrize("level", ["gemeente", "buurt", "hex8"])
@pytest.mark.parametrize("period", [p for p in PERIODS if p.endswith("12m")])
def test_the_counts_of_a_map_are_those_of_its_rows(
    release: Path, code: str, level: str, period: str
) -> None:
    view = view_of(release, viewer="riec:limburg")
    if code == "score" and not view.gateway.scored(level):
        pytest.skip("not for this viewer")
    if code != "score" and level not in view.gateway.passport(code).levels:
        pytest.skip("not published there")
    counts = view.gateway.map_counts(code, level, period)
    shown = shown_rows(view, code, level, period)
    own = [p for p in shown.places if p.value is not None and not p.whose]
    assert counts.places == len(shown.places)
    assert counts.known == sum(place.value is not None for place in shown.places)
    assert counts.own == len(own)
    assert counts.marked == sum(place.stands for place in shown.places)
    assert counts.highest == sum(place.class_ == shown.classes - 1 for place in own)
    assert (counts.stable is not None) == shown.ranked
    if shown.ranked:
        assert counts.stable == sum(place.sureness == SURE for place in own)
    for place in shown.places[:3]:
        (alone,) = shown_rows(view, code, level, period, area=place.area).places
        assert alone.row == place.row
        assert alone.text == place.text


def test_counts_stand_where_rates_did_no_better(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = [1_180.0, 1_190.0]

    def breaks(self: PartnerGateway, code: str, level: str, kind: str = "year") -> list[float]:
        return limits if kind == "count" else [1.0]

    monkeypatch.setattr(PartnerGateway, "breaks", breaks)
    view = view_of(release)
    shown = shown_rows(view, "ALL1", "hex8", PERIODS[-1])
    assert shown.counts
    assert shown.limits == limits
    own = [place for place in shown.places if not place.whose]
    counts = [place.figure.numerator for place in own if place.figure]
    assert [place.value for place in own] == counts
    for place, count in zip(own, counts, strict=True):
        assert count is not None
        assert (count >= limits[-1]) == (place.class_ == 2)
    assert {place.class_ for place in shown.places if place.whose} == {-1}
    assert class_labels(view, limits, shown.counts)[0] == "minder dan 1.180"
    assert not shown_rows(view, "ALL1", "buurt", PERIODS[-1]).counts


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_known_beyond_a_figure_is_said_in_words(release: Path, language: Language) -> None:
    view = view_of(release, language)
    passport = view.gateway.passport("ALL1")
    pattern = view.gateway.pattern("ALL1", "gemeente", "GM0983")
    assert pattern is not None
    lines = pattern_lines(view, passport, pattern)
    assert len(lines) == 4
    text = " ".join(lines)
    for word in (
        ("hotspot", "2,5", "1 op 100") if language == "nl" else ("hot spot", "2.5", "1 in 100")
    ):
        assert word in text
    quiet = replace(pattern, lisa=0, emerging=0, alarm=None, group=None, trend_p=0.6)
    assert pattern_lines(view, passport, quiet) == [], (
        "what goes up and down is no trend to speak of"
    )
    assert "verdacht" not in text
    assert "suspect" not in text


def test_clusters_are_lines_by_name_within_the_own_region(release: Path) -> None:
    view = view_of(release)
    passport = view.gateway.passport("ALL1")
    (line,) = cluster_lines(view, passport, "limburg")
    assert line.startswith("Capelle aan den IJssel, Nederweert, Rotterdam")
    assert cluster_lines(view, passport, "groningen") == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_smaller_groups_name_their_gemeenten_and_some_of_their_places(
    release: Path, language: Language
) -> None:
    view = view_of(release, language, "nsoc")
    passport = view.gateway.passport("ALL1")
    lines = finer_lines(view, passport)
    assert lines == sorted(lines)
    (of_buurten,) = (
        line for line in lines if (" buurten " if language == "nl" else " neighbour") in line
    )
    assert of_buurten.startswith("Capelle aan den IJssel, Nederweert")
    assert finer_lines(view_of(release, language), passport) == [], "not all of it is theirs"
    assert "BU0983" in of_buurten
    for word in ("2,5 keer", "1 op 100") if language == "nl" else ("2.5 times", "1 in 100"):
        assert word in of_buurten
    assert finer_lines(view, passport, "groningen") == []
    assert finer_lines(view, view.gateway.passport("LOW1")) == []
