"""What an open source is: what it brings, under which licence, how fresh, and how it is fetched."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Literal, Protocol

import pandas as pd

from errors import WeerbeeldError
from geo.importing import file_name

COLUMNS = ("figure", "level", "area", "date", "months", "value", "source")
"""Columns of the figures that a source brings: those of the record kind ``area_figure``."""


Fault = Literal[
    "unreachable", "slow", "truncated", "refused", "too_large", "changed", "offline", "stopped"
]
"""How a source can fail, as readers are told it; ``changed`` is any answer that is not as
documented: another shape, an error with status 200, a figure that cannot be."""


class SourceFailedError(WeerbeeldError):
    """A source did not give what its documentation says: which one, what was found, what to do."""

    def __init__(self, message: str, fault: Fault = "changed") -> None:
        super().__init__(message)
        self.fault: Fault = fault


class Fetcher(Protocol):
    """Asks services for answers: with retries, politely, from the cache where nothing changed."""

    def get(self, url: str, check: Callable[[bytes], None] | None = None) -> bytes:
        """Return the answer of ``url``, kept in the cache with where and when it came from.

        ``check`` raises SourceFailedError for an answer that is not what was asked for (200 with
        an error, truncated, another shape): such an answer is never kept.
        """

    def get_all(
        self, urls: Sequence[str], check: Callable[[bytes], None] | None = None
    ) -> list[bytes]:
        """Return the answers of ``urls`` in their order, a few at a time."""

    def download(self, url: str, check: Callable[[Path], None] | None = None) -> Path:
        """Return the cached file of ``url``; for what is too large for memory."""

    def file_for(self, name: str) -> Path:
        """Return where a source may write a file that it makes of answers, for this update."""


@dataclass(frozen=True)
class UpdateRequest:
    """What an update asks for: the ``year`` of borders and key figures, flows from ``since`` on.

    ``file``: a file downloaded by hand, for a source that is ``by_hand``.
    """

    year: int
    since: date
    file: Path | None = None


@dataclass(frozen=True)
class Borders:
    """A border file that a source brought, for the importer: its level, year and where it is.

    ``former``: of another year than those in use, to carry figures over.
    """

    level: str
    year: int
    file: Path
    former: bool = False

    @property
    def stem(self) -> str:
        """The name, without its ending, of the files that hold it when it is imported."""
        return file_name(self.level, self.year, self.former)


@dataclass(frozen=True)
class SourceData:
    """What a source brought.

    ``figures`` has COLUMNS, empty where it brings borders only. ``left_out`` counts what was not
    taken, by reason in words (missing-value codes, water, unknown areas): nothing is lost in
    silence. ``until``: the last day that it tells of. ``regions`` has columns gemeente and riec,
    one row a gemeente, from a source that says which police unit a gemeente belongs to.
    """

    figures: pd.DataFrame
    borders: tuple[Borders, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    until: date | None = None
    regions: pd.DataFrame | None = None


class OpenSource(ABC):
    """One open source. Subclasses say what they are in class variables, and fetch.

    ``name`` is what ``weerbeeld update`` calls it; ``title_nl`` and ``title_en`` are for readers.
    ``brings``: figures of ``records.figures`` and levels of borders. ``partner``: in whose name
    the figures are taken in. ``attribution`` has ``{year}`` where the year of the data belongs.
    ``fresh_days``: how old its newest figure may be before it is called old. ``page``: the address
    where readers find the source. ``by_name``: only fetched when it is named, as another source
    brings the same with less traffic. ``by_hand``: nothing is fetched, a person downloads a file
    and hands it in as ``UpdateRequest.file``; an update without such a file passes it by.
    """

    name: ClassVar[str]
    title_nl: ClassVar[str]
    title_en: ClassVar[str]
    brings: ClassVar[tuple[str, ...]]
    partner: ClassVar[str]
    licence: ClassVar[str]
    attribution: ClassVar[str]
    page: ClassVar[str]
    fresh_days: ClassVar[int]
    by_name: ClassVar[bool] = False
    by_hand: ClassVar[bool] = False

    @abstractmethod
    def fetch(self, fetcher: Fetcher, asked: UpdateRequest) -> SourceData:
        """Return what the service has; SourceFailedError when it is not as documented."""
