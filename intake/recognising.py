"""Recognises the separator of a text file from its line of column names."""

import csv
from collections.abc import Callable

from intake.faults import file_fault

SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}


def recognise_separator(
    header: str, known: Callable[[list[str]], int], line: int, listed: str
) -> str:
    """Return the separator under which ``header`` holds most column names.

    ``known`` counts the column names among the fields, ``listed`` are those that there are;
    DeliveryRefused when it finds none.
    """
    scores: dict[str, tuple[int, int]] = {}
    for separator in SEPARATORS:
        fields = split_line(header, separator)
        scores[separator] = (known(fields), len(fields))
    best = max(scores, key=lambda separator: scores[separator])
    if scores[best][0] == 0:
        raise file_fault(
            "no known column name",
            f"the column names on the first line, separated by ; , tab or |: {listed}",
            line=line,
        )
    return best


def split_line(line: str, separator: str) -> list[str]:
    """Return the fields of one line, none when it cannot be split this way."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return []
