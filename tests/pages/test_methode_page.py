"""The page of the method says what the code does: its numbers are those of the build."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from chapters_drawn import all_chapters, below, drawn_chapter, said_in
from page_drawing import accusing_words, foreign_words, gateway_of, plain, view_of, words

from analysis.breaks import PERCENTILES
from analysis.ranks import GROUP_LIMITS
from analysis.rates import LEAST_SHAPE, MOST_SHAPE
from analysis.residuals import LEAST_JUDGED
from bilingual import Language
from geo import areas, hexagons
from indicators import CATALOGUE
from indicators.forbidden import FORBIDDEN
from pages.kit.chapters import CHAPTERS
from pages.methode.hexagons import HEXAGONS
from pages.methode.noise import SHOWN_ROWS, SHOWN_STEPS
from pages.parts.noise import chance_within, usual_deviation
from release.gazetteer import SIMPLIFIED_M
from release.near_repeats import MOST_EVENTS
from release.noise import noise_at
from release.periods import MONTHS_BACK
from release.protection import AMOUNT_STEP, DOMINANCE, MOST_SHIFT
from release.scoring import ENOUGH
from release.signals import HIGHEST_PERCENT, high_enough
from release.votes import FALSE

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@pytest.mark.parametrize(
    ("name", "head", "numbers"),
    [
        ("vergelijken", "Kleuren en perioden op de kaart", [str(MONTHS_BACK)]),
        (
            "opvallen",
            "Wat 'steekt eruit' precies betekent",
            [f"{HIGHEST_PERCENT:g}%", "90%", "5%"],
        ),
        (
            "vergelijken",
            "Hoe vast een plek in de score is",
            [f"{limit:g}" for limit in GROUP_LIMITS],
        ),
        ("cijfer", "Van aantal naar cijfer", [f"{LEAST_SHAPE:g} ", f"{MOST_SHAPE:g} "]),
        ("cijfer", "Hoe zeker een cijfer is", ["90%"]),
        (
            "bescherming",
            "Wat anders wordt beschermd",
            [f"{MOST_SHIFT:.0%}", f"{DOMINANCE:.0%}", f"{AMOUNT_STEP:,.0f}"[:1]],
        ),
        (
            "grenzen",
            "Bekende grenzen",
            [f"{SIMPLIFIED_M['gemeente']:g}", f"{SIMPLIFIED_M['riec']:g}"],
        ),
        ("sterk", "Wanneer een partner meetelt", [f"{LEAST_JUDGED:g} ", "90%", f"{FALSE:.0%}"]),
    ],
)
def test_the_prose_gives_the_numbers_of_the_code(name: str, head: str, numbers: list[str]) -> None:
    text = below(name, head)
    for prose in (text.nl, text.en):
        for number in numbers:
            assert re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", prose), number


def test_amounts_are_rounded_as_the_prose_says() -> None:
    text = below("bescherming", "Wat anders wordt beschermd")
    assert f"{AMOUNT_STEP:,.0f} euro" in text.en
    assert f"{AMOUNT_STEP:,.0f}".replace(",", ".") + " euro" in text.nl


def test_of_many_incidents_a_part_is_looked_at_as_the_note_says(example_release: Path) -> None:
    assert f"meer dan {MOST_EVENTS:,} incidenten".replace(",", ".") in said_in(
        "zekerheid", example_release
    )
    english = said_in("zekerheid", example_release, language="en")
    assert f"more than {MOST_EVENTS:,} incidents" in english


def test_a_score_needs_half_of_its_weight_as_the_prose_says() -> None:
    assert ENOUGH == 50
    text = below("score", "Hoe de score ontstaat")
    assert "minder dan de helft van het gewicht" in text.nl
    assert "less than half of the weight" in text.en


def test_what_was_measured_of_verdicts_is_what_the_decision_says() -> None:
    measured = (ROOT / "docs/decisions/0034-strong-possible-nothing.md").read_text()
    text = below("sterk", "Hoe goed deze toets is")
    assert "0 of 14,940" in measured
    assert "0 of 14,940" in text.en
    assert "0 van 14.940" in text.nl
    rows = re.findall(
        r"^\| (?:16|80) indicators, rates (?:alike|differ by 25%) \|(.+)\|$", measured, re.M
    )
    found = [[int(cell.strip(" %")) for cell in row.split("|")] for row in rows]
    assert len(found) == 4
    assert (min(row[0] for row in found), max(row[0] for row in found)) == (98, 100)
    assert max(row[2] for row in found) < 50
    for prose in (text.nl, text.en):
        assert re.search("98% (?:tot|to) 100%", prose)


def test_what_stands_out_is_what_the_page_says(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    for code in (code for code, one in CATALOGUE.items() if "gemeente" in one.level_names):
        (country,) = gateway.figures(code, "nederland")
        assert country.smoothed is not None
        found = gateway.figures(code, "gemeente")
        top = high_enough(np.array([figure.percentile for figure in found], dtype=float))
        above = np.array([figure.low for figure in found], dtype=float) > country.smoothed
        stands = np.array([figure.since is not None for figure in found])
        votes = gateway.passport(code).votes
        assert not (stands & ~above).any(), code
        assert votes or (stands == (top & above)).all(), code
        assert top.sum() <= np.ceil(sum(f.smoothed is not None for f in found) * 0.035), code


def test_the_limits_of_classes_are_those_of_the_code(example_release: Path) -> None:
    limits = [f"{limit:g}" for limit in PERCENTILES]
    lasts: tuple[tuple[Language, str], ...] = (("nl", "en"), ("en", "and"))
    for language, last in lasts:
        said = said_in("vergelijken", example_release, language=language)
        assert f"{', '.join(limits[:-1])} {last} {limits[-1]}%" in said


def test_hexagons_have_the_size_that_the_page_says() -> None:
    places = areas.places()
    for level, km2, side, _ in HEXAGONS:
        resolution = int(level.removeprefix("hex"))
        cells = hexagons.index_points(
            places["longitude"].to_numpy(), places["latitude"].to_numpy(), resolution
        )
        mean = float(np.mean(hexagons.areas_km2(cells)))
        assert km2 == pytest.approx(mean, rel=0.03)
        assert side == pytest.approx((mean * 2 / (3 * 3**0.5)) ** 0.5 * 1000, rel=0.03)


def test_the_table_of_deviations_is_that_of_the_release(example_release: Path) -> None:
    view = view_of(example_release)
    table, noise = view.gateway.perturbation(), noise_at("gemeente")
    assert np.allclose(table, noise.table)
    assert chance_within(table[-1], usual_deviation(table)) >= 0.99
    assert chance_within(table[-1], usual_deviation(table) - 1) < 0.99
    assert view.gateway.protects() == noise.k == 5
    said = said_in("bescherming", example_release)
    for row in table[1:SHOWN_ROWS]:
        middle = row[noise.most - SHOWN_STEPS : noise.most + SHOWN_STEPS + 1]
        chances = [f"{view.number(c * 100, 1)}%" if c >= 0.0005 else "–" for c in middle]
        assert " ".join(chances) in said
    gone = view.number(table[1][noise.most - 1] * 100)
    assert f"een echt aantal van 1 wordt in {gone}% van de gevallen als 0 getoond" in said
    assert "1 tot en met 4 wordt nooit getoond" in said
    assert "{" not in said


def test_the_chart_shows_the_last_row_of_the_table(example_release: Path) -> None:
    (chart,) = drawn_chapter("bescherming", example_release).get("vega_lite_chart")
    assert json.loads(chart.proto.spec)["mark"]["type"] == "bar"
    near = chance_within(gateway_of(example_release).perturbation()[-1], 2) * 100
    assert f"in {near:.0f}% hoogstens 2 af" in chart.proto.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_and_the_context_are_those_of_the_passports(
    language: Language, example_release: Path
) -> None:
    view = view_of(example_release, language=language)
    said = said_in("score", example_release, language=language)
    for code, passport in view.gateway.passports().items():
        assert f"{view.name(passport)} ({code})" in said
        if passport.focus_area != "context":
            assert plain(passport.text("weight_reason", language)) in said
    scored = sum(i.focus_area != "context" and i.weight > 0 for i in CATALOGUE.values())
    (title,) = drawn_chapter("wat", example_release, language=language).title
    assert title.value.startswith(f"{len(CATALOGUE)} ")
    assert f" {scored} " in title.value


def test_what_is_not_used_is_what_the_catalogue_refuses() -> None:
    text = below("grenzen", "Wat niet wordt gebruikt")
    dutch, english = text.nl.lower(), text.en.lower()
    for word in ("nationaliteit", "geloof", "herkomst", "uitkering", "leeftijd", "geslacht"):
        assert word in FORBIDDEN
        assert word in dutch
    for word in ("nationality", "religion", "origin", "benefit", "income", "age", "sex"):
        assert word in FORBIDDEN
        assert word in english


def test_the_indicator_that_leaves_steered_checks_out_is_named(example_release: Path) -> None:
    steered = [
        passport
        for code, passport in gateway_of(example_release).passports().items()
        if "steered_check" in CATALOGUE[code].numerator.sql
    ]
    assert {"CV01", "KR01"} <= {passport.code for passport in steered}
    text = below("grenzen", "Zoeken waar al gezocht wordt")
    for passport in steered:
        assert passport.text("name", "nl") in text.nl
        assert passport.text("name", "en") in text.en


def test_the_release_is_named_so_that_it_can_be_worked_out_again(example_release: Path) -> None:
    facts = gateway_of(example_release).facts()
    said = said_in("privacy", example_release)
    assert facts.name in said
    assert facts.content in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", "gemeente:GM0599"])
def test_every_viewer_reads_it_all_in_one_language(
    viewer: str, language: Language, example_release: Path
) -> None:
    titles = []
    for at in all_chapters(example_release, viewer, language):
        assert foreign_words(at, language) == [], at.title[0].value
        assert accusing_words(at) == [], at.title[0].value
        assert "{" not in words(at)
        assert "[[" not in words(at)
        titles += [title.value for title in at.title]
    assert len(set(titles)) == len(CHAPTERS)
