"""Inspections of firms, with why the firm was chosen and what was found."""

from bilingual import Text
from records.codes import KVK, SBI_PATTERN, sbi_lost_zero
from records.contract import Column, RecordKind
from records.incident import DISCOVERIES
from records.retention import SIGNAL

KIND = RecordKind(
    name="inspection",
    words=Text("controles", "inspections"),
    meaning=Text(
        "een controle van een vestiging: waarom daar, en wat er bleek",
        "one inspection of one establishment: why there, and what was found",
    ),
    deliverers=Text(
        "gemeente, Belastingdienst en politie", "municipality, tax administration, police"
    ),
    columns=(
        Column(
            "inspection_id",
            "text",
            Text("nummer van de controle", "number of the inspection"),
            unique=True,
            pseudonymised=True,
        ),
        Column(
            "firm_id",
            "text",
            Text("KvK-nummer van het bedrijf", "KvK number of the inspected firm"),
            pseudonymised=True,
            digits=KVK,
        ),
        Column("date", "date", Text("dag van de controle", "day of the inspection"), "2024-01-01"),
        Column(
            "sbi",
            "text",
            Text(
                "branche van het bedrijf: SBI-code van 2 tot 6 cijfers, zonder punten",
                "branch of the firm, SBI without dots",
            ),
            "96021",
            pattern=SBI_PATTERN,
            lost_zero=sbi_lost_zero,
        ),
        Column(
            "discovery",
            "text",
            Text("waarom dit bedrijf is gecontroleerd", "why this firm was inspected"),
            "random_check",
            codes=DISCOVERIES,
        ),
        Column(
            "irregular",
            "boolean",
            Text("er is een onregelmatigheid gevonden", "an irregularity was found"),
            "ja",
        ),
        Column(
            "means_fit",
            "boolean",
            Text(
                "stoelen, personeel en openingstijden passen bij de opgegeven omzet; leeg als er "
                "niet naar is gekeken",
                "seats, staff and opening hours fit the stated turnover; empty when not looked at",
            ),
            "ja",
            required=False,
        ),
    ),
    key=("inspection_id",),
    subject="firm_id",
    dated="date",
    mark="inspection_id",
    retention=SIGNAL,
)
