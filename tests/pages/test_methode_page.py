"""The page of the method says what the code does: its numbers are those of the build."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from page_drawing import accusing_words, foreign_words, gateway_of, plain, seen, view_of, words

from analysis.breaks import PERCENTILES
from analysis.ranks import GROUP_LIMITS
from analysis.rates import LEAST_SHAPE, MOST_SHAPE
from bilingual import Language
from geo import areas, hexagons
from indicators import CATALOGUE
from indicators.forbidden import FORBIDDEN
from pages.methode import HEXAGONS
from pages.parts import method_bounds as bounds
from pages.parts import method_comparing as comparing
from pages.parts import method_figures as figures
from pages.parts.method_section import Section
from pages.parts.noise import SHOWN_ROWS, SHOWN_STEPS, chance_within, usual_deviation
from release.gazetteer import SIMPLIFIED_M
from release.noise import noise_at
from release.periods import MONTHS_BACK
from release.protection import AMOUNT_STEP, DOMINANCE, MOST_SHIFT
from release.signals import HIGHEST_PERCENT, high_enough

LANGUAGES: tuple[Language, ...] = ("nl", "en")


@pytest.mark.parametrize(
    ("section", "numbers"),
    [
        (comparing.CLASSES, [str(MONTHS_BACK)]),
        (figures.STANDS_OUT, [f"{HIGHEST_PERCENT:g}%", "90%", "5%"]),
        (comparing.RANKS, [f"{limit:g}" for limit in GROUP_LIMITS]),
        (figures.RATES, [f"{LEAST_SHAPE:g} ", f"{MOST_SHAPE:g} ", "90%"]),
        (figures.PROTECTION, [f"{MOST_SHIFT:.0%}"]),
        (figures.PROTECTION, [f"{DOMINANCE:.0%}", f"{AMOUNT_STEP:,.0f}"[:1]]),
        (bounds.LIMITS, [f"{SIMPLIFIED_M['gemeente']:g}", f"{SIMPLIFIED_M['riec']:g}"]),
    ],
)
def test_the_prose_gives_the_numbers_of_the_code(section: Section, numbers: list[str]) -> None:
    for prose in (section.text.nl, section.text.en):
        for number in numbers:
            assert re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", prose), number


def test_amounts_are_rounded_as_the_prose_says() -> None:
    text = figures.PROTECTION.text
    assert f"{AMOUNT_STEP:,.0f} euro" in text.en
    assert f"{AMOUNT_STEP:,.0f}".replace(",", ".") + " euro" in text.nl


def test_what_stands_out_is_what_the_page_says(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    for code in CATALOGUE:
        (country,) = gateway.figures(code, "nederland")
        assert country.smoothed is not None
        found = gateway.figures(code, "gemeente")
        top = high_enough(np.array([figure.percentile for figure in found], dtype=float))
        above = np.array([figure.low for figure in found], dtype=float) > country.smoothed
        stands = np.array([figure.since is not None for figure in found])
        assert (stands == (top & above)).all(), code
        assert top.sum() <= np.ceil(sum(f.smoothed is not None for f in found) * 0.035), code


def test_the_limits_of_classes_are_those_of_the_code(example_release: Path) -> None:
    limits = [f"{limit:g}" for limit in PERCENTILES]
    lasts: tuple[tuple[Language, str], ...] = (("nl", "en"), ("en", "and"))
    for language, last in lasts:
        said = words(seen("methode", example_release, language=language))
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
    said = words(seen("methode", example_release))
    for row in table[1:SHOWN_ROWS]:
        middle = row[noise.most - SHOWN_STEPS : noise.most + SHOWN_STEPS + 1]
        chances = [f"{view.number(c * 100, 1)}%" if c >= 0.0005 else "–" for c in middle]
        assert " ".join(chances) in said
    gone = view.number(table[1][noise.most - 1] * 100)
    assert f"een echt aantal van 1 wordt in {gone}% van de gevallen als 0 getoond" in said
    assert "1 tot en met 4 wordt nooit getoond" in said
    assert "{" not in said


def test_the_chart_shows_the_last_row_of_the_table(example_release: Path) -> None:
    (chart,) = seen("methode", example_release).get("vega_lite_chart")
    assert json.loads(chart.proto.spec)["mark"]["type"] == "bar"
    near = chance_within(gateway_of(example_release).perturbation()[-1], 2) * 100
    assert f"in {near:.0f}% hoogstens 2 af" in chart.proto.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_and_the_context_are_those_of_the_passports(
    language: Language, example_release: Path
) -> None:
    view = view_of(example_release, language=language)
    at = seen("methode", example_release, language=language)
    said = words(at)
    for code, passport in view.gateway.passports().items():
        assert f"{view.name(passport)} ({code})" in said
        if passport.focus_area != "context":
            assert plain(passport.text("weight_reason", language)) in said
    scored = sum(i.focus_area != "context" and i.weight > 0 for i in CATALOGUE.values())
    assert at.title[0].value.startswith(f"{len(CATALOGUE)} ")
    assert f" {scored} " in at.title[0].value


def test_what_is_not_used_is_what_the_catalogue_refuses() -> None:
    dutch, english = bounds.NOT_USED.text.nl.lower(), bounds.NOT_USED.text.en.lower()
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
    for passport in steered:
        assert passport.text("name", "nl") in bounds.LOOPS.text.nl.replace("\n", " ")
        assert passport.text("name", "en") in bounds.LOOPS.text.en.replace("\n", " ")


def test_the_release_is_named_so_that_it_can_be_worked_out_again(example_release: Path) -> None:
    facts = gateway_of(example_release).facts()
    said = words(seen("methode", example_release))
    assert facts.name in said
    assert facts.content in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", "gemeente:GM0599"])
def test_every_viewer_reads_it_all_in_one_language(
    viewer: str, language: Language, example_release: Path
) -> None:
    at = seen("methode", example_release, viewer, language)
    assert foreign_words(at, language) == []
    assert accusing_words(at) == []
    headings = [heading.value for heading in at.header]
    sections = [
        found
        for chapter in (bounds, comparing, figures)
        for found in vars(chapter).values()
        if isinstance(found, Section)
    ]
    assert len(sections) == 13
    for section in sections:
        assert section.head.in_(language) in headings
