"""What the parts of a Shapefile claim, against what they hold: how many areas, in which encoding.

GDAL goes by the claims: an index of three shapes gives three of nine areas, and names in UTF-8
marked as ANSI become SÃºdwest. (ESRI Shapefile Technical Description, 1998; dBASE III.)
"""

import codecs
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

SHAPES_AT = 100
WORD = 2
"""Bytes of the unit in which lengths are stated."""

MARKS = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252"}
"""Marks of a dbf for encodings of western Europe; 0x57 is whatever was ANSI where it was made."""

LIKELY = ("cp1252", "cp850", "mac_roman")
_LETTERS = "áàâäãåæçéèêëíìîïñóòôöõøœúùûüýÿßĳ"
PLAUSIBLE = frozenset(_LETTERS + _LETTERS.upper() + "‘’–—´°²³")
"""What names of Dutch areas have beyond ASCII."""


def part_of(path: Path, suffix: str) -> Path | None:
    """Return the file beside a .shp with the same name and this ending, in either case."""
    beside = (file for file in path.parent.iterdir() if file.stem == path.stem)
    return next((file for file in beside if file.suffix.lower() == suffix), None)


def refuse_other_counts(path: Path) -> None:
    """Raise OSError when the parts of the Shapefile at ``path`` hold or state different counts."""
    index, table = part_of(path, ".shx"), part_of(path, ".dbf")
    if index is None or table is None:
        return
    with index.open("rb") as stream:
        stated = _length(stream.read(SHAPES_AT))
    with table.open("rb") as stream:
        rows, start, width = struct.unpack("<4xIHH", stream.read(12))
    room = (table.stat().st_size - start) // width if width else 0
    counts = {
        "shapes": _shapes(path),
        "in the index": (index.stat().st_size - SHAPES_AT) // 8,
        "stated by the index": (stated - SHAPES_AT) // 8,
        "rows in the table": room,
        "stated by the table": rows,
    }
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        raise OSError(f"parts that do not belong together: {said}")


def encoding_of(path: Path) -> tuple[str | None, str | None]:
    """Return the encoding of the names beside a .shp, and the one that it claims where that is not.

    Both are None where all is ASCII or the claim is true. OSError when no encoding gives names.
    """
    table = part_of(path, ".dbf")
    odd = [] if table is None else [text for text in _texts(table) if not text.isascii()]
    if table is None or not odd:
        return None, None
    claimed = _claimed(path, table)
    if all(_reads(text, "utf-8") for text in odd):
        return "utf-8", None if claimed == "utf-8" else claimed or "no encoding"
    tried = [name for name in (claimed, *LIKELY) if name and name != "utf-8"]
    for name in tried:
        if all(_reads(text, name, PLAUSIBLE) for text in odd):
            return name, None if name == claimed else claimed or "no encoding"
    raise OSError(f"names that are no text in UTF-8, {', '.join(dict.fromkeys(tried))}")


def _length(header: bytes) -> int:
    """Return the bytes that the header of a .shp or .shx states for its file."""
    return int(struct.unpack(">24xi", header[:28])[0]) * WORD if len(header) >= 28 else 0


def _shapes(path: Path) -> int:
    """Return how many shapes there are, going from one to the next."""
    size, count = path.stat().st_size, 0
    with path.open("rb") as stream:
        at = SHAPES_AT
        while at + 8 <= size:
            stream.seek(at)
            length = int(struct.unpack(">4xi", stream.read(8))[0]) * WORD
            if length < 4 or at + 8 + length > size:
                break
            at, count = at + 8 + length, count + 1
    return count


def _texts(table: Path) -> Iterator[bytes]:
    """Give the texts of a dbf as bytes; those of deleted rows as well."""
    with table.open("rb") as stream:
        start, width = struct.unpack("<8xHH", stream.read(12))
        columns = list(_text_columns(stream, start))
        stream.seek(start)
        while len(row := stream.read(width)) == width > 0:
            for first, last in columns:
                yield row[first:last].rstrip(b" \0")


def _text_columns(stream: BinaryIO, start: int) -> Iterator[tuple[int, int]]:
    stream.seek(32)
    at = 1
    for _ in range(max(start - 33, 0) // 32):
        field = stream.read(32)
        if len(field) < 32 or field[0] == 0x0D:
            return
        length = field[16] + (field[17] << 8 if field[11:12] == b"C" else 0)
        if field[11:12] == b"C":
            yield at, at + length
        at += length


def _claimed(path: Path, table: Path) -> str | None:
    """Return the encoding that a .cpg or the mark of the dbf states, None when neither does."""
    if page := part_of(path, ".cpg"):
        said = page.read_bytes()[:40].decode("latin-1").strip().lower()
        name = said.replace("ansi", "").replace("windows", "").strip(" -_")
        for known in (f"cp{name}", name.replace("8859", "8859-", 1), name):
            try:
                return codecs.lookup(known).name
            except LookupError:
                continue
        return None
    with table.open("rb") as stream:
        return MARKS.get(int.from_bytes(stream.read(30)[29:]))


def _reads(text: bytes, encoding: str, plausible: frozenset[str] | None = None) -> bool:
    try:
        letters = text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return plausible is None or all(letter.isascii() or letter in plausible for letter in letters)
