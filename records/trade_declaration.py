"""Declarations of imports and exports, placed at the declaring firm's establishment."""

from bilingual import Text
from records.codes import COUNTRY_PATTERN, EURO, KG, KVK
from records.contract import Column, RecordKind
from records.retention import SIGNAL

KIND = RecordKind(
    name="trade_declaration",
    words=Text("aangiften van in- en uitvoer", "trade declarations"),
    meaning=Text(
        "een artikel van een aangifte, op de plek van de aangever",
        "one goods item of an import or export declaration, at the place of the declarant",
    ),
    deliverers=Text("Douane", "Customs"),
    columns=(
        Column(
            "declaration_id",
            "text",
            Text("nummer van het artikel", "number of the item"),
            unique=True,
            pseudonymised=True,
        ),
        Column(
            "firm_id",
            "text",
            Text("KvK-nummer van de aangever", "KvK number of the declaring firm"),
            pseudonymised=True,
            digits=KVK,
        ),
        Column("date", "date", Text("dag van aanvaarding", "day of acceptance"), "2024-01-01"),
        Column(
            "direction",
            "text",
            Text("richting", "direction"),
            "import",
            codes=("import", "export"),
        ),
        Column(
            "hs6",
            "text",
            Text(
                "goederencode: 6 cijfers van het Geharmoniseerd Systeem",
                "goods code, Harmonized System",
            ),
            "020329",
            pattern=r"\d{6}",
        ),
        Column(
            "value_eur",
            "decimal",
            Text("aangegeven waarde", "declared value"),
            "18250,75",
            unit=EURO,
            minimum=0,
        ),
        Column(
            "weight_kg",
            "decimal",
            Text("nettogewicht; leeg als het niet bekend is", "net weight, empty when unknown"),
            "1200,5",
            unit=KG,
            required=False,
            minimum=0,
        ),
        Column(
            "country",
            "text",
            Text(
                "land van herkomst of bestemming van de goederen: 2 hoofdletters (ISO)",
                "partner country of the goods",
            ),
            "BE",
            pattern=COUNTRY_PATTERN,
        ),
    ),
    key=("declaration_id",),
    subject="firm_id",
    dated="date",
    mark="declaration_id",
    retention=SIGNAL,
)
