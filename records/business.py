"""Establishments of firms, as the trade register knows them."""

from bilingual import Text
from records.codes import BAG, ESTABLISHMENT, KVK, SBI_PATTERN, sbi_lost_zero
from records.contract import Booleans, Column, RecordKind, Rule, Values
from records.retention import REGISTER

LEGAL_FORMS = ("eenmanszaak", "vof", "bv", "nv", "stichting", "cooperatie", "other")
PREMISES_USES = ("dwelling", "shop", "office", "industrial", "hospitality", "other")
ADDRESS_KINDS = ("ordinary", "multi_tenant", "accountant", "trust_office")


def _dissolved_after_founded(values: Values) -> Booleans:
    after: Booleans = values["dissolved"] >= values["founded"]
    return after


KIND = RecordKind(
    name="business",
    words=Text("bedrijven", "businesses"),
    meaning=Text(
        "een vestiging met haar branche, adres en levensloop",
        "an establishment (vestiging) with its branch, address and life span",
    ),
    deliverers=Text("KvK", "the trade register (KvK)"),
    columns=(
        Column(
            "establishment_id",
            "text",
            Text("vestigingsnummer", "establishment number"),
            unique=True,
            pseudonymised=True,
            digits=ESTABLISHMENT,
        ),
        Column(
            "firm_id",
            "text",
            Text("KvK-nummer van het bedrijf", "KvK number of the firm"),
            pseudonymised=True,
            digits=KVK,
        ),
        Column(
            "address_id",
            "text",
            Text("BAG-nummer van het adres", "BAG number of the address"),
            pseudonymised=True,
            digits=BAG,
        ),
        Column(
            "sbi",
            "text",
            Text(
                "hoofdbranche: SBI-code van 2 tot 6 cijfers, zonder punten",
                "main branch, SBI without dots",
            ),
            "96021",
            pattern=SBI_PATTERN,
            lost_zero=sbi_lost_zero,
        ),
        Column(
            "legal_form", "text", Text("rechtsvorm", "legal form"), "eenmanszaak", codes=LEGAL_FORMS
        ),
        Column(
            "founded",
            "date",
            Text("eerste dag van de vestiging", "first day of the establishment"),
            "2024-01-01",
        ),
        Column(
            "dissolved",
            "date",
            Text(
                "laatste dag; leeg zolang de vestiging bestaat", "last day, empty while it exists"
            ),
            required=False,
        ),
        Column(
            "premises_use",
            "text",
            Text("gebruik van het pand (BAG)", "use of the premises (BAG)"),
            "shop",
            codes=PREMISES_USES,
        ),
        Column(
            "address_kind",
            "text",
            Text(
                "gewoon adres, of een soort adres waar veel bedrijven samen normaal zijn",
                "ordinary, or one of the listed kinds where many firms at one address are normal",
            ),
            "ordinary",
            codes=ADDRESS_KINDS,
        ),
    ),
    key=("establishment_id",),
    subject="firm_id",
    dated="founded",
    mark="establishment_id",
    retention=REGISTER,
    standing=True,
    rules=(
        Rule(
            "dissolved",
            ("founded", "dissolved"),
            Text("niet voor de dag van oprichting", "not before the day it was founded"),
            _dissolved_after_founded,
        ),
    ),
)
