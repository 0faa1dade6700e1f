"""Exports: only along a link of one's own, within the grants of this moment, harmless, logged."""

import asyncio
import csv
import io
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pandas as pd
import pytest
from clock import Clock
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from exports import EXPORTS, Export, ExportRequest, ExportTable, export_named, exports_for
from exports.csv import FORMULA_STARTS
from exports.request import TableName
from settings import Settings
from store.access import AuditLine, open_access
from store.home import Home
from web.browsers import cookie_name
from web.desk import Desk
from web.exporting import Exporting
from web.links import LIFETIME_SECONDS, PATH, LinkRefusedError, Links, Reader

BROWSER_COOKIE = cookie_name(over_tls=False)
MINE = "a-browser"
NSOC = Reader(example="nsoc")
ROTTERDAM = Reader(example="gemeente:GM0599")
NATIONAL = ExportRequest("figures", "VG01", "gemeente", format="csv")
WORDS = st.text(max_size=12)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(example_home: Home, tmp_path: Path, clock: Clock) -> Desk:
    """A desk on the example release, with an access store of its own."""
    (tmp_path / "releases").symlink_to(example_home.releases)
    found = Desk(Settings(home=tmp_path))
    found.links = Links(clock)
    return found


Get = Callable[..., httpx.Response]


@pytest.fixture
def get(desk: Desk) -> Get:
    app = Starlette(routes=[Route(PATH, Exporting(desk).answer)])

    async def ask(link: str, browser: str) -> httpx.Response:
        transport = httpx.ASGITransport(app, client=("192.0.2.7", 1234))
        cookies = {BROWSER_COOKIE: browser} if browser else {}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost", cookies=cookies
        ) as client:
            return await client.get(link)

    return lambda link, browser=MINE: asyncio.run(ask(link, browser))


def lines(desk: Desk) -> list[tuple[str, str, str, str, str]]:
    """Return what the audit log holds: action, object, result, actor and origin."""
    with Session(desk.access) as session:
        rows = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
        return [(r.action, r.object, r.result, r.actor, r.origin) for r in rows]


def exports(desk: Desk) -> list[tuple[str, str, str]]:
    return [(what, how, who) for action, what, how, who, _ in lines(desk) if action == "export"]


@given(
    st.builds(
        ExportRequest,
        st.sampled_from(["figures", "scores"]),
        *(WORDS, WORDS, WORDS, WORDS),
        format=st.sampled_from(list(EXPORTS)),
    )
)
def test_a_link_gives_back_what_it_was_made_for(asked: ExportRequest) -> None:
    links = Links()
    link = links.make(NSOC, MINE, asked).partition("link=")[2]
    assert links.open(link, MINE) == (NSOC, asked)


@given(st.floats(0, 1, exclude_max=True), st.sampled_from("abcXYZ019-_."))
def test_a_link_that_was_altered_anywhere_is_refused(where: float, letter: str) -> None:
    links = Links()
    link = links.make(NSOC, MINE, NATIONAL).partition("link=")[2]
    place = int(where * len(link))
    other = letter if letter != link[place] else "Q"
    altered = link[:place] + other + link[place + 1 :]
    with suppress(LinkRefusedError):  # the last letter of base64 has bits that mean nothing
        assert links.open(altered, MINE) == (NSOC, NATIONAL)
        assert place == len(link) - 1


@given(st.text(max_size=3000))
def test_any_other_text_is_no_link(text: str) -> None:
    with pytest.raises(LinkRefusedError):
        Links().open(text, MINE)


def test_a_link_of_another_process_is_refused() -> None:
    link = Links().make(NSOC, MINE, NATIONAL).partition("link=")[2]
    with pytest.raises(LinkRefusedError):
        Links().open(link, MINE)


def test_a_link_names_neither_the_person_nor_the_browser(desk: Desk) -> None:
    link = desk.links.make(Reader(sign_in="key"), MINE, NATIONAL)
    assert MINE not in link
    assert len(link) < 400


def test_the_file_holds_what_the_gateway_gives(desk: Desk, get: Get) -> None:
    answer = get(desk.links.make(NSOC, MINE, NATIONAL))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    name = 'attachment; filename="weerbeeld-figures-VG01-gemeente.csv"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["cache-control"] == "no-store"
    rows = export_named("csv").read(answer.content).rows
    whole = desk.gateways(NSOC, "test").partner().figures("VG01", "gemeente")
    assert sorted(rows["area"]) == [figure.area for figure in whole]
    assert len(rows) > 300
    assert rows["name"].is_monotonic_increasing, "neutral order"
    counts = pd.Series({figure.area: figure.numerator for figure in whole}, dtype=float)
    assert (rows.set_index("area")["numerator"] - counts).abs().max() == 0
    assert rows["data"].str.contains("VERZONNEN").all()


@pytest.mark.parametrize(
    ("asked", "export"),
    [
        pytest.param(asked, export, id=f"{asked.name} as {export.name}")
        for asked in (
            ExportRequest("scores", "", "gemeente"),
            ExportRequest("deliveries"),
            replace(NATIONAL, within="limburg"),
        )
        for export in exports_for(asked.level)
    ],
)
def test_every_table_comes_as_a_file(
    asked: ExportRequest, export: Export, desk: Desk, get: Get
) -> None:
    answer = get(desk.links.make(NSOC, MINE, replace(asked, format=export.name)))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == export.media_type
    assert answer.headers["content-disposition"].endswith(f'{asked.name}.{export.ending}"')
    assert len(export.read(answer.content).rows) >= 10
    assert exports(desk) == [(f"{export.name} {asked.name}", "ok", "example nsoc")]


@pytest.mark.parametrize(
    ("role", "table", "status"),
    [
        ("auditor", "audit", 200),
        ("auditor", "deliveries", 403),
        ("gegevensbeheerder", "deliveries", 200),
        ("gegevensbeheerder", "audit", 403),
        ("nsoc", "audit", 403),
        ("gemeente:GM0599", "audit", 403),
    ],
)
def test_keepers_take_along_what_they_keep(
    role: str, table: TableName, status: int, desk: Desk, get: Get
) -> None:
    answer = get(desk.links.make(Reader(example=role), MINE, ExportRequest(table, format="csv")))
    assert answer.status_code == status
    result = "ok" if status == 200 else "refused"
    assert exports(desk) == [(f"csv {table}", result, f"example {role}")]


def test_an_export_is_logged_with_who_what_and_from_where(desk: Desk, get: Get) -> None:
    get(desk.links.make(NSOC, MINE, NATIONAL))
    found = [line for line in lines(desk) if line[0] == "export"]
    assert found == [("export", f"csv {NATIONAL.name}", "ok", "example nsoc", "export 192.0.2.7")]


def test_the_grant_of_the_reader_decides_not_the_link(desk: Desk, get: Get) -> None:
    """A signed link that asks too much is still refused: the gateway looks, not the signature."""
    elsewhere = ExportRequest("figures", "VG01", "buurt", within="GM0363", format="csv")
    answer = get(desk.links.make(ROTTERDAM, MINE, elsewhere))
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert answer.status_code == 403 or len(rows) == 1
    finest = ExportRequest("figures", "VG01", "hex9", format="csv")
    only_hexagons = get(desk.links.make(NSOC, MINE, finest))
    assert only_hexagons.status_code == 403
    assert exports(desk)[-1] == ("csv figures-VG01-hex9", "refused", "example nsoc")


@pytest.mark.parametrize("format_", ["geojson", "xml", ""])
def test_a_format_that_cannot_hold_the_table_is_refused_in_words(
    format_: str, desk: Desk, get: Get
) -> None:
    answer = get(desk.links.make(NSOC, MINE, ExportRequest("deliveries", format=format_)))
    assert answer.status_code == 403
    assert "formaat" in answer.text
    assert exports(desk) == [(f"{format_} deliveries", "refused", "example nsoc")]


@pytest.mark.parametrize("seconds", [LIFETIME_SECONDS, LIFETIME_SECONDS + 1, 10**6])
def test_a_link_lives_for_ten_minutes(seconds: int, desk: Desk, get: Get, clock: Clock) -> None:
    assert LIFETIME_SECONDS <= 600
    link = desk.links.make(NSOC, MINE, NATIONAL)
    clock.now += LIFETIME_SECONDS - 1
    assert get(link).status_code == 200
    clock.now += seconds - LIFETIME_SECONDS + 1
    answer = get(link)
    assert answer.status_code == 403
    assert "verlopen" in answer.text
    whose = f"csv {NATIONAL.name} by a link of example nsoc"
    assert exports(desk)[-1] == (f"{whose}: expired", "refused", "unknown")


@pytest.mark.parametrize("browser", ["", "another-browser"])
def test_a_link_works_in_its_own_browser_only(browser: str, desk: Desk, get: Get) -> None:
    answer = get(desk.links.make(NSOC, MINE, NATIONAL), browser)
    assert answer.status_code == 403
    assert "andere browser" in answer.text
    whose = f"csv {NATIONAL.name} by a link of example nsoc"
    assert exports(desk) == [(f"{whose}: foreign", "refused", "unknown")]


def test_a_browser_without_a_cookie_gets_no_link_that_works(desk: Desk, get: Get) -> None:
    assert get(desk.links.make(NSOC, "", NATIONAL), "").status_code == 403


@pytest.mark.parametrize("link", ["", "?link=", "?link=forged", "?link=a.b.c", "?x=1", "?link=%00"])
def test_what_is_no_link_is_refused_and_logged(link: str, desk: Desk, get: Get) -> None:
    answer = get(f"{PATH}{link}")
    assert answer.status_code == 403
    assert exports(desk) == [("a link: forged", "refused", "unknown")]
    assert "Traceback" not in answer.text


def test_without_a_log_there_is_no_export(
    desk: Desk, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = desk.links.make(NSOC, MINE, NATIONAL)
    assert get(link).status_code == 200
    with open_access(desk.settings.folders).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_line RENAME TO gone")
    answer = get(link)
    assert answer.status_code == 503
    assert "VG01" not in answer.text


def test_a_sign_in_that_ended_ends_its_links(example_home: Home, tmp_path: Path) -> None:
    (tmp_path / "releases").symlink_to(example_home.releases)
    settings = Settings(
        home=tmp_path,
        oidc_metadata_url="http://localhost/x",
        oidc_client_id="weerbeeld",
        oidc_client_secret=SecretStr("s"),
    )
    found = Desk(settings)
    claims = {"sub": "somebody", "iat": 1_000_000_000_000, "exp": 2_000_000_000_000}
    key = found.sign_ins.visit(claims).key
    link = found.links.make(Reader(sign_in=key), MINE, ExportRequest("deliveries", format="csv"))
    app = Exporting(found)
    asked = {"type": "http", "method": "GET", "path": PATH, "client": ("192.0.2.7", 1)}
    scope = asked | {
        "query_string": link.partition("?")[2].encode(),
        "headers": [(b"cookie", f"{BROWSER_COOKIE}={MINE}".encode())],
    }
    assert app.answer(Request(scope)).status_code == 403, "nothing was granted"
    found.sign_ins.end(key)
    answer = app.answer(Request(scope))
    assert answer.status_code == 403
    assert "Meld u opnieuw aan" in bytes(answer.body).decode()
    example = found.links.make(NSOC, MINE, NATIONAL).partition("?")[2].encode()
    assert app.answer(Request(scope | {"query_string": example})).status_code == 403
    assert [who for _, _, who in exports(found)][:1] == ["somebody"]


SEPARATORS = ("", "a;", "a; ", 'a;"', "a\t", "a\r\n", "a;b;", ";'")
CELLS = st.one_of(
    WORDS,
    st.text("a;=-'\"\t\n @", max_size=8),
    st.sampled_from([f"{sep}{s}1+1" for s in FORMULA_STARTS for sep in SEPARATORS]),
)
BROKEN_CELL = re.compile(r"[;\t\r\n]|\r\n")
"""Where a spreadsheet that separates by semicolons or tabs begins another cell, in any text."""


@settings(deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=8), st.lists(CELLS, min_size=1, max_size=3))
def test_no_text_in_a_file_is_a_formula(cells: list[str], heads: list[str]) -> None:
    rows = pd.DataFrame({f"{head}{i}": cells for i, head in enumerate(heads)})
    text = export_named("csv").write(ExportTable(rows, invented=True)).decode()
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert len(found) == len(cells) + 1, "no cell breaks out of its row"
    for cell in (cell for row in found for cell in row):
        parts = [part.lstrip(' \u00a0"') for part in BROKEN_CELL.split(cell)]
        assert not [part for part in parts if part.startswith(FORMULA_STARTS)]
    for row, cell in zip(found[1:], cells, strict=True):
        assert row[0].replace("'", "") == cell.replace("'", ""), "nothing else is changed"
    back = export_named("csv").read(text.encode()).rows.iloc[:, 0]
    if all(not re.fullmatch(r"[\s\d.+-]*|nan|inf.*|true|false", c, re.I) for c in cells):
        assert list(back) == cells, "and it is read back"


def test_numbers_stay_numbers() -> None:
    rows = pd.DataFrame({"n": [-1.5, 2.0, None], "i": [-3, 4, 5], "mixed": [-1, "-1", "+x"]})
    text = export_named("csv").write(ExportTable(rows, invented=False)).decode()
    assert text.splitlines() == ["n,i,mixed", "-1.5,-3,-1", "2,4,'-1", ",5,'+x"]


@pytest.mark.parametrize("reason", ["", "  ", "zz", "x" * 121])
def test_an_organisation_may_ask_for_a_reason(desk: Desk, get: Get, reason: str) -> None:
    desk.settings = desk.settings.model_copy(update={"export_reason": True})
    refused = get(desk.links.make(NSOC, MINE, replace(NATIONAL, reason=reason)))
    assert refused.status_code == 403
    assert "zaaknummer" in refused.text
    assert exports(desk)[-1][1] == "refused"
    given = get(desk.links.make(NSOC, MINE, replace(NATIONAL, reason="zaak 2026-17\nok")))
    assert given.status_code == 200
    logged = r"csv figures-VG01-gemeente, reason: zaak 2026-17\nok"
    assert exports(desk)[-1] == (logged, "ok", "example nsoc")


def test_pages_offer_files_in_one_way_only() -> None:
    """Streamlit's own download puts the file where anybody can fetch it."""
    root = Path(__file__).resolve().parents[2]
    code = [p for room in ("pages", "web") for p in (root / room).rglob("*.py")]
    open_path = re.compile(r"download_button|st\.(image|audio|video|pdf)\(|media_file")
    assert [p.name for p in code if open_path.search(p.read_text(encoding="utf-8"))] == []
