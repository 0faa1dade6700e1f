"""Texts that make readers, terminals, browsers and spreadsheets stumble."""

from random import Random

NUMBERS = (
    *("nan", "NaN", "-nan", "inf", "-Infinity", "1e308", "1e999", "-1e999", "1e-999", "1E+11"),
    *(
        "0",
        "-0",
        "+0",
        "00",
        "1.234",
        "1,234",
        "1.234,56",
        "1,234.56",
        "1 234",
        "1'234",
        "1\u00a0234",
    ),
    *(
        "0x1f",
        "1_000",
        "١٢٣",
        "１２３",
        "²",
        "½",
        "9" * 15,
        "9" * 16,
        "9" * 400,
        "0." + "0" * 400 + "1",
    ),
    *(
        "9223372036854775808",
        "-9223372036854775809",
        "1e13",
        "9999999999999.99",
        ",",
        ".",
        "-",
        "e5",
    ),
    *("250000", "121500", "487000", "4.9", "52.37", "1e5", "121500,0", "487000.5", "NULL", "#N/A"),
)
DATES = (
    *(
        "0000-00-00",
        "0001-01-01",
        "1499-12-31",
        "1500-01-01",
        "9999-12-31",
        "10000-01-01",
        "2024-02-30",
    ),
    *("2024-13-01", "31-12-2024", "31/12/24", "12/31/2024", "20240229", "2023-02-29", "2024-1-1"),
    *("2024-01-01T00:00:00Z", "2024-01-01T23:59:60", "2024-01-01 00:00:00.000000", "1.1.2024"),
    *(
        "2024/01-01",
        "-2024-01-01",
        "+2024-01-01",
        "٢٠٢٤-٠١-٠١",
        "2024-W01-1",
        "1704067200",
        "gisteren",
    ),
    *("2024-01-01T00:00:00+00:00", "2024-01-01\u200b", "2026-12-31", "2262-04-12", "1677-09-20"),
)
ODD = (
    *(
        "",
        " ",
        "\u00a0",
        "\u200b",
        "\u202e" + "gpj.exe",
        "\u2066x\u2069",
        "\ufeff",
        "\u2028",
        "\u2029",
    ),
    *("\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b[2J", "\x1b]0;x\x07", "\x7f", "\x85", "\x9b31m"),
    *(
        "\ud800",
        "\udfff",
        "\udcff",
        "\ufffe",
        "\U0010ffff",
        "é",
        "e\u0301",
        "ﬀ",
        "ß",
        "İ",
        "ǅ",
        "Ω" * 20,
    ),
    *("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0e01\u0e33" * 10, "Z\u0351\u034d" * 30),
    *(
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+31",
        "-1+1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "'=1",
        '"=1"',
    ),
    *(
        "<b>x</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&lt;",
        "&#60;",
        "]]>",
    ),
    *(
        "[x](http://evil.example)",
        "![x](http://evil.example/p.png)",
        "# kop",
        "**vet**",
        ":red[x]",
        "$x^2$",
    ),
    *(
        "`x`",
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "file:///etc/passwd",
        "|a|b|",
    ),
    *(
        "' or '1'='1",
        "'; drop table area; --",
        '" or 1=1',
        "%",
        "_",
        "\\",
        "%00",
        "%2e%2e%2f",
        "${x}",
        "{0}",
    ),
    *(
        "{{7*7}}",
        "%s%s%n",
        "../../../etc/passwd",
        "..\\..\\x",
        "/dev/zero",
        "CON",
        "a" * 300,
        "a" * 5_000,
    ),
    *(
        "true",
        "ja",
        "nee",
        "JA",
        "1",
        "0",
        "None",
        "null",
        "undefined",
        "NL",
        "GM0599",
        "limburg",
        "score",
    ),
    *(
        "nsoc",
        "riec:limburg",
        "gemeente:GM0599",
        "gegevensbeheerder",
        "auditor",
        "nsoc+nsoc",
        "+",
        "nsoc+",
    ),
    *(
        "2026-06-12m",
        "2026-06",
        "hex9",
        "VG01",
        "89196953123ffff",
        "8a1969c9b2dffff",
        "VERZONNEN-1",
    ),
)
ALL = (*NUMBERS, *DATES, *ODD)


def any_text(chance: Random) -> str:
    """Return a text that may hold anything that Unicode has, lone surrogates too."""
    way = chance.randrange(8)
    if way < 4:
        return chance.choice(ALL)
    if way == 4:
        return chance.choice(ALL) + chance.choice(ALL)
    if way == 5:
        word = chance.choice(ALL)
        at = chance.randrange(len(word) + 1)
        return word[:at] + chr(chance.randrange(0x110000)) + word[at:]
    top = chance.choice((0x80, 0x100, 0x3000, 0x110000))
    return "".join(chr(chance.randrange(top)) for _ in range(chance.choice((1, 3, 12, 80))))


def encodable(text: str) -> str:
    """Return ``text`` without lone surrogates, which no encoding can write."""
    return text.encode("utf-8", "replace").decode()
