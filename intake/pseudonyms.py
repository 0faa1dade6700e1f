"""Replaces identifiers by keyed hashes, so that records link up and nobody is named.

HMAC-SHA256 (RFC 2104), of which the first 128 bits are kept. The same identifier gives the same
pseudonym in every kind of record, and nothing without the key leads back. A key that was rotated
stays the first of a ring: the identifiers are nowhere, so that only pseudonyms can be made anew.
"""

import hmac
import secrets

import pyarrow as pa

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


def make_key(home: Home) -> Ring:
    """Write a new key to the key file, whole and readable by its owner only, and return it."""
    return (pseudonym_key_file(home).make(),)


def throwaway_key() -> Ring:
    """Return a random key for a dry run; it is kept nowhere."""
    return (secrets.token_bytes(KEY_BYTES),)


def pseudonyms(identifiers: pa.ChunkedArray, keys: Ring) -> pa.Array:
    """Return 32 hexadecimal characters for each identifier, shape (n,), null where it is null.

    With several keys, each one makes a pseudonym of the pseudonym by the one before it.
    """
    coded = identifiers.combine_chunks().dictionary_encode()
    texts = coded.dictionary.to_pylist()
    digest = hmac.digest
    for key in keys:
        texts = [digest(key, text.encode(), "sha256")[:KEPT_BYTES].hex() for text in texts]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string())).cast(
        pa.string()
    )
