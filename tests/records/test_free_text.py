"""Personal data and markup are recognised in every form; names of sources and areas are not."""

import pytest

from errors import WeerbeeldError
from geo.areas import gemeenten, places
from opendata import SOURCES
from records.free_text import personal_in, refuse_unfit, unfit_in

HELD = {
    "a BSN": [
        "bsn 111222333", "111.222.333", "1112 22 333", "111-222-333", "BSN111222333",
        "1112\u200b22333", "111·222·333", "111 -- 222 -- 333",
        "\u0661\u0661\u0661222333", "111 222 333 (2024)", "bsn: 12345678",
        "\uff11\uff11\uff11222333",
    ],
    "a telephone number": [
        "tel 06-12345678", "06 12 34 56 78", "0612345678", "+31 6 12345678", "+31(0)6-12345678",
        "0031612345678", "010-2345678", "(010) 234 56 78", "0900-8844", "tel. 234567",
        "06\u201112345678", "+31 (0) 6 - 12 34 56 78", "316 1234 5678", "+32 470 12 34 56",
    ],
    "an e-mail address": [
        "jan@voorbeeld.nl", "Jan Verzonnen <jan@voorbeeld>", "jan (at) voorbeeld punt nl",
        "Jan\uff20voorbeeld", "jan [at] voorbeeld",
    ],
    "an account number (IBAN)": [
        "NL91 ABNA 0417 1643 00", "nl91abna0417164300", "NL91-ABNA-0417-1643-00",
        "IBANNL91ABNA0417164300", "rek. NL91.ABNA.0417.1643.00", "DE89 3704 0044 0532 0130 00",
        "BE68 5390 0754 7034",
    ],
    "a number plate": [
        "AB-12-CD", "ab-12-cd", "12-abc-3", "GV123T", "gv123t", "GV 123 T", "g-123-bb",
        "kenteken 12abc3",
        "XX\u201112\u2011YY", "1-xyz-23", "99-ab-cd", "AB.12.CD",
    ],
    "a link": [
        "http://example.nl", "HTTPS://x", "www.example.org", "voorbeeld.nl", "javascript:alert(1)",
        "//example.org/a", "mailto:jan",
    ],
    "markup": [
        "<img src=x onerror=alert(1)>", "**vet**", "_schuin_", "`code`", "[tekst](adres)", "# kop",
        "=1+1", ":material/home:", "&lt;b&gt;", "$x$", "~~weg~~", "a | b", "%3Cb%3E", "+1", "-1",
    ],
    "a number of over 8 digits": ["nummer 123456780", "dossier 2024000123456"],
}  # fmt: skip

FINE = [
    "Bron: CBS, 2024, tabel 81575NED", "CBS & Kadaster (bijgewerkt t/m 2024)", "1-1-2024, versie 2",
    "GM0599, 2024-01-01 t/m 2024-12-31", "1-jan-24", "jaren 2020 2021 2022 2023", "'s-Gravenhage",
    "Buurt 12, blok 3-4", "in 20 en 30", "NH 2024", "RD2018", "2024 ZH",
    "VERZONNEN VOORBEELD", "Súdwest-Fryslân", "A.B.C.-straat",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in HELD for text in HELD[kind]])
def test_what_may_not_reach_a_page_is_recognised(kind: str, text: str) -> None:
    assert kind in unfit_in(text)
    assert (kind in personal_in(text)) == (kind not in ("a link", "markup"))
    with pytest.raises(WeerbeeldError, match="The reason holds") as refused:
        refuse_unfit(text, "The reason")
    assert text not in str(refused.value)


@pytest.mark.parametrize("text", ["111222334", "111222332", "NL91 ABNA 0417 1643 01"])
def test_what_fails_its_own_test_is_not_named_so(text: str) -> None:
    assert not {"a BSN", "an account number (IBAN)"} & {*unfit_in(text)}


@pytest.mark.parametrize("text", FINE)
def test_plain_words_are_fine(text: str) -> None:
    assert unfit_in(text) == ()


def test_names_of_areas_and_sources_are_fine() -> None:
    names = [*gemeenten()["name"], *places()["name"]]
    names += [source.attribution.format(year=2024) for source in SOURCES.values()]
    assert [name for name in names if unfit_in(name)] == []
    assert len(names) > 1_000
