"""Keep a hostile file from taking the memory of the machine, and with it other processes."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARE = 0.5
"""Of the machine's memory, so much on top of what this process has already."""

SIZES = Path("/proc/self/statm")


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Make taking more than a share of the machine's memory a MemoryError; on Linux only."""
    if not SIZES.exists():
        yield
        return
    page = os.sysconf("SC_PAGE_SIZE")
    taken = int(SIZES.read_text(encoding="ascii").split()[0]) * page
    least = taken + int(os.sysconf("SC_PHYS_PAGES") * page * SHARE)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    known = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(least, *known) if known else least, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
