"""Replaces identifiers by keyed hashes, so that records link up and nobody is named.

HMAC-SHA256 (RFC 2104), of which the first 128 bits are kept. The same identifier gives the same
pseudonym in every kind of record, and nothing without the key leads back. A key that was rotated
stays the first of a ring: the identifiers are nowhere, so that only pseudonyms can be made anew.
"""

import secrets
from collections.abc import Callable
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from intake.arrays import texts
from store.home import Home
from store.key_file import KEY_BYTES, KeyFile, Ring

VARIABLE = "WEERBEELD_PSEUDONYM_KEY"
KEPT_BYTES = 16


def pseudonym_key_file(home: Home) -> KeyFile:
    """Return where the keys of the pseudonyms are."""
    lost = "without it new records do not link up with earlier ones"
    return KeyFile(home.key_file, VARIABLE, lost)


def existing_keys(home: Home) -> Ring | None:
    """Return the keys from the environment or the key file, None when there are none yet.

    Raises WeerbeeldError when what is there is not a key.
    """
    return pseudonym_key_file(home).ring()


def existing_key(home: Home) -> bytes | None:
    """Return the keys as one, to tell one installation from another; None when there is none."""
    return pseudonym_key_file(home).read()


def make_key(home: Home, key: bytes | None = None) -> Ring:
    """Write a new key to the key file, whole and readable by its owner only, and return it."""
    return (pseudonym_key_file(home).make(key),)


def throwaway_key() -> Ring:
    """Return a random key, which is kept nowhere yet."""
    return (secrets.token_bytes(KEY_BYTES),)


def pseudonyms(identifiers: pa.Array, keys: Ring) -> pa.Array:
    """Return 32 hexadecimal characters for each identifier, shape (n,), null where it is null.

    With several keys, each one makes a pseudonym of the pseudonym by the one before it.
    """
    coded = identifiers.dictionary_encode()
    names = coded.dictionary.to_pylist()
    for key in keys:
        names = list(map(_hasher(key), names))
    return pc.cast(texts(names).take(coded.indices), pa.string())


def _hasher(key: bytes) -> Callable[[str], str]:
    """Return what ``hmac`` would compute with a key, of which both halves are hashed only once."""
    block = key if len(key) <= sha256().block_size else sha256(key).digest()
    block = block.ljust(sha256().block_size, b"\0")
    inner, outer = (sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))

    def hashed(text: str) -> str:
        within, around = inner.copy(), outer.copy()
        within.update(text.encode())
        around.update(within.digest())
        return around.hexdigest()[: 2 * KEPT_BYTES]

    return hashed
