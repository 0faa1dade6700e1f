"""The page of sources: who delivered, how old it is, what is missing, whose borders these are."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from page_drawing import (
    accusing_words,
    draw,
    foreign_words,
    gateway_of,
    plain,
    seen,
    view_of,
    words,
)

from access.facts import Delivery, Period
from access.partner import PartnerGateway
from bilingual import Language
from pages.bronnen import finding
from pages.kit.words import plain as as_markdown
from pages.parts.deliveries import (
    NATIONAL,
    missing_words,
    month_ranges,
    partner_words,
    streams,
)
from pages.parts.reach import Bar, reach_bars

TODAY = date(2026, 7, 31)
MONTHS = [
    Period(number, f"2026-0{number}", "month", date(2026, number, 1), date(2026, number, 28))
    for number in range(1, 7)
]


def delivered(*rows: tuple[str, str, date | None, date | None]) -> list[Delivery]:
    """Return deliveries of 10 rows each, received on 1 July 2026."""
    return [
        Delivery(kind, partner, date(2026, 7, 1), 10, first, last)
        for partner, kind, first, last in rows
    ]


def test_deliveries_of_a_partner_and_kind_are_taken_together() -> None:
    incident, inspection = streams(
        delivered(
            ("politie", "incident", date(2026, 1, 5), date(2026, 2, 27)),
            ("politie", "incident", date(2026, 5, 2), date(2026, 6, 30)),
            ("politie", "inspection", date(2026, 1, 1), date(2026, 6, 30)),
        ),
        MONTHS,
        TODAY,
    )
    assert (incident.kind, inspection.kind) == ("incident", "inspection")
    assert (incident.deliveries, incident.rows, incident.age) == (2, 20, 31)
    assert (incident.first, incident.last) == (date(2026, 1, 5), date(2026, 6, 30))
    assert incident.missing == ["2026-03", "2026-04"]
    assert inspection.missing == []


def test_what_holds_until_the_next_delivery_has_no_missing_months() -> None:
    rows = [
        ("kvk", kind, date(2026, 1, 1), date(2026, 1, 1)) for kind in ("area_figure", "business")
    ]
    found = streams(delivered(*rows), MONTHS, TODAY)
    assert [stream.missing for stream in found] == [None, None]


@pytest.mark.parametrize(("kind", "limit"), [("incident", 92), ("area_figure", 400)])
def test_fresh_ends_after_its_number_of_days(kind: str, limit: int) -> None:
    last = TODAY - timedelta(days=limit)
    rows = delivered(("cbs", kind, last, last))
    assert [stream.fresh for stream in streams(rows, MONTHS, TODAY)] == [True]
    later = TODAY + timedelta(days=1)
    assert [stream.fresh for stream in streams(rows, MONTHS, later)] == [False]


def test_a_delivery_without_dates_has_no_age_and_is_not_fresh() -> None:
    (stream,) = streams(delivered(("om", "incident", None, None)), MONTHS, TODAY)
    assert stream.age is None
    assert not stream.fresh
    assert stream.missing == [month.code for month in MONTHS]


def test_months_run_together_over_the_turn_of_a_year() -> None:
    codes = ["2026-06", "2025-12", "2026-01", "2026-03"]
    expected = [("2025-12", "2026-01"), ("2026-03", "2026-03"), ("2026-06", "2026-06")]
    assert month_ranges(codes) == expected


def test_missing_months_in_words(example_release: Path) -> None:
    view = view_of(example_release)
    assert missing_words(view, None, 36) == "–"
    assert missing_words(view, [], 36) == "geen"
    text = missing_words(view, ["2026-01", "2026-02", "2026-05"], 36)
    assert text == "3 van 36: januari 2026 t/m februari 2026 en mei 2026"


def test_the_six_national_partners_have_words(example_release: Path) -> None:
    assert set(NATIONAL) == {"politie", "belastingdienst", "fiod", "douane", "om", "kmar"}
    view = view_of(example_release)
    assert partner_words(view, "gemeente:GM0599", {"GM0599": "Rotterdam"}) == "Gemeente Rotterdam"


@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", "gemeente:GM0599"])
def test_the_title_counts_the_national_partners_and_names_the_oldest(
    viewer: str, example_release: Path
) -> None:
    view = view_of(example_release, viewer)
    deliveries = view.gateway.deliveries()
    days: defaultdict[str, list[date]] = defaultdict(list)
    for delivery in deliveries:
        if delivery.last_date:
            days[delivery.partner].append(delivery.last_date)
    newest = {code: max(days[code]) for code in NATIONAL}
    age = (date.today() - min(newest.values())).days  # noqa: DTZ011
    slow = partner_words(view, min(newest, key=lambda code: newest[code]), {})
    at = seen("bronnen", example_release, viewer)
    title = at.title[0].value
    assert title.startswith("Alle 6 landelijke partners leverden; oudste gegevens: ")
    assert f"{age} dagen" in title
    assert slow in title
    assert view.number(sum(delivery.rows for delivery in deliveries)) in words(at)


def test_a_partner_that_delivered_nothing_is_named(
    example_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PartnerGateway.deliveries

    def without(self: PartnerGateway) -> list[Delivery]:
        return [found for found in whole(self) if found.partner not in ("om", "fiod")]

    monkeypatch.setattr(PartnerGateway, "deliveries", without)
    at = draw("bronnen", example_release)
    expected = "4 van 6 landelijke partners leverden, niets van FIOD en Openbaar Ministerie"
    assert at.title[0].value.startswith(expected)
    assert words(at).count("niets ontvangen") == 2


def test_the_finding_stands_without_any_national_partner(example_release: Path) -> None:
    rows = delivered(("kadaster", "property_transaction", date(2026, 1, 1), date(2026, 6, 30)))
    title, lead = finding(view_of(example_release), streams(rows, MONTHS, TODAY))
    assert title.startswith("0 van 6 landelijke partners leverden, niets van Politie")
    assert title.endswith("Marechaussee")
    assert lead.startswith("1 leveringen van 1 partners, samen 10 regels")


def test_the_table_has_a_row_per_partner_and_kind(example_release: Path) -> None:
    deliveries = gateway_of(example_release).deliveries()
    (table,) = seen("bronnen", example_release).dataframe
    assert len(table.value) == len({(found.partner, found.kind) for found in deliveries})
    assert table.value["Regels"].sum() == sum(found.rows for found in deliveries)


def test_bars_begin_with_the_release_and_take_gemeenten_together(example_release: Path) -> None:
    view = view_of(example_release)
    rows = delivered(
        ("kvk", "business", date(1968, 9, 26), date(2026, 6, 30)),
        ("gemeente:GM0599", "incident", date(2026, 2, 1), date(2026, 4, 1)),
        ("gemeente:GM0014", "incident", date(2026, 3, 1), date(2026, 5, 1)),
        ("om", "incident", None, None),
    )
    local, chamber = reach_bars(view, streams(rows, MONTHS, TODAY), date(2026, 1, 1))
    assert local == Bar("Gemeente (2): meldingen", date(2026, 2, 1), date(2026, 5, 1))
    assert chamber.label == "Kamer van Koophandel: bedrijven"
    assert chamber.start == date(2026, 1, 1)


def test_a_bar_that_ended_before_the_release_begins_is_still_drawn(example_release: Path) -> None:
    rows = delivered(("cbs", "area_figure", date(2020, 1, 1), date(2021, 1, 1)))
    found = streams(rows, MONTHS, TODAY)
    (bar,) = reach_bars(view_of(example_release), found, date(2026, 1, 1))
    assert bar.start <= bar.end == date(2021, 1, 1)


def test_the_own_area_reads_what_it_delivered_itself(example_release: Path) -> None:
    partners = {found.partner for found in gateway_of(example_release).deliveries()}
    for viewer, name in (("gemeente:GM0599", "Rotterdam"), ("gemeente:GM0983", "Venlo")):
        text = words(seen("bronnen", example_release, viewer))
        delivered_some = viewer in partners
        assert (f"Geleverd door {name}" in text) == delivered_some
        assert (f"{name} leverde zelf niets" in text) != delivered_some


def test_sources_and_licences_are_there(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    text = words(seen("bronnen", example_release))
    for line in gateway.attributions():
        assert plain(as_markdown(line)) in text
    for passport in gateway.passports().values():
        assert plain(passport.text("source", "nl")) in text
        assert plain(passport.text("licence", "nl")) in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", "gemeente:GM0983"])
def test_dutch_and_english_are_both_complete(
    viewer: str, language: Language, example_release: Path
) -> None:
    at = seen("bronnen", example_release, viewer, language)
    assert foreign_words(at, language, tuple(gateway_of(example_release).attributions())) == []
    assert accusing_words(at) == []
