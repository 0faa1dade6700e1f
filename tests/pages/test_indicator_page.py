"""One indicator: its finding, passport, trend and quality; its map within the grant."""

import json
from pathlib import Path

import pytest
from page_drawing import (
    accusing_words,
    chosen,
    draw,
    foreign_words,
    gateway_of,
    map_message,
    plain,
    seen,
    view_of,
    words,
)

from access.map_figures import NOWHERE
from bilingual import Language
from indicators import CATALOGUE
from pages.indicatoren.quality import coverage, protection_words
from pages.kaart import LEVELS
from pages.parts.noise import usual_deviation
from pages.parts.own_area import within_at
from pages.parts.weights import score_shares
from records import KINDS

VIEWERS = ("nsoc", "riec:limburg", "gemeente:GM0599")


@pytest.mark.long
@pytest.mark.parametrize(
    ("viewer", "code"),
    [("nsoc", code) for code in CATALOGUE]
    + [(viewer, code) for viewer in VIEWERS[1:] for code in ("VG01", "TB03")],
)
def test_the_title_gives_the_country_and_what_stands_out(
    viewer: str, code: str, example_release: Path
) -> None:
    view = view_of(example_release, viewer)
    at = seen("indicatoren", example_release, viewer, indicator=code)
    passport = view.gateway.passport(code)
    (country,) = view.gateway.figures(code, "nederland")
    level = "gemeente" if "gemeente" in passport.levels else "riec"
    standing = sum(figure.since is not None for figure in view.gateway.figures(code, level))
    (title,) = at.title
    assert title.value.startswith(f"{view.name(passport)}: {view.rate(country.smoothed)}")
    one, many = view.level(level), view.levels(level)
    counted = {0: f"geen {one}", 1: f"1 {one} "}.get(standing, f"{standing} {many}")
    assert counted in title.value
    assert chosen(at, "indicator") == code


@pytest.mark.long
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", CATALOGUE)
def test_every_text_of_the_passport_is_on_the_page(
    code: str, language: Language, example_release: Path
) -> None:
    view = view_of(example_release, language=language)
    passport = view.gateway.passport(code)
    text = words(seen("indicatoren", example_release, "nsoc", language, code))
    for field in passport.texts:
        assert plain(passport.text(field, view.language)) in text, field
    for level in passport.levels:
        assert view.levels(level) in text
    for value in (passport.owner, passport.code, view.focus(passport.focus_area)):
        assert value in text


@pytest.mark.parametrize("viewer", VIEWERS)
def test_dutch_and_english_are_both_complete(viewer: str, example_release: Path) -> None:
    sources = tuple(gateway_of(example_release).attributions())
    languages: tuple[Language, ...] = ("nl", "en")
    for code in ("VG01", "TB03"):
        for language in languages:
            at = seen("indicatoren", example_release, viewer, language, code)
            assert foreign_words(at, language, sources) == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_no_word_accuses(code: str, example_release: Path) -> None:
    assert accusing_words(seen("indicatoren", example_release, indicator=code)) == []


@pytest.mark.parametrize(
    ("viewer", "level"),
    [("riec:limburg", "hex9"), ("gemeente:GM0599", "hex9"), ("riec:limburg", "gemeente")],
)
def test_the_map_stays_within_the_own_area(viewer: str, level: str, example_release: Path) -> None:
    gateway = gateway_of(example_release, viewer)
    at = draw("kaart", example_release, viewer, indicator="VG01", kaart=level)
    assert chosen(at, "kaart") == level
    own = {"riec:limburg": "limburg", "gemeente:GM0599": "GM0599"}[viewer]
    drawn = map_message(at)
    assert (drawn["code"], drawn["level"], drawn["within"]) == ("VG01", level, own)
    (table,) = at.dataframe
    shown = set(table.value["code"])
    assert shown == {figure.area for figure in gateway.figures("VG01", level, within=own)}
    assert len(shown) > 0


def test_the_table_has_the_rows_of_the_map(example_release: Path) -> None:
    at = draw("kaart", example_release, "riec:limburg", indicator="VG01", kaart="hex8")
    drawn = map_message(at)
    gateway = gateway_of(example_release, "riec:limburg")
    figures = gateway.map_figures(drawn["code"], drawn["level"], drawn["within"])
    codes = gateway.map_shapes(drawn["level"], drawn["within"]).codes
    last = figures.periods.index(drawn["period"])
    shown = {
        code
        for number, code in enumerate(codes)
        for sheet in figures.sheets
        if sheet.of[number] != NOWHERE and sheet.marks[last, sheet.of[number]]
    }
    (table,) = at.dataframe
    assert set(table.value["code"]) == shown


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_message_to_the_map_is_small_whatever_the_level(
    viewer: str, example_release: Path
) -> None:
    for level in ("gemeente", "hex8"):
        at = draw("kaart", example_release, viewer, indicator="VG01", kaart=level)
        assert len(json.dumps(map_message(at))) < 10_000


def test_levels_are_those_of_the_viewer_and_the_indicator(example_release: Path) -> None:
    def offered(viewer: str, code: str) -> list[str]:
        at = seen("kaart", example_release, viewer, indicator=code)
        (box,) = (box for box in at.selectbox if str(box.key).endswith("-kaart"))
        view = view_of(example_release, viewer)
        words_of = {view.levels(n): n for n in LEVELS}
        return [words_of[option] for option in box.options]

    assert offered("nsoc", "VG01") == ["gemeente", "riec", "hex7", "hex8"]
    assert offered("riec:limburg", "VG01") == ["gemeente", "riec", "hex7", "hex8", "hex9"]
    assert offered("riec:limburg", "CV01") == ["gemeente", "riec", "hex7"]
    assert offered("nsoc", "TB03") == ["gemeente", "riec"]


def test_another_indicator_keeps_the_level_only_where_it_is_published(
    example_release: Path,
) -> None:
    at = draw("kaart", example_release, "riec:limburg", indicator="VG01", kaart="hex9")
    (box,) = (box for box in at.selectbox if str(box.key).endswith("-indicator"))
    box.set_value("BD01").run()
    assert (chosen(at, "indicator"), chosen(at, "kaart")) == ("BD01", "hex9")
    (box,) = (box for box in at.selectbox if str(box.key).endswith("-indicator"))
    box.set_value("TB03").run()
    assert not at.exception
    assert (chosen(at, "indicator"), chosen(at, "kaart")) == ("TB03", "gemeente")
    assert at.title[0].value.startswith("Eenheidsprijs")
    assert at.query_params["indicator"] == "TB03"


def test_a_deep_link_brings_indicator_level_period_and_place(example_release: Path) -> None:
    view = view_of(example_release)
    at = draw(
        "kaart",
        example_release,
        indicator="LO01",
        kaart="gemeente",
        periode="2025-06-12m",
        gebied="GM0599",
    )
    (then,) = view.gateway.figures("LO01", "nederland", "2025-06-12m")
    (now,) = view.gateway.figures("LO01", "nederland")
    assert view.rate(then.smoothed) != view.rate(now.smoothed)
    assert view.rate(then.smoothed) in at.title[0].value
    assert "juli 2024 – juni 2025" in words(at)
    assert "Rotterdam" in [heading.value for heading in (*at.header, *at.subheader)]
    assert chosen(at, "gebied") == "GM0599"


@pytest.mark.parametrize(
    ("viewer", "labels"),
    [
        ("nsoc", ["Nederland"]),
        ("riec:limburg", ["RIEC Limburg", "Nederland"]),
        ("gemeente:GM0599", ["Rotterdam", "RIEC Rotterdam", "Nederland"]),
    ],
)
def test_the_trend_sets_the_own_area_beside_region_and_country(
    viewer: str, labels: list[str], example_release: Path
) -> None:
    at = seen("indicatoren", example_release, viewer)
    (chart,) = at.get("vega_lite_chart")
    scales = [
        layer["encoding"]["color"]["scale"]["domain"]
        for layer in json.loads(chart.proto.spec)["layer"]
        if "color" in layer["encoding"]
    ]
    assert scales == [labels]
    assert chart.proto.alt.startswith(labels[0])


def test_the_own_area_is_in_the_sentence_under_the_title(example_release: Path) -> None:
    view = view_of(example_release, "gemeente:GM0599")
    (own,) = (f for f in view.gateway.figures("VG01", "gemeente") if f.area == "GM0599")
    text = words(seen("indicatoren", example_release, "gemeente:GM0599"))
    assert f"Rotterdam: {view.rate(own.smoothed)}% van de aankopen" in text
    assert "dagen oud" in text


def test_a_viewer_of_several_areas_chooses_one(example_release: Path) -> None:
    viewer = "riec:limburg+gemeente:GM0599"
    at = draw("indicatoren", example_release, viewer, indicator="VG01", binnen="limburg")
    assert chosen(at, "binnen") == "limburg"
    assert "RIEC Limburg" in words(at)


def test_gemeenten_are_shown_with_those_of_their_region(example_release: Path) -> None:
    gateway = gateway_of(example_release, "gemeente:GM0599")
    own = gateway.area("gemeente", "GM0599")
    assert within_at(own, "gemeente") == "rotterdam"
    assert within_at(own, "hex9") == "GM0599"
    assert within_at(own, "riec") is within_at(None, "hex8") is None


def test_coverage_counts_places_without_denominator_apart(example_release: Path) -> None:
    (some,) = gateway_of(example_release).figures("VG01", "nederland")
    counts = [(0.0, 0.0), (3.0, 10.0), (19.0, 20.0), (20.0, 40.0)]
    figures = [some._replace(numerator=top, denominator=below) for top, below in counts]
    places, known, small = coverage(figures, 20)
    assert (places, known) == (4, 0.75)
    assert small == pytest.approx(2 / 3)


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_quality_shows_the_deliveries_of_the_kinds_that_are_read(
    code: str, example_release: Path
) -> None:
    bodies = [
        e.proto.body for e in seen("indicatoren", example_release, indicator=code).get("html")
    ]
    (table,) = (body for body in bodies if "Soort gegevens" in body)
    shown = {name for name, kind in KINDS.items() if kind.words.nl in table}
    assert shown == set(CATALOGUE[code].reads)


THIN = 25
"""Fewer in a month of the whole country, and no month may be shown (`release.thinness`)."""


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_quality_says_from_when_there_are_figures(code: str, example_release: Path) -> None:
    view = view_of(example_release)
    series = view.gateway.series(code, "nederland", "NL", "month")
    first = next((figure.period for figure in series if figure.smoothed is not None), None)
    if first is None:
        windows = view.gateway.series(code, "nederland", "NL", "year")
        assert all((figure.numerator or 0) < 12 * THIN for figure in windows)
        text = words(seen("indicatoren", example_release, indicator=code))
        assert "Er is nog geen maand met een cijfer." in text
        return
    skipped = [month.code for month in view.gateway.periods("month")].index(first)
    text = words(seen("indicatoren", example_release, indicator=code))
    assert f"Maandcijfers voor {view.since(first)} – " in text
    needed = f"De eerste {skipped} maanden" if skipped else "Er is geen voorgeschiedenis nodig"
    assert needed in text
    assert (skipped > 0) == (CATALOGUE[code].history_months > 0)


def test_the_protection_of_amounts_has_words_of_its_own_beside_that_of_counts(
    example_release: Path,
) -> None:
    view = view_of(example_release)
    amounts = protection_words(view, view.gateway.passport("TB03"))
    counts = protection_words(view, view.gateway.passport("VG01"))
    assert "grootste aangever" in amounts
    assert "grootste aangever" not in counts
    assert f"hoogstens {usual_deviation(view.gateway.perturbation())} af" in counts


def test_shares_of_the_score_are_those_of_the_published_contributions(
    example_release: Path,
) -> None:
    gateway = gateway_of(example_release)
    every = score_shares(gateway.passports())
    assert sum(every.values()) == pytest.approx(1)
    assert set(every) == {c for c, i in CATALOGUE.items() if i.weight > 0}
    passports = {c: one for c, one in gateway.passports().items() if "gemeente" in one.levels}
    shares = score_shares(passports)
    assert sum(shares.values()) == pytest.approx(1)
    profile = {figure.indicator: figure for figure in gateway.profile("gemeente", "GM0599")}
    for code, share in shares.items():
        percentile = profile[code].percentile
        assert percentile is not None
        assert profile[code].contribution == pytest.approx(percentile * share, abs=1e-9)
