"""One look at a page is one line for an auditor, however many reads it took."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from access.audit_lines import LoggedLine

VIEW = "view"
"""The action of the line with which each look at a page begins; its reads follow."""


@dataclass(frozen=True, slots=True)
class LoggedView:
    """Who looked at which page for what, when (ISO 8601, UTC) and from where.

    ``reads`` and ``refused`` count the lines that were wanted. What belongs to no look, as an
    export or a command, stands alone, by its action.
    """

    at: str
    actor: str
    what: str
    reads: int
    refused: int
    origin: str


def grouped(lines: Sequence[LoggedLine], looks: Sequence[LoggedLine]) -> list[LoggedView]:
    """Return the looks that ``lines`` belong to, the newest first; ``looks`` are lines of VIEW."""
    begun: defaultdict[tuple[str, str], list[LoggedLine]] = defaultdict(list)
    for look in sorted(looks, key=lambda line: line.sequence):
        begun[_whose(look)].append(look)
    found: defaultdict[LoggedLine, list[LoggedLine]] = defaultdict(list)
    for line in lines:
        found[_look_of(line, begun[_whose(line)])].append(line)
    newest = sorted(found, key=lambda line: line.sequence, reverse=True)
    return [_view(look, found[look]) for look in newest]


def _whose(line: LoggedLine) -> tuple[str, str]:
    """Return who, and from which address: a page and its map ask by ways of their own."""
    return line.actor, line.origin.rpartition(" ")[2]


def _look_of(line: LoggedLine, looks: Sequence[LoggedLine]) -> LoggedLine:
    """Return the look that a line belongs to; the line itself where it is of none."""
    if line.action not in ("read", VIEW):
        return line
    before = bisect_right([look.sequence for look in looks], line.sequence)
    return looks[before - 1] if before else line


def _view(look: LoggedLine, lines: Sequence[LoggedLine]) -> LoggedView:
    what = look.object if look.action == VIEW else f"{look.action} {look.object}"
    refused = sum(line.result == "refused" for line in lines)
    reads = sum(line.result != "refused" and line.action != VIEW for line in lines)
    return LoggedView(look.at, look.actor, what, reads, refused, look.origin)
