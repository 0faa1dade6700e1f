"""The statuses of sources, as an update writes them: what became of each the last time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bilingual import Text
from opendata.contract import OpenSource
from store.home import Home
from store.source_status import SourceStatus
from store.source_status_writing import known_statuses, write_statuses


def failed_status(
    source: OpenSource, before: SourceStatus | None, now: datetime, fault: str, words: str
) -> SourceStatus:
    """Return the status of a source that failed: what it holds is what it held."""
    kept = before or never_asked_status(source)
    return replace(kept, outcome="failed", fault=fault, words=words, tried_at=now)


def never_asked_status(source: OpenSource) -> SourceStatus:
    """Return the status of a source that was never asked."""
    return SourceStatus(
        source.name,
        source.title,
        _in_both(source.licence),
        source.attribution.replace(", {year}", "").replace("{year}", "").strip(),
        source.page,
        source.fresh_days,
        source.by_name,
    )


def write_status(home: Home, every: Sequence[OpenSource], status: SourceStatus) -> None:
    """Write the status of every source, with the new one of the source that was asked."""
    known = known_statuses(home) | {status.name: status}
    write_statuses(home, [known.get(source.name) or never_asked_status(source) for source in every])


def _in_both(text: Text) -> str:
    """Return a text in both languages, once where they are the same: statuses keep one string."""
    return text.nl if text.nl == text.en else f"{text.nl} / {text.en}"
