"""Decisions on permits: granted, refused or withdrawn, and the ground in law of a refusal.

Permits and grounds in the terms of the Wet Bibob (article 3: serious danger), the Alcoholwet
(articles 3, 8, 27 and 31), the Wet op de kansspelen (article 30b), the Omgevingswet (article 5.1)
and the model APV of the VNG (exploitatievergunning, evenementen, seksbedrijven).
"""

from bilingual import Text
from records.codes import KVK
from records.contract import Booleans, Column, RecordKind, Rule, Values
from records.retention import SIGNAL

PERMITS = (
    "alcohol",
    "catering",
    "gambling",
    "environment",
    "building",
    "event",
    "sex_business",
    "other",
)
DECISIONS = ("granted", "refused", "withdrawn")
GROUNDS = ("bibob", "public_order", "bad_conduct", "false_statement", "other", "none")
"""Bad conduct is *slecht levensgedrag* (Alcoholwet, article 8; APV)."""


def _ground_where_not_granted(values: Values) -> Booleans:
    fits: Booleans = (values["decision"] == "granted") == (values["ground"] == "none")
    return fits


KIND = RecordKind(
    name="vergunning",
    words=Text("besluiten over vergunningen", "decisions on permits"),
    meaning=Text(
        "een besluit over een vergunning: verleend, geweigerd of ingetrokken, en op welke grond",
        "one decision on a permit: granted, refused or withdrawn, and on what ground",
    ),
    deliverers=Text("gemeente en RIEC", "municipality and RIEC"),
    columns=(
        Column(
            "decision_id",
            "text",
            Text("nummer van het besluit", "number of the decision"),
            unique=True,
            pseudonymised=True,
        ),
        Column(
            "firm_id",
            "text",
            Text("KvK-nummer van de aanvrager of houder", "KvK number of the applicant or holder"),
            pseudonymised=True,
            digits=KVK,
        ),
        Column(
            "permit",
            "text",
            Text(
                "soort vergunning: Alcoholwet, exploitatie van horeca, kansspelen, milieu, bouw, "
                "evenement, seksbedrijf of anders",
                "kind of permit: for alcohol, running a catering business, gambling, the "
                "environment, building, an event, a sex business, or another",
            ),
            "catering",
            codes=PERMITS,
        ),
        Column(
            "decision",
            "text",
            Text(
                "het besluit: verleend, geweigerd of ingetrokken",
                "the decision: granted, refused or withdrawn",
            ),
            "refused",
            codes=DECISIONS,
        ),
        Column("date", "date", Text("dag van het besluit", "day of the decision"), "2024-01-01"),
        Column(
            "ground",
            "text",
            Text(
                "de grond: Wet Bibob, openbare orde of overlast, slecht levensgedrag, onjuiste "
                "gegevens, een andere, of geen",
                "the ground: Wet Bibob, public order or nuisance, bad conduct (slecht "
                "levensgedrag), a false statement, another, or none",
            ),
            "bibob",
            codes=GROUNDS,
        ),
    ),
    key=("decision_id",),
    subject="firm_id",
    dated="date",
    sort="permit",
    mark="decision_id",
    retention=SIGNAL,
    rules=(
        Rule(
            "ground",
            ("decision", "ground"),
            Text(
                "none bij een verleende vergunning, een grond bij een geweigerde of ingetrokken",
                "none for a granted permit, a ground for one refused or withdrawn",
            ),
            _ground_where_not_granted,
        ),
    ),
)
