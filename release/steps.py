"""The steps of a build, in the order in which a person who waits sees them."""

from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[[str, int, int], None]
"""Gets the step that begins, its number, and of how many."""


@dataclass(frozen=True)
class Steps:
    """Says through ``say`` which step of a build over ``indicators`` indicators begins."""

    say: Say
    indicators: int

    def _begin(self, step: str, number: int) -> None:
        self.say(step, number, self.indicators + 5)

    def place(self) -> None:
        """Say that records get their places."""
        self._begin("place the records", 1)

    def spread(self) -> None:
        """Say that records are counted in parts."""
        self._begin("count in parts", 1)

    def count(self, code: str, number: int) -> None:
        """Say that an indicator is counted, the ``number``-th from 1."""
        self._begin(f"count {code}", number + 1)

    def score(self) -> None:
        """Say that the score is made."""
        self._begin("score", self.indicators + 2)

    def compare_grids(self) -> None:
        """Say that the score is held against other hexagons."""
        self._begin("compare grids", self.indicators + 3)

    def publish(self) -> None:
        """Say that the release is written and published."""
        self._begin("publish", self.indicators + 4)

    def done(self) -> None:
        """Say that all is done."""
        self._begin("done", self.indicators + 5)
