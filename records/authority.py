"""Whose word counts: which partner may deliver which kind of record, which figures, and where.

Each row of RIGHTS gives a partner kinds of record; what stands in no row is outside its authority.
Intake refuses that, and a build leaves out what an earlier version still took in.
"""

from dataclasses import dataclass
from typing import Literal

from records.area_figure import FIGURES
from records.area_figure import KIND as AREA_FIGURE
from records.contract import RecordKind
from records.partners import PARTNERS
from records.rhythm import Rhythm

Where = Literal["country", "own area"]


@dataclass(frozen=True)
class Right:
    """What a partner may deliver, and where it must lie.

    ``figures`` are those that it is the source of, for figures about areas. ``own area`` is that
    of the gemeente or RIEC that the partner's code names. ``rhythm`` is what was agreed with this
    partner, where that is not the rhythm of the kind.
    """

    partner: str
    kinds: tuple[str, ...]
    where: Where = "country"
    figures: tuple[str, ...] = ()
    rhythm: Rhythm | None = None


FOUND = ("incident", "inspection")
"""What those who enforce the law find, report and check."""

ELSEWHERE = {"bzk": ("livability",), "fiu": ("suspicious_transactions",)}
"""The figures that do not come from CBS; it publishes those of the police as well."""

OF_CBS = tuple(name for name in FIGURES if name not in sum(ELSEWHERE.values(), ()))

RIGHTS: tuple[Right, ...] = (
    Right("politie", FOUND),
    Right("belastingdienst", FOUND),
    Right("fiod", FOUND),
    Right("douane", (*FOUND, "trade_declaration")),
    Right("om", FOUND),
    Right("kmar", FOUND),
    Right("gemeente", (*FOUND, "vergunning"), "own area"),
    Right("riec", (*FOUND, "vergunning"), "own area"),
    Right("privaat", ("incident",)),
    Right("kvk", ("business",)),
    Right("kadaster", ("property_transaction",)),
    Right("cbs", (AREA_FIGURE.name,), figures=OF_CBS),
    *(Right(partner, (AREA_FIGURE.name,), figures=own) for partner, own in ELSEWHERE.items()),
)

SOURCE_OF: dict[str, str] = {figure: right.partner for right in RIGHTS for figure in right.figures}
"""The one partner whose word counts for a figure."""

_NAMED = {kind for right in RIGHTS for kind in right.kinds}


def right_of(partner: str, kind: str) -> Right | None:
    """Return the right of a partner (``gemeente:GM0599``) to deliver a kind, None without one.

    A kind that RIGHTS does not name, as one that was just added, may come from every partner; a
    gemeente or RIEC stays within its own area even then.
    """
    organisation = partner.partition(":")[0]
    for right in RIGHTS:
        if right.partner == organisation and kind in right.kinds:
            return right
    if kind in _NAMED or organisation not in PARTNERS:
        return None
    return Right(organisation, (kind,), _where(organisation))


def rhythm_of(partner: str, kind: RecordKind) -> Rhythm:
    """Return how often a partner delivers a kind, as agreed."""
    right = right_of(partner, kind.name)
    return (right.rhythm if right else None) or kind.rhythm


def deliverers_of(kind: str) -> tuple[str, ...]:
    """Return the partners that may deliver a kind, without their areas."""
    return tuple(code for code in PARTNERS if right_of(code, kind) is not None)


def _where(organisation: str) -> Where:
    local = any(row.partner == organisation and row.where == "own area" for row in RIGHTS)
    return "own area" if local else "country"
