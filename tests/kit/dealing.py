"""How tests are dealt out to processes: files as a whole, the longest first.

A file keeps together what its tests share; simulations share nothing and go one by one.
"""

from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST_FIRST = (
    "tests/attack/test_attack.py",
    "tests/store/test_postgresql.py",
    "tests/release/test_release.py",
    "tests/opendata/test_whole_country.py",
    "tests/browser/test_pages.py",
    "tests/browser/test_sign_in.py",
    "tests/release/test_open_release.py",
    "tests/access/test_matrix.py",
    "tests/opendata/test_updating.py",
    "tests/release/test_clusters.py",
    "tests/pages/test_wijken.py",
    "tests/opendata/test_former_borders.py",
    "tests/store/test_logs.py",
    "tests/release/test_signals.py",
    "tests/operations/test_operations.py",
    "tests/release/test_building.py",
    "tests/access/test_gateway.py",
    "tests/project/test_tutorial.py",
    "tests/access/test_grants.py",
    "tests/store/test_verify.py",
    "tests/web/test_headers.py",
    "tests/operations/test_server_recipe.py",
)
"""Files that take twenty seconds or more; what is dealt last leaves the other processes idle.

The first builds the example, which takes minutes; those after it begin with tests that do without.
"""

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
