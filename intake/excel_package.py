"""Opens an Excel file (.xlsx, ECMA-376 part 1 and 2) within limits, and finds its sheets.

It is a zip of XML. Only the lists of sheets, texts and styles and the sheets themselves are read,
so that macros and links to elsewhere are never looked at. Nothing that the zip says about sizes
is relied on.
"""

import io
import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from geo.border_zip import ZipRefusedError, refuse_long_list
from intake.faults import file_fault
from intake.limits import MOST_SHEETS, MOST_UNPACKED, MOST_XML

CHUNK = 2**18
BOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
EXPECTED = "an Excel file (.xlsx) that Excel opens, or CSV or Parquet"
OTHERS = {"xl/workbook.bin": "an Excel file in binary form (.xlsb)", "content.xml": "an .ods file"}

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class DamagedError(Exception):
    """The XML is not what an Excel file holds."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook and the part of the zip that holds it."""

    name: str
    part: str
    hidden: bool


class Package:
    """The parts of an Excel file. ``epoch_1904``: days are counted from 1904, as Macs once did.
    ``calculates_on_load``: formulas were not calculated by the program that wrote it.

    Raises DeliveryRefused for a zip that is no Excel file, and DamagedError for damaged XML.
    """

    def __init__(self, data: bytes) -> None:
        try:
            refuse_long_list(io.BytesIO(data))
            self._zip = ZipFile(io.BytesIO(data))
        except (ZipRefusedError, BadZipFile):
            raise file_fault("a damaged or outsized Excel or zip file", EXPECTED) from None
        self._names = {entry.filename for entry in self._zip.infolist()}
        if TYPES not in self._names or BOOK not in self._names:
            what = next((OTHERS[name] for name in OTHERS if name in self._names), "a zip file")
            raise file_fault(what, "an Excel file (.xlsx), or CSV or Parquet: save it as one")
        self._left = MOST_XML
        self.epoch_1904 = self.calculates_on_load = False
        self.sheets = self._sheets()

    def part(self, kind: str) -> str | None:
        """Return the part that the workbook links to as ``kind``, such as styles."""
        return next((target for what, target in self._links.values() if what == kind), None)

    def _sheets(self) -> tuple[Sheet, ...]:
        listed: list[tuple[str, str, bool]] = []
        self._links: dict[str, tuple[str, str]] = {}

        def of_book(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
                shown = attributes.get("state", "visible") == "visible"
                listed.append((attributes.get("name", ""), key, not shown))
            elif name == "workbookPr":
                self.epoch_1904 = attributes.get("date1904") in ("1", "true")
            elif name == "calcPr":
                asked = attributes.get("fullCalcOnLoad") in ("1", "true")
                undone = attributes.get("calcCompleted") in ("0", "false")
                self.calculates_on_load = asked or undone
            if len(listed) > MOST_SHEETS:
                raise DamagedError

        def of_links(name: str, attributes: Attributes) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
                self._links[attributes.get("Id", "")] = kind, target.lstrip("/")

        self.parse(BOOK, of_book)
        self.parse(LINKS, of_links)
        found = [(title, self._links.get(key), hidden) for title, key, hidden in listed]
        return tuple(
            Sheet(title, link[1], hidden)
            for title, link, hidden in found
            if link and link[0] == "worksheet"
        )

    def parse(
        self, part: str, start: Start, end: End | None = None, text: Text | None = None
    ) -> None:
        """Call ``start``, ``end`` and ``text`` for the elements and texts of a part."""
        for _ in self.steps(part, start, end, text):
            pass

    def steps(
        self, part: str, start: Start, end: End | None = None, text: Text | None = None
    ) -> Iterator[None]:
        """Parse a part in steps, so that the caller can use the results of each before the next.

        Raises DamagedError for XML that is not well-formed, or declares entities.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.EndElementHandler = end

        def first(name: str, found: Attributes) -> None:
            """Take the prefix off all names when the first has one; otherwise add no cost."""
            parser.StartElementHandler = start
            if ":" in name:
                parser.StartElementHandler = lambda name, found: start(_bare(name), found)
                if end is not None:
                    parser.EndElementHandler = lambda name: end(_bare(name))
            start(_bare(name), found)

        parser.StartElementHandler = first
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_entities
        try:
            for chunk in self._unpacked(part):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise DamagedError from None
        yield

    def _unpacked(self, part: str) -> Iterator[bytes]:
        """Give a part in chunks, counting its bytes while unpacking."""
        if part not in self._names:
            raise DamagedError
        entry = self._zip.getinfo(part)
        if entry.flag_bits & 1:
            raise file_fault("an encrypted zip file", "an Excel file without a password")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise DamagedError
        most = min(self._left, entry.compress_size * MOST_UNPACKED + CHUNK)
        size = 0
        with self._zip.open(entry) as source:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > most:
                    found = f"an Excel file that unpacks to over {most:,} bytes"
                    raise file_fault(found, "less of it: deliver it in parts, or as CSV")
                yield chunk
        self._left -= size


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_entities(*_: object) -> None:
    raise DamagedError
