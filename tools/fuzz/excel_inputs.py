"""Excel deliveries: strange cells in sound files, and files whose parts or zip are damaged.

The parts are written by hand, so that they can say what no spreadsheet program would.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from records import KINDS
from tools.fuzz.mutating import mutated
from tools.fuzz.samples import any_kind, records
from tools.fuzz.texts import any_text, encodable

SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, bytes]

_DAY_ZERO = date(1899, 12, 30)
_LAST = ("A1048576", "XFD1", "XFD1048576", "XFE1", "A99999999999", "A0", "1A", "", "$A$1", "é1")
_RAW = ("nan", "inf", "1e999", "-0", "1E+11", "123456789012345678", "0x10", "-1", "60", "2958466")
_SORTS = ("n", "s", "str", "b", "e", "d", "inlineStr", "x", "")
_FIXED: Parts = {
    "[Content_Types].xml": b"<Types/>",
    "xl/workbook.xml": (
        b'<workbook xmlns:r="r"><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets>'
        b"</workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        b'<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        b'<Relationship Id="r2" Type="x/styles" Target="styles.xml"/>'
        b'<Relationship Id="r3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd-mm-yyyy"/></numFmts>'
        b'<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    ),
    "xl/sharedStrings.xml": b"<sst><si><t>een</t></si><si><r><t>twee</t></r></si></sst>",
}


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a record holds
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - _DAY_ZERO).days}</v></c>'
    if isinstance(value, float | int):
        return f"<c><v>{value!r}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _strange_cell(chance: Random) -> str:
    text = escape(encodable(any_text(chance)))
    place = f" r={quoteattr(chance.choice(_LAST))}" if chance.random() < 0.3 else ""
    value = chance.choice((text, *_RAW, "#N/A", "_x0000_", "_x202E_"))
    style = chance.choice(("", "", ' s="1"', ' s="2"', ' s="99"', ' s="x"'))
    inner = chance.choice((f"<v>{value}</v>", f"<is><t>{value}</t></is>", f"<v/>{value}", "<v>"))
    return f'<c{place}{style} t="{chance.choice(_SORTS)}">{inner.removesuffix("<v>")}</c>'


def _sheet(chance: Random, kind: str) -> bytes:
    rows = records(kind, chance.choice((1, 3, 3, 20)))
    grid = [[_cell(name) for name in rows[0]]]
    grid += [[_cell(value) for value in row.values()] for row in rows]
    for _ in range(chance.choice((0, 1, 1, 2, 5))):
        line = chance.choice(grid if chance.random() < 0.2 else grid[1:])
        line[chance.randrange(len(line))] = _strange_cell(chance)
    above = ["<row><c><v>1</v></c></row>"] * chance.choice((0, 0, 2, 60))
    lines = [f"<row>{''.join(line)}</row>" for line in grid]
    if chance.random() < 0.1:
        at = chance.randrange(len(lines))
        number = chance.choice(("1", "900", "1048576", "1048577", "-1", "x", "9" * 30))
        lines[at] = lines[at].replace("<row>", f'<row r="{number}" hidden="1">', 1)
    merges = chance.choice(("", "", "", "A1:C2", "B2:B3", "A1:XFD1048576", "x", ":", "C3:A1"))
    merged = f'<mergeCells><mergeCell ref="{merges}"/></mergeCells>' if merges else ""
    body = "".join([*above, *lines])
    return f"<worksheet><sheetData>{body}</sheetData>{merged}</worksheet>".encode()


def _zipped(chance: Random, parts: Parts) -> bytes:
    sink = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED,) * 8 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return sink.getvalue()


@cache
def _sound(kind: str) -> Parts:
    chance = Random(1)  # noqa: S311 - the same sound file in every worker
    rows = records(kind, 4)
    lines = ["".join(map(_cell, line)) for line in (rows[0], *(row.values() for row in rows))]
    body = "".join(f"<row>{line}</row>" for line in lines)
    sheet = f"<worksheet><sheetData>{body}</sheetData></worksheet>".encode()
    return {**_FIXED, SHEET: sheet, "xl/media/image1.png": chance.randbytes(40)}


def _damaged_part(chance: Random, parts: Parts) -> None:
    name = chance.choice(sorted(parts))
    parts[name] = mutated(chance, parts[name], tuple(parts.values()), most=3)


def _missing_part(chance: Random, parts: Parts) -> None:
    del parts[chance.choice(sorted(parts))]


def _other_encoding(chance: Random, parts: Parts) -> None:
    name = chance.choice(sorted(set(parts) - {"xl/media/image1.png"}))
    text = parts[name].decode("utf-8", "replace")
    parts[name] = text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252")), "replace")


def _entities(chance: Random, parts: Parts) -> None:
    name = chance.choice(sorted(parts))
    parts[name] = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + parts[name]


def _linked(chance: Random, parts: Parts) -> None:
    target = chance.choice((b"../../../etc/passwd", b"/xl/workbook.xml", b"http://x/y", b"", b"."))
    name = "xl/_rels/workbook.xml.rels"
    if name in parts:
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", target)


def _deep(chance: Random, parts: Parts) -> None:
    depth = chance.choice((10, 1_000, 50_000))
    parts[SHEET] = b"<c>" * depth + b"<v>1</v>" + b"</c>" * depth


def _bomb(chance: Random, parts: Parts) -> None:
    parts[chance.choice(sorted(parts))] = b"<a>" + b" " * chance.choice((10**5, 10**7)) + b"</a>"


_WAYS: tuple[Callable[[Random, Parts], None], ...] = (
    *(_damaged_part, _damaged_part, _damaged_part, _missing_part, _other_encoding),
    *(_entities, _linked, _deep, _bomb),
)


def excel_delivery(chance: Random) -> bytes:
    """Return the kind of a delivery, a line end, and its bytes."""
    kind = any_kind(chance).name
    parts = dict(_sound(chance.choice(sorted(KINDS)) if chance.random() < 0.05 else kind))
    way = chance.random()
    if way < 0.5:
        parts[SHEET] = _sheet(chance, kind)
    elif way < 0.85:
        chance.choice(_WAYS)(chance, parts)
    data = _zipped(chance, parts)
    return f"{kind}\n".encode() + (mutated(chance, data, most=3) if way > 0.85 else data)
