"""Seals: what both logs and the grants were at a moment, signed with a key of the build's account.

A hash chain alone shows nothing when somebody writes the whole log anew. A seal holds the heads of
both logs, the digest of the seal before it and, where a time-stamping service is set, its word on
when the seal was made. Seals are exported to where this account can add and not change.
"""

import base64
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from errors import WeerbeeldError
from store.access import open_access
from store.chain import BEGINNING, Head, head_of
from store.home import Home
from store.kept_key import KeptKey
from store.key_file import KEY_BYTES, KeyFile
from store.logs import LOGS, LogName

VARIABLE = "WEERBEELD_SEAL_KEY"

Stamp = Callable[[bytes], bytes]
"""Returns a time-stamping service's answer (RFC 3161, DER) about a sha256."""


@dataclass(frozen=True)
class Seal:
    """``heads`` by log, number and digest; ``previous`` is the digest of the seal before it.

    ``key`` verifies ``signature`` (Ed25519, RFC 8032), ``successor`` is the key from the next seal
    on where that changes. ``timestamp`` is the answer of a time-stamping service in base64, or ''.
    """

    number: int
    at: str
    heads: dict[str, tuple[int, str]]
    previous: str
    key: str
    successor: str = ""
    signature: str = ""
    timestamp: str = ""

    @property
    def signed(self) -> bytes:
        """What is signed: all but the signature and the time stamp."""
        content = {k: v for k, v in asdict(self).items() if k not in ("signature", "timestamp")}
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()

    @property
    def stamped(self) -> bytes:
        """The sha256 that a time-stamping service is asked about: of content and signature."""
        return sha256(self.signed + bytes.fromhex(self.signature)).digest()

    @property
    def written(self) -> str:
        """The seal as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """The digest of the whole seal, for the one after it."""
        return sha256(self.written.encode()).hexdigest()


def seal_key_of(home: Home) -> KeptKey:
    """Return where the key that signs seals is kept."""
    file = KeyFile(home.seal_key_file, VARIABLE, "seals are not signed without it")
    wrong = (
        "Only when it is lost for good: set seals.jsonl aside for the auditor, and "
        "'weerbeeld key rotate seals' begins anew."
    )
    return KeptKey(home, "seals", file, wrong)


def seal(home: Home, stamp: Stamp | None = None) -> Seal:
    """Seal both logs as they are now, keep the seal and return it.

    Raises WeerbeeldError when it cannot be signed or kept. When the time-stamping service fails,
    the seal is kept without its word, and the error says so.
    """
    return _seal(home, _private(seal_key_of(home).get()), stamp)


def _private(key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key[:KEY_BYTES])


def _seal(
    home: Home, private: Ed25519PrivateKey, stamp: Stamp | None = None, successor: str = ""
) -> Seal:
    before = read_seals(home.seals_file)
    plain = Seal(
        number=len(before) + 1,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        heads=_heads(home),
        previous=before[-1].digest if before else BEGINNING,
        key=public_key(private),
        successor=successor,
    )
    made = replace(plain, signature=private.sign(plain.signed).hex())
    failed: WeerbeeldError | None = None
    if stamp is not None:
        try:
            made = replace(made, timestamp=base64.b64encode(stamp(made.stamped)).decode())
        except WeerbeeldError as error:
            failed = error
    _append(home.seals_file, made.written)
    if failed is not None:
        raise WeerbeeldError(f"Seal {made.number} was made without a time stamp. {failed}")
    return made


def rotate_seal_key(home: Home) -> str:
    """Take a new key for seals and return its mark; a last seal of the old key names it."""

    def hand_over(old: bytes, new: bytes) -> None:
        _seal(home, _private(old), successor=public_key(_private(new)))

    return seal_key_of(home).rotate(hand_over)


def read_seals(place: Path) -> list[Seal]:
    """Return the seals of a file, or of a folder with a file each; [] when there are none.

    Raises WeerbeeldError for what is not a seal.
    """
    try:
        if place.is_dir():
            files = sorted(place.glob("seal-*.json"))
            lines = [path.read_text(encoding="ascii") for path in files]
        else:
            lines = place.read_text(encoding="ascii").splitlines() if place.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise WeerbeeldError(f"The seals in {place} cannot be read: {error}.") from None
    return [_read(line, place, number) for number, line in enumerate(lines, 1)]


def export_seals(home: Home, target: Path) -> int:
    """Add to ``target`` the seals that are not there yet; return how many those were.

    A folder gets a file for each, which is never written again: a write-once store. A file gets a
    line for each: for a log service. Raises WeerbeeldError when what is there differs from ours.
    """
    own, there = read_seals(home.seals_file), read_seals(target)
    if there != own[: len(there)]:
        raise WeerbeeldError(
            f"The seals in {target} are not those of {home.seals_file}: one of the two was "
            "changed. Nothing was added; keep both as they are, and find out who changed which."
        )
    try:
        for made in own[len(there) :]:
            if target.is_dir():
                path = target / f"seal-{made.number:08}.json"
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o444)
                with os.fdopen(handle, "w") as file:
                    file.write(made.written + "\n")
            else:
                _append(target, made.written)
    except OSError as error:
        raise WeerbeeldError(
            f"Seals cannot be written to {target}: {error.strerror or error}. Give this account "
            "the right to add to it."
        ) from None
    return len(own) - len(there)


def public_key(private: Ed25519PrivateKey) -> str:
    """Return the key that verifies what ``private`` signs, in hexadecimal."""
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _heads(home: Home) -> dict[str, Head]:
    names: tuple[LogName, ...] = ("audit", "processing")
    engine = open_access(home)
    try:
        with engine.connect() as connection:
            return {name: head_of(connection, LOGS[name]) for name in names}
    finally:
        engine.dispose()


def _append(path: Path, line: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read(line: str, place: Path, number: int) -> Seal:
    try:
        found: dict[str, Any] = json.loads(line)
        heads = {str(name): (int(head[0]), str(head[1])) for name, head in found["heads"].items()}
        read = Seal(**{**found, "heads": heads})
        texts = {k: v for k, v in vars(read).items() if k not in ("number", "heads")}
        if not all(isinstance(text, str) for text in texts.values()):
            raise TypeError
        bytes.fromhex(read.signature)
        base64.b64decode(read.timestamp, validate=True)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise WeerbeeldError(f"Line {number} of {place} is not a seal.") from None
    return read
