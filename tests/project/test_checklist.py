"""The security checklist names tests that exist, and leaves no heading of it empty."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECKLIST = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## Checklist")[2]
ROWS = re.findall(r"^\|([^|]+)\|([^|]*)\|$", CHECKLIST, re.M)[2:]
HEADINGS = 10


def test_every_line_of_the_checklist_is_covered_by_a_test_that_exists() -> None:
    headings = [line for line, covered in ROWS if not covered.strip()]
    assert len(headings) == HEADINGS
    assert len(ROWS) > 3 * HEADINGS
    absent = []
    for _, covered in ROWS:
        file = ""
        for named in re.findall(r"`([^`]+)`", covered):
            path, _, test = named.partition("::")
            file = path or file
            found = ROOT / file
            there = found.exists() and (
                not test or f"def {test}(" in found.read_text(encoding="utf-8")
            )
            absent += [] if there else [f"{file}::{test}"]
    assert absent == []


def test_no_two_headings_of_the_checklist_stand_together() -> None:
    empty = [not covered.strip() for _, covered in ROWS]
    assert not any(one and next_ for one, next_ in zip(empty, [*empty[1:], True], strict=True))
