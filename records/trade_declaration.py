"""Declarations of imports and exports, placed at the declaring firm's establishment."""

from records.codes import COUNTRY_PATTERN
from records.contract import Column, RecordKind
from records.retention import SIGNAL

KIND = RecordKind(
    name="trade_declaration",
    meaning="one goods item of an import or export declaration",
    columns=(
        Column("declaration_id", "text", "number of the item", unique=True, pseudonymised=True),
        Column("firm_id", "text", "KvK number of the declaring firm", pseudonymised=True),
        Column("date", "date", "day of acceptance"),
        Column("direction", "text", "direction", codes=("import", "export")),
        Column("hs6", "text", "goods code, Harmonized System", pattern=r"\d{6}"),
        Column("value_eur", "decimal", "declared value", unit="euro", minimum=0),
        Column(
            "weight_kg",
            "decimal",
            "net weight, empty when unknown",
            "kg",
            required=False,
            minimum=0,
        ),
        Column("country", "text", "partner country of the goods", pattern=COUNTRY_PATTERN),
    ),
    key=("declaration_id",),
    subject="firm_id",
    dated="date",
    mark="declaration_id",
    retention=SIGNAL,
)
