"""The open sources: one file, one source; the folder is the list.

To add a source, add a file here that defines ``SOURCE``, an ``OpenSource``.
"""

from opendata.contract import OpenSource
from plugs import plugs

SOURCES: dict[str, OpenSource] = {
    source.name: source for source in plugs(__name__, __path__, "SOURCE", OpenSource)
}
"""The sources by name."""
