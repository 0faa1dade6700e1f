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
from pages.kit.words import Words
from pages.kit.words import plain as as_markdown
from pages.parts.deliveries import (
    NATIONAL,
    missing_words,
    month_ranges,
    partner_words,
    size_words,
    streams,
)
from pages.parts.reach import Bar, reach_bars

TODAY = date(2026, 7, 31)
MONTHS = [
    Period(number, f"2026-0{number}", "month", date(2026, number, 1), date(2026, number, 28))
    for number in range(1, 7)
]


def delivered(*rows: tuple[str, str, str | None, str | None], size: int = 200) -> list[Delivery]:
    """Return deliveries of about 200 rows each, received in July 2026."""
    return [
        Delivery(kind, partner, "2026-07", size, first, last) for partner, kind, first, last in rows
    ]


def test_deliveries_of_a_partner_and_kind_are_taken_together() -> None:
    incident, inspection = streams(
        delivered(
            ("politie", "incident", "2026-01", "2026-02"),
            ("politie", "incident", "2026-05", "2026-06"),
            ("politie", "inspection", "2026-01", "2026-06"),
        ),
        MONTHS,
        TODAY,
    )
    assert (incident.kind, inspection.kind) == ("incident", "inspection")
    assert (incident.deliveries, incident.size, incident.age) == (2, 400, 1)
    assert (incident.first, incident.last) == ("2026-01", "2026-06")
    assert incident.missing == ["2026-03", "2026-04"]
    assert inspection.missing == []


def test_what_holds_until_the_next_delivery_has_no_missing_months() -> None:
    rows = [("kvk", kind, "2026-01", "2026-01") for kind in ("area_figure", "business")]
    found = streams(delivered(*rows), MONTHS, TODAY)
    assert [stream.missing for stream in found] == [None, None]


@pytest.mark.parametrize(("kind", "limit"), [("incident", 92), ("area_figure", 400)])
def test_fresh_ends_a_number_of_days_after_the_last_month(kind: str, limit: int) -> None:
    rows = delivered(("cbs", kind, "2026-06", "2026-06"))
    latest = date(2026, 6, 30) + timedelta(days=limit)
    assert [stream.fresh for stream in streams(rows, MONTHS, latest)] == [True]
    later = latest + timedelta(days=1)
    assert [stream.fresh for stream in streams(rows, MONTHS, later)] == [False]


def test_a_delivery_without_dates_has_no_age_and_is_not_fresh() -> None:
    (stream,) = streams(delivered(("om", "incident", None, None)), MONTHS, TODAY)
    assert stream.age is None
    assert not stream.fresh
    assert stream.missing == [month.code for month in MONTHS]


def test_small_deliveries_are_only_called_small() -> None:
    rows = delivered(("om", "incident", "2026-05", "2026-06"), size=0)
    (one,), (three,) = streams(rows, MONTHS, TODAY), streams(rows * 3, MONTHS, TODAY)
    view = Words("nl")
    assert size_words(view, one.size, one.small) == "< 100"
    assert size_words(view, three.size, three.small) == "< 300"
    assert size_words(view, 2_000, 1) == "2.000"


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
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for delivery in deliveries:
        if delivery.last:
            ends[delivery.partner].append(delivery.last)
    newest = {code: max(ends[code]) for code in NATIONAL}
    year, month = map(int, min(newest.values()).split("-"))
    today = date.today()  # noqa: DTZ011
    age = (today.year - year) * 12 + today.month - month
    slow = [partner_words(view, c, {}) for c in newest if newest[c] == min(newest.values())]
    at = seen("bronnen", example_release, viewer)
    title = at.title[0].value
    assert "6" in title.split(";")[0]
    assert f"{age} {'maand' if age == 1 else 'maanden'}" in title
    assert all(name in title for name in slow) == (len(slow) < len(newest))
    assert view.number(sum(delivery.size for delivery in deliveries)) in words(at)


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
    rows = delivered(("kadaster", "property_transaction", "2026-01", "2026-06"))
    title, lead = finding(view_of(example_release), streams(rows, MONTHS, TODAY))
    assert title.startswith("0 van 6 landelijke partners leverden, niets van Politie")
    assert title.endswith("Marechaussee")
    assert lead.startswith("1 leveringen van 1 partners, samen ongeveer 200 regels")


def test_who_is_furthest_behind_is_named(example_release: Path) -> None:
    rows = delivered(
        ("om", "incident", "2026-01", "2026-04"), ("fiod", "incident", "2026-01", "2026-06")
    )
    title, _ = finding(view_of(example_release), streams(rows, MONTHS, TODAY))
    assert title.endswith("oudste gegevens: 3 maanden (Openbaar Ministerie)")


def test_the_table_has_a_row_per_partner_and_kind(example_release: Path) -> None:
    deliveries = gateway_of(example_release).deliveries()
    (table,) = seen("bronnen", example_release).dataframe
    assert len(table.value) == len({(found.partner, found.kind) for found in deliveries})
    assert set(table.value["Ontvangen"]) == {found.received for found in deliveries}


def test_bars_begin_with_the_release_and_take_gemeenten_together(example_release: Path) -> None:
    view = view_of(example_release)
    rows = delivered(
        ("kvk", "business", "1968-09", "2026-06"),
        ("gemeente:GM0599", "incident", "2026-02", "2026-04"),
        ("gemeente:GM0014", "incident", "2026-03", "2026-05"),
        ("om", "incident", None, None),
    )
    local, chamber = reach_bars(view, streams(rows, MONTHS, TODAY), date(2026, 1, 1))
    assert local == Bar("Gemeente (2): meldingen", date(2026, 2, 1), date(2026, 5, 31))
    assert chamber.label == "Kamer van Koophandel: bedrijven"
    assert chamber.start == date(2026, 1, 1)


def test_a_bar_that_ended_before_the_release_begins_is_still_drawn(example_release: Path) -> None:
    rows = delivered(("cbs", "area_figure", "2020-01", "2021-01"))
    found = streams(rows, MONTHS, TODAY)
    (bar,) = reach_bars(view_of(example_release), found, date(2026, 1, 1))
    assert bar.start <= bar.end == date(2021, 1, 31)


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
