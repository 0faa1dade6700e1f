"""Kinds of evidence: no field without a grain, nothing finer, and back from JSON as it went in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args, get_origin

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errors import WeerbeeldError
from store.evidence import KINDS, Evidence, rounded
from store.evidence.contract import (
    SHOWN,
    annotations_of,
    fault_of,
    indicators_of,
    scored_levels_of,
)
from store.evidence.grains import Choice, Exactly, Level, Number, PartnerCode, Word, WordOf, Written
from store.evidence.keeping import as_json, from_json
from store.evidence.of_maps import Calibration
from store.evidence.of_records import Completeness
from store.evidence.of_score import RelatedPair

WORD = "VG01"


class Everything(dict[str, tuple[str, ...]]):
    """The words of a release that knows one word of everything."""

    def __missing__(self, _: str) -> tuple[str, ...]:
        return (WORD,)


def _value(hint: Any) -> Any:  # noqa: ANN401 - an annotation
    """Return a value that fits."""
    if get_origin(hint) is tuple:
        return (_value(get_args(hint)[0]),) * 2
    if not hasattr(hint, "__metadata__"):
        return _value(get_args(hint)[0])
    (grain,) = hint.__metadata__
    match grain:
        case Number():
            return grain.rounded(grain.low + min(grain.high - grain.low, 1e3) / 3)
        case Choice():
            return grain.of[0]
        case Word():
            return min(grain.of)
        case WordOf():
            return WORD
        case Written():
            return "GM0599"
        case PartnerCode():
            return "gemeente:GM0599"
        case Exactly():
            return True if grain.type is bool else date(2026, 6, 30)
    raise AssertionError(grain)


def _example(kind: type[Evidence]) -> Evidence:
    return kind(**{name: _value(hint) for name, hint in annotations_of(kind).items()})


def _numbers(kind: type[Evidence]) -> Iterator[tuple[str, Number]]:
    for name, hint in annotations_of(kind).items():
        for own in (hint, *get_args(hint)) if get_origin(hint) is not tuple else ():
            for grain in getattr(own, "__metadata__", ()):
                if isinstance(grain, Number):
                    yield name, grain


@pytest.mark.parametrize("name", KINDS)
def test_a_row_comes_back_from_json_as_it_went_in(name: str) -> None:
    row = _example(KINDS[name])
    assert fault_of(row, Everything()) == ""
    assert from_json(KINDS[name], json.loads(json.dumps(as_json(row), allow_nan=False))) == row
    assert rounded(row) == row


@pytest.mark.parametrize("name", KINDS)
def test_what_is_not_of_its_grain_is_refused(name: str) -> None:
    """Of every field: another type, and of numbers what lies outside or is finer."""
    row = _example(KINDS[name])
    for field in annotations_of(KINDS[name]):
        for other in (object(), "a count: 17", b"VG01", float("nan"), [17], {"n": 17}):
            changed = replace(row, **{field: other})
            assert fault_of(changed, Everything()).startswith(field), (field, other)
    for field, grain in _numbers(KINDS[name]):
        value = getattr(row, field)
        wrong = [grain.high + 1, grain.low - 1, True, str(value)]
        wrong += [value + 1e-7] if not grain.whole else [float(value)]
        for other in wrong:
            assert fault_of(replace(row, **{field: other}), Everything()).startswith(field)


@given(st.floats(0, 1), st.floats(0, 99))
@example(0.875, 0.0)
def test_rounding_makes_any_number_fit(share: float, deviation: float) -> None:
    row = rounded(Completeness(WORD, None, True, WORD, share, deviation))
    assert fault_of(row, Everything()) == ""
    assert row.share == pytest.approx(share, abs=0.005 + 1e-9)
    assert rounded(row) == row


def test_what_is_not_finite_is_not_known() -> None:
    row = rounded(Completeness(WORD, None, True, WORD, np.float64(0.5), np.float64("nan")))
    assert row.deviation is None
    assert fault_of(row, Everything()) == ""
    unknown = rounded(Calibration(WORD, "gemeente", 3, float("nan"), 0.0, 0.0))
    assert fault_of(unknown, Everything()) == "inside (None) is not a number"


def test_a_field_without_a_grain_or_a_key_of_no_field_is_refused() -> None:
    @dataclass(frozen=True)
    class Bare(Evidence, rests=SHOWN, key=("level",)):
        level: Level
        count: int

    @dataclass(frozen=True)
    class Keyless(Evidence, rests=SHOWN, key=("area",)):
        level: Level

    with pytest.raises(WeerbeeldError, match="Bare says too little: count"):
        annotations_of(Bare)
    with pytest.raises(WeerbeeldError, match="Keyless says too little: its key"):
        annotations_of(Keyless)


def test_a_row_says_whom_it_is_for() -> None:
    pair = RelatedPair("gemeente", "VG01", "BD01", 0.9, "redundant")
    assert (indicators_of(pair), scored_levels_of(pair)) == (["VG01", "BD01"], ["gemeente"])
    map_of_one = Calibration("VG01", "hex7", 3, 0.9, 0.05, 0.05)
    assert (indicators_of(map_of_one), scored_levels_of(map_of_one)) == (["VG01"], [])
