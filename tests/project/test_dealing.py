"""Files that are dealt out in a way of their own are there."""

from pathlib import Path

from dealing import LONGEST_FIRST, ONE_BY_ONE

ROOT = Path(__file__).resolve().parents[2]


def test_files_that_are_dealt_out_first_or_in_parts_are_there() -> None:
    assert [name for name in (*LONGEST_FIRST, *ONE_BY_ONE) if not (ROOT / name).exists()] == []
    assert len(set(LONGEST_FIRST)) == len(LONGEST_FIRST)
