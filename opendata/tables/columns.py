"""What a table is made of: columns of figures, dimensions, categories, and how names compare."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["area", "period", "other"]

TOTAL = "total"
"""Asks for the category that holds all others."""

WHOLE = (re.compile(r"T00\w*"), re.compile(r"0\.0\.0"))
"""The key of that category at CBS; at the police, where there is no such key."""


@dataclass(frozen=True)
class Measure:
    """A column of figures: its key, its title, the titles of the groups above it, and its unit.

    ``groups`` and ``unit`` are None where it is not known: a file of codes says neither.
    """

    key: str
    title: str
    groups: tuple[str, ...] | None = ()
    unit: str | None = ""


@dataclass(frozen=True)
class Dimension:
    """What figures are given for, e.g. WijkenEnBuurten (``area``) or Perioden (``period``)."""

    key: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Category:
    """One category of a dimension: its key as the service writes it, padding included."""

    key: str
    title: str

    @property
    def code(self) -> str:
        """The key without padding."""
        return self.key.strip()


def kind_of(written: object, key: object) -> Kind:
    """Return the kind of a dimension from what a service calls it, or from its key."""
    if str(written).startswith("Geo") or key in ("RegioS", "WijkenEnBuurten"):
        return "area"
    return "period" if str(written).startswith("Time") or key == "Perioden" else "other"


def squeezed(name: str) -> str:
    """Return the letters and digits of a name, without accents, for comparing."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalnum())


def without_code(title: str) -> str:
    """Return a title such as '3.1.1 Drugshandel' without the code before it."""
    return re.sub(r"^\d+(\.\d+)*\s+", "", title)
