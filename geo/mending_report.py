"""Reports what was mended in a layer of areas, rule by rule: as lines to read and as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from errors import shortened

NAMED = 5
"""Areas that the lines name for each rule; the metadata beside the borders names all of them."""


class Rule(StrEnum):
    """The rules by which areas are mended, in the order in which they are applied."""

    NO_SHAPE = "areas without a shape"
    INVALID = "invalid polygons"
    OVERLAP = "overlaps"
    GAP = "small gaps"
    OPEN = "larger gaps"


SENTENCES = {
    Rule.NO_SHAPE: "An area without a shape is left out; its figures stay at the larger level.",
    Rule.INVALID: (
        "A polygon that crosses itself is made valid if that changes its surface by at most 1%."
    ),
    Rule.OVERLAP: "Land that is drawn in several areas goes to the smallest of them.",
    Rule.GAP: (
        "A gap of at most 0.1 km2 between areas goes to the one that has most border with it."
    ),
    Rule.OPEN: "A larger gap, or one in water or abroad, is water or unmapped land, and stays.",
}


@dataclass(frozen=True)
class Mended:
    """What one rule did to one area.

    ``m2`` is the surface concerned: changed by making valid, lost to ``to`` where areas overlap,
    gained from gaps. Of a gap that stays, ``code`` is the area that has most border with it.
    """

    rule: Rule
    code: str
    name: str
    m2: float = 0.0
    to: str = ""


def first_codes(codes: Iterable[str]) -> str:
    """Return the first of ``codes`` and the number of others, for a message."""
    ordered = sorted(map(str, codes))
    rest = f" and {len(ordered) - NAMED:,} more" if len(ordered) > NAMED else ""
    return ", ".join(map(shortened, ordered[:NAMED])) + rest


def changes(mended: Iterable[Mended]) -> list[Mended]:
    """Return what changed the areas: all but the gaps that stay."""
    return [one for one in mended if one.rule is not Rule.OPEN]


def described(mended: Iterable[Mended]) -> list[str]:
    """Return, for each rule that did something, how much and to which areas first."""
    lines = []
    for rule, ones in _by_rule(mended).items():
        areas, km2 = len({one.code for one in ones}), sum(one.m2 for one in ones) / 1e6
        surface = f", {km2:,.3f} km2" if km2 else ""
        counted = "1 area" if areas == 1 else f"{areas:,} areas"
        lines.append(f"{rule.capitalize()}: {counted}{surface}. {SENTENCES[rule]}")
        lines += [_line(one) for one in ones[:NAMED]]
        if len(ones) > NAMED:
            lines.append(f"  and {len(ones) - NAMED:,} more")
    return lines


def for_json(mended: Iterable[Mended]) -> list[dict[str, Any]]:
    """Return every mended area with its surface in whole m2, rule by rule, ready for JSON."""
    return [
        {
            "rule": SENTENCES[rule],
            "m2": round(sum(one.m2 for one in ones)),
            "areas": [
                f"{' -> '.join(filter(None, [one.code, one.to]))}: {one.m2:.0f}" for one in ones
            ],
        }
        for rule, ones in _by_rule(mended).items()
    ]


def _by_rule(mended: Iterable[Mended]) -> dict[Rule, list[Mended]]:
    ordered = sorted(mended, key=lambda one: (one.code, one.to))
    return {rule: ones for rule in Rule if (ones := [one for one in ordered if one.rule is rule])}


def _line(one: Mended) -> str:
    to = f" -> {one.to}" if one.to else ""
    surface = f": {one.m2 / 1e6:,.4f} km2" if one.m2 else ""
    return f"  {one.code} {shortened(one.name)}{to}{surface}"
