"""Reports all that is wrong with a delivery at once, in a message that stays readable."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from errors import WeerbeeldError, readable, shortened
from intake.limits import MOST_FAULTS
from records.contract import INVENTED_MARK
from records.free_text import personal_in

SHOWN = 50
"""Faults spelled out in a message; of the rest the number and the lines are given."""

OUTSIDE_WORDS = (
    "A partner's word counts for what is its own. Where WEERBEELD_SET_ASIDE_OUTSIDE names the "
    "partner, rows outside that are set aside and its sound rows, if any, taken in."
)

_IDENTIFIER = re.compile(rf"\b\d{{9,}}\b|{INVENTED_MARK}\S*\d", re.ASCII)
"""Numbers of persons, addresses and establishments have nine digits or more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where, what was found (identifiers masked) and what is expected.

    ``line`` is the line number that an editor shows (the row number in Excel, or in a Parquet
    file), or None for a fault of the file as a whole, whose ``column`` is then empty. A fault that
    is ``whole`` may hide other rows, so that nothing in the file can be relied on. One that is
    ``outside`` is about a row that its partner may not deliver.
    """

    line: int | None
    column: str
    found: str
    expected: str
    whole: bool = False
    outside: bool = False


class DeliveryRefused(WeerbeeldError):  # noqa: N818 - says what happened
    """A delivery with faults; it is refused whole and nothing of it was stored."""

    def __init__(
        self, faults: Iterable[Fault], file_name: str = "", row_word: str = "line"
    ) -> None:
        self.faults = tuple(faults)
        self.file_name = file_name
        self.row_word = row_word
        super().__init__(file_name)

    def __str__(self) -> str:
        """Return the faults, grouped by column and expectation, the largest groups cut short."""
        name = self.file_name or "The delivery"
        total = len(self.faults)
        groups = _grouped(self.faults)
        allowance = max(1, SHOWN // len(groups)) if total > SHOWN else total
        lines = [
            f"{name} is refused whole; nothing was stored. "
            f"Mend {_counted(total)} and deliver it again:"
        ]
        for (column, expected), faults in list(groups.items())[:SHOWN]:
            many = f" ({_counted(len(faults))})" if len(faults) > 1 else ""
            lines.append(f"  {column or 'the file'}: expected {expected}{many}")
            lines += (f"    {self._one(fault)}" for fault in faults[:allowance])
            lines += self._rest(faults[allowance:])
        if len(groups) > SHOWN:
            lines.append(f"  and {len(groups) - SHOWN} more kinds of fault")
        if any(fault.outside for fault in self.faults):
            lines.append(OUTSIDE_WORDS)
        return readable("\n".join(lines))

    def _one(self, fault: Fault) -> str:
        where = f"{self.row_word} {fault.line}: " if fault.line is not None else ""
        return f"{where}found {shortened(fault.found)}"

    def _rest(self, faults: list[Fault]) -> list[str]:
        numbers = [fault.line for fault in faults if fault.line is not None]
        if not faults:
            return []
        where = f", {self.row_word}s {min(numbers)} to {max(numbers)}" if numbers else ""
        return [f"    and {len(faults):,} more{where}"]


def too_many() -> Fault:
    """Return the fault of a file that has more faults than are kept."""
    found = f"more than {MOST_FAULTS:,} faults, so that the rest was not looked at"
    return Fault(None, "", found, "a file of this kind of record", whole=True)


def file_fault(found: str, expected: str, line: int | None = None) -> DeliveryRefused:
    """Return the refusal of a file that cannot be read as a table at all."""
    return DeliveryRefused([Fault(line, "", found, expected)])


def masked(identifier: str) -> str:
    """Return an identifier as a message may show it: enough to find it in the file, no more."""
    return f"{identifier[:2]}***" if len(identifier) > 4 else "***"


def masked_if_identifier(text: str) -> str:
    """Return a value of a column that holds no identifiers, masked when it holds one all the same.

    In a row whose fields have shifted, identifiers stand in other columns; free text may hold data
    of persons.
    """
    return masked(text) if _IDENTIFIER.search(text) or personal_in(text) else text


def _counted(number: int) -> str:
    return "1 fault" if number == 1 else f"{number:,} faults"


def _grouped(faults: Iterable[Fault]) -> dict[tuple[str, str], list[Fault]]:
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.column, fault.expected), []).append(fault)
    return groups
