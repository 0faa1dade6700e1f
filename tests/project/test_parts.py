"""Targets run side by side: every one runs, each is named with its time, and any failure counts."""

from pathlib import Path

import pytest

from tools.parts import main

MAKEFILE = """
good:
	@echo all is well
bad:
	@echo something is wrong; exit 3
later:
	@echo ran all the same
"""


@pytest.fixture
def make(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    return ("make", "--no-print-directory", "-C", str(tmp_path))


def test_everything_that_went_well_is_named_with_its_time(
    make: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["good", "later"], make) == 0
    said = capfd.readouterr().out
    assert "=== good\nall is well" in said
    table = said[said.rindex("ran all the same") :]
    assert [line.split()[0] for line in table.splitlines()[-3:]] == ["good", "later", "side"]
    assert "FAILED" not in said


@pytest.mark.parametrize("tracks", [["bad later", "good"], ["good", "bad later"]])
def test_one_that_fails_fails_all_and_keeps_none_from_running(
    tracks: list[str], make: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(tracks, make) == 1
    said = capfd.readouterr().out
    assert "something is wrong" in said
    assert "ran all the same" in said
    failed = [line.split()[0] for line in said.splitlines() if line.endswith("FAILED")]
    assert failed == ["bad"]
