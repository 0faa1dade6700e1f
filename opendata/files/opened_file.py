"""The columns of a downloaded file: CSV, Excel or Parquet, or one of these in a zip.

StatLine writes the title of a table above the line of column names and ``Bron: CBS`` below the
last row; neither is a record. Where the names stand is found by those that are known.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

import pandas as pd

from bilingual import Text
from errors import WeerbeeldError, printable, shortened
from geo.border_zip import ZipRefusedError, refuse_long_list
from intake.encoding import recognise_encoding
from intake.excel_file import rows_at_top
from intake.faults import DeliveryRefused
from intake.headers import plain
from intake.limits import LARGEST_CSV, MOST_UNPACKED
from intake.parquet_file import MAGIC
from intake.parquet_parts import open_file
from intake.reading import ZIP, read_bytes, read_table
from intake.recognising import SEPARATORS, split_line
from opendata.contract import SourceFailedError
from records import RecordKind
from records.contract import Column
from records.retention import STATISTIC

ABOVE = 30
"""Lines among which the line of column names is looked for."""

BELOW = re.compile(rb"""^["';,\s]*(Bron:|Source:|\xc2\xa9|\xa9).*$""")
"""The last line of a file of StatLine."""

TABLES = (".csv", ".txt", ".xlsx", ".parquet")
BOOK = "[Content_Types].xml"
EVERYTHING = 1 << 20

CONTENT = Text("cijfers van een bron, met de hand opgehaald", "figures, downloaded by hand")


@dataclass(frozen=True)
class OpenedFile:
    """A file as a table: ``rows`` has text (null where empty) under the names in the file.

    ``where`` is what messages call it, ``title`` what stands above the column names.
    """

    where: str
    title: str
    rows: pd.DataFrame

    @property
    def there(self) -> str:
        """The column names, for a message."""
        return shortened(", ".join(map(str, self.rows.columns)), 1_000) or "nothing"


def open_table(file: Path, is_known: Callable[[str], bool], known: str) -> OpenedFile:
    """Return every column of ``file``; ``is_known`` recognises names, ``known`` lists them.

    Columns without a name, or with one that another column has too, are left out unless they are
    known. SourceFailedError when the file cannot be read, or has no name that is known.
    """
    shown = printable(file.name)
    try:
        name, data = _table_in(file, read_bytes(file))
        data, title, names = _head(data, is_known)
        if not any(map(is_known, names)):
            found = shortened(", ".join(filter(None, names)), 300) or "nothing"
            raise SourceFailedError(
                f"{shown} has no column that is known here. Known are: {known}. Found: {found}."
            )
        columns = _distinct(names, is_known)
        rows = _read(data, columns)
    except SourceFailedError:
        raise
    except (WeerbeeldError, BadZipFile, ZipRefusedError) as refusal:
        raise SourceFailedError(f"{shown} cannot be read: {refusal}") from None
    return OpenedFile(f"The file {shown}", " ".join((name, *title)).strip(), rows)


def _table_in(file: Path, data: bytes) -> tuple[str, bytes]:
    """Return the name and content of the table: of the file, or of the one in the zip."""
    if not data.startswith(ZIP):
        return file.name, data
    refuse_long_list(BytesIO(data))
    with ZipFile(BytesIO(data)) as archive:
        if BOOK in archive.namelist():
            return file.name, data
        tables = [entry for entry in archive.infolist() if _is_table(entry)]
        if len(tables) != 1:
            names = ", ".join(shortened(entry.filename) for entry in tables[:10]) or "none"
            raise WeerbeeldError(f"a zip with {len(tables)} tables ({names}); expected one.")
        (entry,) = tables
        most = min(LARGEST_CSV, entry.compress_size * MOST_UNPACKED + EVERYTHING)
        with archive.open(entry) as stream:
            unpacked = stream.read(most + 1)
    if len(unpacked) > most:
        raise WeerbeeldError(f"its table grows beyond {most:,} bytes.")
    return f"{file.name} {PurePosixPath(entry.filename).name}", unpacked


def _is_table(entry: ZipInfo) -> bool:
    """Return whether a file in a zip is a table of figures, and not one about it or of a Mac."""
    *folders, name = PurePosixPath(entry.filename).parts or ("",)
    litter = "__MACOSX" in folders or name.startswith("._") or "metadata" in name.lower()
    return not entry.is_dir() and not litter and name.lower().endswith(TABLES)


def _head(data: bytes, is_known: Callable[[str], bool]) -> tuple[bytes, list[str], list[str]]:
    """Return the file without what stands around its table, its title and its column names."""
    if data.startswith(MAGIC):
        return data, [], list(open_file(data).schema_arrow.names)
    if data.startswith(ZIP):
        rows = rows_at_top(data)
        at = _most_known(rows, is_known)
        return data, [text for row in rows[:at] for text in row][:ABOVE], rows[at] if rows else []
    encoding = recognise_encoding(BytesIO(data))
    if encoding == "utf-16":
        data, encoding = data.decode(encoding).encode(), "utf-8"
    lines = data.split(b"\n", ABOVE)[:ABOVE]
    texts = [line.decode(encoding, errors="replace").strip("\r\ufeff") for line in lines]
    fields = [max((split_line(t, s) for s in SEPARATORS), key=len) for t in texts]
    at = _most_known(fields, is_known)
    above = sum(len(line) + 1 for line in lines[:at])
    body = b"\n" * at + data[above:] if at else data
    return _without_end(body), [t.strip('"; ') for t in texts[:at]], fields[at] if fields else []


def _most_known(rows: list[list[str]], is_known: Callable[[str], bool]) -> int:
    """Return the first of the rows that hold most known names."""
    return max(range(len(rows)), key=lambda at: sum(map(is_known, rows[at])), default=0)


def _without_end(body: bytes) -> bytes:
    """Return a file without the line that names its source."""
    whole = body.rstrip()
    start = whole.rfind(b"\n") + 1
    return body[:start] if BELOW.match(whole[start:].strip()) else body


def _distinct(names: list[str], is_known: Callable[[str], bool]) -> list[str]:
    called = [plain(name) for name in names]
    return [
        name
        for name, short in zip(names, called, strict=True)
        if short and (called.count(short) == 1 or is_known(name))
    ]


def _read(data: bytes, names: list[str]) -> pd.DataFrame:
    columns = {plain(name): name.strip() for name in names}
    first = next(iter(columns))
    kind = RecordKind(
        name="file",
        words=CONTENT,
        meaning=CONTENT,
        deliverers=CONTENT,
        columns=tuple(Column(name, "text", CONTENT, required=False) for name in columns),
        key=(first,),
        subject=None,
        dated=first,
        mark=first,
        retention=STATISTIC,
        located=False,
    )
    table = read_table(data, kind)
    whole = table.whole()
    if table.faults or whole.faults:
        raise DeliveryRefused((*table.faults, *whole.faults), row_word=table.row_word)
    if whole.spoilt:
        cell = whole.spoilt[0]
        raise WeerbeeldError(
            f"row {whole.lines[cell.row]}, column {columns[cell.column]}: found"
            f" {shortened(cell.found)}, expected {cell.expected}."
        )
    return pd.DataFrame(
        {columns[name]: values.to_pandas() for name, values in whole.columns.items()}
    )
