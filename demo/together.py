"""What rises together where, for the manifest: pairs that a test should find, and decoys."""

from demo.arrays import Ints
from demo.contract import Example
from demo.decoys import NEW_PARK, NEW_YEAR
from demo.manifest import Together
from geo import areas

RISING = {NEW_PARK: ("BD04", "LO01"), NEW_YEAR: ("CV01",)}
"""What a decoy makes rise."""


def together(example: Example) -> tuple[Together, ...]:
    """Return the gemeenten in which indicators rise together, and the decoys."""
    gemeenten, plan = areas.gemeenten(), example.plan
    chosen: list[tuple[tuple[str, ...], str | None, Ints]]
    chosen = [(pair.indicators, None, rows) for pair, rows in plan.pairs.items()]
    chosen += [(RISING[reason], reason, rows) for reason, rows in plan.decoys.items()]
    return tuple(
        Together(gemeenten["code"].iloc[row], gemeenten["name"].iloc[row], indicators, reason)
        for indicators, reason, rows in chosen
        for row in rows
    )
