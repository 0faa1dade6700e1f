"""What a backup looks like: a zip with known names, and a manifest with each file's sha256.

A name that is not on the list is refused, so that no archive can write anywhere else.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from zipfile import ZipFile

from errors import WeerbeeldError

MANIFEST = "manifest.json"
FORM = 1
LARGEST_MANIFEST = 64 * 2**20
PIECE = 2**20

KEY = "work/pseudonym.key"
GRANTS_DB = "grants/grants.db"
WORK_DB = "work/work.db"
ACCESS_DB = "access/access.db"

NAMES = re.compile(
    r"work/work\.db|work/(?:pseudonym|noise|seal)\.key|work/seals\.jsonl|grants/grants\.db|access/access\.db"
    r"|work/records/[a-z_]{1,40}/[0-9a-f]{16}(?:\.[0-9]{1,9})?\.parquet"
    r"|work/boundaries/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}"
    r"|work/standing/(?:last|[0-9a-f]{16}/(?:about\.json|[0-9a-f]{12}\.[a-z0-9.]{1,40}\.parquet))"
    r"|releases/(?:current|[0-9a-f]{16}\.(?:db|sha256))",
    re.ASCII,
)


@dataclass(frozen=True)
class Stored:
    """One file of a backup: its size in bytes and its sha256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, when it was made and by which version."""

    version: str
    made: str
    files: Mapping[str, Stored]

    @property
    def with_key(self) -> bool:
        """Whether the keys of the pseudonyms and of the noise are in it."""
        return KEY in self.files

    @property
    def size(self) -> int:
        """Bytes of all files together, once unpacked."""
        return sum(file.size for file in self.files.values())

    def written(self) -> str:
        """Return the manifest as JSON."""
        files = {name: asdict(file) for name, file in sorted(self.files.items())}
        manifest = {"form": FORM, "version": self.version, "made": self.made, "files": files}
        return json.dumps(manifest, indent=1)


def read_manifest(archive: ZipFile) -> Manifest:
    """Return the manifest of an archive; WeerbeeldError when it lists other files than it holds."""
    names = archive.namelist()
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise not_a_backup("its manifest is too large")
        with archive.open(MANIFEST) as source:
            sheet = json.loads(source.read(LARGEST_MANIFEST))
        if sheet["form"] != FORM:
            raise WeerbeeldError(
                "This backup was made by a newer Weerbeeld. Install that version to restore it."
            )
        files = {
            name: Stored(int(file["size"]), str(file["sha256"]))
            for name, file in sheet["files"].items()
        }
        manifest = Manifest(str(sheet["version"]), str(sheet["made"]), files)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise not_a_backup("it has no readable manifest") from None
    if sorted(names) != sorted([*files, MANIFEST]):
        raise not_a_backup("what it holds is not what its manifest lists")
    strange = [name for name in files if not NAMES.fullmatch(name)]
    if strange:
        raise not_a_backup(f"it holds a file that no backup has: {strange[0][:100]!r}")
    if any(file.size < 0 for file in files.values()) or WORK_DB not in files:
        raise not_a_backup("its manifest is not complete")
    return manifest


def not_a_backup(why: str) -> WeerbeeldError:
    """Return the error for an archive that cannot be restored."""
    return WeerbeeldError(
        f"This is not a backup of Weerbeeld, or it is damaged: {why}. Nothing was restored; "
        "take another backup."
    )
