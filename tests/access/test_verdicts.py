"""What votes in a place say together: independent, too little to tell, and what changed."""

import pytest

from access.verdicts import (
    Standing,
    Sureness,
    Voice,
    Vote,
    change_of,
    independent,
    sureness_of,
)

Named = tuple[str, str]


def _voice(partners: str, over: str) -> Voice:
    return Voice(frozenset(partners.split()), frozenset(over.split()))


@pytest.mark.parametrize(
    ("voices", "number"),
    [
        ([], 0),
        ([("kvk", "business"), ("kvk", "firms")], 1),
        ([("kvk", "business"), ("kadaster", "property_transaction")], 2),
        ([("fiu", "inhabitants"), ("politie", "inhabitants")], 1),
        ([("politie", "addresses"), ("politie", "inhabitants"), ("fiu", "inhabitants")], 2),
        ([("politie gemeente", "a"), ("politie", "b"), ("gemeente", "c")], 2),
        ([("a b", "1"), ("b c", "2"), ("c d", "3"), ("d e", "4"), ("e a", "5")], 2),
    ],
)
def test_independent_are_other_partners_and_other_denominators(
    voices: list[Named], number: int
) -> None:
    found = [_voice(*named) for named in voices]
    assert independent(found) == independent(found[::-1]) == number
    assert independent(found * 3) == number, "the same word said again is no other partner"


@pytest.mark.parametrize(
    ("standing", "judged", "known", "sure"),
    [
        (3, 5, 5, "strong"),
        (2, 2, 5, "strong"),
        (1, 1, 5, "possible"),
        (0, 2, 5, "nothing"),
        (0, 1, 5, "too_little"),
        (0, 1, 1, "nothing"),
        (0, 0, 1, "too_little"),
        (0, 0, 0, "too_little"),
    ],
)
def test_nothing_stands_out_only_where_two_partners_could_tell(
    standing: int, judged: int, known: int, sure: Sureness
) -> None:
    assert sureness_of(standing, judged, known) == sure


def _standing(indicator: str, low: float, high: float) -> Standing:
    return Standing(Vote(indicator, ("kvk",), "2026-06-12m"), _voice("kvk", "business"), low, high)


ONE, HIGHER, OTHER = (_standing(*what) for what in (("A", 2, 4), ("A", 5, 6), ("B", 2, 4)))


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (("nothing", []), ("too_little", []), None),
        (("possible", [ONE]), ("nothing", []), "new"),
        (("strong", [ONE, OTHER]), ("too_little", []), "new"),
        (("strong", [ONE, OTHER]), ("possible", [ONE]), "confirmed"),
        (("possible", [ONE]), ("strong", [ONE, OTHER]), "cooled"),
        (("too_little", []), ("possible", [ONE]), "cooled"),
        (("possible", [HIGHER]), ("possible", [ONE]), "worse"),
        (("possible", [ONE, OTHER]), ("possible", [ONE]), "worse"),
        (("possible", [ONE]), ("possible", [ONE]), None),
        (("possible", [ONE]), ("possible", [HIGHER]), None),
    ],
)
def test_what_changed_in_a_year(
    now: tuple[Sureness, list[Standing]],
    before: tuple[Sureness, list[Standing]],
    change: str | None,
) -> None:
    assert change_of(now, before) == change
