"""Every source is documented, with what it brings and how it is attributed."""

import re
from pathlib import Path

import pytest

from opendata import SOURCES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "open-data.md"
ROWS = {
    row.split("|")[1].strip().strip("`"): row
    for row in PAGE.read_text(encoding="utf-8").splitlines()
    if row.startswith("| `")
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_its_row(name: str) -> None:
    source, row = SOURCES[name], ROWS[name]
    assert source.licence.nl in row
    assert source.licence.en in row
    pattern = re.escape(source.attribution).replace(re.escape("{year}"), r"\d{4}")
    assert re.search(pattern, row), "the attribution, with a year"
    assert ("only when named" in row or "a file" in row) == source.by_name


def test_no_source_is_documented_that_is_not_there() -> None:
    named = {name for name in ROWS if re.match(r"(cbs|police|pdok)_", name)}
    assert named <= set(SOURCES)


def test_the_licence_and_attribution_of_each_source_stand_beside_the_borders() -> None:
    told = (PAGE.parents[1] / "data/boundaries/README.md").read_text(encoding="utf-8")
    rows = [line for line in told.splitlines() if line.startswith("| `")]
    for name, source in SOURCES.items():
        (row,) = [row for row in rows if row.startswith(f"| `{name}` |")]
        assert source.licence.nl in row
        assert source.licence.en in row
        assert source.attribution in row
