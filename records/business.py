"""Establishments of firms, as the trade register knows them."""

import pandas as pd

from records.codes import SBI_PATTERN
from records.contract import Column, RecordKind, Rule
from records.retention import REGISTER

LEGAL_FORMS = ("eenmanszaak", "vof", "bv", "nv", "stichting", "cooperatie", "other")
PREMISES_USES = ("dwelling", "shop", "office", "industrial", "hospitality", "other")
ADDRESS_KINDS = ("ordinary", "multi_tenant", "accountant", "trust_office")


def _dissolved_after_founded(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame["dissolved"].isna() | (frame["dissolved"] >= frame["founded"])


KIND = RecordKind(
    name="business",
    meaning="an establishment (vestiging) with its branch, address and life span",
    columns=(
        Column("establishment_id", "text", "establishment number", unique=True, pseudonymised=True),
        Column("firm_id", "text", "KvK number of the firm", pseudonymised=True),
        Column("address_id", "text", "BAG number of the address", pseudonymised=True),
        Column("sbi", "text", "main branch, SBI without dots", pattern=SBI_PATTERN),
        Column("legal_form", "text", "legal form", codes=LEGAL_FORMS),
        Column("founded", "date", "first day of the establishment"),
        Column("dissolved", "date", "last day, empty while it exists", required=False),
        Column("premises_use", "text", "use of the premises (BAG)", codes=PREMISES_USES),
        Column(
            "address_kind",
            "text",
            "ordinary, or one of the listed kinds where many firms at one address are normal",
            codes=ADDRESS_KINDS,
        ),
    ),
    key=("establishment_id",),
    subject="firm_id",
    dated="founded",
    mark="establishment_id",
    retention=REGISTER,
    rules=(Rule("dissolved", "not before the day it was founded", _dissolved_after_founded),),
)
