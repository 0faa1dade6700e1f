"""Who is looking: NSOC, one or more RIEC regions, or one or more municipalities."""

import re
from dataclasses import dataclass, field
from typing import Literal

from errors import WeerbeeldError

Role = Literal["nsoc", "riec", "gemeente"]


@dataclass(frozen=True)
class Viewer:
    """A viewer and the areas of its grant; without any grant it may see nothing."""

    nsoc: bool = False
    riecs: frozenset[str] = field(default_factory=frozenset)
    gemeenten: frozenset[str] = field(default_factory=frozenset)

    @property
    def roles(self) -> frozenset[Role]:
        """Kinds of recipient that this viewer is."""
        held: tuple[tuple[Role, bool], ...] = (
            ("nsoc", self.nsoc),
            ("riec", bool(self.riecs)),
            ("gemeente", bool(self.gemeenten)),
        )
        return frozenset(role for role, granted in held if granted)

    @property
    def label(self) -> str:
        """How this viewer is written on the command line, e.g. ``riec:limburg``."""
        parts = ["nsoc"] if self.nsoc else []
        parts += [f"riec:{code}" for code in sorted(self.riecs)]
        parts += [f"gemeente:{code}" for code in sorted(self.gemeenten)]
        return "+".join(parts)


def viewer_named(text: str) -> Viewer:
    """Return the viewer written as ``nsoc``, ``riec:limburg`` or ``gemeente:GM0599``.

    Several are joined by ``+``. Raises WeerbeeldError for any other form.
    """
    nsoc, riecs, gemeenten = False, set[str](), set[str]()
    for part in text.strip().split("+"):
        role, _, code = part.partition(":")
        if part == "nsoc":
            nsoc = True
        elif role == "riec" and re.fullmatch(r"[a-z]+(-[a-z]+)*", code):
            riecs.add(code)
        elif role == "gemeente" and re.fullmatch(r"GM\d{4}", code):
            gemeenten.add(code)
        else:
            raise WeerbeeldError(
                f"'{text[:60]}' is not a viewer. Write nsoc, riec:limburg or gemeente:GM0599."
            )
    return Viewer(nsoc, frozenset(riecs), frozenset(gemeenten))
