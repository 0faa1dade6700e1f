"""A gemeente is known by every form of its name; another area and a riddle are two things."""

import csv
import os
from pathlib import Path

import pytest

from geo.areas import gemeenten
from geo.gemeente_names import FORMER_NAMES, PROVINCES, gemeente_named
from geo.official_names import former

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("NL_DATA_DIR", ROOT.parent / "shared" / "nl"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("'s-Gravenhage (gemeente)", "GM0518"), ("Utrecht (gemeente)", "GM0344"),
        ("Groningen (gemeente)", "GM0014"), ("Beek (L.)", "GM0888"), ("Laren (NH.)", "GM0417"),
        ("Rijswijk (ZH.)", "GM0603"), ("Middelburg (Z.)", "GM0687"), ("Stein (L.)", "GM0971"),
        ("Hengelo (O.)", "GM0164"), ("Bergen (NH.)", "GM0373"), ("Bergen (L.)", "GM0893"),
        ("Bergen NH", "GM0373"), ("Bergen (Limburg)", "GM0893"), ("Hengelo", "GM0164"),
        ("Gravenhage, 's-", "GM0518"), ("Bilt, De", "GM0310"), ("Den Haag", "GM0518"),
        ("\u2019s-Hertogenbosch", "GM0796"), ("SUDWEST FRYSLAN", "GM1900"), ("Weesp", "GM0457"),
        ("Gemeente Utrecht", "GM0344"), ("Utrecht, gemeente", "GM0344"), ("0344 Utrecht", "GM0344"),
        ("Utrecht (GM0344)", "GM0344"), ("344", "GM0344"), ("344.0", "GM0344"),
    ],
)  # fmt: skip
def test_forms_of_a_name(text: str, code: str) -> None:
    named = gemeente_named(text)
    assert (named.meant, named.code) == ("gemeente", code)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Utrecht (PV)", "other area"), ("Groningen (CR)", "other area"), ("PV26", "other area"),
        ("Nederland", "other area"), ("Noord-Nederland (LD)", "other area"),
        ("Zuid-Holland", "other area"), ("BU05990110", "other area"), ("Onbekend", "nowhere"),
        ("Buitenland", "nowhere"), ("GM9999", "nowhere"), ("GM0001", "former"),
        ("Bergen", "unclear"), ("Beek (Gld.)", "unclear"), ("Hengelo (Gld.)", "unclear"),
        ("Rijswijk (NB.)", "unclear"), ("Luik", "unclear"), ("Amsterdm", "unclear"),
        ("Utrecht (x)", "unclear"), ("0344 Groningen", "unclear"), ("2024", "unclear"),
    ],
)  # fmt: skip
def test_what_is_no_gemeente_says_why(text: str, meant: str) -> None:
    named = gemeente_named(text)
    assert (named.meant, named.code) == (meant, None)


def test_every_gemeente_is_known_by_code_and_name() -> None:
    for code, name in zip(gemeenten()["code"], gemeenten()["name"], strict=True):
        for text in (code, code[2:], str(int(code[2:])), name, name.upper(), f"{name} ({code})"):
            assert gemeente_named(text).code == code
    assert set(FORMER_NAMES.values()) == former()


def test_every_gemeente_with_its_province() -> None:
    path = REAL / "kerncijfers_gemeenten_2024.csv"
    if not path.exists():
        pytest.skip(f"{path} is absent: set NL_DATA_DIR to the folder with the CBS files")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 342
    for row in rows:
        bare, province = row["gemeente_naam"].split(" (")[0], row["provincie"]
        short = PROVINCES[province][0].split()
        forms = [row["gemeente_naam"], f"{bare} ({province})", f"{bare} {province}"]
        forms += [f"{bare} ({word.upper()}.)" for word in short]
        assert {gemeente_named(form).code for form in forms} == {row["gemeente_code"]}
