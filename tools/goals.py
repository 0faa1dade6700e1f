"""What a measured figure is meant to be, which ones moved, fall short or got worse."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tools.measured import Rows

Key = tuple[str, str]
"""A benchmark, and what it compares."""
Better = Literal["more", "less"]

MOVED = 1 / 5
WORSE = 1 / 3


@dataclass(frozen=True)
class Goal:
    """What a figure is meant to be: at least ``bound`` where more is better, or else at most.

    ``short`` says why it falls short, as long as it does.
    """

    better: Better
    bound: float
    short: str = ""

    def __str__(self) -> str:
        return f"at {'least' if self.better == 'more' else 'most'} {self.bound:g}"

    def times(self, figure: float) -> float:
        """Return how many times as good as the goal a figure is; from 1 it is met."""
        return figure / self.bound if self.better == "more" else self.bound / figure

    def judged(self, figure: float) -> str:
        """Return whether a figure is what it is meant to be, and if not, why."""
        return "yes" if self.times(figure) >= 1 else f"no: {self.short or 'not known why'}"


def at_least(bound: float, short: str = "") -> Goal:
    """Return the goal of a figure of which more is better."""
    return Goal("more", bound, short)


def at_most(bound: float, short: str = "") -> Goal:
    """Return the goal of a figure of which less is better."""
    return Goal("less", bound, short)


def with_goals(rows: Rows, goals: Mapping[Key, Goal]) -> Rows:
    """Return rows of figure, goal, whether it is met, date and machine."""
    judged: Rows = {}
    for key, (figure, *_, date, machine) in rows.items():
        goal = goals.get(key)
        cells = (str(goal), goal.judged(float(figure))) if goal else ("", "")
        judged[key] = (figure, *cells, date, machine)
    return judged


def short(rows: Rows, goals: Mapping[Key, Goal]) -> list[str]:
    """Say of each goal that is not met what was measured, and why; or that nothing was."""
    lines = []
    for (name, what), goal in sorted(goals.items()):
        figure = rows.get((name, what), ("",))[0]
        judged = goal.judged(float(figure)) if figure else "not measured yet"
        if judged != "yes":
            measured = f"{figure}, " if figure else ""
            lines.append(f"{name}: {what}: {measured}goal {goal}: {judged.removeprefix('no: ')}")
    return lines


def moved(name: str, ratios: Mapping[str, float], before: Rows) -> list[str]:
    """Say which ratios of a benchmark moved by more than a fifth of what was written down."""
    lines = []
    for what, ratio in ratios.items():
        known = before.get((name, what))
        if known and abs(ratio / float(known[0]) - 1) > MOVED:
            lines.append(f"{name}: {what}: {known[0]} on {known[-2]}, now {ratio:.3g}")
    return lines


def worse(ratio: float, before: float, better: Better) -> bool:
    """Return whether a ratio got worse by more than a third.

    So a cost that is compared grew by that much: of which less is better above it, else below.
    """
    change = before / ratio if better == "more" else ratio / before
    return change > 1 + WORSE


def got_worse(
    ratios: Mapping[Key, float], recorded: Rows, better: Mapping[Key, Better]
) -> dict[Key, str]:
    """Say which ratios got worse by more than a third of what was recorded, or never were."""
    lines = {}
    for key, ratio in ratios.items():
        name, what = key
        known = recorded.get(key)
        if known is None:
            lines[key] = f"{name}: {what}: now {ratio:.3g}, and not recorded before"
        elif worse(ratio, float(known[0]), better[key]):
            more = f"{better[key]} is better"
            lines[key] = f"{name}: {what}: {known[0]} on {known[-2]}, now {ratio:.3g}; {more}"
    return lines


def best(
    one: Mapping[Key, float], other: Mapping[Key, float], better: Mapping[Key, Better]
) -> dict[Key, float]:
    """Return the better of two runs for each ratio."""
    choose = {"more": max, "less": min}
    return {key: choose[better[key]](one[key], other[key]) for key in one}


def table(rows: Rows) -> str:
    """Return rows of figure, goal and whether it is met as lines for a terminal."""
    return "\n".join(
        f"{name:20} {what:76} {figure:>8}  {goal:14} {met}".rstrip()
        for (name, what), (figure, goal, met, *_) in sorted(rows.items())
    )
