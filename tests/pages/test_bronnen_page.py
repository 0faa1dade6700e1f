"""The page of sources: who delivered, how old it is, what is missing, whose borders these are."""

from datetime import date
from pathlib import Path

import pandas as pd
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

from access.facts import PeriodFact
from access.gateway import Gateway
from bilingual import Language
from pages.bronnen import finding
from pages.parts.deliveries import (
    NATIONAL,
    missing_words,
    month_ranges,
    partner_words,
    streams,
)
from pages.parts.reach import reach_rows

TODAY = date(2026, 7, 31)
MONTHS = [
    PeriodFact(number, f"2026-0{number}", "month", date(2026, number, 1), date(2026, number, 28))
    for number in range(1, 7)
]


def delivered(*rows: tuple[str, str, date | None, date | None]) -> pd.DataFrame:
    """Return what the gateway tells of deliveries of 10 rows each, received on 1 July 2026."""
    columns = ["partner", "kind", "first_date", "last_date"]
    return pd.DataFrame(rows, columns=columns).assign(received=date(2026, 7, 1), rows=10)


def test_deliveries_of_a_partner_and_kind_are_taken_together() -> None:
    found = streams(
        delivered(
            ("politie", "incident", date(2026, 1, 5), date(2026, 2, 27)),
            ("politie", "incident", date(2026, 5, 2), date(2026, 6, 30)),
            ("politie", "inspection", date(2026, 1, 1), date(2026, 6, 30)),
        ),
        MONTHS,
        TODAY,
    ).set_index("kind")
    row = found.loc["incident"]
    assert (row["deliveries"], row["rows"], row["age"]) == (2, 20, 31)
    assert (row["first"], row["last"]) == (date(2026, 1, 5), date(2026, 6, 30))
    assert row["missing"] == ["2026-03", "2026-04"]
    assert found.loc["inspection", "missing"] == []


def test_what_holds_until_the_next_delivery_has_no_missing_months() -> None:
    rows = [
        ("kvk", kind, date(2026, 1, 1), date(2026, 1, 1)) for kind in ("area_figure", "business")
    ]
    assert list(streams(delivered(*rows), MONTHS, TODAY)["missing"]) == [None, None]


@pytest.mark.parametrize(("kind", "limit"), [("incident", 92), ("area_figure", 400)])
def test_fresh_ends_after_its_number_of_days(kind: str, limit: int) -> None:
    last = TODAY - pd.Timedelta(days=limit).to_pytimedelta()
    rows = delivered(("cbs", kind, last, last))
    assert list(streams(rows, MONTHS, TODAY)["fresh"]) == [True]
    later = TODAY + pd.Timedelta(days=1).to_pytimedelta()
    assert list(streams(rows, MONTHS, later)["fresh"]) == [False]


def test_a_delivery_without_dates_has_no_age_and_is_not_fresh() -> None:
    (row,) = streams(delivered(("om", "incident", None, None)), MONTHS, TODAY).to_dict("records")
    assert row["age"] is None
    assert not row["fresh"]
    assert row["missing"] == [month.code for month in MONTHS]


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
    rows = view.gateway.deliveries()
    newest = rows.groupby("partner")["last_date"].max().reindex(NATIONAL)
    age = (date.today() - newest.min()).days  # noqa: DTZ011
    slow = partner_words(view, str(newest[newest == newest.min()].index[0]), {})
    at = seen("bronnen", example_release, viewer)
    title = at.title[0].value
    assert title.startswith("Alle 6 landelijke partners leverden; oudste gegevens: ")
    assert f"{age} dagen" in title
    assert slow in title
    assert view.number(int(rows["rows"].sum())) in words(at)


def test_a_partner_that_delivered_nothing_is_named(
    example_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Gateway.deliveries

    def without(self: Gateway) -> pd.DataFrame:
        rows = whole(self)
        return rows[~rows["partner"].isin(["om", "fiod"])]

    monkeypatch.setattr(Gateway, "deliveries", without)
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
    rows = gateway_of(example_release).deliveries()
    (table,) = seen("bronnen", example_release).dataframe
    assert len(table.value) == len(rows.groupby(["partner", "kind"]))
    assert table.value["Regels"].sum() == rows["rows"].sum()


def test_bars_begin_with_the_release_and_take_gemeenten_together(example_release: Path) -> None:
    view = view_of(example_release)
    rows = delivered(
        ("kvk", "business", date(1968, 9, 26), date(2026, 6, 30)),
        ("gemeente:GM0599", "incident", date(2026, 2, 1), date(2026, 4, 1)),
        ("gemeente:GM0014", "incident", date(2026, 3, 1), date(2026, 5, 1)),
        ("om", "incident", None, None),
    )
    bars = reach_rows(view, streams(rows, MONTHS, TODAY), date(2026, 1, 1)).set_index("label")
    assert set(bars.index) == {"Kamer van Koophandel: bedrijven", "Gemeente (2): meldingen"}
    assert bars.loc["Kamer van Koophandel: bedrijven", "start"] == pd.Timestamp(2026, 1, 1)
    local = bars.loc["Gemeente (2): meldingen"]
    assert (local["start"], local["end"]) == (pd.Timestamp(2026, 2, 1), pd.Timestamp(2026, 5, 1))


def test_a_bar_that_ended_before_the_release_begins_is_still_drawn(example_release: Path) -> None:
    rows = delivered(("cbs", "area_figure", date(2020, 1, 1), date(2021, 1, 1)))
    found = streams(rows, MONTHS, TODAY)
    (bar,) = reach_rows(view_of(example_release), found, date(2026, 1, 1)).to_dict("records")
    assert bar["start"] <= bar["end"] == pd.Timestamp(2021, 1, 1)


def test_the_own_area_reads_what_it_delivered_itself(example_release: Path) -> None:
    partners = set(gateway_of(example_release).deliveries()["partner"])
    for viewer, name in (("gemeente:GM0599", "Rotterdam"), ("gemeente:GM0983", "Venlo")):
        text = words(seen("bronnen", example_release, viewer))
        delivered_some = viewer in partners
        assert (f"Geleverd door {name}" in text) == delivered_some
        assert (f"{name} leverde zelf niets" in text) != delivered_some


def test_sources_and_licences_are_there(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    text = words(seen("bronnen", example_release))
    for line in gateway.attributions():
        assert plain(line) in text
    for sheet in gateway.sheets().values():
        assert plain(sheet.text("source", "nl")) in text
        assert plain(sheet.text("licence", "nl")) in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", "gemeente:GM0983"])
def test_dutch_and_english_are_both_complete(
    viewer: str, language: Language, example_release: Path
) -> None:
    at = seen("bronnen", example_release, viewer, language)
    assert foreign_words(at, language, tuple(gateway_of(example_release).attributions())) == []
    assert accusing_words(at) == []
