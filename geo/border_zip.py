"""Unpacks the one border file in a zip, as CBS publishes them, to a temporary folder within limits.

Nothing that the zip says is relied on: sizes are counted while unpacking, and of names only the
ending is used.
"""

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from errors import shortened
from geo.border_columns import SHORT
from geo.border_limits import LARGEST_FILE, MOST_MEMBERS, MOST_UNPACKED

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""What belongs to a Shapefile and is read."""

SINGLE = (".gpkg", ".geojson", ".json")

OF_A_MAC = "__MACOSX"
"""The folder in which a Mac puts what it knows of each file, under the name of that file."""

BESIDE = "-wal"
"""What the name of a GeoPackage ends with, where its last changes are in a file of their own."""

CHUNK = 2**20

_END = struct.Struct("<4s4H2LH")
_END_MARK, _ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_LARGEST_LIST = MOST_MEMBERS * 1_000
_TAIL = 66_000


class ZipRefusedError(OSError):
    """The zip is damaged, or made to do harm, or does not hold one border file."""


@contextmanager
def unpacked(path: Path, level: str) -> Iterator[Path]:
    """Give the border file of ``level`` in the zip at ``path``, unpacked to a temporary folder.

    Raises ZipRefusedError, and whatever zipfile raises for damage.
    """
    with path.open("rb") as stream:
        refuse_long_list(stream)
    with TemporaryDirectory(prefix="weerbeeld-") as folder, ZipFile(path) as archive:
        members = [entry for entry in archive.infolist() if not entry.is_dir()]
        _refuse_tricks(members)
        chosen = _parts([entry for entry in members if not _is_litter(entry)], level)
        left = LARGEST_FILE
        for entry in chosen:
            suffix = PurePosixPath(entry.filename).suffix.lower()
            left -= _unpack(archive, entry, Path(folder) / f"border{suffix}", left)
        (main,) = (entry for entry in chosen if _is_main(entry))
        yield Path(folder) / f"border{PurePosixPath(main.filename).suffix.lower()}"


def refuse_long_list(stream: BinaryIO) -> None:
    """Raise ZipRefusedError for a zip whose list of members alone could fill the memory."""
    stream.seek(-min(_TAIL, stream.seek(0, os.SEEK_END)), os.SEEK_END)
    tail = stream.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) < at + _END.size:
        raise ZipRefusedError("no end of a zip: it is not whole")
    size = _END.unpack_from(tail, at)[5]
    if _ZIP64_MARK in tail[max(at - 20, 0) : at] or size > _LARGEST_LIST:
        raise ZipRefusedError(f"a zip with more than {MOST_MEMBERS:,} files, or over 4 GB")


def _refuse_tricks(members: list[ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise ZipRefusedError(
            f"a zip with {len(members):,} files, at most {MOST_MEMBERS:,} are read"
        )
    for entry in members:
        name = shortened(entry.filename)
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0]:
            raise ZipRefusedError(f"a file '{name}' that would land outside its folder")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise ZipRefusedError(f"a link '{name}' in place of a file")
        if entry.flag_bits & 1:
            raise ZipRefusedError(f"an encrypted file '{name}'")


def _is_litter(entry: ZipInfo) -> bool:
    """Return whether a file is one that a Mac adds, and nobody asked for."""
    *folders, name = PurePosixPath(entry.filename.replace("\\", "/")).parts
    return OF_A_MAC in folders or name.startswith("._")


def _is_main(entry: ZipInfo) -> bool:
    return PurePosixPath(entry.filename).suffix.lower() in (".shp", *SINGLE)


def _levels_named(entry: ZipInfo) -> set[str]:
    name = PurePosixPath(entry.filename).name.lower()
    return {level for level in SHORT if level in name}


def _parts(members: list[ZipInfo], level: str) -> list[ZipInfo]:
    """Return the one border file, or the one of ``level``, with all that belongs to it."""
    main = [entry for entry in members if _is_main(entry)]
    of_level = [entry for entry in main if level in _levels_named(entry)]
    of_it_alone = [entry for entry in main if _levels_named(entry) == {level}]
    for candidates in (main, of_level, of_it_alone):
        if len(candidates) == 1:
            chosen = candidates[0]
            break
    else:
        names = ", ".join(shortened(entry.filename) for entry in main[:10]) or "(none)"
        raise ZipRefusedError(f"border files {names} in the zip, where one of {level} was expected")
    if not chosen.filename.lower().endswith(".shp"):
        return [e for e in members if e.filename in (chosen.filename, chosen.filename + BESIDE)]
    stem = chosen.filename[: -len(".shp")]
    found: dict[str, ZipInfo] = {}
    for entry in members:
        suffix = entry.filename[len(stem) :].lower()
        if entry.filename.startswith(stem) and suffix in PARTS:
            if suffix in found:
                raise ZipRefusedError(f"two files '{shortened(entry.filename)}' in the zip")
            found[suffix] = entry
    return list(found.values())


def _unpack(archive: ZipFile, entry: ZipInfo, target: Path, left: int) -> int:
    """Write one file, counting as it grows; return its size in bytes."""
    name = shortened(entry.filename)
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ZipRefusedError(f"a file '{name}' that is packed in an unusual way")
    most = min(left, entry.compress_size * MOST_UNPACKED + CHUNK)
    size = 0
    with archive.open(entry) as source, target.open("xb") as out:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise ZipRefusedError(f"a file '{name}' that grows beyond {most:,} bytes")
            out.write(chunk)
    return size
