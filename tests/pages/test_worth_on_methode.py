"""The method page says what a release knows of its own worth, and nothing that it does not know."""

import ast
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chapters_drawn import below
from page_drawing import accusing_words, draw, foreign_words, view_of, words
from planted_release import plant
from streamlit.testing.v1 import AppTest

from access.partner import PartnerGateway
from analysis import robustness as robust
from analysis.association import THRESHOLD
from analysis.choices import INPUTS, Varied
from analysis.robustness import SAME_STABLE, SAME_UNSURE, SPAN_STABLE, SPAN_UNSURE
from bilingual import Language
from indicators import CATALOGUE
from pages.kit.chapters import CHAPTER, CHAPTERS
from pages.methode import fairness, stability
from pages.methode.answers import ANSWERS
from pages.methode.chapter import chapter
from pages.methode.score_steps import STEPS, step_words
from pages.parts import clusters as cluster_pages
from records.figures import TEST_ONLY
from release import clusters, lateness, patterns, peers, robustness
from release.hindsight import Found
from release.settings_evidence import score_steps
from store.evidence import Evidence, rounded
from store.evidence.of_maps import Calibration, ExactHindcast, Hindcast, MapChoice, Moran
from store.evidence.of_records import Completeness
from store.evidence.of_score import (
    Coherence,
    Fairness,
    GridAgreement,
    RankDriver,
    RankStability,
    RelatedPair,
    ScoreHindcast,
    ScoreStep,
)

LANGUAGES: tuple[Language, ...] = ("nl", "en")
ANALYSIS = Path(__file__).resolve().parent.parent / "analysis"

SHARES = (0.03, 0.05, 0.10)
EXTENTS = ("area", "addresses")


def _hits(hit: float) -> list[tuple[str, Found]]:
    """Return what a map found, at every part of the surface and the addresses."""
    return [
        (extent, Found(share, hit, hit / share, hit / 0.8, 0.8 / share, 1_230))
        for extent in EXTENTS
        for share in SHARES
    ]


def _hindcast(code: str, method: str, hit: float) -> list[Evidence]:
    return [rounded(Hindcast(*row, code, "hex8", extent, method)) for extent, row in _hits(hit)]


def _exact(code: str, method: str, hit: float) -> list[Evidence]:
    return [
        rounded(ExactHindcast(*row[:4], code, "hex8", extent, method)) for extent, row in _hits(hit)
    ]


def _scored(method: str, hit: float) -> list[Evidence]:
    return [rounded(ScoreHindcast(*row, "hex8", extent, method)) for extent, row in _hits(hit)]


COHERENCE = [
    Coherence("gemeente", 0.64),
    RelatedPair("gemeente", "VG01", "BD01", 0.953, "redundant"),
]
CALIBRATION = [
    Calibration("VG01", "gemeente", 300, 0.92, 0.05, 0.03),
    Calibration("BD01", "gemeente", 100, 0.80, 0.15, 0.05),
]
STABILITY = [
    RankStability("gemeente", 342, 0.41, 0.38, 0.21),
    RankStability("hex8", 9001, 0.33, 0.4, 0.27),
]
FAIRNESS = [
    Fairness("gemeente", "logistics", TEST_ONLY[1], 342, 0.62, 0.56, 0.67, True),
    Fairness("gemeente", "total", TEST_ONLY[0], 342, -0.12, -0.21, -0.03, False),
]
HINDCAST = [
    *_hindcast("VG01", "plain", 0.31),
    *_hindcast("VG01", "smoothed", 0.42),
    *_hindcast("VG01", "neighbours", 0.39),
    *_exact("VG01", "smoothed", 0.47),
    *_hindcast("BD01", "plain", 0.22),
    *_exact("BD01", "plain", 0.25),
]
FULL: Sequence[Evidence] = [
    *HINDCAST,
    MapChoice("VG01", "hex8", "smoothed", 0.391, 0.521),
    MapChoice("BD01", "hex8", "plain", 0.271, 0.271),
    *_scored("score", 0.17),
    *_scored("plain", 0.36),
    *_scored("random", 0.05),
    *CALIBRATION,
    *(
        Completeness(code, partner, True, period, share, deviation)
        for code, partner, period, share, deviation in (
            ("VG01", None, "2026-05", 0.93, 0.011),
            ("VG01", None, "2026-06", 0.71, 0.034),
            ("BD01", None, "2026-06", 0.88, 0.021),
            ("VG01", None, "2026-Q2", 0.87, 0.013),
            ("VG01", None, "2026-06-12m", 0.97, 0.004),
            ("VG01", "politie", "2026-06", 0.64, 0.041),
            ("VG01", "gemeente", "2026-05", 0.81, 0.052),
        )
    ),
    *COHERENCE,
    *(
        rounded(RankDriver("gemeente", name, first, first + 0.1, first, first + 0.2))
        for name, first in zip(INPUTS, (0.11, 0.02, 0.06, 0.13, 0.51), strict=True)
    ),
    *STABILITY,
    GridAgreement("hex8", "hex9", False, 5000, 0.74, 0.95, 0.34, 0.66),
    GridAgreement("hex8", "hex8", True, 8000, 0.58, 0.9, 0.36, None),
    *FAIRNESS,
    Moran("VG01", "gemeente", 0.41, 12.3),
    Moran("BD01", "gemeente", 0.02, 0.7),
    *score_steps()[::-1],
]

HEADS: dict[type[Evidence], tuple[str, str]] = {
    Hindcast: ("Zou het hebben geklopt?", "Would it have been right?"),
    ScoreHindcast: (
        "Ziet een hoge score een jaar later meer?",
        "Does a high score see more later?",
    ),
    Calibration: (
        "Zijn de intervallen zo zeker als zij zeggen?",
        "Are intervals as sure as they say?",
    ),
    Completeness: ("Wat nog binnen moet komen", "What is still coming in"),
    Coherence: ("Horen de indicatoren bij elkaar?", "Do the indicators belong together?"),
    RankStability: ("Houdt de plek in de score stand?", "Does the rank in the score hold?"),
    GridAgreement: ("Andere zeshoeken, dezelfde kaart?", "Other hexagons, the same map?"),
    Fairness: (
        "Volgt de score een kenmerk van mensen?",
        "Does the score follow what people are?",
    ),
    Moran: ("Zit er een patroon in de kaart?", "Is there a pattern in the map?"),
    ScoreStep: ("De score, stap voor stap", "The score, step by step"),
}
DRIVERS = ("Wat de plek doet verschuiven", "What moves the rank")

Drawn = Callable[[Iterable[Evidence], Language], list[AppTest]]

OF_EVERY_RELEASE = {
    *("contents", "context", "facts", "glossary", "hexagons", "noise-chart", "noise-table"),
    *("steps", "weights"),
}
"""Blocks that say the same whatever a release knows of its own worth."""

OF_WORTH = [
    name
    for name in CHAPTERS
    if {part.text for part in chapter(name, "nl").parts if part.sort == "block"} - OF_EVERY_RELEASE
]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planted release with the real indicators, and no evidence of its own."""
    folder = tmp_path_factory.mktemp("worth") / "releases"
    folder.mkdir()
    plant(folder, dict(CATALOGUE))
    return folder


@pytest.fixture
def drawn(releases: Path, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Draws the chapters for NSOC, of a release with the evidence that is given."""

    def page(evidence: Iterable[Evidence], language: Language = "nl") -> list[AppTest]:
        known = list(evidence)
        monkeypatch.setattr(
            PartnerGateway, "evidence", lambda _, kind: [r for r in known if type(r) is kind]
        )
        return [draw("methode", releases, "nsoc", language, **{CHAPTER: name}) for name in OF_WORTH]

    return page


def heads(chapters: Iterable[AppTest]) -> list[str]:
    return [heading.value for at in chapters for heading in at.header]


def said_by(chapters: Iterable[AppTest]) -> str:
    return " ".join(words(at) for at in chapters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_known_is_said_in_one_language(drawn: Drawn, language: Language) -> None:
    at = drawn(FULL, language)
    for both in (*HEADS.values(), DRIVERS):
        assert both[language == "en"] in heads(at)
    for drawn_ in at:
        assert foreign_words(drawn_, language) == []
        assert accusing_words(drawn_) == []
        assert re.findall(r"\b(?:nan|None)\b(?! or few)", words(drawn_)) == []


@pytest.mark.parametrize("kind", HEADS)
def test_what_is_not_known_is_not_said(drawn: Drawn, kind: type[Evidence]) -> None:
    unknown = (kind, ExactHindcast) if kind is Hindcast else (kind,)
    said = heads(drawn([row for row in FULL if not isinstance(row, unknown)], "nl"))
    assert HEADS[kind][0] not in said
    assert [head for k, (head, _) in HEADS.items() if k is not kind and head not in said] == []


def test_without_evidence_only_published_answers_are_left(drawn: Drawn) -> None:
    said = heads(drawn([], "nl"))
    assert {head for head, _ in HEADS.values()} & set(said) == set()
    assert DRIVERS[0] not in said
    assert "Nagerekend tegen gepubliceerde antwoorden" in said


def test_the_hindcast_gives_what_was_found_and_the_price_of_protection(drawn: Drawn) -> None:
    said = said_by(drawn(FULL, "nl"))
    assert "bij de middelste van 2 kaarten 32% gevonden" in said
    assert "6,4 keer zoveel als op goed geluk, en 0,40 van wat met kennis achteraf kon" in said
    assert "Met echte aantallen gekozen was het ongeveer 36%" in said
    assert "(VG01), zeshoeken van 0,62 km²: 42% in plaats van 47%" in said
    assert "bij 1 van 2 is dat zo" in said
    better = "voorzichtig cijfer wijst duidelijk beter: PEI 0,52 tegen 0,39"
    assert f"0,62 km² {better} 42% 47% 0,52 0,39" in said
    plain = "aantallen van het jaar ervoor niets wijst duidelijk beter"
    assert f"0,62 km² {plain} 22% 25% 0,28 0,28" in said


def test_the_details_of_an_indicator_are_those_of_the_one_chosen(drawn: Drawn) -> None:
    (at,) = (at for at in drawn(FULL, "nl") if "Zou het hebben geklopt?" in heads([at]))
    (box,) = (box for box in at.selectbox if str(box.key).endswith("-terugblik"))
    at = box.set_value("VG01").run()
    row = "5% van de adressen 1.230 42% 31% 47% – 39% 8,4 6,2 9,4 16,0 0,52 0,39 0,59"
    assert row in words(at)
    (box,) = (box for box in at.selectbox if str(box.key).endswith("-terugblik"))
    assert row not in words(box.set_value("BD01").run())


def test_a_map_that_was_not_tested_shows_the_careful_figure(drawn: Drawn) -> None:
    said = said_by(drawn(HINDCAST, "nl"))
    assert "is getoetst" not in said
    assert "0,62 km² voorzichtig cijfer niet getoetst 42% 47%" in said
    assert "0,62 km² aantallen van het jaar ervoor niet getoetst 22% 25%" in said


@pytest.mark.parametrize(
    ("score", "words_of_it"),
    [
        (0.02, "Naar oppervlakte is dat minder dan op goed geluk"),
        (0.17, "vindt er dus meer met aantallen"),
        (0.61, "wijst dus niet slechter dan aantallen"),
    ],
)
def test_the_score_is_honest_about_counts(drawn: Drawn, score: float, words_of_it: str) -> None:
    rows = [*_scored("score", score), *_scored("plain", 0.36), *_scored("random", 0.05)]
    said = said_by(drawn(rows, "nl"))
    assert words_of_it in said
    assert f"lag een jaar later {score:.0%} van de incidenten" in said
    assert f"In 5% van de adressen was het {score:.0%}" in said
    assert "met de aantallen van een jaar eerder was het 36%, op goed geluk 5%" in said


@pytest.mark.parametrize(
    ("inside", "verdict"),
    [(0.84, "te smal"), (0.90, "zo zeker als zij zeggen"), (0.96, "te ruim")],
)
def test_intervals_are_called_what_they_are(drawn: Drawn, inside: float, verdict: str) -> None:
    said = said_by(drawn([replace(CALIBRATION[0], inside=inside)], "nl"))
    assert f"viel {inside:.0%} van de latere aantallen in het 90%-interval" in said
    (found,) = re.findall("De intervallen zijn (?:dus )?([a-z ]+)[.]", said)
    assert found == verdict


def test_calibration_weighs_places(drawn: Drawn) -> None:
    said = said_by(drawn(FULL, "nl"))
    assert "Bij de middelste van 2 kaarten viel 86% van de latere aantallen" in said
    assert "(80% tot 92%); de bedoeling is 90%" in said
    assert "gemeenten 89%" in said
    assert "gemeenten 300 5% 92% 3%" in said
    assert "gemeenten 100 15% 80% 5%" in said


def test_months_that_are_still_coming_in_are_named(drawn: Drawn) -> None:
    said = said_by(drawn(FULL, "nl"))
    assert "Van wat in juni 2026 gebeurde, is bij" in said
    assert "(VG01) naar schatting nog maar 71%" in said
    assert "mei 2026 juni 2026 12 maanden tot en met juni 2026" in said
    assert "(VG01) alle samen 93% ± 1,1 71% ± 3,4 97% ± 0,4" in said
    assert "(VG01) Politie volledig 64% ± 4,1 volledig" in said
    assert "(VG01) Gemeente 81% ± 5,2 volledig volledig" in said
    assert "(BD01) alle samen volledig 88% ± 2,1 volledig" in said
    assert "Bij 2 van de indicatoren is die maand nog niet compleet" in said


def test_the_rank_of_the_score_is_said_with_what_moves_it(drawn: Drawn) -> None:
    said = said_by(drawn(FULL, "nl"))
    assert "41% (gemeenten) en 33% (zeshoeken van 0,62 km²)" in said
    assert "gemeenten 342 41% 38% 21%" in said
    assert "Lees de score dus niet als rangorde" not in said
    row = replace(STABILITY[0], stable=0.0, moving=0.1, unsure=0.9)
    assert "Lees de score dus niet als rangorde" in said_by(drawn([row], "nl"))
    assert (
        "door de onzekerheid van de cijfers: goed voor 61% van de verschillen (51% tot 71%)" in said
    )
    assert "houdt 58% van de zeshoeken van 0,62 km² (bij toeval 36%) dezelfde klasse" in said
    assert "een halve opgeschoven 8.000 58% 36% 90% –" in said


def test_fairness_names_what_is_flagged_in_words(drawn: Drawn) -> None:
    said = said_by(drawn(FULL, "nl"))
    assert "1 van 2 samenhangen zijn zeker sterk" in said
    assert "Logistieke dienstverleners, gemeenten: herkomst buiten Nederland (0,62)" in said
    assert "herkomst buiten Nederland ja: zoek uit waardoor 342 0,62 0,56 tot 0,67" in said
    assert "hele score laag inkomen nee 342 -0,12 -0,21 tot -0,03" in said
    quiet = said_by(drawn(FAIRNESS[1:], "nl"))
    assert "Geen van de 1 samenhangen is zeker sterk" in quiet
    assert "zoek uit waardoor" not in quiet


def test_coherence_order_and_steps(drawn: Drawn) -> None:
    said = said_by(drawn(FULL, "nl"))
    assert "De alfa van Cronbach is 0,64 (gemeenten)" in said
    assert "telt bijna hetzelfde dubbel 0,95" in said
    assert "Bij 1 van 2 kaarten" in said
    assert "(VG01) gemeenten 0,41 12,3" in said
    assert "(BD01) gemeenten 0,02 0,7" in said
    calm = said_by(drawn(COHERENCE[:1], "nl"))
    assert "Geen paar indicatoren telt hetzelfde dubbel" in calm


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_the_build_has_words_and_its_numbers(
    releases: Path, language: Language
) -> None:
    view, rows = view_of(releases, language=language), score_steps()
    assert [row.name for row in rows] == list(STEPS)
    for row in rows:
        _, setting = step_words(view, row)
        assert sorted(re.findall(r"\d+", setting)) == sorted(map(str, row.settings)), row.name


def test_steps_stand_in_their_order(drawn: Drawn) -> None:
    said = said_by(drawn(FULL, "nl"))
    assert said.index("3 Uitschieters") < said.index("7 Houdt de plek stand? 1000 berekeningen")


def test_labels_are_those_of_what_is_tested() -> None:
    assert set(fairness.CHARACTERISTICS) == set(TEST_ONLY)
    assert fairness.STRONG == THRESHOLD
    assert tuple(stability.INPUTS) == INPUTS


def test_the_page_gives_the_numbers_of_the_code() -> None:
    numbers: dict[tuple[str, str], list[str]] = {
        ("vergelijken", "Hoe vast een plek in de score is"): [
            f"{SAME_STABLE:.0%}",
            f"{SAME_UNSURE:.0%}",
            f"{SPAN_STABLE:g} ",
            f"{SPAN_UNSURE:g} ",
            str(robustness.RUNS_FINE),
        ],
        ("opvallen", "Wat buren en geschiedenis zeggen"): [
            *(f"{clusters.SEARCHES[level].share:.0%}" for level in ("gemeente", "buurt")),
            *(str(clusters.SEARCHES[level].simulations) for level in ("gemeente", "buurt")),
        ],
        ("opvallen", "Wie veel toetst, vindt altijd iets"): [f"{patterns.LEVEL:.0%}"],
        ("vergelijken", "Vergelijkbare gemeenten"): [f"{peers.COUNT} "],
    }
    for where, wanted in numbers.items():
        text = below(*where)
        for prose in (text.nl, text.en):
            for number in wanted:
                assert re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", prose), number
    ranks = below("vergelijken", "Hoe vast een plek in de score is")
    for runs in (robustness.RUNS, robustness.MANY):
        assert f"{runs:,}" in ranks.en
        assert f"{runs:,}".replace(",", ".") in ranks.nl
    assert Varied().weights == 0.25
    assert clusters.BACK["flow"] == 3
    assert (clusters.LEVEL, clusters.EXCEEDED) == (patterns.LEVEL, 10)
    assert clusters.FINER == cluster_pages.FINER == ("buurt", "wijk", "hex7")
    assert lateness.WORTH_SAYING == 0.995
    assert (lateness.DELAYS, lateness.LEAST_EVENTS) == (13, 50)
    assert (robust.STABLE, robust.MOVING, robust.UNSURE) == (0, 1, 2)


def test_what_makes_gemeenten_alike_is_named() -> None:
    named = {
        "size": ("inwoners", "inhabitants"),
        "density": ("dichtheid", "density"),
        "business_mix": ("soorten bedrijven", "kinds of firms"),
        "border": ("landgrens", "land border"),
        "gateways": ("zeehaven en een luchthaven", "seaport and to an airport"),
        "holiday_parks": ("vakantieparken", "holiday parks"),
    }
    assert set(named) == set(peers.GROUPS)
    prose = below("vergelijken", "Vergelijkbare gemeenten")
    for dutch, english in named.values():
        assert dutch in " ".join(prose.nl.split())
        assert english in " ".join(prose.en.split())


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.test)
def test_every_published_answer_is_held_by_a_test_that_exists(answer: Any) -> None:  # noqa: ANN401
    file, name = answer.test.split("::")
    module = ast.parse((ANALYSIS / file).read_text(encoding="utf-8"))
    found = [n for n in module.body if isinstance(n, ast.FunctionDef) and n.name == name]
    assert len(found) == 1
    assert any(isinstance(node, ast.Assert) or _asserts(node) for node in ast.walk(found[0]))
    named = {node.id for node in ast.walk(found[0]) if isinstance(node, ast.Name)}
    parts = [*found, *(n for n in module.body if _defines(n, named))]
    numbers = {
        node.value
        for part in parts
        for node in ast.walk(part)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }
    assert answer.tolerance in (0, *numbers)


def _defines(node: ast.stmt, names: set[str]) -> bool:
    """Return whether a statement gives one of the names a value."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(n, ast.Name) and n.id in names for t in targets for n in ast.walk(t))


def _asserts(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr.startswith("assert_")


def test_each_answer_is_on_the_page_once_with_its_test(drawn: Drawn) -> None:
    for language, within in (("nl", "0,0001"), ("en", "0.0001")):
        said = said_by(drawn([], language))  # type: ignore[arg-type]
        for answer in ANSWERS:
            assert said.count(f"tests/analysis/{answer.test} ") == 1
        assert f"test_all_168_published_trends_of_boston {within} " in said
    assert len({answer.test for answer in ANSWERS}) == len(ANSWERS)
