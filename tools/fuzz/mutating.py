"""Damages bytes: flips, cuts, splices, runs, and the pieces that readers stumble over."""

from collections.abc import Callable, Sequence
from random import Random

PIECES = (
    *(b"", b";", b",", b"\t", b"|", b'"', b'""', b"'", b"\n", b"\r", b"\r\n", b"\x00", b"\x1a"),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *(b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\x1b[31m", b"\x9b2J", b"\xc2\x9b", b"\x7f"),
    *(b"nan", b"inf", b"-inf", b"1e308", b"1e999", b"-0", b"0x10", b"9" * 40, b"1.234.567,89"),
    *(
        b"=1+1",
        b"+1",
        b"-1",
        b"@x",
        b"%s%n",
        b"../../x",
        b"{}",
        b"[]",
        b"null",
        b"true",
        b"\\u0000",
    ),
    *(b"PAR1", b"PK\x03\x04", b"SQLite format 3\x00", b"GP\x00", b"\x00" * 64, b"\xff" * 64),
)

RUNS = (200, 5_000, 140_000)
"""Lengths of a run of one byte: past a line, past a buffer, past the field limit of csv."""


def _flip(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    for _time in range(chance.choice((1, 1, 2, 8))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _byte(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 2, 7, 50, len(data)))]


def _insert(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = chance.randrange(len(data) + 1)
    data[start:start] = chance.choice(PIECES)


def _replace(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    piece, start = chance.choice(PIECES), chance.randrange(len(data))
    data[start : start + len(piece)] = piece


def _repeat(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = chance.randrange(len(data))
    part = data[start : start + chance.choice((1, 4, 30))]
    data[start:start] = part * chance.choice((1, 3, 40))


def _run(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = chance.randrange(len(data) + 1)
    length = chance.choices(RUNS, (60, 30, 1))[0]
    data[start:start] = bytes([data[start % len(data)]]) * length


def _splice(chance: Random, data: bytearray, others: Sequence[bytes]) -> None:
    other = chance.choice(others) if others else bytes(data)
    here, there = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    data[here:] = other[there:]


def _number(chance: Random, data: bytearray, _: Sequence[bytes]) -> None:
    size = chance.choice((1, 2, 4, 8))
    value = chance.choice(
        (0, 1, 2**7, 2**8 - 1, 2**15, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1)
    )
    start = chance.randrange(len(data))
    order = chance.choice(("little", "big"))
    data[start : start + size] = (value % 2 ** (8 * size)).to_bytes(size, order)


_WAYS: tuple[Callable[[Random, bytearray, Sequence[bytes]], None], ...] = (
    *(_flip, _flip, _byte, _byte, _cut, _insert, _insert),
    *(_replace, _replace, _repeat, _run, _splice, _number, _number),
)


def mutated(chance: Random, data: bytes, others: Sequence[bytes] = (), most: int = 6) -> bytes:
    """Return ``data`` damaged in one to ``most`` ways; ``others`` are spliced in."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, most)):
        if not damaged:
            damaged += chance.choice(PIECES) or b"x"
        chance.choice(_WAYS)(chance, damaged, others)
    return bytes(damaged)
