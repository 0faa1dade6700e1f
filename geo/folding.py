"""Names as people type them: without capitals, accents, hyphens and apostrophes, by any usage."""

import unicodedata
from functools import lru_cache
from itertools import dropwhile

ARTICLES = frozenset({"de", "den", "der", "het", "een", "s", "t", "n", "la", "le"})
"""Words that a reader may leave out or add."""

ALSO = {
    "den bosch": "s hertogenbosch",
    "den haag": "s gravenhage",
    "the hague": "s gravenhage",
    "friesland": "fryslan",
    "sudwest friesland": "sudwest fryslan",
    "nuenen": "nuenen gerwen en nederwetten",
}
"""Other names, folded, of what is officially called otherwise."""

_ALSO = {official: other for other, official in ALSO.items() if other != "the hague"}

EXACT, BEGINS, HAS = range(3)
"""How well a name fits what was typed: it is that, it begins so, its words begin so."""


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Return a text as its words of letters and digits, apart by one space.

    >>> folded("'s-Hertogenbosch"), folded("Súdwest-Fryslân"), folded("6411 AB")
    ('s hertogenbosch', 'sudwest fryslan', '6411 ab')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = (char for char in apart if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def names_of(name: str) -> tuple[str, ...]:
    """Return all that a place of this name is called, folded, the official name first.

    >>> names_of("'s-Gravenhage"), names_of("Venlo")
    (('s gravenhage', 'den haag'), ('venlo',))
    """
    own = folded(name)
    others = [other for other in (ALSO.get(own), _ALSO.get(own)) if other]
    return (own, *others)


def fits(typed: str, name: str, around: str = "") -> int | None:
    """Return how well ``name`` fits what was ``typed`` (EXACT, BEGINS or HAS), None: not at all.

    Words may also be of ``around``, the name of what it lies in, but not all of them.

    >>> fits("den bosch", "'s-Hertogenbosch"), fits("rott", "Rotterdam"), fits("bilt", "De Bilt")
    (0, 1, 1)
    >>> fits("kerkstr heerlen", "Kerkstraat", "Heerlen"), fits("heerlen", "Kerkstraat", "Heerlen")
    (2, None)
    """
    sought = folded(typed)
    if not sought:
        return None
    found = [fit for known in names_of(name) if (fit := _fit(sought, known)) is not None]
    if found:
        return min(found)
    own, wider = folded(name).split(), folded(around).split()
    words = sought.split() if ARTICLES.issuperset(own) else needed(sought)
    mine = [word for word in words if _starts(word, own)]
    rest = [word for word in words if word not in mine]
    whole = bool(mine) and all(_starts(word, wider) for word in rest)
    return HAS if whole else None


def _fit(sought: str, name: str) -> int | None:
    bare = " ".join(dropwhile(ARTICLES.__contains__, name.split()))
    if sought == name:
        return EXACT
    if any(one.startswith(sought) for one in (name, bare)) or _run(name).startswith(_run(sought)):
        return BEGINS
    return HAS if all(_starts(word, name.split()) for word in needed(sought)) else None


def _run(name: str) -> str:
    return name.replace(" ", "")


def needed(sought: str) -> list[str]:
    """Return the words that must be found: articles only where there is nothing else."""
    words = sought.split()
    return [word for word in words if word not in ARTICLES] or words


def _starts(word: str, words: list[str]) -> bool:
    return any(other.startswith(word) for other in words)
