"""Inspections of firms, with why the firm was chosen and what was found."""

from records.codes import SBI_PATTERN
from records.contract import Column, RecordKind
from records.incident import DISCOVERIES
from records.retention import SIGNAL

KIND = RecordKind(
    name="inspection",
    meaning="one inspection of one establishment",
    columns=(
        Column(
            "inspection_id", "text", "number of the inspection", unique=True, pseudonymised=True
        ),
        Column("firm_id", "text", "KvK number of the inspected firm", pseudonymised=True),
        Column("date", "date", "day of the inspection"),
        Column("sbi", "text", "branch of the firm, SBI without dots", pattern=SBI_PATTERN),
        Column("discovery", "text", "why this firm was inspected", codes=DISCOVERIES),
        Column("irregular", "boolean", "an irregularity was found"),
        Column(
            "means_fit",
            "boolean",
            "seats, staff and opening hours fit the stated turnover; empty when not looked at",
            required=False,
        ),
    ),
    key=("inspection_id",),
    subject="firm_id",
    dated="date",
    mark="inspection_id",
    retention=SIGNAL,
)
