"""Makes text of the typed values of a Parquet file, in one way for all of a column."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from intake.text_table import trimmed

LARGEST_EXACT = {pa.float16(): 2.0**11, pa.float32(): 2.0**24, pa.float64(): 2.0**53}
"""Whole numbers up to here keep all their digits."""


@dataclass
class TypedColumn:
    """What the values of a column show together.

    ``whole``: no number has a fraction; pandas writes integers with gaps as floats. ``broken``:
    some value cannot be text.
    """

    type: pa.DataType
    whole: bool = True
    broken: bool = False

    @property
    def fit_for_text(self) -> bool:
        """Whether it may hold identifiers and codes: text, or numbers without a fraction.

        A float holds few digits, and days and yes or no are no codes.
        """
        if pa.types.is_temporal(self.type) or pa.types.is_boolean(self.type):
            return False
        return self.whole or not (pa.types.is_floating(self.type) or pa.types.is_decimal(self.type))

    def look(self, values: pa.Array) -> None:
        """Take more of the values into account."""
        try:
            if self.whole and pa.types.is_floating(self.type):
                self.whole = self._all_whole(_without_nan(values))
            elif self.whole and pa.types.is_decimal(self.type):
                self.whole = _without_fraction(values) is not None
            self.text(values)
        except pa.ArrowException:
            self.broken = True

    def text(self, values: pa.Array) -> pa.Array:
        """Return values as trimmed text: ISO dates, a decimal point, true and false."""
        if pa.types.is_floating(self.type):
            values = _without_nan(values)
            values = pc.cast(values, pa.int64()) if self.whole else values
        elif pa.types.is_decimal(self.type) and self.whole:
            values = _without_fraction(values)
        return as_text(values)

    def _all_whole(self, values: pa.Array) -> bool:
        small = pc.less(pc.abs(values), pa.scalar(LARGEST_EXACT[self.type]))
        whole = pc.and_(pc.equal(values, pc.round(values)), small)
        return bool(pc.all(whole, min_count=0).as_py())


def as_text(values: pa.Array) -> pa.Array:
    """Return values as trimmed text, also where repeated ones are references to one copy."""
    if pa.types.is_dictionary(values.type):
        values = pc.cast(values, values.type.value_type)
    return trimmed(values)


def _without_nan(values: pa.Array) -> pa.Array:
    values = pc.cast(values, pa.float64())
    return pc.if_else(pc.is_nan(values), pa.scalar(None, pa.float64()), values)


def _without_fraction(values: pa.Array) -> pa.Array | None:
    """Return decimals without their fraction, None when it is not zero in all of them."""
    try:
        return pc.cast(values, pa.decimal256(values.type.precision, 0))
    except pa.ArrowInvalid:
        return None
