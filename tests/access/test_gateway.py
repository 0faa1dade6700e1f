"""Every viewer sees its own and what is for all to compare, and nothing else."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from inspect import signature
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted_release import PLANTED, plant
from postgresql import reader_of
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from access.gateway import Gateway
from access.grants import Giver, add_grant, revoke_grants
from access.scope import COMPARED, AccessRefusedError
from access.session import example_gateway, signed_in_gateway
from access.viewer import Viewer, viewer_named
from errors import WeerbeeldError
from store.access import AuditLine, open_access
from store.home import Home, Served
from store.logs import LogFailedError
from store.release import LEVEL_NUMBERS, current_release

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.both

VIEWERS = ("nsoc", "riec:limburg", "gemeente:GM0599", "riec:rotterdam+gemeente:GM0983")


Said = list[tuple[str, str, str]]


def opened(release: Path, viewer: str, said: Said | None = None) -> Gateway:
    """Return a gateway that tells ``said`` what it would tell the audit log."""
    lines = [] if said is None else said
    chosen = viewer_named(viewer) if viewer else Viewer()
    return Gateway(reader_of(release), chosen, lambda *line: lines.append(line))


@pytest.fixture(scope="module", params=VIEWERS)
def gateway(request: pytest.FixtureRequest, example_release: Path) -> Gateway:
    return opened(current_release(example_release), request.param)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("planted"))


def _allowed(viewer: Viewer, level: str, gemeente: str, riec: str) -> bool:
    """The grant in plain words: what issue B's matrix will hold every page to."""
    if level in COMPARED:
        return True
    if viewer.nsoc and level != "hex9":
        return True
    return gemeente in viewer.gemeenten or riec in viewer.riecs


@pytest.mark.parametrize("level", list(LEVEL_NUMBERS))
def test_every_row_lies_within_the_grant(gateway: Gateway, level: str) -> None:
    viewer = gateway.viewer
    for area in gateway.areas(level):
        assert _allowed(viewer, level, area.gemeente, area.riec)
    for code, sheet in gateway.sheets().items():
        assert viewer.roles & set(sheet.recipients)
        too_fine = level == "hex9" and not (viewer.riecs or viewer.gemeenten)
        if level not in sheet.levels or too_fine:
            with pytest.raises(AccessRefusedError):
                gateway.figures(code, level)
        else:
            rows = gateway.figures(code, level)[["gemeente", "riec"]].drop_duplicates()
            for gemeente, riec in rows.itertuples(index=False):
                assert _allowed(viewer, level, gemeente, riec)


def test_nobody_reaches_another_areas_hexagons(gateway: Gateway, example_release: Path) -> None:
    everyone = opened(current_release(example_release), "nsoc")
    for area in everyone.areas("hex8")[::400]:
        if _allowed(gateway.viewer, "hex8", area.gemeente, area.riec):
            continue
        with pytest.raises(AccessRefusedError):
            gateway.area("hex8", area.code)
        with pytest.raises(AccessRefusedError):
            gateway.profile("hex8", area.code)
        with pytest.raises(AccessRefusedError):
            gateway.series("BD01", "hex8", area.code)
        assert gateway.figures("BD01", "hex8", within=area.gemeente).empty


def test_without_a_grant_there_is_nothing(example_release: Path) -> None:
    nobody = opened(current_release(example_release), "")
    for read in (nobody.sheets, nobody.periods, nobody.levels, nobody.facts, nobody.deliveries):
        with pytest.raises(AccessRefusedError):
            read()
    for level in LEVEL_NUMBERS:
        for of_level in (nobody.areas, nobody.areas_exist, nobody.outlines, nobody.scores):
            with pytest.raises(AccessRefusedError):
                of_level(level)
        with pytest.raises(AccessRefusedError):
            nobody.figures("VG01", level)


def public(gateway: type[Gateway]) -> dict[str, object]:
    members = {name: value for name, value in vars(gateway).items() if not name.startswith("_")}
    return {name: value for name, value in members.items() if name not in ("note", "period_named")}


def test_every_method_has_a_door() -> None:
    assert len(public(Gateway)) > 15
    for name, method in public(Gateway).items():
        assert getattr(method, "roles", None), f"{name} lets everybody in"


def test_keepers_read_what_they_keep_and_no_figure(planted: Path, tmp_path: Path) -> None:
    engine = open_access(Home(tmp_path))
    release = reader_of(planted)
    open_to = {
        "gegevensbeheerder": {
            *("facts", "deliveries", "attributions", "sources", "protects", "grants")
        },
        "auditor": {"audit_reader"},
    }
    for role, names in open_to.items():
        gateway = Gateway(release, viewer_named(role), lambda *_: None, engine)
        for name in public(Gateway):
            if name in names:
                getattr(gateway, name)()
            else:
                arguments = {"code": "ALL1", "level": "riec", "area": "limburg", "text": "Ven"}
                wanted = signature(getattr(Gateway, name)).parameters
                given = {k: v for k, v in arguments.items() if k in wanted}
                if "least_population" in wanted:
                    given["least_population"] = "0"
                with pytest.raises(AccessRefusedError, match="may not read"):
                    getattr(gateway, name)(**given)


def test_an_indicator_goes_to_its_recipients_in_their_own_areas_only(planted: Path) -> None:
    both = opened(planted, "riec:limburg+gemeente:GM0599")
    assert list(both.sheets()) == ["ALL1", "REG1", "MUN1", "LOW1", "HEX1"]
    assert set(both.figures("ALL1", "buurt")["gemeente"]) == {"GM0983", "GM0946", "GM0599"}
    assert set(both.figures("REG1", "buurt")["gemeente"]) == {"GM0983", "GM0946"}
    assert set(both.figures("MUN1", "buurt")["gemeente"]) == {"GM0599"}
    assert both.series("REG1", "buurt", "BU05990001").empty
    of_rotterdam = both.profile("buurt", "BU05990001")
    assert list(of_rotterdam["indicator"]) == ["ALL1", "MUN1", "HEX1"]
    rows = both.standing_out("buurt")[["indicator", "gemeente"]].drop_duplicates()
    assert ("REG1", "GM0599") not in set(rows.itertuples(index=False, name=None))


def test_nobody_reads_an_indicator_below_its_lowest_level(planted: Path) -> None:
    """An indicator for which RIEC is the lowest level stays there, for everyone."""
    everyone = opened(planted, "nsoc+riec:limburg+gemeente:GM0983")
    for level in LEVEL_NUMBERS:
        if level in ("nederland", "riec"):
            assert len(everyone.figures("LOW1", level))
            continue
        for read in (everyone.figures, everyone.breaks, everyone.sheet):
            with pytest.raises(AccessRefusedError, match="not published at level"):
                read("LOW1", level)
        assert "LOW1" not in set(everyone.standing_out(level)["indicator"])
        area = next(a.code for a in everyone.areas(level) if a.gemeente == "GM0983")
        assert "LOW1" not in set(everyone.profile(level, area)["indicator"])
        with pytest.raises(AccessRefusedError):
            everyone.series("LOW1", level, area)


def test_a_score_is_for_those_who_receive_all_that_it_counts(planted: Path) -> None:
    national = opened(planted, "nsoc")
    assert len(national.scores("gemeente")) == 5
    assert national.figures("ALL1", "gemeente")["contribution"].notna().all()
    for viewer in ("riec:limburg", "gemeente:GM0983"):
        gateway = opened(planted, viewer)
        with pytest.raises(AccessRefusedError, match="not meant for"):
            gateway.scores("gemeente")
        with pytest.raises(AccessRefusedError, match="not meant for"):
            gateway.breaks("score", "gemeente")
        for rows in (
            gateway.figures("ALL1", "gemeente"),
            gateway.series("ALL1", "gemeente", "GM0983"),
            gateway.profile("gemeente", "GM0983"),
            gateway.standing_out("gemeente"),
        ):
            assert len(rows)
            assert rows["contribution"].isna().all()
    both = opened(planted, "nsoc+gemeente:GM0983")
    assert len(both.scores("gemeente")) == 5
    assert both.figures("ALL1", "hex9")["contribution"].isna().any()


def test_a_score_that_may_not_be_read_is_not_lent_to_smaller_places(planted: Path) -> None:
    """The score of a gemeente counts NAT1, the score of its hexagons does not."""
    assert "gemeente" in set(opened(planted, "nsoc").scores("hex8")["figure_level"])
    for viewer in ("riec:limburg", "gemeente:GM0946"):
        rows = opened(planted, viewer).scores("hex9")
        assert len(rows)
        assert "gemeente" not in set(rows["figure_level"])


def test_a_level_at_which_an_indicator_is_not_published_lends_nothing(planted: Path) -> None:
    """HEX1 has buurten but no wijken, so the gemeente speaks for a thin buurt."""
    rows = opened(planted, "gemeente:GM0983").figures("HEX1", "buurt")
    assert set(rows["figure_level"]) == {"buurt", "gemeente"}
    rows = opened(planted, "gemeente:GM0983").figures("ALL1", "buurt")
    assert set(rows["figure_level"]) == {"buurt", "wijk"}


def test_every_read_of_figures_is_told_before_it_is_answered(planted: Path) -> None:
    said: Said = []
    gateway = opened(planted, "nsoc", said)
    gateway.facts()
    gateway.sheets()
    gateway.outlines("gemeente")
    assert said == []
    for _ in range(2):
        gateway.figures("ALL1", "gemeente", within="limburg")
        gateway.figures("ALL1", "gemeente", "2026-06")
        gateway.series("ALL1", "riec", "limburg", kind="month")
        gateway.profile("gemeente", "GM0983")
        gateway.standing_out("buurt")
        gateway.scores("riec", "2025-06-12m")
    assert said == [
        ("read", "figures ALL1 gemeente 2026-06-12m within limburg", "ok"),
        ("read", "figures ALL1 gemeente 2026-06", "ok"),
        ("read", "series ALL1 riec limburg month", "ok"),
        ("read", "profile gemeente GM0983 2026-06-12m", "ok"),
        ("read", "standing_out buurt 2026-06-12m", "ok"),
        ("read", "scores riec 2025-06-12m", "ok"),
    ]


def test_every_refusal_is_told_once(planted: Path) -> None:
    said: Said = []
    gateway = opened(planted, "gemeente:GM0983", said)
    for _ in range(2):
        with pytest.raises(AccessRefusedError):
            gateway.figures("NAT1", "gemeente")
        with pytest.raises(AccessRefusedError):
            gateway.profile("buurt", "BU05990001")
        with pytest.raises(AccessRefusedError):
            gateway.grants()
    assert [line[2] for line in said] == ["refused"] * 3
    assert "NAT1" in said[0][1]
    assert "BU05990001" in said[1][1]
    assert said[2][1] == "grants"


def test_what_cannot_be_logged_is_not_answered(planted: Path) -> None:
    def full(*_: str) -> None:
        raise LogFailedError("the disk is full")

    gateway = Gateway(reader_of(planted), viewer_named("nsoc"), full)
    assert gateway.sheets()
    reads: tuple[Callable[[], object], ...] = (
        lambda: gateway.figures("ALL1", "gemeente"),
        lambda: gateway.series("ALL1", "gemeente", "GM0983"),
        lambda: gateway.profile("gemeente", "GM0983"),
        lambda: gateway.standing_out("gemeente"),
        lambda: gateway.scores("gemeente"),
    )
    for read in reads:
        for _ in range(2):
            with pytest.raises(LogFailedError):
                read()


@pytest.fixture
def home(planted: Path, tmp_path: Path) -> Home:
    shutil.copytree(planted.parent, tmp_path / "releases")
    return Home(tmp_path)


def logged(home: Home) -> Said:
    with Session(open_access(home)) as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
        return [(line.actor, line.object, line.result) for line in lines]


def test_grants_count_from_the_next_gateway_on(home: Home) -> None:
    engine, giver = open_access(home), Giver("beheerder", "test")
    assert signed_in_gateway(home.served, "anna").viewer == Viewer()
    assert logged(home) == [("anna", "no grant in force", "refused")]
    add_grant(engine, "anna", "gemeente:GM0599", giver)
    gateway = signed_in_gateway(home.served, "anna")
    assert set(gateway.figures("ALL1", "buurt")["gemeente"]) == {"GM0599"}
    assert logged(home)[-1] == ("anna", "figures ALL1 buurt 2026-06-12m", "ok")
    revoke_grants(engine, "anna", None, giver)
    with pytest.raises(AccessRefusedError):
        signed_in_gateway(home.served, "anna").figures("ALL1", "buurt")


@pytest.mark.sqlite
def test_example_viewers_exist_only_while_all_is_invented_and_not_in_production(
    home: Home,
) -> None:
    assert len(example_gateway(home.served, "nsoc", env="local").figures("ALL1", "riec")) == 3
    for viewer in ("nsoc", "gegevensbeheerder", "auditor", "riec:limburg+auditor"):
        with pytest.raises(AccessRefusedError, match="production"):
            example_gateway(home.served, viewer, env="production")
    refusal = ("example nsoc", "example viewer nsoc", "refused")
    assert refusal in logged(home)
    path = home.releases / "planted.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE info SET value = 'no' WHERE key = 'public'"))
    for viewer in ("nsoc", "gegevensbeheerder", "auditor", "riec:limburg+auditor"):
        with pytest.raises(AccessRefusedError, match="real ones"):
            example_gateway(home.served, viewer, env="local")


def test_a_release_that_takes_the_place_of_another_is_read_anew(home: Home) -> None:
    assert "ALL1" in example_gateway(home.served, "nsoc", env="local").sheets()
    plant(home.releases, {"NEW1": replace(PLANTED["ALL1"], code="NEW1")})
    assert "NEW1" in example_gateway(home.served, "nsoc", env="local").sheets()


READS_NOTHING_ELSE = """
import sys
from pathlib import Path
root = Path(sys.argv[1])
opened = []
def watch(event, args):
    if event in ("open", "sqlite3.connect", "os.listdir", "os.scandir"):
        name = args[0]
        opened.append(name.decode() if isinstance(name, bytes) else str(name))
from access.session import example_gateway, signed_in_gateway
from store.home import Home
sys.addaudithook(watch)
home = Home(root)
gateway = example_gateway(home.served, "nsoc+auditor+gegevensbeheerder", env="local")
gateway.figures("ALL1", "gemeente")
gateway.scores("gemeente")
gateway.outlines("gemeente")
gateway.deliveries()
gateway.grants()
gateway.audit_reader().checked()
signed_in_gateway(home.served, "anna")
below = [name for name in opened if str(root) in name]
for name in below:
    print(name)
"""


@pytest.mark.sqlite
def test_who_reads_opens_nothing_but_the_release_and_the_access_store(home: Home) -> None:
    home.work.mkdir()
    home.key_file.write_text("secret")
    home.work_db.write_text("not for readers")
    result = subprocess.run(
        [sys.executable, "-c", READS_NOTHING_ELSE, str(home.root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = result.stdout.splitlines()
    assert any("planted.db" in name for name in names)
    assert any("access.db" in name for name in names)
    for name in names:
        assert f"{home.releases}/" in name or name.startswith(str(home.access)), name


def test_contributions_add_up_to_every_score(gateway: Gateway) -> None:
    period = gateway.periods("year")[-1].code
    for area in gateway.areas("gemeente")[::23]:
        scores = gateway.scores("gemeente").set_index("area")["total"]
        parts = gateway.profile("gemeente", area.code, period)["contribution"]
        assert parts.sum() == pytest.approx(scores[area.code], abs=1e-9)


@pytest.mark.parametrize("level", ["riec", "gemeente", "hex7", "hex8"])
def test_every_map_has_classes_that_its_rows_fall_into(gateway: Gateway, level: str) -> None:
    scores, limits = gateway.scores(level), gateway.breaks("score", level)
    scores = scores[scores["figure_level"] == level]
    assert len(limits) == 4
    assert (scores["class_"] == np.searchsorted(limits, scores["total"], side="right")).all()
    for code, sheet in gateway.sheets().items():
        if level in sheet.levels:
            rows, limits = gateway.figures(code, level), gateway.breaks(code, level)
            known = rows["smoothed"].notna() & (rows["figure_level"] == level)
            assert limits
            expected = np.searchsorted(limits, rows.loc[known, "smoothed"], side="right")
            assert (rows.loc[known, "class_"] == expected).all()


def test_a_rate_is_its_numerator_over_its_denominator(gateway: Gateway) -> None:
    for code, sheet in gateway.sheets().items():
        rows = gateway.figures(code, "gemeente")
        known = rows["denominator"] > 0
        assert rows.loc[~known, "rate"].isna().all()
        expected = rows["numerator"] / rows["denominator"].where(known) * sheet.per
        np.testing.assert_allclose(rows["rate"], expected)
        assert rows.loc[known, "smoothed"].between(rows["low"][known], rows["high"][known]).all()


def test_periods_are_found_by_code_and_a_month_means_its_window_where_months_are_not(
    gateway: Gateway,
) -> None:
    assert gateway.period("2026-06", "gemeente").kind == "month"
    assert gateway.period("2026-Q2", "riec").kind == "quarter"
    assert gateway.period("2026-06", "hex8").code == "2026-06-12m"
    assert gateway.period(None, "gemeente").code == "2026-06-12m"
    with pytest.raises(WeerbeeldError, match="no period '1999-01'"):
        gateway.period("1999-01", "gemeente")


def test_places_are_found_by_how_their_name_begins(gateway: Gateway) -> None:
    found = gateway.search("rotterd")
    assert found.iloc[0]["name"] == "Rotterdam"
    assert gateway.search("%").empty or len(gateway.search("%")) <= 10
    assert gateway.search("qqqq").empty


@pytest.mark.parametrize("text", VIEWERS)
def test_a_viewer_is_written_as_it_is_read(text: str) -> None:
    assert viewer_named(viewer_named(text).label) == viewer_named(text)


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_any_other_text_is_not_a_viewer(text: str) -> None:
    try:
        viewer = viewer_named(text)
    except WeerbeeldError:
        return
    assert viewer.roles


def test_an_area_that_does_not_exist_is_not_a_viewer(example_release: Path, tmp_path: Path) -> None:
    served = Served(example_release, tmp_path)
    for viewer in ("riec:atlantis", "gemeente:GM9999"):
        with pytest.raises(AccessRefusedError):
            example_gateway(served, viewer, env="local")
