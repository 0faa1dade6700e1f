"""The phenomena: one file, one phenomenon; the folder is the list.

To add a phenomenon, add a file here that defines ``PHENOMENON``. Nothing else changes. Words,
indicators and the order of the steps are checked when it loads.
"""

from errors import WeerbeeldError, shortened
from phenomena.checking import checked
from phenomena.contract import Phenomenon
from plugs import plugs

__all__ = ["PHENOMENA", "Phenomenon", "phenomenon_named"]


def _discover() -> dict[str, Phenomenon]:
    found: dict[str, Phenomenon] = {}
    for phenomenon in plugs(__name__, __path__, "PHENOMENON", Phenomenon):
        if phenomenon.code in found:
            raise WeerbeeldError(f"Two files define phenomenon {phenomenon.code}; rename one.")
        found[phenomenon.code] = checked(phenomenon)
    return dict(sorted(found.items()))


PHENOMENA: dict[str, Phenomenon] = _discover()


def phenomenon_named(code: str) -> Phenomenon:
    """Return the phenomenon with this code; WeerbeeldError names the known ones."""
    try:
        return PHENOMENA[code.lower()]
    except KeyError:
        raise WeerbeeldError(
            f"'{shortened(code)}' is not a phenomenon. Choose one of: {', '.join(PHENOMENA)}."
        ) from None
