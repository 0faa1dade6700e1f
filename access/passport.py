"""The passport of an indicator as readers see it."""

from dataclasses import dataclass
from typing import Any

from bilingual import Language


@dataclass(frozen=True, slots=True)
class Passport:
    """An indicator's passport, read from the release.

    ``levels`` run from large to small; ``reads`` are the kinds of record that it counts,
    ``open`` says that these are public figures, shown as at their source.
    """

    id: int
    code: str
    focus_area: str
    counting: str
    per: int
    levels: tuple[str, ...]
    recipients: tuple[str, ...]
    weight: float
    evidence: str
    owner: str
    review: str
    share: bool
    reads: tuple[str, ...]
    open: bool
    votes: bool
    """Whether it counts when independent partners are asked what stands out."""
    partners: tuple[str, ...]
    """Codes of the partners on whose word the numerator rests."""
    over: tuple[str, ...]
    """What the denominator is made of: figures of areas, kinds of record, or ``land``."""
    least_denominator: float
    """Over less there is no rate."""
    texts: dict[str, dict[str, str]]

    @property
    def scored(self) -> bool:
        """Whether the indicator counts in the composite score."""
        return self.weight > 0 and self.focus_area != "context"

    @property
    def corrected(self) -> bool:
        """Whether rates are corrected for what places are made of."""
        return "strata" in self.texts

    @property
    def protects(self) -> bool:
        """Whether the passport names whom its counts are about; public figures are about nobody."""
        return bool(self.texts.get("protected", {}).get("nl"))

    @property
    def looks_for(self) -> bool:
        """Whether what is counted is itself what is looked for, such as an address."""
        return bool(self.texts.get("finding", {}).get("nl"))

    def text(self, field: str, language: Language) -> str:
        """Return a field of prose (name, unit, innocent, action, ...) in a language."""
        return self.texts[field][language]


def passport_of(number: int, passport: dict[str, Any]) -> Passport:
    """Return the passport that one row of a release holds."""
    return Passport(
        id=number,
        code=passport["code"],
        focus_area=passport["focus_area"],
        counting=passport["counting"],
        per=passport["per"],
        levels=tuple(passport["level_names"]),
        recipients=tuple(passport["recipients"]),
        weight=passport["weight"],
        evidence=passport["evidence"],
        owner=passport["owner"],
        review=passport["review"],
        share=passport["share"],
        reads=tuple(passport["reads"]),
        open=passport["open"],
        votes=passport["votes"],
        partners=tuple(passport["partners"]),
        over=tuple(passport["over"]),
        least_denominator=passport["least_denominator"],
        texts={name: value for name, value in passport.items() if isinstance(value, dict)},
    )
