"""Texts too long for code: Markdown in both languages, beside the module that shows it.

Pages may open no file (pyproject.toml). They name a text; this reads it, from their own package and
from nowhere else.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from bilingual import Text
from errors import WeerbeeldError

NAME = re.compile(r"[a-z]+(-[a-z]+)*")
FIGURE = re.compile(r"\{([a-z_]+)\}")


@cache
def prose(package: str, name: str) -> Text:
    """Return ``name``.nl.md and ``name``.en.md of a package, such as ``pages.methode``.

    WeerbeeldError when the name is no plain name, or one of the two is not there.
    """
    if not NAME.fullmatch(name):
        raise WeerbeeldError(f"{name!r} names no text. Use small letters and hyphens only.")
    return Text(_read(package, f"{name}.nl.md"), _read(package, f"{name}.en.md"))


def _read(package: str, file: str) -> str:
    found = files(package).joinpath(file)
    if not found.is_file():
        where = package.replace(".", "/")
        raise WeerbeeldError(f"There is no {where}/{file}. Write it, or name a text that is there.")
    return found.read_text(encoding="utf-8").strip()


def fill(text: str, figure: Callable[[str], str]) -> str:
    """Return a text in which ``{name}`` became what ``figure`` gives for that name.

    >>> fill("Nooit {last}, wel {k}.", {"k": "5", "last": "4"}.__getitem__)
    'Nooit 4, wel 5.'
    """
    return FIGURE.sub(lambda found: figure(found[1]), text)
