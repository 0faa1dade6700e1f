"""What CBS and PDOK call their columns of establishments by group of branches.

The figure is left out where an area has few establishments; government, education and care (O-Q)
are not in every year, and a year may have none of these columns. None of that is a fault; a year
that has some of the others and not all is one, as a column was renamed then.
"""

from records.branches import GROUPS
from records.figures import FIRMS_IN

ABOVE = "Bedrijfsvestigingen"
"""How the title of a group begins that these columns of CBS stand below."""

_CBS = {
    "agriculture": "Landbouw, bosbouw en visserij",
    "industry": "Nijverheid en energie",
    "trade": "Handel en horeca",
    "transport": "Vervoer, informatie en communicatie",
    "finance": "Financiële diensten, onroerend goed",
    "services": "Zakelijke dienstverlening",
    "public": "Overheid, onderwijs en zorg",
    "personal": "Cultuur, recreatie, overige diensten",
}
_PDOK = {
    "agriculture": "landbouw_bosbouw_visserij",
    "industry": "nijverheid_energie",
    "trade": "handel_en_horeca",
    "transport": "vervoer_informatie_communicatie",
    "finance": "financieel_onroerend_goed",
    "services": "zakelijke_dienstverlening",
    "public": "overheid_onderwijs_en_zorg",
    "personal": "cultuur_recreatie_overige",
}

CBS_TITLES = {FIRMS_IN[name]: f"{group.sections} {_CBS[name]}" for name, group in GROUPS.items()}
"""Titles in *Kerncijfers wijken en buurten*, by figure."""

OPTIONAL = (FIRMS_IN["public"],)
"""Figures of which the column is not in every year that has the others."""

PDOK_COLUMNS = {FIRMS_IN[name]: f"aantal_bedrijven_{_PDOK[name]}" for name in GROUPS}
"""Columns of *wijken en buurten*, by figure."""

KWB_COLUMNS = {
    FIRMS_IN[name]: f"a_bed_{group.sections.replace('+', '').replace('-', '').lower()}"
    for name, group in GROUPS.items()
}
"""Columns of CBS's own file of these key figures, *kwb-2024.xlsx*, by figure."""
