"""The method page says what a release knows of its own worth, and nothing that it does not know."""

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from page_drawing import accusing_words, draw, foreign_words, gateway_of, view_of, words
from planted_release import plant
from streamlit.testing.v1 import AppTest

from access.partner import PartnerGateway
from analysis import robustness as robust
from analysis.association import THRESHOLD
from analysis.choices import INPUTS, Varied
from analysis.robustness import SAME_STABLE, SAME_UNSURE, SPAN_STABLE, SPAN_UNSURE
from bilingual import Language
from indicators import CATALOGUE
from pages.parts import clusters as cluster_pages
from pages.parts import method_comparing as comparing
from pages.parts import method_figures as figures
from pages.parts import worth_fairness as fairness
from pages.parts import worth_score
from pages.parts.method_section import Section
from pages.parts.worth_answers import ANSWERS
from pages.parts.worth_steps import STEPS, step_words
from records.figures import TEST_ONLY
from release import clusters, lateness, patterns, peers, robustness

LANGUAGES: tuple[Language, ...] = ("nl", "en")
ANALYSIS = Path(__file__).resolve().parent.parent / "analysis"

Rows = list[dict[str, Any]]
Evidence = Mapping[str, Rows]


def _hindcast(code: str, source: str, method: str, hit: float, **more: Any) -> Rows:  # noqa: ANN401
    """Return a hindcast at every part of the surface and the addresses."""
    row = {"indicator": code, "level": "hex8", "source": source, "method": method} | more
    return [
        row
        | {"extent": extent, "share": share, "hit_rate": hit, "pai": hit / share}
        | {"pei": hit / 0.8, "best_pai": 0.8 / share, "events": 1234}
        for extent in ("area", "addresses")
        for share in (0.03, 0.05, 0.10)
    ]


def _scored(method: str, hit: float) -> Rows:
    rows = _hindcast("", "", method, hit, score="hex8")
    return [{k: v for k, v in r.items() if k not in ("indicator", "level", "source")} for r in rows]


FULL: Evidence = {
    "hindcast": [
        *_hindcast("VG01", "published", "plain", 0.31),
        *_hindcast("VG01", "published", "smoothed", 0.42),
        *_hindcast("VG01", "published", "neighbours", 0.39),
        *_hindcast("VG01", "exact", "smoothed", 0.47),
        *_hindcast("BD01", "published", "plain", 0.22),
        *_hindcast("BD01", "exact", "plain", 0.25),
    ],
    "shown": [
        {"indicator": "VG01", "level": "hex8", "method": "smoothed"}
        | {"pei_plain": 0.391, "pei_shown": 0.521},
        {"indicator": "BD01", "level": "hex8", "method": "plain"}
        | {"pei_plain": 0.271, "pei_shown": 0.271},
    ],
    "hindcast_score": [*_scored("score", 0.17), *_scored("plain", 0.36), *_scored("random", 0.05)],
    "calibration": [
        {"indicator": "VG01", "level": "gemeente", "places": 300}
        | {"inside": 0.92, "below": 0.05, "above": 0.03},
        {"indicator": "BD01", "level": "gemeente", "places": 100}
        | {"inside": 0.80, "below": 0.15, "above": 0.05},
    ],
    "completeness": [
        {"indicator": code, "partner": partner, "completed": True, "period": period}
        | {"share": share, "deviation": deviation}
        for code, partner, period, share, deviation in (
            ("VG01", "", "2026-05", 0.93, 0.011),
            ("VG01", "", "2026-06", 0.71, 0.034),
            ("BD01", "", "2026-06", 0.88, 0.021),
            ("VG01", "", "2026-Q2", 0.87, 0.013),
            ("VG01", "", "2026-06-12m", 0.97, 0.004),
            ("VG01", "politie", "2026-06", 0.64, 0.041),
            ("VG01", "gemeente", "2026-05", 0.81, 0.052),
        )
    ],
    "coherence": [
        {"score": "gemeente", "alpha": 0.64},
        {"score": "gemeente", "first": "VG01", "second": "BD01", "correlation": 0.953}
        | {"kind": "redundant"},
    ],
    "drivers": [
        {"score": "gemeente", "input": name, "first": first, "total": first + 0.1}
        | {"low": first, "high": first + 0.2}
        for name, first in zip(INPUTS, (0.11, 0.02, 0.06, 0.13, 0.51), strict=True)
    ],
    "stability": [
        {"score": "gemeente", "places": 342, "stable": 0.41, "moving": 0.38, "unsure": 0.21},
        {"score": "hex8", "places": 9001, "stable": 0.33, "moving": 0.4, "unsure": 0.27},
    ],
    "grids": [
        {"score": "hex8", "base": "hex8", "against": "hex9", "areas": 5000}
        | {"same": 0.74, "near": 0.95, "chance": 0.34, "highest": 0.66},
        {"score": "hex8", "base": "hex8", "against": "hex8 shifted", "areas": 8000}
        | {"same": 0.58, "near": 0.9, "chance": 0.36, "highest": None},
    ],
    "fairness": [
        {"score": "gemeente", "part": "logistics", "characteristic": TEST_ONLY[1], "n": 342}
        | {"rho": 0.62, "low": 0.56, "high": 0.67, "flagged": True},
        {"score": "gemeente", "part": "total", "characteristic": TEST_ONLY[0], "n": 342}
        | {"rho": -0.12, "low": -0.21, "high": -0.03, "flagged": False},
    ],
    "moran": [
        {"indicator": "VG01", "level": "gemeente", "i": 0.41, "z": 12.3, "source": "published"},
        {"indicator": "VG01", "level": "gemeente", "i": 0.46, "z": 13.9, "source": "exact"},
        {"indicator": "BD01", "level": "gemeente", "i": 0.02, "z": 0.7, "source": "published"},
    ],
    "steps": robustness.score_steps()[::-1],
}

HEADS = {
    "hindcast": ("Zou het hebben geklopt?", "Would it have been right?"),
    "hindcast_score": (
        "Ziet een hoge score een jaar later meer?",
        "Does a high score see more later?",
    ),
    "calibration": (
        "Zijn de intervallen zo zeker als zij zeggen?",
        "Are intervals as sure as they say?",
    ),
    "completeness": ("Wat nog binnen moet komen", "What is still coming in"),
    "coherence": ("Horen de indicatoren bij elkaar?", "Do the indicators belong together?"),
    "stability": ("Houdt de plek in de score stand?", "Does the rank in the score hold?"),
    "grids": ("Andere zeshoeken, dezelfde kaart?", "Other hexagons, the same map?"),
    "fairness": (
        "Volgt de score een kenmerk van mensen?",
        "Does the score follow what people are?",
    ),
    "moran": ("Zit er een patroon in de kaart?", "Is there a pattern in the map?"),
    "steps": ("De score, stap voor stap", "The score, step by step"),
}
DRIVERS = ("Wat de plek doet verschuiven", "What moves the rank")

Drawn = Callable[[Evidence, Language], AppTest]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planted release with the real indicators, and no evidence of its own."""
    folder = tmp_path_factory.mktemp("worth") / "releases"
    folder.mkdir()
    plant(folder, dict(CATALOGUE))
    return folder


@pytest.fixture
def drawn(releases: Path, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Draws the page of NSOC for a release with the evidence that is given."""

    def page(evidence: Evidence, language: Language = "nl") -> AppTest:
        monkeypatch.setattr(
            PartnerGateway, "evidence", lambda _, name: list(evidence.get(name, []))
        )
        return draw("methode", releases, "nsoc", language)

    return page


def heads(at: AppTest) -> list[str]:
    return [heading.value for heading in at.header]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_known_is_said_in_one_language(drawn: Drawn, language: Language) -> None:
    at = drawn(FULL, language)
    for both in (*HEADS.values(), DRIVERS):
        assert both[language == "en"] in heads(at)
    assert foreign_words(at, language) == []
    assert accusing_words(at) == []
    assert re.findall(r"\b(?:nan|None)\b", words(at)) == []


@pytest.mark.parametrize("name", HEADS)
def test_what_is_not_known_is_not_said(drawn: Drawn, name: str) -> None:
    without = {n: rows for n, rows in FULL.items() if n != name}
    said = heads(drawn(without, "nl"))
    assert HEADS[name][0] not in said
    assert [head for n, (head, _) in HEADS.items() if n != name and head not in said] == []


def test_without_evidence_only_published_answers_are_left(drawn: Drawn) -> None:
    said = heads(drawn({}, "nl"))
    assert {head for head, _ in HEADS.values()} & set(said) == set()
    assert DRIVERS[0] not in said
    assert "Nagerekend tegen gepubliceerde antwoorden" in said


def test_the_hindcast_gives_what_was_found_and_the_price_of_protection(drawn: Drawn) -> None:
    said = words(drawn(FULL, "nl"))
    assert "bij de middelste van 2 kaarten 32% gevonden" in said
    assert "6,4 keer zoveel als op goed geluk, en 0,40 van wat met kennis achteraf kon" in said
    assert "Met echte aantallen gekozen was het ongeveer 36%" in said
    assert "(VG01), zeshoeken van 0,62 km²: 42% in plaats van 47%" in said
    assert "bij 1 van 2 is dat zo" in said
    better = "voorzichtig cijfer wijst duidelijk beter: PEI 0,52 tegen 0,39"
    assert f"0,62 km² {better} 42% 47% 0,52 0,39" in said
    plain = "aantallen van het jaar ervoor niets wijst duidelijk beter"
    assert f"0,62 km² {plain} 22% 25% 0,27 0,27" in said


def test_the_details_of_an_indicator_are_those_of_the_one_chosen(drawn: Drawn) -> None:
    at = drawn(FULL, "nl")
    (box,) = (box for box in at.selectbox if str(box.key).endswith("-terugblik"))
    at = box.set_value("VG01").run()
    row = "5% van de adressen 1.234 42% 31% 47% – 39% 8,4 6,2 9,4 16,0 0,52 0,39 0,59"
    assert row in words(at)
    (box,) = (box for box in at.selectbox if str(box.key).endswith("-terugblik"))
    assert row not in words(box.set_value("BD01").run())


def test_a_map_that_was_not_tested_shows_the_careful_figure(drawn: Drawn) -> None:
    said = words(drawn({"hindcast": FULL["hindcast"]}, "nl"))
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
    rows = [*_scored("score", score), *FULL["hindcast_score"][6:]]
    said = words(drawn({"hindcast_score": rows}, "nl"))
    assert words_of_it in said
    assert f"lag een jaar later {score:.0%} van de incidenten" in said
    assert f"In 5% van de adressen was het {score:.0%}" in said
    assert "met de aantallen van een jaar eerder was het 36%, op goed geluk 5%" in said


@pytest.mark.parametrize(
    ("inside", "verdict"),
    [(0.84, "te smal"), (0.90, "zo zeker als zij zeggen"), (0.96, "te ruim")],
)
def test_intervals_are_called_what_they_are(drawn: Drawn, inside: float, verdict: str) -> None:
    row = FULL["calibration"][0] | {"inside": inside}
    said = words(drawn({"calibration": [row]}, "nl"))
    assert f"viel {inside:.0%} van de latere aantallen in het 90%-interval" in said
    (found,) = re.findall("De intervallen zijn (?:dus )?([a-z ]+)[.]", said)
    assert found == verdict


def test_calibration_weighs_places(drawn: Drawn) -> None:
    said = words(drawn(FULL, "nl"))
    assert "Bij de middelste van 2 kaarten viel 86% van de latere aantallen" in said
    assert "(80% tot 92%); de bedoeling is 90%" in said
    assert "gemeenten 89%" in said
    assert "gemeenten 300 5% 92% 3%" in said
    assert "gemeenten 100 15% 80% 5%" in said


def test_months_that_are_still_coming_in_are_named(drawn: Drawn) -> None:
    said = words(drawn(FULL, "nl"))
    assert "Van wat in juni 2026 gebeurde, is bij" in said
    assert "(VG01) naar schatting nog maar 71%" in said
    assert "mei 2026 juni 2026 12 maanden tot en met juni 2026" in said
    assert "(VG01) alle samen 93% ± 1,1 71% ± 3,4 97% ± 0,4" in said
    assert "(VG01) Politie volledig 64% ± 4,1 volledig" in said
    assert "(VG01) Gemeente 81% ± 5,2 volledig volledig" in said
    assert "(BD01) alle samen volledig 88% ± 2,1 volledig" in said
    assert "Bij 2 van de indicatoren is die maand nog niet compleet" in said


def test_the_rank_of_the_score_is_said_with_what_moves_it(drawn: Drawn) -> None:
    said = words(drawn(FULL, "nl"))
    assert "41% (gemeenten) en 33% (zeshoeken van 0,62 km²)" in said
    assert "gemeenten 342 41% 38% 21%" in said
    assert "Lees de score dus niet als rangorde" not in said
    row = FULL["stability"][0] | {"stable": 0.0, "moving": 0.1, "unsure": 0.9}
    assert "Lees de score dus niet als rangorde" in words(drawn({"stability": [row]}, "nl"))
    assert (
        "door de onzekerheid van de cijfers: goed voor 61% van de verschillen (51% tot 71%)" in said
    )
    assert "houdt 58% van de zeshoeken van 0,62 km² (bij toeval 36%) dezelfde klasse" in said
    assert "een halve opgeschoven 8.000 58% 36% 90% –" in said


def test_fairness_names_what_is_flagged_in_words(drawn: Drawn) -> None:
    said = words(drawn(FULL, "nl"))
    assert "1 van 2 samenhangen zijn zeker sterk" in said
    assert "Logistieke dienstverleners, gemeenten: herkomst buiten Nederland (0,62)" in said
    assert "herkomst buiten Nederland ja: zoek uit waardoor 342 0,62 0,56 tot 0,67" in said
    assert "hele score laag inkomen nee 342 -0,12 -0,21 tot -0,03" in said
    quiet = words(drawn({"fairness": FULL["fairness"][1:]}, "nl"))
    assert "Geen van de 1 samenhangen is zeker sterk" in quiet
    assert "zoek uit waardoor" not in quiet


def test_coherence_order_and_steps(drawn: Drawn) -> None:
    said = words(drawn(FULL, "nl"))
    assert "De alfa van Cronbach is 0,64 (gemeenten)" in said
    assert "telt bijna hetzelfde dubbel 0,95" in said
    assert "Bij 1 van 2 kaarten" in said
    assert "(VG01) gemeenten 0,41 12,3 0,46" in said
    assert "(BD01) gemeenten 0,02 0,7 –" in said
    calm = words(drawn({"coherence": FULL["coherence"][:1]}, "nl"))
    assert "Geen paar indicatoren telt hetzelfde dubbel" in calm


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_the_build_has_words_and_its_numbers(
    releases: Path, language: Language
) -> None:
    view, rows = view_of(releases, language=language), robustness.score_steps()
    assert [row["name"] for row in rows] == list(STEPS)
    for row in rows:
        _, setting = step_words(view, row)
        said = sorted(re.findall(r"\d+", setting))
        assert said == sorted(re.findall(r"\d+", row["setting"])), row["name"]
    new = {"step": 9, "name": "denomination", "setting": "per 1000"}
    assert step_words(view, new) == ("denomination", "per 1000")


def test_steps_stand_in_their_order(drawn: Drawn) -> None:
    said = words(drawn(FULL, "nl"))
    assert said.index("3 Uitschieters") < said.index("7 Houdt de plek stand? 1000 berekeningen")


def test_a_pair_with_an_indicator_that_is_not_this_viewers_stays_away(
    drawn: Drawn, releases: Path
) -> None:
    assert "GEHEIM" not in gateway_of(releases).passports()
    rows = [*FULL["coherence"], FULL["coherence"][1] | {"second": "GEHEIM"}]
    assert "GEHEIM" not in words(drawn({"coherence": rows}, "nl"))


def test_labels_are_those_of_what_is_tested() -> None:
    assert set(fairness.CHARACTERISTICS) == set(TEST_ONLY)
    assert fairness.STRONG == THRESHOLD
    assert tuple(worth_score.INPUTS) == INPUTS


def test_the_page_gives_the_numbers_of_the_code() -> None:
    numbers: dict[Section, list[str]] = {
        comparing.RANKS: [
            f"{SAME_STABLE:.0%}",
            f"{SAME_UNSURE:.0%}",
            f"{SPAN_STABLE:g} ",
            f"{SPAN_UNSURE:g} ",
            str(robustness.RUNS_FINE),
        ],
        figures.PATTERNS: [
            *(f"{clusters.SEARCHES[level].share:.0%}" for level in ("gemeente", "buurt")),
            *(str(clusters.SEARCHES[level].simulations) for level in ("gemeente", "buurt")),
            f"{patterns.LEVEL:.0%}",
        ],
        comparing.PEERS: [f"{peers.COUNT} "],
    }
    for section, wanted in numbers.items():
        for prose in (section.text.nl, section.text.en):
            for number in wanted:
                assert re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", prose), number
    ranks = comparing.RANKS.text
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
    prose = comparing.PEERS.text
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
        said = words(drawn({}, language))  # type: ignore[arg-type]
        for answer in ANSWERS:
            assert said.count(f"tests/analysis/{answer.test} ") == 1
        assert f"test_all_168_published_trends_of_boston {within} " in said
    assert len({answer.test for answer in ANSWERS}) == len(ANSWERS)
