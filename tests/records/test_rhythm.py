"""By when the next delivery is due, against what was agreed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.facts import Delivery
from pages.beheer import by_lateness, finding
from pages.kit.words import Words
from pages.parts.deliveries import streams
from records import KINDS
from records.authority import RIGHTS, Right, rhythm_of
from records.rhythm import MONTHLY, Rhythm


def delivered(partner: str, kind: str, last: str | None) -> Delivery:
    return Delivery(kind=kind, partner=partner, received="2026-07", size=200, first=last, last=last)


@pytest.mark.parametrize(
    ("rhythm", "last", "due"),
    [
        (Rhythm(1, 31), date(2026, 1, 31), date(2026, 3, 31)),
        (Rhythm(1, 0), date(2027, 12, 5), date(2028, 1, 31)),
        (Rhythm(3, 30), date(2026, 9, 30), date(2027, 1, 30)),
        (Rhythm(12, 0), date(2027, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_delivery_is_due_days_after_the_end_of_what_it_is_about(
    rhythm: Rhythm, last: date, due: date
) -> None:
    assert rhythm.due(last) == due


@given(st.integers(1, 24), st.integers(0, 99), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_day_of_the_month_does_not_matter(months: int, days: int, last: date) -> None:
    due = Rhythm(months, days).due(last)
    assert due == Rhythm(months, days).due(last.replace(day=1))
    assert (due - timedelta(days=days) + timedelta(days=1)).day == 1


def test_what_was_agreed_with_a_partner_goes_before_the_rhythm_of_the_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    incident = KINDS["incident"]
    assert rhythm_of("gemeente:GM0599", incident) == MONTHLY
    agreed = Right("gemeente", ("incident",), "own area", rhythm=Rhythm(3, 20))
    monkeypatch.setattr("records.authority.RIGHTS", (agreed, *RIGHTS))
    assert rhythm_of("gemeente:GM0599", incident) == Rhythm(3, 20)
    assert rhythm_of("politie", incident) == MONTHLY


def test_the_keeper_reads_first_what_is_late_for_longest() -> None:
    rows = [
        delivered("politie", "incident", "2026-06"),
        delivered("gemeente:GM0983", "inspection", "2026-03"),
        delivered("cbs", "area_figure", "2026-06"),
        delivered("om", "incident", None),
    ]
    found = streams(rows, [], date(2026, 10, 10))
    assert [(s.partner, s.due, s.late) for s in by_lateness(found)] == [
        ("gemeente:GM0983", date(2026, 6, 30), 102),
        ("politie", date(2026, 9, 30), 10),
    ]
    title, lead = finding(Words("nl"), found, [])
    assert title == "2 van 4 leveringen zijn te laat"
    assert "Gemeente Venlo, controles, afgesproken voor 30\u00a0jun\u00a02026" in lead
    assert finding(Words("nl"), [], [])[0] == "Geen van 0 leveringen is te laat"
