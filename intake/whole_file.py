"""What only all records of a delivery show together: a key that is there twice, or two origins.

A first look keeps a number for each key, and nothing else of a record. Where that shows a fault,
the delivery is looked at once more, knowing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from intake.arrays import Booleans, booleans
from intake.parsing import Columns
from intake.text_table import Lines
from records import RecordKind
from records.contract import INVENTED_MARK

Hashes = NDArray[np.int64]


@dataclass
class Known:
    """What all records showed. ``repeated`` are numbers of keys, in order, that occur again.

    ``odd_origin``: True when invented records are the fewer, False when real ones are, None when
    all records are of one origin.
    """

    repeated: Hashes = field(default_factory=lambda: np.array([], dtype=np.int64))
    odd_origin: bool | None = None
    _first: dict[Any, int] = field(default_factory=dict)

    def earlier(self, columns: Columns, kind: RecordKind, lines: Lines) -> Lines:
        """Return the line of the first record with the same key, 0 where it is this one."""
        earlier = np.zeros(len(lines), dtype=np.int64)
        if self.repeated.size:
            keys = _keys(columns, kind)
            for at in np.flatnonzero(np.isin(_hashes(keys), self.repeated)).tolist():
                line = int(lines[at])
                first = self._first.setdefault(keys[at], line)
                earlier[at] = first if first != line else 0
        return earlier


class FirstLook:
    """What the records so far showed together."""

    def __init__(self, kind: RecordKind) -> None:
        self._kind = kind
        self._hashes = [np.array([], dtype=np.int64)]
        self._invented = self._real = 0

    def add(self, columns: Columns) -> None:
        """Take in more records."""
        self._hashes.append(_hashes([k for k in _keys(columns, self._kind) if k is not None]))
        marks = columns[self._kind.mark]
        invented = int(invented_records(marks).sum())
        self._invented += invented
        self._real += len(marks) - marks.null_count - invented

    def known(self) -> Known | None:
        """Return what is to be known in a second look, None when there is nothing."""
        every = np.concatenate(self._hashes)
        every.sort()
        repeated = np.unique(every[1:][every[1:] == every[:-1]])
        mixed = self._invented > 0 and self._real > 0
        if not repeated.size and not mixed:
            return None
        return Known(repeated, self._invented <= self._real if mixed else None)


def invented_records(marks: pa.Array) -> Booleans:
    """Return which records show in their ``mark`` that they are invented, shape (n,)."""
    return booleans(pc.starts_with(pc.utf8_upper(marks), INVENTED_MARK))


def _keys(columns: Columns, kind: RecordKind) -> Sequence[Any]:
    """Return the key of each record, None where a part of it is missing."""
    parts = [columns[name] for name in kind.key]
    parts = [pc.cast(part, pa.int32()) if part.type == pa.date32() else part for part in parts]
    if len(parts) == 1:
        only: list[Any] = parts[0].to_pylist()
        return only
    whole = zip(*(part.to_pylist() for part in parts), strict=True)
    return [None if None in key else key for key in whole]


def _hashes(keys: Sequence[Any]) -> Hashes:
    """Return 64 bits for each key: two may share them, so that equal ones are compared after."""
    return np.fromiter(map(hash, keys), np.int64, len(keys))
