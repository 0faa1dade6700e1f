"""What a search finds, and in which order: names only, never a figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.folding import fits, folded, names_of

Kind = Literal["gemeente", "place", "riec", "wijk", "buurt", "postcode", "street"]

ORDER: tuple[Kind, ...] = ("gemeente", "place", "riec", "postcode", "wijk", "buurt", "street")
"""What comes first among names that fit as well: the larger place."""

LONGEST = 80
"""Letters of what may be sought."""

MOST = 50
"""What one search may find."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place, area, postcode or street: where it is (degrees), and which area it is, if it is one.

    ``gemeente`` is the code of the gemeente that it lies in ('' for a region), ``lies_in`` the name
    of that; ``level`` and ``code`` are None for what is no area: look at the point instead.
    ``size`` orders equals: inhabitants of a place.
    """

    kind: Kind
    name: str
    gemeente: str
    lies_in: str
    lon: float
    lat: float
    level: str | None = None
    code: str | None = None
    size: int = 0


class NameIndex:
    """Names to search; made once for what a viewer may know of."""

    def __init__(self, known: Iterable[Found]) -> None:
        self._known = list(known)
        self._texts = [
            " ".join(["", *names_of(found.name), folded(found.lies_in)]) for found in self._known
        ]
        self._close = [text.replace(" ", "") for text in self._texts]

    def find(self, text: str) -> list[Found]:
        """Return what fits a text, in no order."""
        beginnings = [f" {word}" for word in folded(text).split()]
        close = folded(text).replace(" ", "")
        return [
            found
            for found, names, run in zip(self._known, self._texts, self._close, strict=True)
            if (any(begin in names for begin in beginnings) or run.startswith(close))
            and fits(text, found.name, found.lies_in) is not None
        ]


def in_order(text: str, found: Iterable[Found], most: int) -> list[Found]:
    """Return the best of what was found: as typed first, then large before small, then by name.

    A place of the name of its gemeente stands for that and is left out.
    """
    every = list(found)
    named = {(names_of(one.name), one.code) for one in every if one.kind == "gemeente"}
    own = [one for one in every if one.kind != "place" or not _is_its_gemeente(one, named)]

    def place(one: Found) -> tuple[object, ...]:
        fit = fits(text, one.name, one.lies_in)
        return (fit, ORDER.index(one.kind), -one.size, one.name, one.lies_in)

    return sorted(own, key=place)[: max(0, min(most, MOST))]


def _is_its_gemeente(one: Found, named: set[tuple[tuple[str, ...], str | None]]) -> bool:
    called = set(names_of(one.name))
    return any(code == one.gemeente and called & set(names) for names, code in named)
