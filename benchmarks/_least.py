"""Times work that is done again and again: the least says most on a machine that others use."""

import time
from collections.abc import Callable, Mapping

ROUNDS = 5


def least(works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the least seconds of the processor that each takes, done in turn."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            work()
            taken[name].append(time.process_time() - start)
    found = {name: min(each) for name, each in taken.items()}
    for name, seconds in found.items():
        print(f"{name:44} {seconds:8.3f} s of the processor", flush=True)
    return found
