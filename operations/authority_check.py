"""The doctor's look at whose word counts: what was taken in once and a build leaves out."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from geo import areas
from geo.own_area import in_own_area
from operations.checks import Check
from records import KINDS
from records.area_figure import KIND as AREA_FIGURE
from records.authority import SOURCE_OF, right_of
from store.engine import work_engine
from store.home import Home
from store.work import Delivery, deliveries, records_path

WHAT = "authority"
ROWS_AT_ONCE = 100_000


def check_authority(home: Home) -> Iterator[Check]:
    """Look for records that their partner may not deliver, as an earlier version took in."""
    outside = 0
    for delivery in deliveries(work_engine(home)):
        try:
            rows = _outside(home, delivery)
        except pa.ArrowInvalid:
            continue  # the check of the work store names a file that cannot be read
        if rows:
            outside += rows
            yield Check(
                WHAT,
                "attention",
                f"{rows:,} of {delivery.rows:,} {delivery.kind} records of {delivery.partner} in "
                f"delivery {delivery.id} are not its own to deliver. A build leaves them out.",
            )
    if not outside:
        yield Check(WHAT, "ok", "every partner delivered what is its own")


def _outside(home: Home, delivery: Delivery) -> int:
    """Return how many records of a delivery lie outside the right of its partner."""
    path = records_path(home, delivery)
    if delivery.kind not in KINDS or not path.exists():
        return 0
    right = right_of(delivery.partner, delivery.kind)
    level, _, code = delivery.partner.partition(":")
    if right is None:
        return delivery.rows
    if delivery.kind != AREA_FIGURE.name and (right.where == "country" or not code):
        return 0
    names = ["figure"] if delivery.kind == AREA_FIGURE.name else ["lon", "lat"]
    gemeenten = areas.gemeenten(home.boundaries)
    outside = 0
    for part in pq.ParquetFile(path).iter_batches(ROWS_AT_ONCE, columns=names):
        if delivery.kind == AREA_FIGURE.name:
            figures = part["figure"].to_pylist()
            outside += sum(SOURCE_OF.get(figure) != right.partner for figure in figures)
        else:
            lon, lat = (part[axis].to_numpy() for axis in names)
            outside += int((~in_own_area(lon, lat, level, code, gemeenten)).sum())
    return outside
