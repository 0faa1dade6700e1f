"""Replaces identifiers by keyed hashes, so that records link up and nobody is named.

HMAC-SHA256 (RFC 2104), of which the first 128 bits are kept. The same identifier gives the same
pseudonym in every kind of record, and nothing without the key leads back.
"""

import hmac
import secrets

import pyarrow as pa

from store.home import Home
from store.key_file import KEY_BYTES, KeyFile
from store.key_file import key_mark as key_check

__all__ = ["VARIABLE", "existing_key", "key_check", "make_key", "pseudonyms", "throwaway_key"]

VARIABLE = "WEERBEELD_PSEUDONYM_KEY"
KEPT_BYTES = 16


def pseudonym_key_file(home: Home) -> KeyFile:
    """Return where the key of the pseudonyms is."""
    lost = "without it new records do not link up with earlier ones"
    return KeyFile(home.key_file, VARIABLE, lost)


def existing_key(home: Home) -> bytes | None:
    """Return the key from the environment or the key file, None when there is none yet.

    Raises WeerbeeldError when what is there is not a key.
    """
    return pseudonym_key_file(home).read()


def make_key(home: Home) -> bytes:
    """Write a new key to the key file, whole and readable by its owner only, and return it."""
    return pseudonym_key_file(home).make()


def throwaway_key() -> bytes:
    """Return a random key for a dry run; it is kept nowhere."""
    return secrets.token_bytes(KEY_BYTES)


def pseudonyms(identifiers: pa.ChunkedArray, key: bytes) -> pa.Array:
    """Return 32 hexadecimal characters for each identifier, shape (n,), null where it is null."""
    coded = identifiers.combine_chunks().dictionary_encode()
    digest = hmac.digest
    hashed = [
        digest(key, text.encode(), "sha256")[:KEPT_BYTES].hex()
        for text in coded.dictionary.to_pylist()
    ]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(hashed, pa.string())).cast(
        pa.string()
    )
