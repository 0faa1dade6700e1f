"""Whose figures a release holds, as lines for every map: one a source, with all of its years."""

import re
from collections import defaultdict
from collections.abc import Iterable

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def credits_of(sources: Iterable[str]) -> list[str]:
    """Return the lines that credit ``sources``; those that differ by year become one.

    >>> credits_of(["Bron: CBS, 2021, wegen", "Bron: CBS, 2023, wegen", "Bron: CBS, 2022, wegen"])
    ['Bron: CBS, 2021-2023, wegen']
    >>> credits_of(["Bron: CBS, 2021", "Bron: CBS, 2024", "VNG"])
    ['Bron: CBS, 2021, 2024', 'VNG']
    """
    years: defaultdict[str, set[int]] = defaultdict(set)
    for source in sorted(set(sources)):
        found = YEAR.search(source)
        years[YEAR.sub("{}", source, count=1)] |= {int(found[0])} if found else set()
    return [text.replace("{}", _spans(sorted(of)), 1) for text, of in years.items()]


def _spans(years: list[int]) -> str:
    """Return 2021-2023, 2025 for 2021, 2022, 2023, 2025."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}-{s[-1]}" for s in spans)
