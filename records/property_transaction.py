"""Transfers of property, as the land register knows them."""

from records.contract import Column, RecordKind
from records.retention import TRANSACTION

BUYER_TYPES = ("private", "company", "foundation", "institution", "government")
DEEDS = ("sale", "abc_b_leg", "inheritance", "restructuring")

KIND = RecordKind(
    name="property_transaction",
    meaning="one transfer of one object",
    columns=(
        Column("transaction_id", "text", "number of the deed", unique=True, pseudonymised=True),
        Column("object_id", "text", "the object transferred", pseudonymised=True),
        Column("buyer_id", "text", "the buyer", pseudonymised=True),
        Column("date", "date", "day of the transfer"),
        Column(
            "deed",
            "text",
            "kind of transfer; abc_b_leg is the middle sale of an A-B-C sale",
            codes=DEEDS,
        ),
        Column("buyer_type", "text", "kind of buyer", codes=BUYER_TYPES),
        Column("price_eur", "decimal", "price", unit="euro", minimum=0),
        Column("mortgage_eur", "decimal", "mortgage, 0 when none", unit="euro", minimum=0),
    ),
    key=("transaction_id",),
    subject="object_id",
    dated="date",
    mark="transaction_id",
    retention=TRANSACTION,
)
