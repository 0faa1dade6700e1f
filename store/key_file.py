"""A secret key in a file of its own, readable by its owner only, or in the environment instead.

A key is changed in two steps, so that a kill leaves the old one or the new one: ``propose`` puts
the new key beside the old, and ``settle`` makes it the key once the store knows its mark.
"""

import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from errors import WeerbeeldError

KEY_BYTES = 32

_CHECK_TEXT = b"weerbeeld: recognise this key"


def key_mark(key: bytes) -> str:
    """Return a short digest that recognises a key without giving it away."""
    return hmac.digest(key, _CHECK_TEXT, "sha256")[:8].hex()


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

    def read(self) -> bytes | None:
        """Return the key, None when there is none yet; WeerbeeldError when it is not a key."""
        if text := os.environ.get(self.variable):
            return self._decoded(text, f"the variable {self.variable}")
        return self._read(self.path)

    def make(self) -> bytes:
        """Write a new key to the file, whole and readable by its owner only, and return it."""
        key = secrets.token_bytes(KEY_BYTES)
        self._write(self.path, key)
        return key

    def propose(self) -> bytes:
        """Write a new key beside the one in use, and return it; ``settle`` makes it the key."""
        key = secrets.token_bytes(KEY_BYTES)
        self._write(self._next, key)
        return key

    def settle(self, mark: str) -> bytes | None:
        """Return the key with this mark, None when it is nowhere; a proposed one becomes the key.

        What was proposed and is not the key is removed.
        """
        key = self.read()
        if key is None or key_mark(key) != mark:
            proposed = None if self.in_environment else self._read(self._next)
            if proposed is None or key_mark(proposed) != mark:
                return None
            self._next.replace(self.path)
            return proposed
        self._next.unlink(missing_ok=True)
        return key

    @property
    def _next(self) -> Path:
        return self.path.with_suffix(".next")

    def _read(self, path: Path) -> bytes | None:
        try:
            return self._decoded(path.read_text(encoding="ascii"), str(path))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            raise self._no_key(str(path)) from None

    def _write(self, path: Path, key: bytes) -> None:
        draft = path.with_suffix(".tmp")
        draft.unlink(missing_ok=True)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(key.hex())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def _decoded(self, text: str, source: str) -> bytes:
        try:
            key = bytes.fromhex(text.strip())
        except ValueError:
            raise self._no_key(source) from None
        if len(key) < KEY_BYTES:
            raise self._no_key(source)
        return key

    def _no_key(self, source: str) -> WeerbeeldError:
        return WeerbeeldError(
            f"There is no usable key in {source}: expected at least {2 * KEY_BYTES} hexadecimal "
            f"characters. Restore the key from a backup; {self.lost}."
        )
