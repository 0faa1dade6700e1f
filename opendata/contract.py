"""What an open source is: what it brings, under which licence, how fresh, and how it is fetched."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Literal, Protocol

import pandas as pd

from bilingual import Text
from errors import WeerbeeldError
from geo.importing import file_name

CC_BY = Text("CC BY 4.0", "CC BY 4.0")
"""The licence of CBS, Kadaster and the police; its name is that in both languages."""

SEE_THE_SOURCE = Text("zie de bron", "see the source")
"""Where a licence belongs that the source does not name."""

COLUMNS = ("figure", "level", "area", "date", "months", "value", "source")
"""Columns of the figures that a source brings: those of the record kind ``area_figure``."""


Fault = Literal[
    "unreachable", "slow", "truncated", "refused", "too_large", "changed", "offline", "stopped"
]
"""How a source can fail, as *Bronnen* shows it; ``changed`` is any answer that is not as
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

    ``file``: what a person downloaded, to be read in the place of the service. ``year_said``: a
    person named the year; if not, a file that says its year is of that year.
    """

    year: int
    since: date
    file: Path | None = None
    year_said: bool = True


@dataclass(frozen=True)
class Borders:
    """A border file that a source gave, for the importer: its level, year and where it is.

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
class Streets:
    """A file of streets that a source gave: the layer of their lines, and whose it is."""

    file: Path
    layer: str
    credit: str
    licence: str


@dataclass(frozen=True)
class SourceData:
    """What was fetched from a source.

    ``figures`` has COLUMNS, and no rows where the source has borders only. ``left_out`` counts what
    was not taken, by reason (missing-value codes, water, unknown areas): nothing is lost in
    silence. ``until``: the last day that the figures are about. ``regions`` has columns gemeente
    and riec, one row a gemeente, from a source that says which police unit a gemeente belongs to.
    ``streets`` are for maps and the search. ``remarks``: what else who asked should know.
    """

    figures: pd.DataFrame
    borders: tuple[Borders, ...] = ()
    left_out: tuple[tuple[Text, int], ...] = ()
    until: date | None = None
    regions: pd.DataFrame | None = None
    streets: Streets | None = None
    remarks: tuple[str, ...] = ()


class OpenSource(ABC):
    """One open source. Subclasses say what they are in class variables, and fetch.

    ``name`` is what ``weerbeeld update`` calls it, ``title`` what pages call it.
    ``brings``: figures of ``records.figures`` and levels of borders. ``partner``: in whose name
    the figures are taken in. ``attribution`` has ``{year}`` where the year of the data belongs.
    ``fresh_days``: how old its newest figure may be before pages call it old. ``page``: the address
    where readers find the source. ``by_name``: only fetched when it is named, as another source
    brings the same with less traffic. ``by_hand``: nothing is fetched, a person downloads a file
    and hands it in as ``UpdateRequest.file``; an update without such a file fails on this source.
    Every other source reads such a file in the place of its service.
    """

    name: ClassVar[str]
    title: ClassVar[Text]
    brings: ClassVar[tuple[str, ...]]
    partner: ClassVar[str]
    licence: ClassVar[Text]
    attribution: ClassVar[str]
    page: ClassVar[str]
    fresh_days: ClassVar[int]
    by_name: ClassVar[bool] = False
    by_hand: ClassVar[bool] = False

    @abstractmethod
    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return what the service has; SourceFailedError when it is not as documented."""
