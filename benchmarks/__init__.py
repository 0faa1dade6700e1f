"""What things cost: a module per benchmark, whose ``main`` prints it and returns its ratios."""

from importlib import import_module

Ratios = dict[str, float]


def ratios_of(name: str) -> Ratios:
    """Run a benchmark; return its ratios by what they compare."""
    found: Ratios = import_module(f"benchmarks.{name}").main()
    return found
