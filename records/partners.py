"""The organisations that deliver, and which count as independent of one another."""

import re
from dataclasses import dataclass

from bilingual import Text
from errors import WeerbeeldError, shortened


@dataclass(frozen=True)
class Partner:
    """A kind of deliverer. ``signals``: it counts when independent sources are compared."""

    code: str
    name: Text
    signals: bool
    with_area: str | None = None


PARTNERS: dict[str, Partner] = {
    partner.code: partner
    for partner in (
        Partner("politie", Text("Politie", "Police"), True),
        Partner("belastingdienst", Text("Belastingdienst", "Tax administration"), True),
        Partner("fiod", Text("FIOD", "FIOD"), True),
        Partner("douane", Text("Douane", "Customs"), True),
        Partner("om", Text("Openbaar Ministerie", "Public Prosecution Service"), True),
        Partner("kmar", Text("Koninklijke Marechaussee", "Royal Marechaussee"), True),
        Partner("gemeente", Text("Gemeente", "Municipality"), True, r"GM\d{4}"),
        Partner("riec", Text("RIEC", "RIEC"), False, r"[a-z-]+"),
        Partner("kvk", Text("Kamer van Koophandel", "Chamber of Commerce"), False),
        Partner("kadaster", Text("Kadaster", "Land registry"), False),
        Partner("cbs", Text("CBS", "Statistics Netherlands"), False),
        Partner("bzk", Text("Ministerie van BZK", "Ministry of the Interior"), False),
        Partner("fiu", Text("FIU-Nederland", "FIU-Netherlands"), False),
        Partner("privaat", Text("Private partij", "Private party"), False, r"[a-z0-9-]+"),
    )
}


def partner_named(code: str) -> Partner:
    """Return the partner of a code such as ``politie`` or ``gemeente:GM0599``.

    Raises WeerbeeldError, naming the known codes, when there is none.
    """
    organisation, _, area = code.partition(":")
    partner = PARTNERS.get(organisation)
    form_kept = partner is not None and (
        not area or (partner.with_area is not None and re.fullmatch(partner.with_area, area))
    )
    if partner is None or not form_kept:
        raise WeerbeeldError(
            f"'{shortened(code)}' is not a known partner. Choose one of: {', '.join(PARTNERS)}; "
            "gemeente, riec and privaat may name which, e.g. gemeente:GM0599."
        )
    return partner
