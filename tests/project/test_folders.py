"""Tests lie where the code that they test lies, so that a room's tests can be run alone."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
ACROSS = {"browser", "fuzz", "kills", "project"}
"""Folders of tests that are about more than one room."""


def rooms() -> set[str]:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    return set(tools["importlinter"]["root_packages"])


def test_every_room_has_a_folder_of_tests_and_every_test_lies_in_one() -> None:
    folders = {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    without = rooms() - folders
    assert not without, f"add tests to tests/{' and tests/'.join(sorted(without))}"
    astray = folders - rooms() - ACROSS
    assert not astray, f"move tests of {sorted(astray)} to the folder of their room"


def test_what_tests_share_lies_in_the_kit() -> None:
    """A file that is neither a test nor fixtures would be found by no other test."""
    other = [
        path.relative_to(ROOT).as_posix()
        for path in TESTS.rglob("*.py")
        if not path.name.startswith(("test_", "conftest")) and "kit" not in path.parts
    ]
    assert other == [], f"move {', '.join(other)} to tests/kit"
