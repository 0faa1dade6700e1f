"""Draws how far measured figures are from their goals, as a picture that a document shows."""

from collections.abc import Mapping
from html import escape
from math import log2

from tools.goals import Goal, Key
from tools.measured import Rows

WIDTH, LABELS, HALF, FIGURES, LINE = 1120, 640, 180, 110, 24
MOST = 8
"""Bars end at so many times the goal, and as far below it."""

MET, MISSED = "#2e7d5b", "#c2571a"
STYLE = "text{font:13px sans-serif;fill:#222}"


def _bar(row: int, label: str, figure: float, goal: Goal) -> str:
    """Draw one figure: to the right of the middle when it is better than its goal."""
    times = goal.times(figure)
    middle, length = LABELS + HALF, HALF * max(-1.0, min(log2(times) / log2(MOST), 1.0))
    left, y = min(middle, middle + length), (row + 1) * LINE
    return (
        f'<text x="{LABELS - 8}" y="{y + 15}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{left:.1f}" y="{y + 4}" width="{max(abs(length), 1):.1f}" height="{LINE - 8}"'
        f' fill="{MET if times >= 1 else MISSED}"/>'
        f'<text x="{WIDTH - FIGURES}" y="{y + 15}">{figure:g} ({goal.bound:g})</text>'
    )


def chart(rows: Rows, goals: Mapping[Key, Goal]) -> str:
    """Return an SVG with a bar for each measured figure that has a goal, on a scale of doublings.

    In the middle a figure is just what it is meant to be, to the right it is better.
    """
    measured = [
        (key, float(rows[key][0]), goal) for key, goal in sorted(goals.items()) if key in rows
    ]
    bars = [
        _bar(row, f"{name}: {what}", figure, goal)
        for row, ((name, what), figure, goal) in enumerate(measured)
    ]
    height, middle = (len(bars) + 2) * LINE, LABELS + HALF
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
            f' viewBox="0 0 {WIDTH} {height}" role="img">',
            "<title>Figures beside their goals: to the right is better</title>",
            f"<style>{STYLE}</style>",
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            f'<text x="{middle - 8}" y="16" text-anchor="end">falls short</text>',
            f'<text x="{middle + 8}" y="16">better than its goal</text>',
            f'<text x="{WIDTH - FIGURES}" y="16">figure (goal)</text>',
            *bars,
            f'<line x1="{middle}" x2="{middle}" y1="{LINE}" y2="{height - LINE}" stroke="#222"/>',
            "</svg>",
            "",
        ]
    )
