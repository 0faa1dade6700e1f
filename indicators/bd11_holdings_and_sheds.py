"""Holdings and storage in industrial premises. A holding beside its own working firm is left out."""

from bilingual import Text
from indicators.contract import Indicator, state
from indicators.shared import AT_ONCE, EVERYONE, HIGHER, KVK_AND_BAG, NOT_PUBLIC, WGS
from indicators.subjects import ESTABLISHMENT, EVERY_ESTABLISHMENT

ALONE = "bool_and(sbi LIKE '642%') OVER (PARTITION BY address_id, moment)"

INDICATOR = Indicator(
    code="BD11",
    name=Text("Beheer-bv's en opslagloodsen", "Holding companies and storage sheds"),
    focus_area="logistics",
    theme=Text("Bedrijven", "Businesses"),
    counting="stock",
    numerator=state(
        f"{EVERY_ESTABLISHMENT} QUALIFY premises_use = 'industrial' AND (sbi LIKE '521%' OR {ALONE})",
        *ESTABLISHMENT,
        together="address_id",
    ),
    denominator=state(f"{EVERY_ESTABLISHMENT} WHERE premises_use = 'industrial'", *ESTABLISHMENT),
    numerator_text=Text(
        "opslagbedrijven en beheer-bv's zonder werkmaatschappij in een bedrijfshal",
        "storage firms, and holdings without a working firm, in industrial premises",
    ),
    denominator_text=Text(
        "vestigingen met een industriefunctie (BAG)", "establishments in industrial premises (BAG)"
    ),
    unit=Text("% van de vestigingen", "% of establishments"),
    per=100,
    least_denominator=10,
    levels="NRGW",
    recipients=EVERYONE,
    partners=("kvk",),
    source=KVK_AND_BAG,
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=AT_ONCE,
    direction=HIGHER,
    weight=0.5,
    weight_reason=Text(
        "Een hal waar niemand werkt ziet ook niemand, maar het meeste is gewone opslag: half gewicht",
        "A hall where nobody works is seen by nobody, but most is ordinary storage: half weight",
    ),
    evidence="expert",
    innocent=Text(
        "Distributieparken en havens zitten vol opslag, en een beheer-bv die vastgoed verhuurt is gewoon. Een beheer-bv met een werkmaatschappij op hetzelfde adres telt niet mee. Een industriefunctie ligt niet altijd op een bedrijventerrein.",
        "Distribution parks and ports are full of storage, and a holding that lets property is normal. A holding with a working firm at its address does not count. Industrial premises are not always on an estate.",
    ),
    action=Text(
        "Vraag verhuurders en parkmanagement wie de hal gebruikt; kijk naar het omgevingsplan; plan een gezamenlijke controle met politie en brandweer.",
        "Ask landlords and the park's management who uses the hall; look at the zoning plan; plan a joint check with police and fire service.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
