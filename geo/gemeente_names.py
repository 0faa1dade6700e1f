"""Which gemeente is meant by a code or a name, in the ways in which CBS and others write them.

StatLine adds what sets a name apart: Utrecht (gemeente), Beek (L.), Groningen (PV). What is some
other area is told from what is not understood.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from geo.areas import gemeenten, riecs
from geo.official_names import former

Meant = Literal["gemeente", "former", "other area", "nowhere", "unclear"]

LAST_NUMBER = 2000
"""Codes of gemeenten are below it."""

FORMER_NAMES = {
    "Appingedam": "GM0003",
    "Delfzijl": "GM0010",
    "Loppersum": "GM0024",
    "Beemster": "GM0370",
    "Heerhugowaard": "GM0398",
    "Langedijk": "GM0416",
    "Weesp": "GM0457",
    "Brielle": "GM0501",
    "Hellevoetsluis": "GM0530",
    "Westvoorne": "GM0614",
    "Boxmeer": "GM0756",
    "Grave": "GM0786",
    "Haaren": "GM0788",
    "Mill en Sint Hubert": "GM0815",
    "Uden": "GM0856",
    "Cuijk": "GM1684",
    "Landerd": "GM1685",
    "Sint Anthonis": "GM1702",
}
"""Gemeenten that ended since 2020 (CBS, Gemeentelijke indeling per jaar)."""

ALSO = {
    "Den Haag": "'s-Gravenhage",
    "Den Bosch": "'s-Hertogenbosch",
    "Nuenen c.a.": "Nuenen, Gerwen en Nederwetten",
    "De Friese Meren": "De Fryske Marren",
    "Zuidwest-Friesland": "Súdwest-Fryslân",
    "Noordoost-Friesland": "Noardeast-Fryslân",
}

PROVINCES = {
    "Groningen": ("gr gn", "noord-nederland"),
    "Fryslân": ("f fr frl friesland", "noord-nederland"),
    "Drenthe": ("d dr", "noord-nederland"),
    "Overijssel": ("o ov", "oost-nederland"),
    "Flevoland": ("fl", "midden-nederland"),
    "Gelderland": ("g gl gld", "oost-nederland"),
    "Utrecht": ("u ut utr", "midden-nederland"),
    "Noord-Holland": ("nh", "noord-holland amsterdam-amstelland midden-nederland"),
    "Zuid-Holland": ("zh", "den-haag rotterdam"),
    "Zeeland": ("z zl zld", "zeeland-west-brabant"),
    "Noord-Brabant": ("nb nbr", "zeeland-west-brabant oost-brabant"),
    "Limburg": ("l lb li", "limburg"),
}
"""Provinces: how they are abbreviated, and the RIEC regions in which their gemeenten lie."""

_OTHER_WORDS = (
    "nederland", "heelnederland", "landelijk", "totaal", "nederlandtotaal", "noordnederland",
    "oostnederland", "westnederland", "zuidnederland",
)  # fmt: skip
_NOWHERE = (
    "onbekend", "gemeenteonbekend", "nietbekend", "nietingedeeld", "nietintedelen", "buitenland",
    "overig", "overige", "geen", "belgie", "duitsland", "caribischnederland", "bonaire", "saba",
    "sinteustatius", "nvt",
)  # fmt: skip
_OTHER_KINDS = (
    "pv", "prov", "provincie", "ld", "landsdeel", "cr", "corop", "coropgebied", "riec", "re",
    "politieregio", "regio", "veiligheidsregio", "vr", "ggd", "arrondissement",
)  # fmt: skip
_ARTICLES = "'s-|'s|'t|de|den|het|ter"

_CODE = re.compile(r"(?:GM ?)?(\d{1,4})(?:[.,]0)?", re.ASCII | re.IGNORECASE)
_OTHER_CODE = re.compile(
    r"(?:NL|LD|PV|CR|RE|VR|GG)\d{2,4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}",
    re.ASCII | re.IGNORECASE,
)
_WITH_CODE = re.compile(
    r"(?:GM ?)?(?P<code>\d{4})[\s:-]+(?P<name>\D.*)"
    r"|(?P<said>\D.*?) ?\((?:GM ?)?(?P<number>\d{1,4})\)",
    re.ASCII | re.IGNORECASE,
)
_MORE = re.compile(r"(?P<name>.+?)[ ,]*\((?P<more>[^()]*)\)")
_TURNED = re.compile(rf"(?P<name>.+?)(?:, ?| \()(?P<article>{_ARTICLES})\)?", re.IGNORECASE)
_CALLED = re.compile(r"(?:gemeente|gem\.?) (?P<name>.+)|(?P<said>.+?),? (?:gemeente|gem\.?)", re.I)
_BEHIND = re.compile(r"(?P<name>.+) (?P<more>\S+)")


@dataclass(frozen=True)
class Named:
    """What a code or name means; ``code`` is that of a gemeente of today, or former since 2020.

    ``former`` ended before that, ``nowhere`` is abroad or not known to the source.
    """

    meant: Meant
    code: str | None = None


def gemeente_named(text: str) -> Named:
    """Return which gemeente a code (GM0599, 599) or a name means.

    >>> gemeente_named("Utrecht (gemeente)").code, gemeente_named("Beek (L.)").code
    ('GM0344', 'GM0888')
    >>> gemeente_named("Utrecht (PV)").meant, gemeente_named("Beek (Gld.)").meant
    ('other area', 'unclear')
    """
    text = text.strip()
    if number := _CODE.fullmatch(text):
        return _of_number(int(number[1]))
    if _OTHER_CODE.fullmatch(text):
        return Named("other area")
    if both := _WITH_CODE.fullmatch(text):
        one = _of_number(int(both["code"] or both["number"]))
        return one if one == gemeente_named(both["name"] or both["said"]) else Named("unclear")
    word = _letters(text)
    if word in _other_names():
        return Named("other area")
    return Named("nowhere") if word in _NOWHERE else _of_name(text)


def _of_number(number: int) -> Named:
    code = f"GM{number:04d}"
    if code in _known():
        return Named("gemeente", code)
    if number in (0, 9998, 9999):
        return Named("nowhere")
    return Named("former" if number < LAST_NUMBER else "unclear")


def _of_name(text: str) -> Named:
    if turned := _TURNED.fullmatch(text):
        return _of_name(f"{turned['article']} {turned['name']}")
    if called := _CALLED.fullmatch(text):
        return _of_name(called["name"] or called["said"])
    if (code := _whole(text)) is not None:
        return Named("gemeente", code)
    if more := _MORE.fullmatch(text) or _BEHIND.fullmatch(text):
        return _set_apart(more["name"], _letters(more["more"]))
    return Named("unclear")


def _whole(name: str) -> str | None:
    """Return the one gemeente of a name, whether or not it is set apart in our own list."""
    found = _by_name().get(_letters(name), ())
    return found[0] if len(found) == 1 else None


def _set_apart(name: str, more: str) -> Named:
    """Return the gemeente of a name with what sets it apart: its province, or that it is one."""
    if more in ("gemeente", "gem"):
        code = _whole(name)
        return Named("gemeente", code) if code else Named("unclear")
    if more in _OTHER_KINDS:
        return Named("other area")
    province = _provinces().get(more)
    found = [code for code in _by_name().get(_letters(name), ()) if _lies_in(code, province)]
    return Named("gemeente", found[0]) if len(found) == 1 else Named("unclear")


def _lies_in(code: str, province: str | None) -> bool:
    """Return whether a gemeente can lie in a province, by its own name or else by its RIEC."""
    if province is None:
        return False
    name, riec = _known()[code]
    if own := _MORE.fullmatch(name):
        return _provinces().get(_letters(own["more"])) == province
    return riec in PROVINCES[province][1].split()


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Return the name and the RIEC of each gemeente that there was since 2020, by code."""
    frame = gemeenten()
    today = dict(zip(frame["code"], zip(frame["name"], frame["riec"], strict=True), strict=True))
    names = {code: name for name, code in FORMER_NAMES.items()}
    return today | {code: (names.get(code, ""), "") for code in former()}


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Return the codes of each name, also without what sets it apart, in plain letters."""
    names: dict[str, tuple[str, ...]] = {}
    for code, (name, _) in _known().items():
        bare = _MORE.fullmatch(name)
        for word in {_letters(name), _letters(bare["name"]) if bare else ""} - {""}:
            names[word] = (*names.get(word, ()), code)
    return names | {_letters(also): names[_letters(name)] for also, name in ALSO.items()}


@cache
def _provinces() -> dict[str, str]:
    """Return the province of each abbreviation and name."""
    return {
        word: name
        for name, (short, _) in PROVINCES.items()
        for word in (_letters(name), *short.split())
    }


@cache
def _other_names() -> frozenset[str]:
    """Return names of other areas that are no name of a gemeente as well."""
    names = {*map(_letters, PROVINCES), "friesland", *_OTHER_WORDS, *map(_letters, riecs()["name"])}
    return frozenset(names - _by_name().keys())


def _letters(name: str) -> str:
    """Return a name in plain small letters, without accents, marks and spaces."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in apart if not unicodedata.combining(c)))
