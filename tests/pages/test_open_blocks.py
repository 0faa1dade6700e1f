"""The blocks about open data: what waits, key figures, what was lost; none when there is none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from page_drawing import accusing_words, draw, foreign_words, view_of, words
from planted_release import PLANTED, plant
from streamlit.testing.v1 import AppTest

from bilingual import Language
from geo.code_history import REASONS
from indicators import CATALOGUE
from pages.parts.key_figures import key_line
from pages.parts.panel import count_words, open_words
from records.figures import PUBLIC
from store.evidence.of_records import Waiting
from store.evidence.of_sources import FigureSource, NotCarried, Spread
from store.home import Home

SOURCE = "Centraal Bureau voor de Statistiek, 2026"
VENLO, ROTTERDAM, CAPELLE = "GM0983", "GM0599", "GM0502"


def waits(code: str, kinds: tuple[tuple[str, ...], ...], figures: tuple[str, ...]) -> Waiting:
    name = CATALOGUE[code].name
    return Waiting(code, name.nl, name.en, kinds, figures)


def lost(figure: str, reason: str, **more: Any) -> NotCarried:  # noqa: ANN401 - of any field
    row = NotCarried(figure, "gemeente", reason, 2020, 2022, 2, 6, ("GM0501", "GM0530"))
    return replace(row, **more)


WAITING = [
    waits("CV09", (), ("arson", "dwellings")),
    waits("KR01", (("incident", "inspection"),), ()),
    waits("VG01", (("property_transaction",),), ()),
    waits("CV01", (("incident",),), ("addresses",)),
]
LOST = [
    lost("house_price", "average", last_year=2020),
    lost("offences", "incomplete", figures=1_234),
    lost("share_low_income", "gone", level="wijk", codes=("WK050100",)),
]
SPREAD = [
    Spread("dwellings", "buurt", "addresses", 8_000_123.4),
    Spread("dwellings", "gemeente", "land", 1_234.0),
    Spread("addresses", "hex9", "delivered", 9.0),
]
STATES = {
    (VENLO, "inhabitants"): 102_000.0,
    (VENLO, "house_price"): 312_500.0,
    (VENLO, "land_km2"): 124.0,
    (VENLO, "livability"): 6.0,
    (VENLO, "addresses"): 51_000.0,
    (ROTTERDAM, "inhabitants"): 664_000.0,
    (ROTTERDAM, "house_price"): 402_000.0,
}


@pytest.fixture(scope="module")
def open_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which four indicators wait, figures were lost, and there are key figures."""
    sources = [
        FigureSource(figure, level, source)
        for figure in ("inhabitants", "house_price")
        for level, source in (("gemeente", SOURCE), ("hex9", "BAG"))
    ]
    home = Home(tmp_path_factory.mktemp("open"))
    evidence = [*WAITING, *LOST, *sources, *SPREAD]
    plant(home.releases, evidence=evidence, states=STATES)
    return home.releases


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same release without any of these."""
    home = Home(tmp_path_factory.mktemp("without"))
    plant(home.releases, evidence=[], states={("GM0847", "inhabitants"): 1.0})
    return home.releases


def _block(releases: str, language: str, viewer: str, name: str, area: str) -> None:
    from importlib import import_module
    from pathlib import Path
    from typing import cast

    from page_drawing import open_tables, view_of

    from bilingual import Language

    open_tables("test")
    view = view_of(Path(releases), viewer, cast(Language, language))
    draw = getattr(import_module(f"pages.parts.{name}"), f"draw_{name}")
    draw(view, view.gateway.area("gemeente", area)) if area else draw(view)


def block(
    name: str, releases: Path, language: Language = "nl", viewer: str = "nsoc", area: str = ""
) -> AppTest:
    args = (str(releases), language, viewer, name, area)
    at = AppTest.from_function(_block, args=args, default_timeout=60).run()
    assert not at.exception, at.exception
    return at


def test_what_waits_is_said_with_whose_delivery(open_data: Path) -> None:
    text = words(block("waiting", open_data))
    assert "4 indicatoren wachten nog op gegevens" in text
    assert "zegt niets over deze plaats" in text
    for row in (
        "(CV09) brandstichtingen en vernielingen door brand en woningen open data",
        "(KR01) meldingen of controles politie, gemeente en andere partners of gemeente, "
        "Belastingdienst en politie",
        "(VG01) vastgoedtransacties Kadaster",
        "(CV01) meldingen en adressen politie, gemeente en andere partners en open data",
    ):
        assert row in text


def test_what_waits_in_english(open_data: Path) -> None:
    at = block("waiting", open_data, "en")
    text = words(at)
    assert "4 indicators still wait for data" in text
    assert "(KR01) incidents or inspections police" in text
    assert f"{CATALOGUE['VG01'].name.en} (VG01) property transactions the land registry" in text
    assert foreign_words(at, "en", ("Kadaster",)) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Eén indicator wacht nog op gegevens"),
        ("en", "One indicator still waits for data"),
    ],
)
def test_one_that_waits_is_one(tmp_path: Path, language: Language, sentence: str) -> None:
    home = Home(tmp_path)
    plant(home.releases, evidence=WAITING[:1])
    assert sentence in words(block("waiting", home.releases, language))


@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", f"gemeente:{VENLO}"])
@pytest.mark.parametrize("page", ["beeld", "indicatoren"])
def test_pages_list_what_waits_and_stay_silent_when_nothing_does(
    page: str, viewer: str, open_data: Path, without: Path
) -> None:
    def waits(releases: Path) -> bool:
        lines = [box.label for box in draw(page, releases, viewer).expander]
        return any("wachten nog op gegevens" in line for line in lines)

    assert waits(open_data)
    assert not waits(without)


def test_key_figures_stand_beside_those_of_similar_gemeenten(open_data: Path) -> None:
    """The peer of Venlo is Rotterdam; addresses are no key figure to show."""
    at = block("key_figures", open_data, "nl", f"gemeente:{VENLO}", VENLO)
    (head,) = at.expander
    assert head.label == "Venlo telt 102.000 inwoners: de kerncijfers"
    text = words(at)
    assert f"inwoners 102.000 664.000 1 januari 2026 {SOURCE}" in text
    assert f"€ 312.500 € 402.000 1 januari 2026 {SOURCE}" in text
    assert "land 124 km² – 1 januari 2026" in text
    assert "6 (klasse 1-9)" in text
    assert PUBLIC["addresses"].name.nl not in text
    assert "niet beveiligd" in text
    assert text.index("inwoners 102.000") < text.index("land 124") < text.index("€ 312.500")
    assert accusing_words(at) == []


def test_key_figures_in_english(open_data: Path) -> None:
    at = block("key_figures", open_data, "en", f"gemeente:{VENLO}", VENLO)
    (head,) = at.expander
    assert head.label == "Venlo has 102,000 inhabitants: the key figures"
    assert "€ 312,500 € 402,000 1 January 2026" in words(at)
    assert foreign_words(at, "en", (SOURCE,)) == []


def test_key_figures_without_peers_have_no_column_for_them(open_data: Path) -> None:
    """Capelle has no peer and no figures; Rotterdam has a peer without figures."""
    assert not block("key_figures", open_data, area=CAPELLE).expander
    text = words(block("key_figures", open_data, area=ROTTERDAM))
    assert "inwoners 664.000 1 januari 2026" in text
    assert "vergelijkbare" not in text


def test_the_page_of_a_gemeente_shows_key_figures_only_where_there_are(
    open_data: Path, without: Path
) -> None:
    viewer = f"gemeente:{VENLO}"
    labels = [e.label for e in draw("plaats", open_data, viewer).expander]
    assert "Venlo telt 102.000 inwoners: de kerncijfers" in labels
    assert not any("kerncijfers" in e.label for e in draw("plaats", without, viewer).expander)


def test_what_was_lost_is_listed_with_its_reason(open_data: Path) -> None:
    at = block("lost", open_data)
    text = words(at)
    assert "1.246 open cijfers passen niet op de gebieden van nu" in text
    price = PUBLIC["house_price"].name.nl
    assert f"{price} gemeenten 2020 6 {REASONS['average'].nl} GM0501, GM0530" in text
    assert f"gemeenten 2020 – 2022 1.234 {REASONS['incomplete'].nl}" in text
    assert f"kenmerk voor de toets op samenhang wijken 2020 – 2022 6 {REASONS['gone'].nl}" in text
    assert "income" not in text
    assert "low" not in text
    assert accusing_words(at) == []


def test_what_was_lost_in_english(open_data: Path) -> None:
    at = block("lost", open_data, "en")
    assert "1,246 open figures do not fit the areas of today" in words(at)
    assert REASONS["average"].en in words(at)
    assert foreign_words(at, "en") == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "Eén open cijfer past niet"), ("en", "One open figure does not fit")],
)
def test_one_that_was_lost_is_one(tmp_path: Path, language: Language, sentence: str) -> None:
    home = Home(tmp_path)
    plant(home.releases, evidence=[lost("offences", "gone", figures=1)])
    assert sentence in words(block("lost", home.releases, language))


def test_bronnen_lists_what_was_lost_and_stays_silent_when_nothing_was(
    open_data: Path, without: Path
) -> None:
    assert "passen niet op de gebieden van nu" in words(draw("bronnen", open_data))
    assert "op de gebieden van nu" not in words(draw("bronnen", without))


def test_bronnen_says_how_figures_came_to_hexagons(open_data: Path, without: Path) -> None:
    text = words(block("spread", open_data))
    assert "woningen buurten verdeeld naar adressen 8.000.123" in text
    assert "woningen gemeenten verdeeld naar land: adressen niet bekend 1.234" in text
    english = block("spread", open_data, "en")
    assert "as delivered, by hexagon 9" in words(english)
    assert foreign_words(english, "en") == []
    assert "Hoe cijfers op de zeshoeken komen" in words(draw("bronnen", open_data))
    assert "zeshoeken komen" not in words(draw("bronnen", without))


def test_the_key_figures_of_a_place_fit_on_one_line(open_data: Path) -> None:
    view = view_of(open_data, "nsoc", "en")
    line = key_line(view, "gemeente", VENLO)
    assert line.startswith("inhabitants: 102,000")
    assert key_line(view, "gemeente", CAPELLE) == ""


def test_nothing_is_drawn_when_there_is_nothing(without: Path) -> None:
    for name in ("waiting", "lost", "spread"):
        assert words(block(name, without)) == ""
    assert words(block("key_figures", without, area=VENLO)) == ""


@pytest.fixture(scope="module")
def with_open(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with the open MS01 beside an indicator on records."""
    home = Home(tmp_path_factory.mktemp("ms01"))
    records = next(iter(PLANTED.values()))
    plant(home.releases, {"MS01": CATALOGUE["MS01"], records.code: records})
    return home.releases


def test_an_open_figure_is_labelled_as_published(with_open: Path) -> None:
    for language in ("nl", "en"):
        view = view_of(with_open, language=language)
        passports = view.gateway.passports()
        ms01 = passports["MS01"]
        (other,) = (passport for passport in passports.values() if not passport.open)
        some = view.gateway.figures("MS01", "gemeente")[0]._replace(denominator=1_000.0, mix=None)
        nl = language == "nl"
        sentence = "Open cijfer, zoals gepubliceerd: " if nl else "Open figure, as published: "
        assert open_words(view, ms01) == sentence + ms01.text("source", language)
        for number in (0, 1, 3):
            counted = some._replace(numerator=number)
            assert count_words(view, ms01, counted, "").startswith(f"{number} ")
        none = some._replace(numerator=0)
        assert count_words(view, other, none, "").startswith(view.none_or_few)
        assert view.none_or_few == ("geen of weinig" if nl else "none or few")
        lent = "cijfer van de gemeente" if nl else "figure of the municipality"
        source = count_words(view, ms01, some, lent)
        assert lent in source
        assert ("De bron geeft hier geen" if nl else "The source gives no") in source
        assert ("te weinig geteld" if nl else "Too little") in count_words(view, other, some, lent)


def test_the_panel_says_which_figure_is_open(with_open: Path) -> None:
    sentence = "Open cijfer, zoals gepubliceerd"
    for code, passport in view_of(with_open).gateway.passports().items():
        at = draw("kaart", with_open, indicator=code, kaart="gemeente", gebied=VENLO)
        text = words(at)
        assert (sentence in text) == passport.open
