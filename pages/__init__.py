"""The pages: one page a file, functions only; the folder is the list.

A module that defines ``PAGE`` adds a page. Pages draw what the gateway gives; they never query.
"""

from importlib import import_module
from pkgutil import iter_modules

from pages.parts.page import Page

__all__ = ["PAGES", "Page"]


def _discover() -> tuple[Page, ...]:
    names = [module.name for module in iter_modules(__path__) if not module.ispkg]
    found = [getattr(import_module(f"{__name__}.{name}"), "PAGE", None) for name in names]
    return tuple(sorted((page for page in found if page), key=lambda page: page.order))


PAGES: tuple[Page, ...] = _discover()
