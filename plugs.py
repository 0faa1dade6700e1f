"""Finds what is plugged in: one file or package, one plug, and the folder is the list."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from errors import WeerbeeldError

Plug = TypeVar("Plug")


def plugs(package: str, folders: Iterable[str], constant: str, kind: type[Plug]) -> list[Plug]:
    """Return what the modules of ``package`` define as ``constant``, in the order of their names.

    ``folders`` is the package's ``__path__``. A plug with many parts is a package that defines the
    constant itself; what lies in it is not looked at. A module without the constant is a helper of
    the plugs beside it. WeerbeeldError when the constant is something else than a ``kind``.
    """
    found = []
    folder = package.replace(".", "/")
    for module in sorted(iter_modules(folders), key=lambda module: module.name):
        plug = getattr(import_module(f"{package}.{module.name}"), constant, None)
        if isinstance(plug, kind):
            found.append(plug)
        elif plug is not None:
            file = f"{module.name}/__init__.py" if module.ispkg else f"{module.name}.py"
            raise WeerbeeldError(
                f"{constant} in {folder}/{file} is a {type(plug).__name__}. Make it a "
                f"{kind.__name__}: {kind.__module__.replace('.', '/')}.py says what that is."
            )
    return found
