"""Answers of OData services as rows: an answer that is no list of rows is refused in words."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from errors import shortened
from opendata.contract import Fetcher, SourceFailedError

Row = dict[str, Any]

NEXT_PAGES = ("odata.nextLink", "@odata.nextLink")


def read_rows(answer: bytes, where: str) -> tuple[list[Row], str]:
    """Return the rows of an answer, and the address of the next page or nothing.

    ``where`` names the table. SourceFailedError for a text that is cut off, an error that came
    with status 200, or another shape than OData's ``{"value": [...]}``.
    """
    try:
        body = json.loads(answer)
    except ValueError:
        raise SourceFailedError(
            f"{where}: the answer is no whole JSON; it ends with"
            f" '{shortened(answer[-40:].decode(errors='replace'))}'. Ask again later.",
            "truncated",
        ) from None
    error = body.get("odata.error") or body.get("error") if isinstance(body, dict) else None
    if error:
        message = error.get("message", error) if isinstance(error, dict) else error
        text = message.get("value", message) if isinstance(message, dict) else message
        raise SourceFailedError(f"{where} answers with an error: '{shortened(str(text), 200)}'.")
    rows = body.get("value") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceFailedError(
            f"{where}: the answer has no list of rows under 'value', as OData has."
            f" It begins with '{shortened(answer[:60].decode(errors='replace'))}'."
        )
    return rows, next((str(body[name]) for name in NEXT_PAGES if body.get(name)), "")


NO_ROWS = "answers no rows where its own lists promise some. Are its keys padded to another width?"


def read_all(
    fetcher: Fetcher, urls: list[str], where: str, if_empty: str = NO_ROWS
) -> list[list[Row]]:
    """Return the rows of every address in their order, each with all its pages.

    An answer without rows is a fault, worded ``if_empty``: nothing is asked for that the
    service does not list.
    """

    def check(answer: bytes) -> None:
        if not read_rows(answer, where)[0]:
            raise SourceFailedError(f"{where} {if_empty}")

    return [_with_pages(fetcher, first, check, where) for first in fetcher.get_all(urls, check)]


def _with_pages(
    fetcher: Fetcher, answer: bytes, check: Callable[[bytes], None], where: str
) -> list[Row]:
    rows, page = read_rows(answer, where)
    seen = set()
    while page:
        if page in seen:
            raise SourceFailedError(f"{where}: its pages go round in a circle at '{page}'.")
        seen.add(page)
        more, page = read_rows(fetcher.get(page, check), where)
        rows += more
    return rows


def texts(rows: list[Row], names: tuple[str, ...], where: str) -> list[tuple[str, ...]]:
    """Return the columns ``names`` of rows as text; SourceFailedError when one is not there."""
    for row in rows:
        if absent := [name for name in names if name not in row]:
            raise SourceFailedError(
                f"{where}: its rows have no {', '.join(absent)}, but {', '.join(row)}."
            )
    return [tuple(str(row[name] or "") for name in names) for row in rows]


def query(**options: str) -> str:
    """Return OData options as the part of an address after the question mark."""
    return "&".join(f"${name}={quote(text, safe='(),')}" for name, text in options.items())
