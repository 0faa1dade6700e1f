"""What things cost: a module per benchmark, whose ``main`` prints it and returns its ratios.

A module may set goals for them (``GOALS``). It may have a form of some seconds for CI: ``quick``
returns the ratios that ``QUICK`` names, with which way is better.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from tools.goals import Better, Goal, Key

Ratios = dict[str, float]
Quick = Mapping[str, Better]
Goals = Mapping[str, Goal]

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))


def ratios_of(name: str, form: str = "main") -> Ratios:
    """Run a benchmark, or its ``quick`` form; return its ratios by what they compare."""
    found: Ratios = getattr(import_module(f"benchmarks.{name}"), form)()
    return found


def goals() -> dict[Key, Goal]:
    """Return the goals of all benchmarks."""
    return _declared("GOALS")


def quick_forms() -> dict[Key, Better]:
    """Return which way is better of each ratio of a quick form."""
    return _declared("QUICK")


def _declared(constant: str) -> dict[Key, Any]:
    modules = {name: import_module(f"benchmarks.{name}") for name in NAMES}
    return {
        (name, what): value
        for name, module in modules.items()
        for what, value in getattr(module, constant, {}).items()
    }
