"""The key of the noise: a secret of its own, not derived from the key of the pseudonyms.

Another key draws every figure anew, and two draws of one count tell more than one: so a key that is
lost is never replaced in silence, and a new one is taken on purpose, with ``rotate_noise_key``.
"""

from store.home import Home
from store.kept_key import KeptKey
from store.key_file import KeyFile

VARIABLE = "WEERBEELD_NOISE_KEY"


def noise_key_of(home: Home) -> KeptKey:
    """Return where the key of the noise is kept."""
    file = KeyFile(home.noise_key_file, VARIABLE, "another one draws every figure anew")
    wrong = (
        "Only when it is lost for good: 'weerbeeld key rotate noise' takes a new one, and every "
        "figure is drawn anew."
    )
    return KeptKey(home, "noise", file, wrong)


def noise_key(home: Home) -> bytes:
    """Return the key of the noise, made where the home never had one.

    Raises WeerbeeldError when it is not the key that figures were drawn with.
    """
    return noise_key_of(home).get()


def rotate_noise_key(home: Home) -> str:
    """Take a new key of the noise and return its mark; figures that are drawn later use it."""
    return noise_key_of(home).rotate()
