"""Every kind of record has an end, and what a release shows is never deleted before its time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import CATALOGUE
from records import KINDS, RecordKind, Retention
from release.periods import MONTHS_BACK, calendar_of

DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_starts_at_a_date_of_its_own(kind: RecordKind) -> None:
    assert kind.column(kind.starts).type == "date", (
        f"{kind.name}: its retention starts at {kind.starts}, which is no date; name one that is"
    )
    assert kind.retention.months > 0, f"{kind.name} is kept for no month; say how many"
    assert len(kind.retention.why) > 20, f"{kind.name}: say why it is kept for so long"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_is_kept_for_as_long_as_a_release_needs_it(kind: RecordKind) -> None:
    looks_back = [i.history_months for i in CATALOGUE.values() if kind.name in i.reads]
    needed = MONTHS_BACK + max(looks_back, default=0)
    assert kind.retention.months >= needed, (
        f"{kind.name} is kept for {kind.retention.months} months, but indicators read the last "
        f"{needed}; keep it longer, or let them look back less"
    )


def test_known_ends() -> None:
    five_years = Retention("x", 60, "because")
    assert five_years.last_day(date(2021, 11, 5)) == date(2026, 11, 30)
    assert five_years.last_day(date(2023, 2, 28)) == date(2028, 2, 29)
    assert five_years.first_kept(date(2026, 11, 30)) == date(2021, 11, 1)
    assert five_years.first_kept(date(2026, 12, 1)) == date(2021, 12, 1)


@given(start=DAYS, today=DAYS, months=st.integers(1, 200))
def test_a_record_has_ended_on_the_day_after_its_last(
    start: date, today: date, months: int
) -> None:
    period = Retention("x", months, "because")
    assert (start < period.first_kept(today)) == (period.last_day(start) < today)


@given(first=DAYS, today=DAYS)
def test_a_release_of_what_is_left_shows_whole_months_only(first: date, today: date) -> None:
    """Deleting leaves no month of which the first days are gone and that is shown all the same."""
    kept = max(first, Retention("x", MONTHS_BACK, "because").first_kept(today))
    if kept + timedelta(days=31) < today and kept != first:
        assert calendar_of(kept, today)[0].start >= kept
