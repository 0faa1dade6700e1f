"""Between Arrow and numpy without pandas.

At its own first conversion pyarrow imports pandas, to know its objects again. That takes as long as
half of all else that a small delivery needs, and none of it is used here.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

TEXT = pa.large_string()

Booleans = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_ARROW = {
    np.dtype("bool"): pa.bool_(),
    np.dtype("int32"): pa.int32(),
    np.dtype("int64"): pa.int64(),
    np.dtype("float64"): pa.float64(),
    np.dtype("datetime64[D]"): pa.date32(),
}


def there(values: pa.Array) -> Booleans:
    """Return which values are not null, shape (n,)."""
    validity = values.buffers()[0]
    if validity is None:
        return np.full(len(values), values.null_count == 0)
    return _bits(validity, values)


def booleans(values: pa.Array) -> Booleans:
    """Return yes and no, shape (n,); no where null."""
    return there(values) & _bits(values.buffers()[1], values)


def floats(values: pa.Array) -> Floats:
    """Return floats, shape (n,), NaN where null."""
    return np.where(there(values), _items(values, np.float64), np.nan)


def integers(values: pa.Array, missing: int = 0) -> Integers:
    """Return integers of 32 or 64 bits, shape (n,), and ``missing`` where null."""
    items = _items(values, np.int32 if values.type.bit_width == 32 else np.int64)
    return np.where(there(values), items, missing).astype(np.int64)


def days(values: pa.Array) -> NDArray[np.datetime64]:
    """Return days, shape (n,), NaT where null."""
    items = _items(values, np.int32).astype("datetime64[D]")
    return np.where(there(values), items, np.datetime64("NaT", "D"))


def column(values: NDArray[Any], given: Booleans | None = None) -> pa.Array:
    """Return an array as Arrow has it, null where not ``given``, or not a day; shape (n,)."""
    kind = _ARROW[values.dtype]
    if kind == pa.date32():
        given = ~np.isnat(values) if given is None else given
        values = values.astype(np.int64).astype(np.int32)
    data = _packed(values) if kind == pa.bool_() else pa.py_buffer(np.ascontiguousarray(values))
    validity = None if given is None else _packed(given)
    return pa.Array.from_buffers(kind, len(values), [validity, data])


def texts(values: Sequence[str | None]) -> pa.Array:
    """Return texts as Arrow has them (TEXT), shape (n,)."""
    encoded = [b"" if text is None else text.encode() for text in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    given = _packed(np.array([text is not None for text in values], dtype=bool))
    buffers = [given, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(TEXT, len(encoded), buffers)


def _items(values: pa.Array, kind: type[np.generic]) -> NDArray[Any]:
    """Return what an array holds for each value, also where that is null."""
    if not len(values):
        return np.array([], dtype=kind)
    return np.frombuffer(values.buffers()[1], kind)[values.offset : values.offset + len(values)]


def _bits(buffer: pa.Buffer, values: pa.Array) -> Booleans:
    if not len(values):
        return np.array([], dtype=bool)
    end = values.offset + len(values)
    bits = np.unpackbits(np.frombuffer(buffer, np.uint8), count=end, bitorder="little")
    return bits[values.offset :].view(bool)


def _packed(flags: Booleans) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


EMPTY, NOTHING = texts(["", None])
"""A text without letters, and no text."""
