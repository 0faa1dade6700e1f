"""How large the example is: a small country, or as many records as the real one has.

A full-size country is many examples that follow on one another: their places are the same, their
records are not. One is in memory at a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from demo.businesses import businesses
from demo.contract import Example, Maker
from records import RecordKind
from records.contract import INVENTED_MARK

APART = 1_000_003
"""What the seeds of examples that follow on one another lie apart."""


@dataclass(frozen=True)
class Batch:
    """One of the examples: its ``number``, and that of the trade register that it is about."""

    number: int
    register: int
    example: Example

    def named(self, frame: pd.DataFrame, kind: RecordKind) -> pd.DataFrame:
        """Return records whose identifiers are of this example only, firms those of its register.

        The first keeps its own.
        """
        own = {}
        for column in kind.pseudonymised:
            number = self.number if column in kind.key else self.register
            if number:
                mark = f"{INVENTED_MARK}-"
                own[column] = frame[column].str.replace(mark, f"{mark}{number}-", regex=False)
        return frame.assign(**own)


@dataclass(frozen=True)
class Size:
    """How many examples follow on one another: of businesses ``registers``, of kinds ``times``.

    Of kinds that are not named there is one.
    """

    registers: int = 1
    times: Mapping[str, int] = field(default_factory=dict)

    def holds(self, kind: str, number: int) -> bool:
        """Return whether the example with this number has records of a kind."""
        many = self.registers if kind == "business" else self.times.get(kind, 1)
        return number < many

    def batches(self, register: int, first: Example) -> Iterator[Batch]:
        """Give the examples about one trade register: its own first."""
        own = (
            first if not register else replace(first, seed=first.seed + APART * register, _made={})
        )
        for number in range(register, max([self.registers, *self.times.values()]), self.registers):
            made: dict[Maker, pd.DataFrame] = {businesses: own.records(businesses)}
            example = (
                own
                if number == register
                else replace(first, seed=first.seed + APART * number, _made=made)
            )
            yield Batch(number, register, example)


SMALL = Size()
NATIONAL = Size(
    registers=25,
    times={"property_transaction": 6, "trade_declaration": 250, "incident": 1, "inspection": 1},
)
"""3.6 million establishments, 230,000 sales a year, and 20 million declarations."""

SIZES = {"example": SMALL, "national": NATIONAL}
