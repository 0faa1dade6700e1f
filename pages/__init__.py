"""The pages: one page a file or package, functions only; the folder is the list.

A module or package that defines ``PAGE`` adds a page. Pages draw what the gateway gives; they never query.
"""

from typing import Any

from pages.kit.page import Page
from plugs import plugs

__all__ = ["PAGES", "Page"]


PAGES: tuple[Page[Any], ...] = tuple(
    sorted(plugs(__name__, __path__, "PAGE", Page), key=lambda page: page.order)
)
