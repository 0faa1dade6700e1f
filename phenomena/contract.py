"""What a phenomenon is: how an illegal business runs, step by step, and who can raise which barrier.

The steps are those of the barrier models of CCV, RIECs and LIEC: legal front, location, staff,
transport, communication, money. A phenomenon says in plain words what public sources report. It
describes a business, never persons, and no more of how it is done than is needed to hinder it.
"""

from dataclasses import dataclass
from typing import Literal

from bilingual import Text
from indicators.contract import FocusArea

Stage = Literal["front", "location", "staff", "transport", "communication", "money"]


@dataclass(frozen=True)
class Source:
    """A public source. ``year`` is None of a site that is kept up to date; ``address`` may lack."""

    title: str
    publisher: str
    year: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Barrier:
    """What a partner can do: ``holder`` and ``instrument`` are words of ``phenomena.words``."""

    what: Text
    holder: str
    instrument: str


@dataclass(frozen=True)
class Step:
    """One step of the business.

    ``indicators``: codes of the catalogue that see it. ``misused``: the legitimate services that it
    cannot do without, words of ``phenomena.words``; most who offer them know of nothing.
    """

    name: Text
    meaning: Text
    stage: Stage
    indicators: tuple[str, ...]
    misused: tuple[str, ...]
    barriers: tuple[Barrier, ...]

    @property
    def blind(self) -> bool:
        """Whether no indicator of the catalogue sees the step."""
        return not self.indicators


@dataclass(frozen=True)
class Phenomenon:
    """One phenomenon: what it is, what it earns, how it hides, and its steps in their order.

    ``code`` is the name of its file. ``constructions``, ``communicating`` and ``transport`` say how
    money and ownership are hidden, how those involved talk, and how goods or money travel.
    """

    code: str
    name: Text
    meaning: Text
    focus_areas: tuple[FocusArea, ...]
    steps: tuple[Step, ...]
    earning_model: Text
    constructions: Text
    communicating: Text
    transport: Text
    sources: tuple[Source, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes of the indicators that see one of its steps, each once."""
        return tuple(dict.fromkeys(code for step in self.steps for code in step.indicators))

    @property
    def blind_steps(self) -> tuple[Step, ...]:
        """Steps that nobody sees yet: a finding in itself."""
        return tuple(step for step in self.steps if step.blind)
