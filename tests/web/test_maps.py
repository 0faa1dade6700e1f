"""What maps are drawn of: only with a pass of one's own, within the grants of now, logged."""

import asyncio
import gzip
import json
import re
from collections.abc import Callable
from hashlib import sha512
from itertools import product
from pathlib import Path

import httpx
import numpy as np
import pytest
from clock import Clock
from page_drawing import gateway_of
from planted_release import BELOW, PLACES, plant
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.routing import Route
from street_files import road_file

from access.partner_figures import SCORE
from access.session import example_gateways
from exports import ExportRequest
from geo.ground import shipped_ground
from geo.streets.cutting import tile_of
from geo.streets.importing import Wanted, import_streets
from settings import Settings
from store.access import AuditLine, open_access
from web.browsers import cookie_name
from web.desk import Desk
from web.links import LIFETIME_SECONDS, Links, Reader
from web.map_code import FOLDER, LIBRARIES, MAIN, address_of, files
from web.maps import (
    BOUNDS,
    ENTRY,
    FIGURES,
    GROUND,
    LINK,
    NAMES,
    SHAPES,
    STREETS,
    Maps,
    code,
    map_paths,
    map_source,
)
from web.packing import packed_figures, packed_verdicts

COOKIE, MINE = cookie_name(over_tls=False), "a-browser"
NSOC, VENLO = Reader(example="nsoc"), Reader(example="gemeente:GM0983")
ALL1 = {"code": "ALL1", "level": "gemeente"}
TYPES = {"u1": "u1", "u2": "<u2", "u4": "<u4", "i4": "<i4", "f8": "<f8"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    plant(tmp_path / "releases")
    found = Desk(Settings(home=tmp_path))
    found.links = Links(clock)
    return found


Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Ask for a path with a pass, as the browser ``MINE`` unless another is named."""
    maps = Maps(desk)
    routes = [Route(SHAPES, maps.shapes), Route(NAMES, maps.names), Route(FIGURES, maps.figures)]
    routes += [Route(BOUNDS, maps.bounds), Route(GROUND, maps.ground)]
    routes.append(Route(STREETS, maps.streets))
    app = Starlette(routes=[*routes, *(Route(path, code) for path in files())])

    async def asking(path: str, link: str, browser: str, asked: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app, client=("192.0.2.7", 1234))
        cookies = {COOKIE: browser} if browser else {}
        headers = {LINK: link} if link else {}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost", cookies=cookies, headers=headers
        ) as client:
            return await client.get(path, params=asked)

    return lambda path, link="", browser=MINE, **asked: asyncio.run(
        asking(path, link, browser, asked)
    )


def mark(desk: Desk, reader: Reader = NSOC) -> str:
    served = desk.served
    return example_gateways(served, reader.example, env="local").partner().map_mark()


def lines(desk: Desk) -> list[tuple[str, str, str, str]]:
    with Session(open_access(desk.settings.folders)) as session:
        rows = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
        return [(row.actor, row.object, row.result, row.origin) for row in rows]


def unpacked(content: bytes) -> dict[str, object]:
    size = int.from_bytes(content[:8], "little")
    head: dict[str, object] = json.loads(content[8 : 8 + size])
    for name, kind, at, many in head["arrays"]:  # type: ignore[attr-defined]
        start = 8 + size + at
        assert start % 8 == 0
        head[name] = np.frombuffer(content, TYPES[kind], many, start)
    return head


def test_figures_come_in_one_piece_with_one_line_in_the_log(desk: Desk, ask: Ask) -> None:
    link = desk.links.make_pass(NSOC, MINE)
    for path in (BOUNDS, FIGURES):
        answer = ask(path, link, mark=mark(desk), **ALL1)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
    found = unpacked(answer.content)
    assert found["periods"] == ["2025-06-12m", "2026-03-12m", "2026-06-12m"]
    assert len(found["marks0"]) == 3 * len(found["of0"])  # type: ignore[arg-type]
    assert lines(desk) == [
        ("example nsoc", f"{what} ALL1 gemeente", "ok", "map 192.0.2.7")
        for what in ("map_bounds", "map_figures")
    ]


def test_what_a_map_fetches_of_the_whole_country_is_small(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    for level in ("gemeente", "hex7", "hex8"):
        own = [
            passport.code for passport in gateway.passports().values() if level in passport.levels
        ]
        for subject in (SCORE, *own):
            figures = packed_figures(gateway.map_figures(subject, level))
            assert len(figures) < 100_000, (subject, level)
        for focus in (None, "financial_services", "context"):
            verdicts = packed_verdicts(gateway.map_verdicts(level, None, focus))
            assert len(verdicts) < 5_000, (focus, level)


def test_shapes_and_names_may_be_kept_as_long_as_the_release(desk: Desk, ask: Ask) -> None:
    link = desk.links.make_pass(NSOC, MINE)
    for path, asked in ((SHAPES, {"level": "gemeente"}), (SHAPES, {"level": "hex8"}), (NAMES, {})):
        answer = ask(path, link, mark=mark(desk), **asked)
        assert answer.status_code == 200
        assert answer.headers["cache-control"].startswith("private, max-age=")
        assert "immutable" in answer.headers["cache-control"]
        assert unpacked(answer.content)
    cells = unpacked(ask(SHAPES, link, mark=mark(desk), level="hex8").content)
    gateway = example_gateways(desk.served, "nsoc", env="local").partner()
    known = [int(found, 16) >> 21 for found in gateway.map_shapes("hex8").codes]
    steps = np.cumsum(cells["step"].astype(np.uint64)) + np.uint64(int(str(cells["first"]), 16))  # type: ignore[attr-defined]
    assert steps.tolist() == known


def test_the_ground_comes_whole_small_and_without_a_line_in_the_log(desk: Desk, ask: Ask) -> None:
    answer = ask(GROUND, desk.links.make_pass(NSOC, MINE), mark=mark(desk), of="any")
    assert answer.status_code == 200
    assert answer.headers["cache-control"].startswith("private, max-age=")
    assert int(answer.headers["content-length"]) < 100_000
    found, shipped = unpacked(answer.content), shipped_ground()
    assert found["kinds"] == list(shipped.lines)
    for kind, known in shipped.lines.items():
        assert np.array_equal(found[f"{kind}-lengths"], known.lengths)  # type: ignore[arg-type]
        for axis, name in enumerate("xy"):
            assert np.array_equal(found[f"{kind}-{name}"], known.steps[:, axis])  # type: ignore[arg-type]
    assert [name for name, *_ in found["abroad"]] == [place.name for place in shipped.abroad]  # type: ignore[attr-defined]
    assert lines(desk) == []


def test_streets_come_by_tile_where_they_are_installed(
    desk: Desk, ask: Ask, tmp_path: Path
) -> None:
    link, asked = desk.links.make_pass(VENLO, MINE), {"mark": mark(desk, VENLO), "of": "any"}
    ((x, y),) = tile_of(np.array([5.985]), np.array([50.889])).astype(str).tolist()
    tile = {"x": x, "y": y}
    assert json.loads(gzip_of(ask(STREETS, link, **asked, **tile)))["lines"] == []
    file = road_file(tmp_path / "nwb.gpkg")
    import_streets(file, desk.served.streets, Wanted())
    answer = ask(STREETS, link, **asked, **tile)
    assert answer.headers["cache-control"].startswith("private, max-age=")
    assert "Kerkstraat" in json.loads(gzip_of(answer))["names"]
    for x, y in (("1", ""), ("1", "a"), ("-1", "1"), ("9" * 30, "1")):
        wrong = {"x": x, "y": y}
        assert ask(STREETS, link, **asked, **wrong).status_code == 404
    assert ask(STREETS, link, mark="old", **tile).status_code == 409
    assert lines(desk) == []


def gzip_of(answer: httpx.Response) -> bytes:
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    return answer.content  # the client unpacked it


@pytest.mark.parametrize("path", [SHAPES, NAMES, GROUND, STREETS, FIGURES, BOUNDS])
@pytest.mark.parametrize("link", ["", "forged", "a.b.c", "x" * 3000])
def test_without_a_pass_nothing_is_given(path: str, link: str, desk: Desk, ask: Ask) -> None:
    answer = ask(path, link, mark=mark(desk), **ALL1)
    assert answer.status_code == 403
    what = f"map {path.rpartition('/')[2]}: forged"
    assert lines(desk) == [("unknown", what, "refused", "map 192.0.2.7")]


@pytest.mark.parametrize("path", [SHAPES, NAMES, GROUND, STREETS, FIGURES, BOUNDS])
def test_a_pass_altered_old_or_of_another_browser_is_refused(
    path: str, desk: Desk, ask: Ask, clock: Clock
) -> None:
    link, asked = desk.links.make_pass(NSOC, MINE), {"mark": mark(desk), "x": "1", "y": "1", **ALL1}
    assert ask(path, link, **asked).status_code == 200
    for place in range(0, len(link) - 1, 7):  # the last letter holds bits that say nothing
        altered = link[:place] + ("a" if link[place] != "a" else "b") + link[place + 1 :]
        assert ask(path, altered, **asked).status_code == 403
    assert ask(path, link, "another", **asked).status_code == 403
    assert ask(path, link, "", **asked).status_code == 403
    clock.now += LIFETIME_SECONDS
    assert ask(path, link, **asked).status_code == 403
    refused = [what.rpartition(" ")[2] for _, what, result, _ in lines(desk) if result == "refused"]
    assert refused[-3:] == ["foreign", "foreign", "expired"]
    assert set(refused[:-3]) <= {"forged"}


def test_a_link_to_an_export_is_no_pass_and_a_pass_no_link(desk: Desk, ask: Ask) -> None:
    export = desk.links.make(NSOC, MINE, ExportRequest("figures", "ALL1", "gemeente", format="csv"))
    assert ask(FIGURES, export.partition("link=")[2], mark=mark(desk), **ALL1).status_code == 403
    with pytest.raises(Exception, match="not made here"):
        desk.links.open(desk.links.make_pass(NSOC, MINE), MINE)


OUTSIDE = [
    (NSOC, FIGURES, {"code": "ALL1", "level": "hex9"}),
    (NSOC, SHAPES, {"level": "hex9"}),
    (NSOC, FIGURES, {"code": "MUN1", "level": "gemeente"}),
    (NSOC, FIGURES, {"code": "NONE", "level": "gemeente"}),
    (VENLO, FIGURES, {"code": "NAT1", "level": "gemeente"}),
    (VENLO, FIGURES, {"code": "score", "level": "gemeente"}),
    (VENLO, FIGURES, {"code": "ALL1", "level": "hex8", "within": "GM0599"}),
    (VENLO, SHAPES, {"level": "buurt", "within": "rotterdam"}),
    (VENLO, BOUNDS, {"code": "REG1", "level": "gemeente"}),
    (NSOC, BOUNDS, {"code": "score", "level": "gemeente"}),
    (NSOC, BOUNDS, {"code": "verdicts", "level": "gemeente"}),
    (NSOC, FIGURES, {"code": "verdicts", "level": "hex9"}),
    (VENLO, FIGURES, {"code": "verdicts", "level": "hex8", "within": "GM0599"}),
    (VENLO, FIGURES, {"code": "verdicts", "level": "hex8", "within": "GM0599", "theme": "tbml"}),
    (Reader(example="auditor"), FIGURES, {"code": "verdicts", "level": "gemeente"}),
    (Reader(example="gegevensbeheerder"), SHAPES, {"level": "gemeente"}),
    (Reader(example="auditor"), FIGURES, ALL1),
]


@pytest.mark.parametrize(("reader", "path", "asked"), OUTSIDE)
def test_what_lies_outside_the_grant_is_refused_with_one_line(
    reader: Reader, path: str, asked: dict[str, str], desk: Desk, ask: Ask
) -> None:
    known = mark(desk, reader if reader in (NSOC, VENLO) else NSOC)
    answer = ask(path, desk.links.make_pass(reader, MINE), mark=known, **asked)
    assert answer.status_code == 403
    assert [(who, result) for who, _, result, _ in lines(desk)] == [
        (f"example {reader.example}", "refused")
    ]


def test_a_gemeente_gets_its_own_places_only(desk: Desk, ask: Ask) -> None:
    link = desk.links.make_pass(VENLO, MINE)
    for level, within in product(("wijk", "buurt"), ({}, {"within": "limburg"})):
        asked = {"level": level, "mark": mark(desk, VENLO), **within}
        assert unpacked(ask(SHAPES, link, **asked).content)["codes"] == BELOW["GM0983"][level]
        figures = unpacked(ask(FIGURES, link, code="ALL1", **asked).content)
        assert len(figures["of0"]) == len(BELOW["GM0983"][level])  # type: ignore[arg-type]
        verdicts = unpacked(ask(FIGURES, link, code="verdicts", **asked).content)
        assert verdicts["n"] == len(BELOW["GM0983"][level])


def test_verdicts_come_by_focus_area_with_one_line_in_the_log(desk: Desk, ask: Ask) -> None:
    link = desk.links.make_pass(NSOC, MINE)
    for theme in ({}, {"theme": "financial_services"}, {"theme": "context"}):
        asked = {"code": "verdicts", "level": "gemeente", "mark": mark(desk), **theme}
        found = unpacked(ask(FIGURES, link, **asked).content)
        assert (found["theme"], found["earlier"]) == (theme.get("theme"), [-1, -1, 0])
        assert len(found["sure"]) == 3 * len(PLACES)  # type: ignore[arg-type]
    assert [what for _, what, _, _ in lines(desk)] == [
        "map_verdicts gemeente",
        "map_verdicts gemeente financial_services",
        "map_verdicts gemeente context",
    ]


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        (FIGURES, {"code": "ALL1", "level": "straat"}, 404),
        (FIGURES, {"level": "gemeente"}, 404),
        (FIGURES, {"code": "verdicts", "level": "gemeente", "theme": "no-such"}, 404),
        (FIGURES, {"code": "verdicts", "level": "straat"}, 404),
        (SHAPES, {}, 404),
        (SHAPES, {"level": "gemeente", "mark": "of-another-release"}, 409),
    ],
)
def test_what_is_asked_wrongly_is_not_there(
    path: str, asked: dict[str, str], status: int, desk: Desk, ask: Ask
) -> None:
    given = {"mark": mark(desk)} | asked
    answer = ask(path, desk.links.make_pass(NSOC, MINE), **given)
    assert answer.status_code == status


def test_a_place_without_a_mark_is_not_there(desk: Desk, ask: Ask) -> None:
    assert ask(SHAPES, desk.links.make_pass(NSOC, MINE), level="gemeente").status_code == 404


def test_without_a_log_there_is_no_map(desk: Desk, ask: Ask) -> None:
    link, known = desk.links.make_pass(NSOC, MINE), mark(desk)
    assert ask(FIGURES, link, mark=known, **ALL1).status_code == 200
    with open_access(desk.settings.folders).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_line RENAME TO gone")
    assert ask(FIGURES, link, mark=known, **ALL1).status_code == 503


def test_the_code_is_kept_for_good_under_an_address_of_its_content(ask: Ask) -> None:
    for path in files():
        answer = ask(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.content
    assert {address_of(name) for name in (MAIN, *LIBRARIES)} <= map_paths()
    assert ENTRY.endswith("weerbeeld.kaart/entry.js")


def test_the_code_of_a_first_visit_is_small_and_its_modules_are_all_served() -> None:
    own = [path for path in files() if not path.endswith(LIBRARIES)]
    assert sum(len(files()[path]) for path in own) < 40_000
    assert sum(map(len, files().values())) < 700_000
    named = {
        name
        for path in own
        for name in re.findall(r'from "\./([a-z_]+\.js)"', gzip.decompress(files()[path]).decode())
    }
    assert named | {MAIN} == {path.rpartition("/")[2] for path in own}


def test_libraries_are_those_that_are_written_down() -> None:
    listed = json.loads((FOLDER / "libraries" / "libraries.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in listed} == set(LIBRARIES)
    for entry in listed:
        content = (FOLDER / "libraries" / entry["file"]).read_bytes()
        assert sha512(content).hexdigest() == entry["sha512"]
        assert (FOLDER / "libraries" / entry["licence_file"]).exists()


def test_who_takes_no_cookies_gets_no_map(desk: Desk) -> None:
    assert map_source(desk, NSOC, "") is None
    source = map_source(desk, NSOC, MINE)
    assert source
    assert desk.links.open_pass(source.link, MINE) == NSOC
