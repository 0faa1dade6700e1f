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
    assert name in ROWS, f"docs/open-data.md has no row for `{name}`; add one to its table"
    source, row = SOURCES[name], ROWS[name]
    for licence in (source.licence.nl, source.licence.en):
        assert licence in row, f"the row of `{name}` does not name its licence, {licence}"
    pattern = re.escape(source.attribution).replace(re.escape("{year}"), r"\d{4}")
    assert re.search(pattern, row), (
        f"the row of `{name}` lacks its attribution with a year: {source.attribution}"
    )
    assert ("only when named" in row or "a file" in row) == source.by_name, (
        f"by_name of `{name}` is {source.by_name}: its row says 'only when named' or 'a file' if "
        "that is true, and neither if it is not"
    )


def test_no_source_is_documented_that_is_not_there() -> None:
    named = {name for name in ROWS if re.match(r"(cbs|police|pdok)_", name)}
    assert named <= set(SOURCES), (
        f"docs/open-data.md describes {', '.join(sorted(named - set(SOURCES)))}, of which there is "
        "no file in opendata/"
    )


def test_the_licence_and_attribution_of_each_source_stand_beside_the_borders() -> None:
    readme = (PAGE.parents[1] / "data/boundaries/README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith("| `")]
    for name, source in SOURCES.items():
        found = [row for row in rows if row.startswith(f"| `{name}` |")]
        assert len(found) == 1, f"data/boundaries/README.md needs one row for `{name}`"
        for words in (source.licence.nl, source.licence.en, source.attribution):
            assert words in found[0], (
                f"the row of `{name}` in data/boundaries/README.md lacks: {words}"
            )
