"""A budget that fills again with time: what may come at once, and what may come each second."""

import time
from collections.abc import Callable


class Budget:
    """Holds at most ``most`` and gains ``per_second``; more must be waited for."""

    def __init__(
        self, most: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._per_second, self._clock = most, per_second, clock
        self._left, self._at = most, clock()

    def spend(self, cost: float = 1) -> bool:
        """Take ``cost`` if there is as much; return whether there was."""
        if self._now() < cost:
            return False
        self._left -= cost
        return True

    def wait(self, cost: float = 1) -> float:
        """Take ``cost``, ahead of time if needed; return the seconds until it is there."""
        self._left = self._now() - cost
        return max(-self._left / self._per_second, 0.0)

    @property
    def full(self) -> bool:
        """Whether nothing is spent of it, so that it may be forgotten."""
        return self._now() >= self._most

    def _now(self) -> float:
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        return self._left
