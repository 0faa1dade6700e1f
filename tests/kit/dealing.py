"""How tests are dealt out to processes: files as a whole, the longest first.

A file keeps together what its tests share; simulations share nothing and go one by one.
"""

from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST_FIRST = (
    "tests/attack/test_attack.py",
    "tests/pages/test_wijken.py",
    "tests/opendata/test_whole_country.py",
    "tests/access/test_matrix.py",
    "tests/release/test_clusters.py",
    "tests/operations/test_server_recipe.py",
    "tests/browser/test_sign_in.py",
    "tests/browser/test_pages.py",
)
ONE_BY_ONE = ("tests/release/test_clusters.py", "tests/release/test_patterns_simulated.py")


def rank(item: pytest.Item) -> int:
    """Return when the file of a test comes, lower is earlier."""
    file = Path(item.location[0]).as_posix()
    return LONGEST_FIRST.index(file) if file in LONGEST_FIRST else len(LONGEST_FIRST)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Deals out files, but for those whose tests share nothing."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return nodeid if file in ONE_BY_ONE else file
