"""The open sources: one file, one source; the folder is the list.

To add a source, add a file here that defines ``SOURCE``, an ``OpenSource``.
"""

from opendata.contract import OpenSource
from plugs import plugs

_PLUGS = plugs(__name__, __path__, "SOURCE", OpenSource)  # type: ignore[type-abstract]

SOURCES: dict[str, OpenSource] = {source.name: source for source in _PLUGS}
"""The sources by name."""
