"""Deliveries in CSV, Excel and Parquet, offered to intake as a partner's file."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet as pq

from errors import WeerbeeldError
from intake.drafting import Draft
from intake.examining import examine
from intake.progress import silent
from intake.reading import read_table
from intake.receive import receive
from records import KINDS
from records.authority import deliverers_of
from store.home import Home
from tools.fuzz.contract import PartlyLoadedError, Reader, expect_same, state_of
from tools.fuzz.csv_inputs import csv_delivery
from tools.fuzz.excel_inputs import excel_delivery
from tools.fuzz.parquet_inputs import parquet_delivery
from tools.fuzz.samples import TODAY, records

WHOLE, CHECKED = 2, 35
"""Of 100 inputs so many are taken in for real, and so many more are checked as for a dry run; of
the others only the table is read, which is where a parser meets the bytes."""


def partner_of(kind: str) -> str:
    """Return a partner that may deliver a kind where example records lie."""
    first = deliverers_of(kind)[0]
    return f"{first}:GM0599" if first == "gemeente" else first


@dataclass(frozen=True)
class Workspace:
    """A home with one delivery in it, kept as it was in ``spare``."""

    folder: Path
    home: Home
    spare: Path
    before: dict[str, bytes]


def _prepare(folder: Path) -> Workspace:
    spare, home = folder / "spare", Home(folder / "home")
    first = folder / "first.parquet"
    pq.write_table(pa.Table.from_pylist(records("business", 2)), first)
    receive("business", first, partner_of("business"), Home(spare), today=TODAY)
    first.unlink()
    shutil.copytree(spare, home.root)
    return Workspace(folder, home, spare, state_of(home.work))


def _read(workspace: Workspace, data: bytes) -> str:
    kind, _, content = data.partition(b"\n")
    depth = crc32(content) % 100
    if depth < WHOLE:
        return _take_in(workspace, kind.decode(), content)
    if depth < WHOLE + CHECKED:
        return _check(workspace, kind.decode(), content, accept_valid=depth % 3 == 0)
    table = read_table(content, KINDS[kind.decode()])
    return f"{len(table.whole())} {table.row_word}s\n" + "\n".join(table.remarks)


def _check(workspace: Workspace, name: str, content: bytes, accept_valid: bool) -> str:
    kind = KINDS[name]
    with Draft(kind, "anybody", (b"k" * 32,), workspace.home) as draft:
        found = examine(content, kind, TODAY, silent, accept_valid, sink=draft)
        rows = draft.rows
    rejected = found.rejected.as_csv().decode("utf-8-sig") if found.rejected else ""
    said = [*found.remarks(), f"{rows} rows, {len(rejected)} characters rejected"]
    return "\n".join(said)


def _take_in(workspace: Workspace, kind: str, content: bytes) -> str:
    file = workspace.folder / "delivery"
    file.write_bytes(content)
    try:
        receipt = receive(kind, file, partner_of(kind), workspace.home, today=TODAY)
    except WeerbeeldError:
        expect_same(workspace.before, workspace.home.work)
        raise
    if not receipt.already_known:
        _expect_whole(workspace, receipt.rows)
    return "\n".join(receipt.lines)


def _expect_whole(workspace: Workspace, rows: int) -> None:
    """Raise PartlyLoadedError unless one file with ``rows`` records was added; then restore."""
    found = [name for name in state_of(workspace.home.work) if name.endswith(".parquet")]
    fresh = [workspace.home.work / name for name in found if name not in workspace.before]
    counts = [pq.read_metadata(path).num_rows for path in fresh]
    shutil.rmtree(workspace.home.root)
    shutil.copytree(workspace.spare, workspace.home.root)
    if counts != [rows]:
        raise PartlyLoadedError(f"{rows} records were accepted, and {counts} are there")


READERS = (
    Reader("CSV deliveries", 240, _prepare, csv_delivery, _read),
    Reader("Excel deliveries", 170, _prepare, excel_delivery, _read),
    Reader("Parquet deliveries", 170, _prepare, parquet_delivery, _read),
)
