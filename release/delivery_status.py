"""What readers may know of each delivery: roughly how large, and from month to month.

"One row, of 1 March 2015" is a record. So a size has one significant digit and says nothing below
a hundred, and days are months. What lies before the first month of a release is not told.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from store.work import Delivery

LEAST_SIZE = 100


def rough(rows: int) -> int:
    """Return a number in one significant digit, 0 below LEAST_SIZE.

    >>> [rough(rows) for rows in (1, 99, 100, 149, 1_950, 192_698)]
    [0, 0, 100, 100, 2000, 200000]
    """
    if rows < LEAST_SIZE:
        return 0
    step: int = 10 ** (len(str(rows)) - 1)
    return (rows + step // 2) // step * step


def delivery_status(accepted: Sequence[Delivery], begin: date) -> list[dict[str, Any]]:
    """Return the rows of ``store.release.DeliveryStatus``; ``begin`` is the release's first day."""
    return [
        {
            "id": number,
            "kind": delivery.kind,
            "partner": delivery.partner,
            "received": _month(delivery.received_at.date()),
            "size": rough(delivery.rows),
            "first": _month(max(delivery.first_date, min(begin, delivery.last_date))),
            "last": _month(delivery.last_date),
        }
        for number, delivery in enumerate(accepted, start=1)
    ]


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
