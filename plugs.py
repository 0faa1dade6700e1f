"""Finds what is plugged in: one file, one plug, and the folder is the list."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from errors import WeerbeeldError

Plug = TypeVar("Plug")


def plugs(package: str, folders: Iterable[str], constant: str, kind: type[Plug]) -> list[Plug]:
    """Return what the modules of ``package`` define as ``constant``, in the order of their names.

    ``folders`` is the package's ``__path__``. A module, or a package, without the constant is a
    helper of the plugs beside it. WeerbeeldError when the constant is something else than a
    ``kind``.
    """
    found = []
    folder = package.replace(".", "/")
    for name in sorted(module.name for module in iter_modules(folders)):
        plug = getattr(import_module(f"{package}.{name}"), constant, None)
        if isinstance(plug, kind):
            found.append(plug)
        elif plug is not None:
            raise WeerbeeldError(
                f"{constant} in {folder}/{name}.py is a {type(plug).__name__}. Make it a "
                f"{kind.__name__}: {kind.__module__.replace('.', '/')}.py says what that is."
            )
    return found
