"""A secret key in a file of its own, readable by its owner only, or in the environment instead.

A key is changed in two steps, so that a kill leaves the old one or the new one: ``propose`` puts
the new key beside the old, and ``settle`` makes it the key once the store knows its mark.
"""

import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from errors import WeerbeeldError
from folders import make_folder

KEY_BYTES = 32
BETWEEN = ","

Ring = tuple[bytes, ...]
"""Keys that are used one after another, the first one first; most rings have one key."""

_CHECK_TEXT = b"weerbeeld: recognise this key"


def key_mark(key: bytes) -> str:
    """Return a short digest that recognises a key without giving it away."""
    return hmac.digest(key, _CHECK_TEXT, "sha256")[:8].hex()


def ring_mark(ring: Ring) -> str:
    """Return a short digest that recognises a ring of keys without giving any away."""
    return key_mark(b"".join(ring))


@dataclass(frozen=True)
class KeyFile:
    """Where a key is: in ``variable`` of the environment where that is set, else at ``path``.

    ``lost`` says in an error what it means when the key is gone.
    """

    path: Path
    variable: str
    lost: str

    @property
    def in_environment(self) -> bool:
        """Whether the environment holds the key."""
        return bool(os.environ.get(self.variable))

    def ring(self) -> Ring | None:
        """Return the keys, None when there are none yet; WeerbeeldError when they are no keys."""
        if text := os.environ.get(self.variable):
            return self._decoded(text, f"the variable {self.variable}")
        return self._read(self.path)

    def read(self) -> bytes | None:
        """Return the keys as one, None when there is none yet; WeerbeeldError when it is none."""
        ring = self.ring()
        return None if ring is None else b"".join(ring)

    def make(self, key: bytes | None = None) -> bytes:
        """Write a new key to the file, whole and readable by its owner only, and return it."""
        key = key or secrets.token_bytes(KEY_BYTES)
        self._write(self.path, (key,))
        return key

    def propose(self, before: Ring = ()) -> bytes:
        """Write a new key, behind those in ``before``, beside the file; return the new one.

        The caller holds the lock of the store that will know its mark.
        """
        key = secrets.token_bytes(KEY_BYTES)
        self._write(self._next, (*before, key))
        return key

    def settle(self, mark: str) -> Ring | None:
        """Return the keys with this mark, None when they are nowhere; a proposed one is taken."""
        ring = self.ring()
        if ring is None or ring_mark(ring) != mark:
            proposed = None if self.in_environment else self._read(self._next)
            if proposed is None or ring_mark(proposed) != mark:
                return None
            with suppress(FileNotFoundError):  # another process was first
                self._next.replace(self.path)
            return proposed
        return ring

    def forget_proposal(self) -> None:
        """Remove what was proposed and never taken; the caller holds the lock of the store."""
        self._next.unlink(missing_ok=True)

    @property
    def _next(self) -> Path:
        return self.path.with_suffix(".next")

    def _read(self, path: Path) -> Ring | None:
        try:
            return self._decoded(path.read_text(encoding="ascii"), str(path))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            raise self._no_key(str(path)) from None

    def _write(self, path: Path, ring: Ring) -> None:
        draft = path.with_suffix(".tmp")
        draft.unlink(missing_ok=True)
        make_folder(path.parent)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(BETWEEN.join(key.hex() for key in ring))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def _decoded(self, text: str, source: str) -> Ring:
        try:
            ring = tuple(bytes.fromhex(part.strip()) for part in text.split(BETWEEN))
        except ValueError:
            raise self._no_key(source) from None
        if any(len(key) < KEY_BYTES for key in ring):
            raise self._no_key(source)
        return ring

    def _no_key(self, source: str) -> WeerbeeldError:
        return WeerbeeldError(
            f"There is no usable key in {source}: expected at least {2 * KEY_BYTES} hexadecimal "
            f"characters. Restore the key from a backup; {self.lost}."
        )
