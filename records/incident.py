"""Incidents and signals, each with how it was discovered (so that feedback loops show)."""

from bilingual import Text
from records.contract import Booleans, Column, RecordKind, Rule, Values
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


def _registered_after_date(values: Values) -> Booleans:
    after: Booleans = values["registered"] >= values["date"]
    return after


KIND = RecordKind(
    name="incident",
    words=Text("meldingen", "incidents"),
    meaning=Text(
        "een incident of een signaal, met hoe het aan het licht kwam",
        "one incident or signal, with how it came to light",
    ),
    deliverers=Text(
        "politie, gemeente en andere partners", "police, municipality and other partners"
    ),
    columns=(
        Column(
            "incident_id",
            "text",
            Text("nummer van de melding", "number of the report"),
            unique=True,
            pseudonymised=True,
        ),
        Column(
            "type",
            "text",
            Text("wat er gebeurde", "what happened"),
            "cannabis_farm",
            codes=INCIDENT_TYPES,
        ),
        Column("date", "date", Text("dag waarop het gebeurde", "day it happened"), "2024-01-01"),
        Column(
            "registered",
            "date",
            Text("dag waarop het werd vastgelegd", "day it was registered"),
            "2024-01-03",
        ),
        Column(
            "discovery",
            "text",
            Text(
                "hoe het aan het licht kwam; steered_check: een controle waar deze kaart toe "
                "leidde",
                "how it came to light; steered_check: a check that this map led to",
            ),
            "tip",
            codes=DISCOVERIES,
        ),
    ),
    key=("incident_id",),
    subject="incident_id",
    dated="date",
    sort="type",
    mark="incident_id",
    retention=SIGNAL,
    rules=(
        Rule(
            "registered",
            ("date", "registered"),
            Text("niet voor de dag waarop het gebeurde", "not before the day it happened"),
            _registered_after_date,
        ),
    ),
)
