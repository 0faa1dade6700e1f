"""Names a release after everything that decides what is in it, and after nothing else.

That is what was delivered, the borders and places, the key of the pseudonyms, k, the code and the
libraries. The code counts as Python reads it, without comments, layout and docstrings: whoever
explains it better makes no other release.
"""

import ast
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from release.noise import checked_k
from store.release import SCHEMA
from store.work import Delivery

ROOT = Path(__file__).resolve().parent.parent

CODE = (
    "bilingual.py",
    "errors.py",
    "map_classes.py",
    "plugs.py",
    "records",
    "geo",
    "indicators",
    "analysis",
    "release",
    "store/evidence",
    "store/release.py",
)
"""The files and rooms that decide what is in a release. The rest of ``store`` keeps what the build
makes, and ``intake`` has done its part when a delivery is accepted."""

LIBRARIES = (
    "duckdb",
    "geopandas",
    "h3",
    "numpy",
    "pandas",
    "pyarrow",
    "pyogrio",
    "pyproj",
    "scipy",
    "shapely",
)
"""The libraries that count, place or read. `pyogrio` reads borders for `geopandas`; `sqlalchemy`
writes rows down as they are."""


class _OnlyCode(ast.NodeTransformer):
    """Leaves out what stands in the code for readers only: strings that are whole statements."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        value = node.value
        return None if isinstance(value, ast.Constant) and isinstance(value.value, str) else node


@cache
def _reading_of(source: bytes) -> str:
    """Return how Python reads a file's code, with nothing in it that is for readers only."""
    return sha256(ast.dump(_OnlyCode().visit(ast.parse(source))).encode()).hexdigest()


def code_hash(root: Path = ROOT) -> str:
    """Return the sha256 of the code that decides what is in a release, as Python reads it.

    Other comments, layout or docstrings give the same hash. Another minor version of Python gives
    another one: it may read the same code otherwise, and what it computes is its own.
    """
    digest = sha256("{}.{}".format(*sys.version_info).encode())
    for part in CODE:
        place = root / part
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(f"\n{path.relative_to(root)} {_reading_of(path.read_bytes())}".encode())
    return digest.hexdigest()


def release_name(
    accepted: Sequence[Delivery], borders: Mapping[str, str], key: bytes, k: int
) -> str:
    """Return the name of a release; ``borders`` is what `geo.areas.fingerprint` returns."""
    parts = [
        f"{d.sequence} {d.kind} {d.partner} {d.sha256} {d.revision} {d.received_at:%Y-%m-%d}"
        for d in accepted
    ]
    parts += [f"{name} {digest}" for name, digest in sorted(borders.items())]
    parts += [f"{library} {version(library)}" for library in LIBRARIES]
    parts += [sha256(key).hexdigest(), str(checked_k(k)), code_hash(), SCHEMA]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
