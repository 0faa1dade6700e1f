"""What a page is: where it lives, who it is for, and how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from access.viewer import Role
from bilingual import Text
from pages.parts.view import View


@dataclass(frozen=True)
class Page:
    """One page. ``path`` is its place in the URL; ``roles`` see it in the menu, others a notice."""

    path: str
    title: Text
    order: int
    roles: frozenset[Role]
    render: Callable[[View], None]


EVERYONE: frozenset[Role] = frozenset({"nsoc", "riec", "gemeente"})
