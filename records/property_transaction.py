"""Transfers of property, as the land register knows them."""

from bilingual import Text
from records.codes import EURO
from records.contract import Column, RecordKind
from records.retention import TRANSACTION

BUYER_TYPES = ("private", "company", "foundation", "institution", "government")
DEEDS = ("sale", "abc_b_leg", "inheritance", "restructuring")

KIND = RecordKind(
    name="property_transaction",
    words=Text("vastgoedtransacties", "property transactions"),
    meaning=Text("een overdracht van een object", "one transfer of one object"),
    deliverers=Text("Kadaster", "the land registry (Kadaster)"),
    columns=(
        Column(
            "transaction_id",
            "text",
            Text("nummer van de akte", "number of the deed"),
            unique=True,
            pseudonymised=True,
        ),
        Column(
            "object_id", "text", Text("het object", "the object transferred"), pseudonymised=True
        ),
        Column("buyer_id", "text", Text("de koper", "the buyer"), pseudonymised=True),
        Column("date", "date", Text("dag van de overdracht", "day of the transfer"), "2024-01-01"),
        Column(
            "deed",
            "text",
            Text(
                "soort overdracht; abc_b_leg is de middelste verkoop van een ABC-verkoop",
                "kind of transfer; abc_b_leg is the middle sale of an A-B-C sale",
            ),
            "sale",
            codes=DEEDS,
        ),
        Column(
            "buyer_type", "text", Text("soort koper", "kind of buyer"), "company", codes=BUYER_TYPES
        ),
        Column("price_eur", "decimal", Text("prijs", "price"), "312500,50", unit=EURO, minimum=0),
        Column(
            "mortgage_eur",
            "decimal",
            Text("hypotheek, 0 als er geen is", "mortgage, 0 when none"),
            "250000,50",
            unit=EURO,
            minimum=0,
        ),
    ),
    key=("transaction_id",),
    subject="object_id",
    dated="date",
    mark="transaction_id",
    retention=TRANSACTION,
)
