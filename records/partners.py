"""The organisations that deliver, and which count as independent of one another."""

import re
from dataclasses import dataclass

from errors import WeerbeeldError, shortened


@dataclass(frozen=True)
class Partner:
    """A kind of deliverer. ``signals``: it counts when independent sources are compared."""

    code: str
    name_nl: str
    name_en: str
    signals: bool
    with_area: str | None = None


PARTNERS: dict[str, Partner] = {
    partner.code: partner
    for partner in (
        Partner("politie", "Politie", "Police", True),
        Partner("belastingdienst", "Belastingdienst", "Tax administration", True),
        Partner("fiod", "FIOD", "FIOD", True),
        Partner("douane", "Douane", "Customs", True),
        Partner("om", "Openbaar Ministerie", "Public Prosecution Service", True),
        Partner("kmar", "Koninklijke Marechaussee", "Royal Marechaussee", True),
        Partner("gemeente", "Gemeente", "Municipality", True, r"GM\d{4}"),
        Partner("riec", "RIEC", "RIEC", False, r"[a-z-]+"),
        Partner("kvk", "Kamer van Koophandel", "Chamber of Commerce", False),
        Partner("kadaster", "Kadaster", "Land registry", False),
        Partner("cbs", "CBS", "Statistics Netherlands", False),
        Partner("bzk", "Ministerie van BZK", "Ministry of the Interior", False),
        Partner("fiu", "FIU-Nederland", "FIU-Netherlands", False),
        Partner("privaat", "Private partij", "Private party", False, r"[a-z0-9-]+"),
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
