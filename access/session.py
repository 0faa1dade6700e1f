"""Opens the current release for a viewer; example viewers only while all data are invented."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from access.gateway import Gateway
from access.scope import AccessRefusedError
from access.viewer import Viewer, viewer_named
from store.release import current_release, open_release


@lru_cache(maxsize=4)
def _engine(path: Path) -> Engine:
    return open_release(path)


def example_gateway(releases: Path, viewer: str) -> Gateway:
    """Return the gateway of an example viewer written as in ``viewer_named``.

    Raises AccessRefusedError when any delivery in the release is real, and WeerbeeldError when
    there is no release or no such viewer.
    """
    wanted: Viewer = viewer_named(viewer)
    gateway = Gateway(_engine(current_release(releases)), wanted)
    if not gateway.facts().only_invented:
        raise AccessRefusedError(
            "Example viewers exist only while every delivery is invented, and this release holds "
            "real ones. Sign in instead."
        )
    known = {"riec": wanted.riecs, "gemeente": wanted.gemeenten}
    for level, codes in known.items():
        for code in codes:
            gateway.area(level, code)
    return gateway
