"""Premises that two or more firms left in 24 months while another is there. Shared buildings are left out."""

from bilingual import Text
from indicators.contract import Indicator, state
from indicators.shared import AT_ONCE, EVERYONE, HIGHER, KVK_AND_BAG, NOT_PUBLIC, WGS
from indicators.subjects import ESTABLISHMENT, ESTABLISHMENTS

PREMISES = f"""SELECT place, moment, {ESTABLISHMENTS}
    FROM business_at WHERE address_kind = 'ordinary' QUALIFY row_number() OVER
        (PARTITION BY address_id, moment ORDER BY founded DESC, establishment_id) = 1"""
"""One row for each: that of the newest firm."""

LEFT = """SELECT gone.address_id AS address, held.moment FROM business gone
    JOIN (SELECT DISTINCT moment FROM business_at) held
        ON gone.dissolved BETWEEN held.moment - INTERVAL 24 MONTH AND held.moment
    ANTI JOIN business_at stays ON stays.address_id = gone.address_id
        AND stays.firm_id = gone.firm_id AND stays.moment = held.moment
    GROUP BY ALL HAVING count(DISTINCT gone.firm_id) >= 2"""

INDICATOR = Indicator(
    code="BD10",
    name=Text("Verloop van bedrijven per pand", "Business turnover per premises"),
    focus_area="financial_services",
    theme=Text("Bedrijven", "Businesses"),
    counting="stock",
    numerator=state(
        f"SELECT * FROM ({PREMISES}) SEMI JOIN ({LEFT}) USING (address, moment)",
        *ESTABLISHMENT,
        together="address_id",
    ),
    denominator=state(PREMISES, *ESTABLISHMENT, together="address_id"),
    numerator_text=Text(
        "panden waar in 24 maanden 2 of meer bedrijven vertrokken en nu een ander zit",
        "premises that 2 or more firms left in 24 months and where another is now",
    ),
    denominator_text=Text("panden met een bedrijf", "premises with a firm"),
    unit=Text("% van de panden", "% of premises"),
    per=100,
    least_denominator=10,
    levels="NRGWBH",
    finest_hexagon=8,
    history_months=24,
    recipients=EVERYONE,
    partners=("kvk",),
    source=KVK_AND_BAG,
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=AT_ONCE,
    direction=HIGHER,
    weight=0.5,
    weight_reason=Text(
        "Steeds een ander op een adres kan verhullen wie er zit, maar zegt alleen weinig: half gewicht",
        "Ever another at an address may hide who is there, but by itself says little: half weight",
    ),
    evidence="expert",
    innocent=Text(
        "Bij startersruimte, seizoenszaken en hoge huren komt en gaat men snel. Bedrijven die blijven of opnieuw worden ingeschreven tellen niet als vertrek; verzamelgebouwen tellen niet mee.",
        "In rooms for starters, seasonal shops and at high rents firms come and go. Firms that stay or register anew do not count as gone; shared buildings do not count.",
    ),
    action=Text(
        "Vraag de verhuurder wie er huurde en waarom men ging; kijk met de KvK of bestuurders terugkeren; overweeg een exploitatievergunning per pand.",
        "Ask the landlord who rented and why they left; see with the KvK whether directors recur; consider an operating permit for the premises.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
