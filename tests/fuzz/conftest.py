"""What the tests of hostile borders share: an import that must refuse, and leave nothing."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import box

from errors import WeerbeeldError
from geo.areas import gemeenten
from geo.importing import import_boundaries
from tools.fuzz.judging import faults_of_message

RefuseBorder = Callable[[Path], str]


@pytest.fixture
def wijken() -> gpd.GeoDataFrame:
    """Four sound wijken in Rotterdam."""
    names = [f"Wijk {number}" for number in range(4)]
    codes = [f"WK0599{number:02}" for number in range(4)]
    shapes = [box(x, 430_000, x + 1_000, 431_000) for x in range(80_000, 84_000, 1_000)]
    return gpd.GeoDataFrame(
        {"wijkcode": codes, "wijknaam": names}, geometry=shapes, crs="EPSG:28992"
    )


@pytest.fixture
def refuse_border(tmp_path: Path) -> RefuseBorder:
    """Offer a border file that must be refused with one message, and nothing written."""

    def refuse(file: Path) -> str:
        target = tmp_path / "installed"
        with pytest.raises(WeerbeeldError) as refused:
            import_boundaries(file, "wijk", 2024, target, gemeenten())
        assert not target.exists()
        said = str(refused.value)
        assert faults_of_message(said) == []
        assert str(tmp_path) not in said
        return said

    return refuse
