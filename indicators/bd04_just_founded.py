"""Just-founded establishments, over all of them."""

from bilingual import Text
from indicators.contract import Fallback, Indicator, events, state
from indicators.shared import (
    CBS,
    CC_BY,
    EVERYONE,
    FIRMS,
    HIGHER,
    NOT_PUBLIC,
    OPEN_DATA,
    WGS,
    flow_of,
)
from indicators.subjects import ESTABLISHMENT, ESTABLISHMENTS
from records.branches import group_sql

UNITS = f"{ESTABLISHMENTS}, {group_sql()} AS stratum"

INDICATOR = Indicator(
    code="BD04",
    name=Text("Recent opgerichte bedrijven", "Just-founded firms"),
    focus_area="financial_services",
    theme=Text("Bedrijven", "Businesses"),
    counting="flow",
    numerator=events(
        f"SELECT place, founded AS date, received, partner, {UNITS} FROM business", *ESTABLISHMENT
    ),
    denominator=state(f"SELECT place, moment, {UNITS} FROM business_at", *ESTABLISHMENT),
    numerator_text=Text(
        "in de periode opgerichte vestigingen", "establishments founded in the period"
    ),
    denominator_text=Text("vestigingen aan het eind van de periode", "establishments at its end"),
    unit=Text("% nieuw", "% new"),
    per=100,
    least_denominator=10,
    share=False,
    strata=Text("de mix van branches", "the mix of branches"),
    levels="NRGWBH",
    finest_hexagon=7,
    recipients=EVERYONE,
    partners=("kvk",),
    source=Text("KvK, Handelsregister", "Trade register (KvK)"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Maandelijks, zonder vertraging", "Monthly, without delay"),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Verandering van bedrijven zegt weinig op zichzelf: kwart gewicht",
        "Turnover of firms says little by itself: a quarter of the weight",
    ),
    evidence="literature",
    innocent=Text(
        "Nieuwbouw, startersregelingen en branches met veel zzp'ers geven meer oprichtingen.",
        "New estates, schemes for starters and branches with many freelancers give more foundings.",
    ),
    action=Text(
        "Kijk welke branches groeien en of adressen of bestuurders terugkeren; vergelijk met de gelijken.",
        "See which branches grow and whether addresses or directors recur; compare with the peers.",
    ),
    owner="NSOC",
    review="2027-06-01",
    fallback=Fallback(
        numerator=flow_of("firms_founded"),
        denominator=FIRMS,
        levels="NRG",
        source=CBS,
        legal_basis=OPEN_DATA,
        licence=CC_BY,
        delivery=Text("Per kwartaal", "Quarterly"),
    ),
)
