"""The key of the noise: a secret of its own, not derived from the key of the pseudonyms.

The work store remembers the mark of the key that figures were drawn with. Another key draws every
figure anew, and two draws of one count tell more than one: so a key that is lost is never replaced
in silence, and a new one is taken on purpose, with ``rotate_noise_key``.
"""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from errors import WeerbeeldError
from store.engine import open_for_writing, understandable, work_engine, writing
from store.home import Home
from store.key_file import KeyFile, key_mark
from store.work import KeyMark

VARIABLE = "WEERBEELD_NOISE_KEY"
NAME = "noise"


def noise_key_file(home: Home) -> KeyFile:
    """Return where the key of the noise is."""
    return KeyFile(home.noise_key_file, VARIABLE, "another one draws every figure anew")


def noise_key(home: Home) -> bytes:
    """Return the key of the noise, made where the home never had one.

    Raises WeerbeeldError when it is not the key that figures were drawn with.
    """
    place = noise_key_file(home)
    engine = open_for_writing(home)
    try:
        with writing(engine) as session:
            known = session.get(KeyMark, NAME)
            if known is None:
                key = place.read() or place.make()
                _remember(session, key)
                return key
            found = place.settle(known.mark)
    finally:
        engine.dispose()
    if found is None:
        raise WeerbeeldError(
            "The key of the noise is not the one that the published figures were drawn with. "
            f"Restore {place.path}, or set {VARIABLE} to that key. Only when it is lost for good: "
            "'weerbeeld key rotate noise' takes a new one, and every figure is drawn anew."
        )
    return found


def rotate_noise_key(home: Home) -> str:
    """Take a new key of the noise and return its mark; figures that are drawn later use it.

    The new key is made, or is the one in the environment where that holds the key.
    """
    place = noise_key_file(home)
    engine = open_for_writing(home)
    try:
        with writing(engine) as session:
            known = session.get(KeyMark, NAME)
            key = place.read() if place.in_environment else place.propose()
            mark = key_mark(key or b"")
            if known is not None and known.mark == mark:
                raise WeerbeeldError(
                    f"{VARIABLE} still holds the key in use. Set it to a new key, and rotate again."
                )
            _remember(session, key or b"")
    finally:
        engine.dispose()
    place.settle(mark)
    return mark


def _remember(session: Session, key: bytes) -> None:
    session.merge(KeyMark(name=NAME, mark=key_mark(key), since=datetime.now(UTC)))


def noise_key_fits(home: Home) -> bool | None:
    """Return whether the key is the one that figures were drawn with; None when none was needed."""
    engine = work_engine(home)
    try:
        with understandable(engine), Session(engine) as session:
            known = session.get(KeyMark, NAME)
    finally:
        engine.dispose()
    key = noise_key_file(home).read()
    return None if known is None else key is not None and key_mark(key) == known.mark
