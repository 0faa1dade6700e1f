"""The lines of a text file, one by one or in blocks of many, without holding the file in memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from intake.encoding import blocks, decoded
from intake.faults import file_fault
from intake.limits import LONGEST_LINE

BYTES_A_CHARACTER = 4

_END = re.compile(rb"\r\n|\n|\r")


class Lines(Iterator[str]):
    """The lines with their ends; ``number`` is that of the last one given, from 1.

    DeliveryRefused at one that is too long to be a line.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.number = 0
        self._blocks = _whole_lines(stream, encoding)
        self._block, self._at = b"", 0

    def __next__(self) -> str:
        if self._at == len(self._block):
            self._block, self._at = next(self._blocks), 0
        end = _END.search(self._block, self._at)
        after = end.end() if end else len(self._block)
        line = self._block[self._at : after].decode("utf-8", "replace")
        self.number, self._at = self.number + 1, after
        if len(line) > LONGEST_LINE:
            expected = f"lines of at most {LONGEST_LINE:,} characters, each with a line end"
            raise file_fault(f"a line of over {LONGEST_LINE:,} characters", expected, self.number)
        return line

    def block(self) -> bytes:
        """Return the whole lines that were read and not given yet, in UTF-8; none at the end."""
        if self._at == len(self._block):
            self._block, self._at = next(self._blocks, b""), 0
        return self._block[self._at :]

    @property
    def within(self) -> bool:
        """Whether lines of the block are left."""
        return self._at < len(self._block)

    def skip(self, lines: int) -> None:
        """Take what is left of the block, which has so many ``lines``, for given."""
        self.number, self._at = self.number + lines, len(self._block)


def _whole_lines(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Give the text in UTF-8, in blocks of whole lines, as far as those are not too long."""
    read = blocks(stream)
    if encoding != "utf-8":
        read = (text.encode() for text in decoded(read, encoding))
    left = b""
    for more in read:
        block = left + more
        end = block.rfind(b"\n") + 1 or block[:-1].rfind(b"\r") + 1
        if not end and len(block) > BYTES_A_CHARACTER * LONGEST_LINE:
            end = len(block)
        if end:
            yield block[:end]
        left = block[end:]
    if left:
        yield left
