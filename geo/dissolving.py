"""One area out of many that lie side by side."""

import numpy as np
import shapely
from numpy.typing import NDArray


def united(shapes: NDArray[np.object_]) -> shapely.Geometry:
    """Return the union of polygons, shape (n,): at once where they fit together seamlessly."""
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)
