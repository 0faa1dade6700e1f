"""Deliveries that are small on disk and vast, or slow, for whoever reads them without limits."""

import io
import os
import resource
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from errors import WeerbeeldError
from intake import csv_records, encoding, limits, parquet_file, reading
from intake.examining import examine
from intake.faults import DeliveryRefused
from intake.memory import bounded_memory
from intake.progress import silent
from intake.reading import read_bytes, read_table
from records import KINDS
from records.examples import as_delivered
from tools.fuzz.judging import faults_of_message
from tools.fuzz.samples import TODAY, records

BUSINESS = KINDS["business"]
NAMES = list(records("business", 1)[0])
HEAD = ";".join(NAMES)
ROW = ";".join(as_delivered(value) for value in records("business", 1)[0].values())

Made = Callable[[Path], bytes]


def refusal(data: bytes, *, accept_valid: bool = False) -> DeliveryRefused:
    """Return why a delivery is refused, having seen that the message can be shown."""
    with pytest.raises(DeliveryRefused) as refused:
        examine(data, BUSINESS, TODAY, silent, accept_valid)
    assert faults_of_message(str(refused.value)) == []
    return refused.value


def parquet(table: pa.Table, **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def repeated(rows: int, **columns: pa.Array) -> pa.Table:
    """Return a sound delivery of one record many times over, with other columns put in."""
    one = pa.Table.from_pylist(records("business", 1))
    indices = pa.array(np.zeros(rows, dtype=np.int32))
    made = {name: columns.get(name, one[name].combine_chunks().take(indices)) for name in NAMES}
    return pa.table(made)


def same_text(text: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(rows, dtype=np.int32)), pa.array([text])
    )


# CSV


def test_too_many_columns() -> None:
    wide = ";".join([HEAD, *(f"c{number}" for number in range(limits.MOST_COLUMNS))])
    (fault,) = refusal(f"{wide}\n1\n".encode()).faults
    assert fault.found == f"{limits.MOST_COLUMNS + len(NAMES):,} columns"
    million = ";".join([HEAD, "c" * 5]) + ";" * 900_000
    begun = time.monotonic()
    assert "columns" in str(refusal(f"{million}\n".encode()))
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_line_that_does_not_end(end: str) -> None:
    for line in ("x" * 2**21, ";" * 2**21, f"{HEAD}{';' * 2**21}"):
        assert "a line of over" in str(refusal(f"{line}{end}".encode()))
    (fault,) = refusal(f"{HEAD}\n{ROW}\n{'x' * 2**21}{end}".encode()).faults
    assert fault.line == 3


def test_a_long_name_of_a_column_is_not_compared_letter_by_letter() -> None:
    names = ";".join("legalform" * 10_000 + str(number) for number in range(10))
    begun = time.monotonic()
    assert "no column legal_form" in str(refusal(f"sbi;{names}\n1\n".encode()))
    assert time.monotonic() - begun < 10


def test_a_field_beyond_the_limit() -> None:
    long = ROW.replace("96021", "9" * (limits.LONGEST_FIELD + 1))
    assert "a value of over 131,072 characters" in str(refusal(f"{HEAD}\n{long}\n".encode()))
    held = ROW.replace("96021", "9" * limits.LONGEST_FIELD)
    assert "sbi" in str(refusal(f"{HEAD}\n{held}\n".encode()))


def test_more_records_than_there_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_records, "MOST_ROWS", 3)
    data = "\n".join([HEAD, *[ROW] * 9, ""]).encode()
    assert "over 3 records" in str(refusal(data))
    assert len(read_table("\n".join([HEAD, *[ROW] * 3, ""]).encode(), BUSINESS).whole()) == 3


@pytest.mark.parametrize(
    "line",
    [";".join(["x"] * len(NAMES)), "x;y", '"a"b', ROW],
    ids=["cells", "short", "quotes", "twice"],
)
def test_faults_without_end_are_counted_and_not_kept(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (
        limits,
        csv_records,
        sys.modules["intake.fault_collector"],
        sys.modules["intake.faults"],
    ):
        monkeypatch.setattr(module, "MOST_FAULTS", 1_000)
    monkeypatch.setattr(encoding, "BLOCK", 100_000)
    data = "\n".join([HEAD, *[line] * 20_000, ""]).encode()
    found = refusal(data).faults
    assert len(found) <= 1_002
    assert sum("more than 1,000 faults" in fault.found for fault in found) >= 1
    assert len(refusal(data, accept_valid=True).faults) == len(found)


def test_parts_that_are_checked_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {**record, "sbi": "x" if number % 7 == 0 else "96021", "dissolved": "1999-01-01"}
        for number, record in enumerate(records("business", 40))
    ]
    lines = [";".join(as_delivered(value) for value in row.values()) for row in rows]
    data = "\n".join([HEAD, *lines, ""]).encode()
    whole = refusal(data).faults
    monkeypatch.setattr(encoding, "BLOCK", 500)
    assert refusal(data).faults == whole
    assert len(whole) == 6 + 40


# Files as such


@pytest.mark.parametrize(
    ("start", "largest"),
    [
        (b"a;b\n", "LARGEST_CSV"),
        (b"PAR1", "LARGEST_PARQUET"),
        (b"PK\x03\x04", "LARGEST_EXCEL"),
    ],
)
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, start: bytes, largest: str) -> None:
    file = tmp_path / "vast"
    file.write_bytes(start)
    os.truncate(file, getattr(limits, largest) + 1)
    with pytest.raises(WeerbeeldError, match=f"at most {getattr(limits, largest):,} are read"):
        read_bytes(file)


def test_a_file_of_the_largest_size_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_CSV", 9)
    (tmp_path / "a").write_bytes(b"123456789")
    assert read_bytes(tmp_path / "a") == b"123456789"


# Parquet


def test_a_value_that_is_repeated_for_millions_of_rows() -> None:
    """Two megabytes on disk that come to 200 GB of text."""
    rows = 2_000_000
    data = parquet(repeated(rows, sbi=same_text("9" * 100_000, rows)), compression="zstd")
    assert len(data) < 3_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    assert "unpacks to over" in str(refusal(data))
    assert time.monotonic() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700_000


@pytest.mark.parametrize("dictionary", [True, False])
def test_a_value_beyond_the_limit(dictionary: bool) -> None:
    text = "é" * (4 * limits.LONGEST_FIELD)
    table = repeated(2, sbi=pa.array([text, "96021"]))
    data = parquet(table, use_dictionary=dictionary, compression="zstd")
    assert "a value of over 131,072 characters in sbi" in str(refusal(data))


def test_values_of_a_fixed_length_that_are_long() -> None:
    rows = 200_000
    coded = pa.array([bytes(5_000)] * 1, pa.binary(5_000)).take(pa.array([0] * rows))
    data = parquet(repeated(rows, sbi=coded), compression="zstd")
    assert len(data) < 1_000_000
    assert "values of type fixed_size_binary[5000]" in str(refusal(data))


def test_lists_are_not_read() -> None:
    """One record, of which one value is a list of fifty million."""
    vast = pa.LargeListArray.from_arrays([0, 50_000_000], pa.nulls(50_000_000, pa.int8()))
    data = parquet(repeated(1, sbi=vast), compression="zstd")
    assert len(data) < 1_000_000
    begun = time.monotonic()
    assert "values of type large_list" in str(refusal(data))
    assert time.monotonic() - begun < 5


def test_more_rows_than_there_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "MOST_ROWS", 3)
    assert "4 records" in str(refusal(parquet(repeated(4))))
    assert len(read_table(parquet(repeated(3)), BUSINESS).whole()) == 3


def test_many_columns_of_parquet() -> None:
    wide = pa.table({f"c{number}": [1] for number in range(3_000)})
    assert "3,000 columns" in str(refusal(parquet(wide)))


def test_rows_that_are_only_stated() -> None:
    """The footer says that there are 19 million rows, and a few bytes that all are empty."""
    rows = 19_000_000
    data = parquet(pa.table({"sbi": pa.nulls(rows, pa.string())}), compression="zstd")
    assert len(data) < 100_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(map(len, read_table(data, BUSINESS).parts())) == rows
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _nested_schema(depth: int) -> bytes:
    """Return a Parquet file whose schema (Thrift, compact) has a group in a group, and so on."""

    def element(name: bytes, inside: bool) -> bytes:
        head = b"\x35\x02\x18" + _varint(len(name)) + name
        return (head + b"\x15\x02" if inside else b"\x15\x02\x25\x02\x18\x01v") + b"\x00"

    items = element(b"root", True) + element(b"a", True) * depth + element(b"v", False)
    listed = b"\xfc" + _varint(depth + 2) + items
    footer = b"\x15\x02\x19" + listed + b"\x16\x00\x19\x0c\x00"
    return b"PAR1" + footer + struct.pack("<I", len(footer)) + b"PAR1"


def test_a_schema_that_is_nested_deep_does_not_end_the_process() -> None:
    sound = pq.ParquetFile(io.BytesIO(_nested_schema(3)))
    assert str(sound.schema_arrow.field(0).type).count("struct") == 3
    for depth in (101, 10_000, 90_000, 2_000_000):
        assert "damaged" in str(refusal(_nested_schema(depth)))


# Memory


READ = """
import resource, sys
from pathlib import Path
import intake.memory
from intake.faults import DeliveryRefused
from intake.reading import read_table
from records import KINDS

intake.memory.SHARE = float(sys.argv[2])
before = resource.getrlimit(resource.RLIMIT_AS)
try:
    print(sum(map(len, read_table(Path(sys.argv[1]), KINDS["business"]).parts())), "rows")
except DeliveryRefused as refused:
    print(refused)
assert resource.getrlimit(resource.RLIMIT_AS) == before
status = Path("/proc/self/status").read_text(encoding="ascii")
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def read_apart(data: bytes, folder: Path, share: float = 0.5) -> tuple[str, int]:
    """Return what reading gives in a process of its own, and the memory that it took (KiB)."""
    (folder / "bomb.parquet").write_bytes(data)
    command = [sys.executable, "-c", READ, str(folder / "bomb.parquet"), str(share)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    said, _, peak = done.stdout.strip().rpartition("\n")
    return said, int(peak)


def test_running_out_of_memory_is_an_error_and_the_limit_is_lifted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr("intake.memory.SHARE", 0.0)
    with pytest.raises(MemoryError), bounded_memory():
        bytearray(2**31)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_delivery_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    rows = 100_000
    texts = pa.array([f"{number:0>2000}" for number in range(rows)])
    data = parquet(pa.table({"sbi": texts}), use_dictionary=False, compression="zstd")
    assert read_apart(data, tmp_path)[0] == f"{rows} rows"
    said, peak = read_apart(data, tmp_path, share=0.002)
    assert "more than the memory of this machine" in said
    assert peak < 500_000


def test_values_that_repeat_what_the_one_before_began_with(tmp_path: Path) -> None:
    """Forty thousand values of 100,000 characters, of which each adds some digits: 4 GB."""
    many, length = 40_000, 100_000
    texts = pa.array(["9" * length + str(number) for number in range(400)])
    options = {"use_dictionary": False, "column_encoding": {"sbi": "DELTA_BYTE_ARRAY"}}
    sink = io.BytesIO()
    schema = pa.schema({"sbi": pa.string()})
    with pq.ParquetWriter(sink, schema, compression="zstd", **options) as out:
        for _ in range(many // 400):
            out.write_table(pa.table({"sbi": texts}))
    assert len(sink.getvalue()) < 2_000_000
    said, peak = read_apart(sink.getvalue(), tmp_path, share=0.1)
    assert "refused whole" in said
    assert peak < 3_500_000
