"""Kinds of incident: how many a year, who reports them, and where they happen."""

from dataclasses import dataclass
from typing import Literal

Where = Literal["city", "estate", "port", "open"]


@dataclass(frozen=True)
class Sort:
    """``a_year`` incidents of ``type``, reported by one of ``partners`` (with weights)."""

    type: str
    a_year: float
    where: Where
    partners: dict[str, float]


SORTS: tuple[Sort, ...] = (
    Sort("shooting", 230, "city", {"politie": 1}),
    Sort("threat_to_official", 240, "city", {"gemeente": 0.5, "politie": 0.5}),
    Sort("extortion", 150, "city", {"politie": 0.7, "om": 0.3}),
    Sort("corruption_signal", 80, "city", {"om": 1}),
    Sort("weapon_find", 280, "city", {"politie": 1}),
    Sort("arson", 260, "city", {"politie": 1}),
    Sort("closure", 240, "city", {"gemeente": 1}),
    Sort("underground_banking_signal", 60, "city", {"fiod": 1}),
    Sort("mortgage_fraud_signal", 60, "city", {"belastingdienst": 0.75, "riec": 0.25}),
    Sort("cannabis_farm", 310, "city", {"politie": 1}),
    Sort("drug_lab", 110, "estate", {"politie": 1}),
    Sort("storage_signal", 100, "estate", {"privaat:opslagring": 0.6, "riec": 0.4}),
    Sort("harbour_airfield_signal", 130, "port", {"kmar": 0.7, "douane": 0.3}),
    Sort("intruder_arrest", 120, "port", {"douane": 0.5, "kmar": 0.5}),
    Sort("container_seizure", 140, "port", {"douane": 1}),
)
"""All but attacks with explosives and drug-waste dumpings, which have their own pattern."""

COMPANIONS: dict[str, tuple[float, tuple[str, ...]]] = {
    "politie": (0.24, ("weapon_find", "cannabis_farm")),
    "om": (0.20, ("extortion", "corruption_signal")),
    "belastingdienst": (0.20, ("mortgage_fraud_signal",)),
    "fiod": (0.16, ("underground_banking_signal",)),
    "douane": (0.08, ("storage_signal",)),
    "gemeente": (0.12, ("closure", "threat_to_official")),
}
"""What a second organisation reports about a place that another reported: weight and types."""

RIECS = ("limburg", "rotterdam")
"""The RIECs that deliver."""
REPORTING_GEMEENTEN = 14
"""The largest municipalities deliver."""
