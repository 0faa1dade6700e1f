"""Parquet deliveries: strange types and values in sound files, and files with damage inside.

A flip at any place would mostly hit values, so the footer, the page headers and the schema that
Arrow adds are damaged on purpose.
"""

import io
import struct
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from records import KINDS
from tools.fuzz.mutating import mutated
from tools.fuzz.samples import any_kind, records
from tools.fuzz.texts import any_text, encodable

Strange = Callable[[Random, int], pa.Array]
CODECS = ("snappy", "snappy", "zstd", "gzip", "brotli", "lz4", "none")


def _texts(chance: Random, rows: int) -> list[str | None]:
    return [None if chance.random() < 0.1 else encodable(any_text(chance)) for _ in range(rows)]


def _floats(chance: Random, rows: int) -> pa.Array:
    odd = (float("nan"), float("inf"), -float("inf"), -0.0, 1e308, 5e-324, 2.0**53, 121_500.0, None)
    kind = chance.choice((pa.float64(), pa.float32(), pa.float16()))
    values = [chance.choice(odd) for _ in range(rows)]
    if kind == pa.float16():
        values = [None if v is None or abs(v) > 60_000 else v for v in values]
    return pa.array(values, pa.float64()).cast(kind)


def _integers(chance: Random, rows: int) -> pa.Array:
    kind = chance.choice((pa.int8(), pa.uint8(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()))
    top = 2 ** (kind.bit_width - (0 if str(kind).startswith("u") else 1)) - 1
    return pa.array([chance.choice((0, 1, top, None)) for _ in range(rows)], kind)


def _decimals(chance: Random, rows: int) -> pa.Array:
    kind = chance.choice(
        (pa.decimal128(38, 0), pa.decimal128(38, 38), pa.decimal128(5, -3), pa.decimal256(76, 10))
    )
    return pa.array([chance.choice((Decimal(0), None)) for _ in range(rows)], kind)


def _moments(chance: Random, rows: int) -> pa.Array:
    ends = (0, 1, -1, 2**31 - 1, -(2**31), 19_723, None)
    days = [chance.choice(ends) for _ in range(rows)]
    kind = chance.choice(("date32", "date64", "s", "ms", "us", "ns", "zone", "time", "duration"))
    if kind == "date32":
        return pa.array(days, pa.int32()).cast(pa.date32())
    if kind == "date64":
        return pa.array([d and d * 86_400_000 for d in days], pa.int64()).cast(pa.date64())
    wide = [chance.choice((*ends, 2**63 - 1, -(2**63))) for _ in range(rows)]
    if kind == "zone":
        zone = chance.choice(("UTC", "Europe/Amsterdam", "+99:00", "Mars/Phobos"))
        return pa.array(wide, pa.int64()).cast(pa.timestamp("us")).cast(pa.timestamp("us", zone))
    if kind == "time":
        return pa.array([time(23, 59, 59)] * rows, pa.time64("us"))
    if kind == "duration":
        return pa.array([timedelta(days=d % 999) if d else None for d in days], pa.duration("us"))
    return pa.array(wide, pa.int64()).cast(pa.timestamp(kind))


def _binary(chance: Random, rows: int) -> pa.Array:
    values = [chance.randbytes(chance.choice((0, 3, 40))) for _ in range(rows)]
    kind = chance.choice(
        (pa.binary(), pa.large_binary(), pa.binary(16), pa.string(), pa.string_view())
    )
    if kind == pa.binary(16):
        return pa.array([chance.randbytes(16) for _ in range(rows)], kind)
    if kind in (pa.string(), pa.string_view()):
        plain = pa.array(values, pa.binary())
        text = pa.Array.from_buffers(pa.string(), rows, plain.buffers())
        return text if kind == pa.string() else text.cast(kind, safe=False)
    return pa.array(values, kind)


def _nested(chance: Random, rows: int) -> pa.Array:
    values: tuple[tuple[Any, pa.DataType], ...] = (
        ([1, 2], pa.list_(pa.int64())),
        ([], pa.large_list(pa.string())),
        ({"a": 1, "b": None}, pa.struct([("a", pa.int32()), ("b", pa.string())])),
        ({}, pa.struct([("", pa.int8())])),
        ([("k", [1])], pa.map_(pa.string(), pa.list_(pa.int8()))),
        ([[[[1]]]], pa.list_(pa.list_(pa.list_(pa.list_(pa.int8()))))),
    )
    value, kind = chance.choice(values)
    return pa.array([chance.choice((value, None)) for _ in range(rows)], kind)


def _coded(chance: Random, rows: int) -> pa.Array:
    coded = pa.array(_texts(chance, rows), pa.string()).dictionary_encode()
    numbers = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), pa.array([2.5]))
    return chance.choice((coded, numbers))


def _other(chance: Random, rows: int) -> pa.Array:
    return chance.choice(
        (
            pa.nulls(rows),
            pa.array([True] * rows),
            pa.array(_texts(chance, rows), pa.large_string()),
            pa.array([datetime(2024, 1, 1, 12)] * rows),  # noqa: DTZ001 - a naive one is meant
            pa.array([date(2024, 2, 29)] * rows),
            pa.array([b"x" * 16] * rows, pa.uuid()) if hasattr(pa, "uuid") else pa.nulls(rows),
        )
    )


def _plain(chance: Random, rows: int) -> pa.Array:
    return pa.array(_texts(chance, rows), pa.string())


STRANGE: tuple[Strange, ...] = (
    *(_plain, _plain, _plain, _floats, _integers, _decimals),
    *(_moments, _moments, _binary, _nested, _coded, _other),
)


def _strange_table(chance: Random, kind: str) -> pa.Table:
    rows = records(kind, chance.choice((1, 3, 3, 20)))
    table = pa.Table.from_pylist(rows)
    names, columns = list(table.column_names), [table[name] for name in table.column_names]
    for _ in range(chance.choice((0, 1, 1, 2))):
        place = chance.randrange(len(names))
        columns[place] = chance.choice(STRANGE)(chance, len(rows))
    if chance.random() < 0.15:
        names[chance.randrange(len(names))] = encodable(
            chance.choice((names[0], any_text(chance), "a.b", "x.y"))
        )
    return pa.Table.from_arrays(columns, names=names)


def _written(chance: Random, table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(
        table,
        sink,
        compression=chance.choice(CODECS),
        use_dictionary=chance.random() < 0.6,
        data_page_version=chance.choice(("1.0", "2.0")),
        version=chance.choice(("1.0", "2.4", "2.6")),
        write_statistics=chance.random() < 0.5,
        row_group_size=chance.choice((1, 2, 1_000)),
        write_page_checksum=chance.random() < 0.3,
    )
    return sink.getvalue()


@cache
def _sound(kind: str) -> tuple[bytes, ...]:
    chance = Random(1)  # noqa: S311 - the same sound files in every worker
    counts = (1, 4, 50)
    return tuple(_written(chance, pa.Table.from_pylist(records(kind, n))) for n in counts)


def _damaged_footer(chance: Random, data: bytes) -> bytes:
    (length,) = struct.unpack("<I", data[-8:-4])
    start = len(data) - 8 - length
    footer = bytearray(data[start:-8])
    if chance.random() < 0.4:
        footer = bytearray(mutated(chance, bytes(footer), most=3))
    else:
        for _ in range(chance.choice((1, 1, 2, 4))):
            footer[chance.randrange(len(footer))] = chance.choice(
                (chance.randrange(256), 0x00, 0xFF, 0x7F, 0x80, 0x19, 0xF9)
            )
    stated = chance.choice(
        (len(footer),) * 8 + (len(footer) - 1, len(data), 0, 2**31 - 1, 2**32 - 1)
    )
    return data[:start] + bytes(footer) + struct.pack("<I", stated) + b"PAR1"


def _damaged_pages(chance: Random, data: bytes) -> bytes:
    (length,) = struct.unpack("<I", data[-8:-4])
    end = len(data) - 8 - length
    body = bytearray(data[:end])
    for _ in range(chance.choice((1, 1, 3))):
        place = chance.randrange(4, max(end, 5)) % len(body)
        body[place] = chance.choice((chance.randrange(256), 0x00, 0xFF, 0x80))
    return bytes(body) + data[end:]


def _joined(chance: Random, data: bytes) -> bytes:
    other = chance.choice(_sound(chance.choice(sorted(KINDS))))
    (length,) = struct.unpack("<I", other[-8:-4])
    return data[: -8 - 20] + other[-8 - length :]


def parquet_delivery(chance: Random) -> bytes:
    """Return the kind of a delivery, a line end, and its bytes."""
    kind = any_kind(chance).name
    return f"{kind}\n".encode() + (_strange(chance, kind) or _damaged(chance, kind))


def _strange(chance: Random, kind: str) -> bytes | None:
    if chance.random() > 0.45:
        return None
    try:
        return _written(chance, _strange_table(chance, kind))
    except (pa.ArrowException, OSError):
        return None


def _damaged(chance: Random, kind: str) -> bytes:
    data = chance.choice(_sound(kind))
    ways = (_damaged_footer, _damaged_footer, _damaged_footer, _damaged_pages, _damaged_pages)
    damage: Callable[[Random, bytes], bytes] = chance.choice((*ways, _joined, mutated))
    return damage(chance, data)
