"""The kinds of evidence that a release may hold; the folder is the list.

A class here that is an ``Evidence`` adds a kind: `release.evidence_gate` lets rows of no other
class into a release.
"""

from importlib import import_module
from pkgutil import iter_modules

from store.evidence.contract import Evidence, annotations_of, rounded

__all__ = ["KINDS", "Evidence", "rounded"]


def _kinds() -> dict[str, type[Evidence]]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found = {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Evidence) and value is not Evidence
    }
    for kind in found.values():
        annotations_of(kind)
    return dict(sorted(found.items()))


KINDS: dict[str, type[Evidence]] = _kinds()
