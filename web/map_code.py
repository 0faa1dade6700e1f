"""The code that draws maps in the browser, as files whose address changes with what is in them.

A browser keeps such a file for good. Our own modules share one address, so that they can name each
other; the libraries, which hardly change, each have theirs.
"""

import json
from functools import cache
from gzip import compress
from hashlib import sha256
from pathlib import Path

from pages.parts.map_layers import looks

FOLDER = Path(__file__).parent / "kaart"
LIBRARIES = ("h3-js-4.5.0.umd.js", "deck.gl-9.3.6.min.js")
"""Libraries in the order in which a browser must run them; whose they are stands beside them."""

MAIN = "main.js"
DESCRIBED = "looks.js"
"""How each layer looks, as pydeck describes it: the same for every map, so code to a browser."""

ROUTE = "/kaart/code"


def _address(content: bytes) -> str:
    return f"{ROUTE}/{sha256(content).hexdigest()[:16]}"


@cache
def files() -> dict[str, bytes]:
    """Return the content of each file by its path, compressed with gzip."""
    own = {path.name: path.read_bytes() for path in sorted((FOLDER / "modules").glob("*.js"))}
    own[DESCRIBED] = f"export const LOOKS = {json.dumps(looks())};\n".encode()
    address = _address(b"\0".join(own.values()))
    found = {f"{address}/{name}": compress(content) for name, content in own.items()}
    for name in LIBRARIES:
        content = (FOLDER / "libraries" / name).read_bytes()
        found[f"{_address(content)}/{name}"] = compress(content)
    return found


def address_of(name: str) -> str:
    """Return the path of a file."""
    (found,) = (path for path in files() if path.endswith(f"/{name}"))
    return found
