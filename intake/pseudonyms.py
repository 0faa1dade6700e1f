"""Replaces identifiers by keyed hashes, so that records link up and nobody is named.

HMAC-SHA256 (RFC 2104), of which the first 128 bits are kept. The same identifier gives the same
pseudonym in every kind of record, and nothing without the key leads back.
"""

import hmac
import os
import secrets

import pyarrow as pa

from errors import WeerbeeldError
from store.home import Home

VARIABLE = "WEERBEELD_PSEUDONYM_KEY"
KEY_BYTES = 32
KEPT_BYTES = 16

_CHECK_TEXT = b"weerbeeld: recognise this key"


def existing_key(home: Home) -> bytes | None:
    """Return the key from the environment or the key file, None when there is none yet.

    Raises WeerbeeldError when what is there is not a key.
    """
    if text := os.environ.get(VARIABLE):
        return _decoded(text, f"the variable {VARIABLE}")
    try:
        return _decoded(home.key_file.read_text(encoding="ascii"), str(home.key_file))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise _no_key(str(home.key_file)) from None


def make_key(home: Home) -> bytes:
    """Write a new key to the key file, whole and readable by its owner only, and return it."""
    text = secrets.token_hex(KEY_BYTES)
    draft = home.key_file.with_suffix(".tmp")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home.key_file)
    return bytes.fromhex(text)


def throwaway_key() -> bytes:
    """Return a random key for a dry run; it is kept nowhere."""
    return secrets.token_bytes(KEY_BYTES)


def key_check(key: bytes) -> str:
    """Return a short digest that recognises a key without giving it away."""
    return hmac.digest(key, _CHECK_TEXT, "sha256")[:8].hex()


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


def _decoded(text: str, source: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        raise _no_key(source) from None
    if len(key) < KEY_BYTES:
        raise _no_key(source)
    return key


def _no_key(source: str) -> WeerbeeldError:
    return WeerbeeldError(
        f"There is no usable key in {source}: expected at least {2 * KEY_BYTES} hexadecimal "
        "characters. Restore the key from a backup; without it new records do not link up with "
        "earlier ones."
    )
