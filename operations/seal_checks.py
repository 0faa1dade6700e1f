"""Holds seals against each other, against the logs, and against the time-stamping service."""

import base64
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from errors import WeerbeeldError
from operations.seals import Seal, read_seals, seal_key_of
from operations.timestamps import stamped_at
from store.chain import BEGINNING, Head
from store.home import Home
from store.logs import LOGS, LogName
from store.verifying import Finding

NEAR = timedelta(minutes=10)
"""A time stamp further from the seal's own time than this is not of that seal's making."""


def sealed_heads(seals: Sequence[Seal]) -> dict[LogName, list[Head]]:
    """Return the heads that each log must still contain."""
    return {
        name: [seal.heads[name] for seal in seals if name in seal.heads and seal.heads[name][0]]
        for name in LOGS
    }


def check_seals(
    home: Home, exported: Path | None = None, authority: Path | None = None
) -> Iterator[Finding]:
    """Check the seals of ``home`` and those in ``exported``, a file or folder elsewhere.

    ``authority`` is the file with the certificates that time stamps must lead to; without it they
    are not looked at.
    """
    own = read_seals(home.seals_file)
    if not own and seal_key_of(home).fits() is not None:
        yield Finding("seals", False, f"{home.seals_file} is gone, and there were seals")
    wrong = _wrong(own, authority)
    last = f"{len(own)}, the last of {own[-1].at}, by key {own[-1].key}" if own else "none yet"
    yield Finding("seals", not wrong, wrong or last)
    if exported is not None:
        there = read_seals(exported)
        same = there == own[: len(there)]
        missing = len(own) - len(there)
        words = f"{len(there)} in {exported}, {missing} yet to be exported"
        if not same:
            words = f"those in {exported} are not those of {home.seals_file}"
        yield Finding("exported seals", same, words)


def known_seals(home: Home, exported: Path | None) -> list[Seal]:
    """Return the seals that the logs are held against: those kept elsewhere count as well."""
    return [*read_seals(home.seals_file), *(read_seals(exported) if exported else [])]


def _wrong(seals: Sequence[Seal], authority: Path | None) -> str:
    """Return what is wrong with the first seal that is not sound, '' when all are."""
    before: Seal | None = None
    for number, seal in enumerate(seals, 1):
        why = _fault(seal, number, before) or _time_fault(seal, authority)
        if why:
            return f"seal {number} ({seal.at}): {why}"
        before = seal
    return ""


def _fault(seal: Seal, number: int, before: Seal | None) -> str:
    if seal.number != number or seal.previous != (before.digest if before else BEGINNING):
        return "it does not follow the one before it: a seal was changed or is gone"
    if before and seal.key not in (before.key, before.successor):
        return "it was signed with a key that no seal before it names"
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.key))
        key.verify(bytes.fromhex(seal.signature), seal.signed)
    except (InvalidSignature, ValueError):
        return "its signature is not right"
    return ""


def _time_fault(seal: Seal, authority: Path | None) -> str:
    if not seal.timestamp or authority is None:
        return ""
    try:
        moment = stamped_at(base64.b64decode(seal.timestamp), seal.stamped, authority)
    except WeerbeeldError as error:
        return str(error)
    if abs(moment - datetime.fromisoformat(seal.at)) > NEAR:
        return f"it was stamped at another time, {moment.isoformat()}"
    return ""
