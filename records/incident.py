"""Incidents and signals, each with how it was discovered (so that feedback loops show)."""

import pandas as pd

from records.contract import Column, RecordKind, Rule
from records.retention import SIGNAL

INCIDENT_TYPES = (
    "explosive_attack",
    "shooting",
    "threat_to_official",
    "extortion",
    "corruption_signal",
    "weapon_find",
    "arson",
    "closure",
    "cannabis_farm",
    "drug_lab",
    "drug_waste_dumping",
    "underground_banking_signal",
    "mortgage_fraud_signal",
    "storage_signal",
    "harbour_airfield_signal",
    "intruder_arrest",
    "container_seizure",
)
DISCOVERIES = ("own_initiative", "tip", "random_check", "steered_check")


def _registered_after_date(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame["registered"] >= frame["date"]


KIND = RecordKind(
    name="incident",
    meaning="one incident or signal",
    columns=(
        Column("incident_id", "text", "number of the report", unique=True, pseudonymised=True),
        Column("type", "text", "what happened", codes=INCIDENT_TYPES),
        Column("date", "date", "day it happened"),
        Column("registered", "date", "day it was registered"),
        Column(
            "discovery",
            "text",
            "how it came to light; steered_check: a check that this map led to",
            codes=DISCOVERIES,
        ),
    ),
    key=("incident_id",),
    subject="incident_id",
    dated="date",
    mark="incident_id",
    retention=SIGNAL,
    rules=(Rule("registered", "not before the day it happened", _registered_after_date),),
)
