"""The place of each Dutch postcode of four digits, as far as the shipped places have it."""

from collections import defaultdict
from typing import Any

import geopandas
import pandas

from geo.folding import folded, names_of

PROVINCES = {
    "noord-nederland": {"GR", "FR", "DR"},
    "oost-nederland": {"OV", "GE"},
    "midden-nederland": {"UT", "FL", "NH"},
    "noord-holland": {"NH"},
    "amsterdam-amstelland": {"NH"},
    "den-haag": {"ZH"},
    "rotterdam": {"ZH"},
    "zeeland-west-brabant": {"ZE", "NB"},
    "oost-brabant": {"NB"},
    "limburg": {"LI"},
}
"""The provinces that a RIEC region has a part of."""


def placed(
    listed: list[dict[str, Any]], places: pandas.DataFrame, gemeenten: geopandas.GeoDataFrame
) -> pandas.DataFrame:
    """Return postcode, name, gemeente, latitude and longitude of the place of each postcode.

    Of a gemeente that has the name it is the largest place. Left out are those of which no place
    and no gemeente, or more than one, has the name in that province.
    """
    region = dict(zip(gemeenten["code"], gemeenten["riec"], strict=True))
    called: defaultdict[str, list[Any]] = defaultdict(list)
    for place in places.itertuples():
        for name in names_of(str(place.name)):
            called[name].append(place)
    largest = {place.gemeente: place for place in reversed(list(places.itertuples()))}
    own = {
        folded(str(name)): largest[code]
        for code, name in zip(gemeenten["code"], gemeenten["name"], strict=True)
    }
    rows = []
    for code in listed:
        name, province = folded(code["localityName"]), code["stateCode"]
        there = [
            place
            for place in called[name]
            if not province or province in PROVINCES[region[place.gemeente]]
        ]
        found = there[0] if len(there) == 1 else own.get(name)
        if found is not None:
            rows.append((code["code"], found.name, found.gemeente, found.latitude, found.longitude))
    columns = ["postcode", "name", "gemeente", "latitude", "longitude"]
    return pandas.DataFrame(rows, columns=columns).sort_values("postcode")
