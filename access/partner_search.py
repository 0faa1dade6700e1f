"""Search by name, and what lies at a point: public geography, as far as the viewer may know it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Engine

from access import queries
from access.door import door
from access.facts import Area
from access.partner_ground import GroundGateway
from access.reading import rows
from access.scope import refuse_level
from access.searching import LONGEST, Found, Kind, NameIndex, in_order
from access.viewer import Viewer
from errors import WeerbeeldError
from geo import hexagons
from geo.postcodes import postcodes
from store import release as stored
from store.kept import kept

POSTCODE = re.compile(r"^([1-9][0-9]{3}) ?[A-Za-z]{2}$", re.ASCII)

NAMED: tuple[Kind, ...] = ("riec", "gemeente", "wijk", "buurt")
"""Levels whose areas have names."""


class SearchGateway(GroundGateway):
    """Finds areas, places, postcodes and streets: no figures, so without a line in the log."""

    @door
    def search(self, text: str, within: str | None = None, most: int = 20) -> list[Found]:
        """Return what has a name like ``text``, the best first; ``within`` a RIEC or gemeente.

        Gemeenten, regions, places, postcodes and streets are public; wijken and buurten are found
        where the viewer may read them. Of a postcode the four digits count.
        """
        if not text.isprintable() or not text.strip() or len(text) > LONGEST:
            return []
        text = POSTCODE.sub(r"\1", text.strip())
        wanted = _Wanted(self._release, self.viewer, self)
        found = [*_index(wanted).find(text), *self._streets_like(text)]
        if within:
            inside = {area.code for area in self._areas("gemeente", within)}
            found = [one for one in found if one.gemeente in inside]
        return in_order(text, found, most)

    @door
    def area_at(self, level: str, lon: float, lat: float) -> Area | None:
        """Return the area of a level at a point (degrees); None where the viewer may read none."""
        refuse_level(self.viewer, level)
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise WeerbeeldError(f"{lon}, {lat} is no longitude and latitude in degrees.")
        code = self._code_at(level, lon, lat)
        query = queries.areas(level).where(*self.granting.areas(level), stored.Area.code == code)
        return next(iter(rows(self._release, query, Area)), None)

    def _code_at(self, level: str, lon: float, lat: float) -> str | None:
        if level.startswith("hex"):
            cell = hexagons.index_points([lon], [lat], int(level[3:]))
            return hexagons.to_text(cell)[0]
        gemeente = self._lying("gemeente", None).at(lon, lat)
        if gemeente is None or level == "gemeente":
            return gemeente
        if level in ("wijk", "buurt"):
            return self._lying(level, gemeente).at(lon, lat)
        return "NL" if level == "nederland" else self.area("gemeente", gemeente).riec

    def _streets_like(self, text: str) -> list[Found]:
        known = self._streets()
        if known is None:
            return []
        called = {area.code: area.name for area in self._areas("gemeente", None)}
        return [
            Found(
                "street",
                one.name,
                one.gemeente,
                called.get(one.gemeente, ""),
                one.lon,
                one.lat,
                size=round(one.metres),
            )
            for one in known.search(text)
        ]

    def _names(self) -> Iterator[Found]:
        """Give all that has a name and that the viewer may know of."""
        called = {area.code: area.name for area in self._areas("gemeente", None)}
        for level in NAMED:
            for area in self._areas(level, None):
                around = called.get(area.gemeente, "") if area.code != area.gemeente else ""
                yield Found(
                    level, area.name, area.gemeente, around, area.lon, area.lat, level, area.code
                )
        for place in self.places(0):
            lies_in = called.get(place.gemeente, "")
            yield Found(
                "place",
                place.name,
                place.gemeente,
                lies_in,
                place.lon,
                place.lat,
                size=place.population,
            )
        for code, name, gemeente, lat, lon in postcodes().itertuples(index=False, name=None):
            if gemeente in called:
                yield Found("postcode", code, gemeente, name, lon, lat)


@dataclass(frozen=True)
class _Wanted:
    """Of which release, for whom: names are kept by that."""

    release: Engine
    viewer: Viewer
    gateway: SearchGateway = field(compare=False)


@kept(16)
def _index(wanted: _Wanted) -> NameIndex:
    return NameIndex(wanted.gateway._names())
