"""Recognises the encoding of a text file from all of it, a block at a time.

What cannot be recognised is refused, not guessed.
"""

import os
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from intake.faults import DeliveryRefused, file_fault

BLOCK = 4 * 2**20
"""Bytes that are read at a time: some 40,000 records."""

OLE = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds an Excel file behind a password (MS-OFFCRYPTO 2.3.4.4)."""

MAGIC = {
    OLE: "an old Excel file (.xls)",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF file",
    b"SQLite format 3": "a SQLite file",
}

CONTROL = bytes({*range(32), 127} - {*b"\t\n\r"})

_CONTROL = re.compile(f"[{re.escape(CONTROL.decode())}]")
_UTF8_RUN = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_LINE_END = re.compile("\r\n|\r|\n")


def recognise_encoding(stream: BinaryIO) -> str:
    """Return utf-8, utf-8-sig, utf-16 or cp1252; DeliveryRefused when it is not text."""
    start = next(blocks(stream), b"")
    if start.startswith(OLE) and _holds(stream, re.compile(re.escape(LOCKED)), len(LOCKED)):
        raise file_fault("an Excel file with a password", "one without: take the password off")
    for magic, what in MAGIC.items():
        if start.startswith(magic):
            raise file_fault(what, "a CSV, Excel (.xlsx) or Parquet file: save or unpack it as one")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse_undecodable(stream, "utf-16")
        _refuse_control(stream)
        return "utf-16"
    _refuse_control_bytes(stream)
    if start.startswith(b"\xef\xbb\xbf"):
        _refuse_undecodable(stream, "utf-8-sig")
        return "utf-8-sig"
    error = _undecodable(stream, "utf-8")
    if error is None:
        return "utf-8"
    if _holds(stream, _UTF8_RUN, longest=3):
        raise _refusal(stream, error, "utf-8")
    _refuse_undecodable(stream, "cp1252")
    return "cp1252"


def blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Give what a stream holds from its beginning, in blocks."""
    stream.seek(0)
    while block := stream.read(BLOCK):
        yield block


def decoded(blocks: Iterator[bytes], encoding: str, errors: str = "strict") -> Iterator[str]:
    """Give the text that blocks of bytes hold together."""
    decoder = getincrementaldecoder(encoding)(errors)
    for block in blocks:
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _holds(stream: BinaryIO, pattern: re.Pattern[bytes], longest: int) -> bool:
    """Return whether a file holds what matches ``pattern``, of at most ``longest`` bytes."""
    tail = b""
    for block in blocks(stream):
        if pattern.search(tail + block):
            return True
        tail = (tail + block)[1 - longest :]
    return False


def _undecodable(stream: BinaryIO, encoding: str) -> tuple[int, int] | None:
    """Return where the first bytes that are no text begin and end; None where all are text."""
    decoder, read = getincrementaldecoder(encoding)(), 0
    for block in chain(blocks(stream), [b""]):
        begun = read - len(decoder.getstate()[0])
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return begun + error.start, begun + error.end
        read += len(block)
    return None


def _refuse_undecodable(stream: BinaryIO, encoding: str) -> None:
    if error := _undecodable(stream, encoding.removesuffix("-sig")):
        raise _refusal(stream, error, encoding)


def _refusal(stream: BinaryIO, error: tuple[int, int], encoding: str) -> DeliveryRefused:
    start, end = error
    if encoding != "cp1252" and end >= stream.seek(0, os.SEEK_END) - 1:
        return file_fault("a file that breaks off inside a character", "the complete file")
    return file_fault(
        f"bytes that are not text in {encoding}",
        "one encoding for the whole file, UTF-8 by preference",
        line=_line(decoded(_before(stream, start), encoding, "replace")),
    )


def _refuse_control_bytes(stream: BinaryIO) -> None:
    read = 0
    for block in blocks(stream):
        if len(block.translate(None, CONTROL)) < len(block):
            at = min(place for byte in CONTROL if (place := block.find(byte)) >= 0)
            raise _binary(decoded(_before(stream, read + at), "latin-1"), block[at])
        read += len(block)


def _refuse_control(stream: BinaryIO) -> None:
    """Raise DeliveryRefused at the first control character of a text in UTF-16."""
    for number, text in enumerate(decoded(blocks(stream), "utf-16")):
        if found := _CONTROL.search(text):
            before = islice(decoded(blocks(stream), "utf-16"), number)
            raise _binary(chain(before, [text[: found.start()]]), ord(found[0]))


def _binary(before: Iterator[str], control: int) -> DeliveryRefused:
    return file_fault(
        f"a control character ({control:#04x}): the file looks binary",
        "a CSV, Excel (.xlsx) or Parquet file",
        line=_line(before),
    )


def _before(stream: BinaryIO, end: int) -> Iterator[bytes]:
    """Give the first ``end`` bytes of a stream."""
    for block in blocks(stream):
        yield block[:end]
        end -= len(block)
        if end <= 0:
            return


def _line(texts: Iterator[str]) -> int:
    """Return the line, from 1, on which a text in parts ends; a line end may be cut in two."""
    line, returned = 1, False
    for text in filter(None, texts):
        line += len(_LINE_END.findall(text)) - (returned and text.startswith("\n"))
        returned = text.endswith("\r")
    return line
