"""The console commands, a file per group: each has a function ``register``."""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from settings import Settings


def register_all(app: typer.Typer) -> None:
    """Add the commands of every file in this folder to ``app``, in order of file name."""
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        import_module(f"{__name__}.{module.name}").register(app)


def choices() -> "Settings":
    """Return the settings of this installation: what reads them takes long to import."""
    from settings import Settings

    return Settings()
