"""Every viewer sees its own and what is for all to compare, and nothing else."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from inspect import signature
from pathlib import Path

import numpy as np
import pytest
from granting import GIVER, give
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from planted_release import PLANTED, plant
from postgresql import reader_of
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from access.audit_lines import LinesOfDay, LoggedLine, Wanted
from access.auditor import AuditorGateway
from access.door import Notes
from access.facts import Delivery, Place
from access.figures import Figure, Score
from access.gateway import Gateway
from access.gateways import Gateways
from access.grants import revoke_grants
from access.keeper import HeldGrant, KeeperGateway
from access.partner import PartnerGateway
from access.scope import COMPARED, AccessRefusedError
from access.session import example_gateways, signed_in_gateways
from access.viewer import Viewer, viewer_named
from analysis.breaks import PERCENTILES
from errors import WeerbeeldError
from map_classes import as_written
from store.access import AuditLine, open_access
from store.carrying import open_grants
from store.grants import GrantBook
from store.home import Home, Served
from store.logs import LogFailedError
from store.release import LEVEL_NUMBERS, current_release

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.both

VIEWERS = ("nsoc", "riec:limburg", "gemeente:GM0599", "riec:rotterdam+gemeente:GM0983")


Said = list[tuple[str, str, str]]


def gateways_of(
    release: Path, viewer: str, said: Said | None = None, book: GrantBook | None = None
) -> Gateways:
    """Return the gateways of a viewer that add to ``said`` what the audit log would hold."""
    lines = [] if said is None else said
    chosen = viewer_named(viewer) if viewer else Viewer()
    notes = Notes(lambda *line: lines.append(line))
    nothing = GrantBook(None, create_engine("sqlite://"))
    return Gateways(chosen, notes, reader_of(release), book or nothing)


def opened(release: Path, viewer: str, said: Said | None = None) -> PartnerGateway:
    """Return the gateway of a partner."""
    return gateways_of(release, viewer, said).partner()


@pytest.fixture(scope="module", params=VIEWERS)
def gateway(request: pytest.FixtureRequest, example_release: Path) -> PartnerGateway:
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
def test_every_row_lies_within_the_grant(gateway: PartnerGateway, level: str) -> None:
    viewer = gateway.viewer
    for area in gateway.areas(level):
        assert _allowed(viewer, level, area.gemeente, area.riec)
    for code, passport in gateway.passports().items():
        assert viewer.roles & set(passport.recipients)
        too_fine = level == "hex9" and not (viewer.riecs or viewer.gemeenten)
        if level not in passport.levels or too_fine:
            with pytest.raises(AccessRefusedError):
                gateway.figures(code, level)
        else:
            for gemeente, riec in {(f.gemeente, f.riec) for f in gateway.figures(code, level)}:
                assert _allowed(viewer, level, gemeente, riec)


def test_nobody_reaches_another_areas_hexagons(
    gateway: PartnerGateway, example_release: Path
) -> None:
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
        assert gateway.figures("BD01", "hex8", within=area.gemeente) == []


def test_without_a_grant_there_is_nothing(example_release: Path) -> None:
    said: Said = []
    nobody = gateways_of(current_release(example_release), "", said)
    for gateway in (nobody.partner, nobody.keeper, nobody.auditor, nobody.partner_or_keeper):
        with pytest.raises(AccessRefusedError, match="may not read"):
            gateway()
    assert said == [
        ("read", "figures", "refused"),
        ("read", "grants", "refused"),
        ("read", "audit log", "refused"),
    ]


KINDS: tuple[type[Gateway], ...] = (PartnerGateway, KeeperGateway, AuditorGateway)
INSIDE = ("viewer", "notes", "granting", "period_named", "reaches", "ROLES", "OFFERS")


def public(gateway: type[Gateway]) -> dict[str, object]:
    names = [name for name in dir(gateway) if not name.startswith("_") and name not in INSIDE]
    return {name: getattr(gateway, name) for name in names}


def test_every_method_has_a_door() -> None:
    assert len(public(PartnerGateway)) > 25
    for kind in KINDS:
        assert public(kind)
        for name, method in public(kind).items():
            assert getattr(method, "is_door", False), f"{kind.__name__}.{name} logs no refusal"


KEPT = {"facts", "deliveries", "attributions", "sources", "protects"}
"""What partners and the keeper both read."""


def test_no_gateway_has_what_is_for_others() -> None:
    partner, keeper, auditor = (set(public(kind)) for kind in KINDS)
    assert keeper == KEPT | {"grants"}
    assert auditor == {"lines", "views", "per_day", "values", "checked"}
    assert partner & keeper == KEPT
    assert partner & auditor == set()
    assert {"figures", "series", "profile", "standing_out", "scores", "evidence"} <= partner


def test_keepers_read_what_they_keep_and_no_figure(planted: Path, tmp_path: Path) -> None:
    asked = {"wanted": Wanted(), "name": "actor"}
    book = open_grants(Home(tmp_path))
    for role, own in (("gegevensbeheerder", "keeper"), ("auditor", "auditor")):
        gateways = gateways_of(planted, role, book=book)
        for other in {"partner", "keeper", "auditor"} - {own}:
            with pytest.raises(AccessRefusedError, match="may not read"):
                getattr(gateways, other)()
        gateway = getattr(gateways, own)()
        for name in public(type(gateway)):
            method = getattr(gateway, name)
            method(**{given: asked[given] for given in signature(method).parameters})


def test_who_holds_several_roles_opens_the_gateway_of_each(planted: Path, tmp_path: Path) -> None:
    roles, book = "riec:limburg+gegevensbeheerder+auditor", open_grants(Home(tmp_path))
    gateways = gateways_of(planted, roles, book=book)
    assert gateways.partner().figures("ALL1", "buurt")
    assert gateways.keeper().grants() == []
    assert gateways.auditor().lines(Wanted()) == []
    assert isinstance(gateways.partner_or_keeper(), KeeperGateway)
    assert isinstance(gateways_of(planted, "nsoc").partner_or_keeper(), PartnerGateway)


def test_rows_cannot_be_changed(planted: Path) -> None:
    gateway = opened(planted, "nsoc")
    (pattern, *_), *_ = gateway.groups("ALL1", "gemeente").values()
    assert pattern.group
    rows = [
        *(gateway.figures("ALL1", "riec")[0], gateway.scores("riec")[0], gateway.facts()),
        *(gateway.areas("riec")[0], gateway.periods()[0], gateway.outlines("riec")[0]),
        *(gateway.passport("ALL1"), gateway.key_figures("gemeente", "GM0983")[0], pattern),
        *(gateway.stability("riec")[0], gateway.peer_series("ALL1", "GM0983")[0], pattern.group),
        LoggedLine(1, "", "", "", "", "", ""),
        LinesOfDay("", "", 1),
        HeldGrant("", "", "", "", "", date(2027, 1, 1), "", date(2026, 1, 1), None, ""),
        Delivery("", "", "2026-01", 0, None, None),
        Place("", "", 0.0, 0.0, 1),
    ]
    for row in rows:
        for name in signature(type(row)).parameters:
            with pytest.raises(AttributeError):
                setattr(row, name, "changed")
        assert not hasattr(row, "__dict__"), f"{type(row).__name__} takes any attribute"


def gemeenten(figures: list[Figure]) -> set[str]:
    return {figure.gemeente for figure in figures}


def test_an_indicator_goes_to_its_recipients_in_their_own_areas_only(planted: Path) -> None:
    both = opened(planted, "riec:limburg+gemeente:GM0599")
    assert list(both.passports()) == ["ALL1", "REG1", "MUN1", "LOW1", "HEX1"]
    assert gemeenten(both.figures("ALL1", "buurt")) == {"GM0983", "GM0946", "GM0599"}
    assert gemeenten(both.figures("REG1", "buurt")) == {"GM0983", "GM0946"}
    assert gemeenten(both.figures("MUN1", "buurt")) == {"GM0599"}
    assert both.series("REG1", "buurt", "BU05990001") == []
    of_rotterdam = both.profile("buurt", "BU05990001")
    assert [figure.indicator for figure in of_rotterdam] == ["ALL1", "MUN1", "HEX1"]
    marked = both.standing_out("buurt")
    assert marked
    assert ("REG1", "GM0599") not in {(figure.indicator, figure.gemeente) for figure in marked}


def test_nobody_reads_an_indicator_below_its_lowest_level(planted: Path) -> None:
    """An indicator for which RIEC is the lowest level stays there, for everyone."""
    everyone = opened(planted, "nsoc+riec:limburg+gemeente:GM0983")
    for level in LEVEL_NUMBERS:
        if level in ("nederland", "riec"):
            assert len(everyone.figures("LOW1", level))
            continue
        for read in (everyone.figures, everyone.breaks, everyone.passport):
            with pytest.raises(AccessRefusedError, match="not published at level"):
                read("LOW1", level)
        assert "LOW1" not in {f.indicator for f in everyone.standing_out(level)}
        area = next(a.code for a in everyone.areas(level) if a.gemeente == "GM0983")
        assert "LOW1" not in {f.indicator for f in everyone.profile(level, area)}
        with pytest.raises(AccessRefusedError):
            everyone.series("LOW1", level, area)


def test_a_score_is_for_those_who_receive_all_that_it_counts(planted: Path) -> None:
    national = opened(planted, "nsoc")
    assert len(national.scores("gemeente")) == 5
    assert all(f.contribution is not None for f in national.figures("ALL1", "gemeente"))
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
            assert all(figure.contribution is None for figure in rows)
    both = opened(planted, "nsoc+gemeente:GM0983")
    assert len(both.scores("gemeente")) == 5
    assert any(figure.contribution is None for figure in both.figures("ALL1", "hex9"))


def test_a_score_that_may_not_be_read_is_not_lent_to_smaller_places(planted: Path) -> None:
    """The score of a gemeente counts NAT1, the score of its hexagons does not."""
    assert "gemeente" in {row.figure_level for row in opened(planted, "nsoc").scores("hex8")}
    for viewer in ("riec:limburg", "gemeente:GM0946"):
        rows = opened(planted, viewer).scores("hex9")
        assert len(rows)
        assert "gemeente" not in {row.figure_level for row in rows}


def test_a_level_at_which_an_indicator_is_not_published_lends_nothing(planted: Path) -> None:
    """HEX1 has buurten but no wijken, so the gemeente speaks for a thin buurt."""
    rows = opened(planted, "gemeente:GM0983").figures("HEX1", "buurt")
    assert {row.figure_level for row in rows} == {"buurt", "gemeente"}
    rows = opened(planted, "gemeente:GM0983").figures("ALL1", "buurt")
    assert {row.figure_level for row in rows} == {"buurt", "wijk"}


def test_every_read_of_figures_is_logged_before_it_is_answered(planted: Path) -> None:
    said: Said = []
    gateway = opened(planted, "nsoc", said)
    gateway.facts()
    gateway.passports()
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


def test_every_refusal_is_logged_once(planted: Path) -> None:
    said: Said = []
    gateways = gateways_of(planted, "gemeente:GM0983", said)
    for _ in range(2):
        gateway = gateways.partner()
        with pytest.raises(AccessRefusedError):
            gateway.figures("NAT1", "gemeente")
        with pytest.raises(AccessRefusedError):
            gateway.profile("buurt", "BU05990001")
        with pytest.raises(AccessRefusedError):
            gateways.keeper()
    assert [line[2] for line in said] == ["refused"] * 3
    assert "NAT1" in said[0][1]
    assert "BU05990001" in said[1][1]
    assert said[2][1] == "grants"


def test_what_cannot_be_logged_is_not_answered(planted: Path) -> None:
    def full(*_: str) -> None:
        raise LogFailedError("the disk is full")

    gateway = PartnerGateway(viewer_named("nsoc"), Notes(full), reader_of(planted), tuple)
    assert gateway.passports()
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
    book = open_grants(home)
    assert signed_in_gateways(home.served, "anna").viewer == Viewer()
    assert logged(home) == [("anna", "no grant in force", "refused")]
    give(book, "anna", "gemeente:GM0599")
    gateway = signed_in_gateways(home.served, "anna").partner()
    assert gemeenten(gateway.figures("ALL1", "buurt")) == {"GM0599"}
    assert logged(home)[-1] == ("anna", "figures ALL1 buurt 2026-06-12m", "ok")
    revoke_grants(book, "anna", None, GIVER)
    with pytest.raises(AccessRefusedError):
        signed_in_gateways(home.served, "anna").partner().figures("ALL1", "buurt")


def test_who_holds_a_grant_that_nobody_gave_sees_nothing_and_is_refused(home: Home) -> None:
    book = open_grants(home)
    give(book, "anna", "gemeente:GM0599")
    with book.kept.begin() as connection:
        connection.execute(text("UPDATE grants SET role = 'nsoc', area = ''"))
    assert signed_in_gateways(home.served, "anna").viewer == Viewer()
    seeming = "grant 1, which no line of the log gives"
    assert logged(home)[-2:] == [
        ("anna", seeming, "refused"),
        ("anna", "no grant in force", "refused"),
    ]


@pytest.mark.sqlite
def test_example_viewers_exist_only_while_all_is_invented_and_not_in_production(
    home: Home,
) -> None:
    gateway = example_gateways(home.served, "nsoc", env="local").partner()
    assert len(gateway.figures("ALL1", "riec")) == 3
    for viewer in ("nsoc", "gegevensbeheerder", "auditor", "riec:limburg+auditor"):
        with pytest.raises(AccessRefusedError, match="production"):
            example_gateways(home.served, viewer, env="production")
    refusal = ("example nsoc", "example viewer nsoc", "refused")
    assert refusal in logged(home)
    path = home.releases / "planted.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE info SET value = 'no' WHERE key = 'public'"))
    for viewer in ("nsoc", "gegevensbeheerder", "auditor", "riec:limburg+auditor"):
        with pytest.raises(AccessRefusedError, match="real ones"):
            example_gateways(home.served, viewer, env="local")


def test_a_release_that_takes_the_place_of_another_is_read_anew(home: Home) -> None:
    assert "ALL1" in example_gateways(home.served, "nsoc", env="local").partner().passports()
    plant(home.releases, {"NEW1": replace(PLANTED["ALL1"], code="NEW1")})
    assert "NEW1" in example_gateways(home.served, "nsoc", env="local").partner().passports()


READS_NOTHING_ELSE = """
import sys
from pathlib import Path
root = Path(sys.argv[1])
opened = []
def watch(event, args):
    if event in ("open", "sqlite3.connect", "os.listdir", "os.scandir"):
        name = args[0]
        opened.append(name.decode() if isinstance(name, bytes) else str(name))
from access.audit_lines import Wanted
from access.session import example_gateways, signed_in_gateways
from store.home import Home
sys.addaudithook(watch)
home = Home(root)
gateways = example_gateways(home.served, "nsoc+auditor+gegevensbeheerder", env="local")
partner = gateways.partner()
partner.figures("ALL1", "gemeente")
partner.scores("gemeente")
partner.outlines("gemeente")
partner.deliveries()
gateways.keeper().grants()
gateways.auditor().checked()
signed_in_gateways(home.served, "anna")
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


def test_contributions_add_up_to_every_score(gateway: PartnerGateway) -> None:
    period = gateway.periods("year")[-1].code
    for area in gateway.areas("gemeente")[::23]:
        (total,) = (s.total for s in gateway.scores("gemeente") if s.area == area.code)
        parts = [f.contribution or 0 for f in gateway.profile("gemeente", area.code, period)]
        assert sum(parts) == pytest.approx(total, abs=1e-9)


def values(figures: Sequence[Figure | Score], name: str) -> NDArray[np.float64]:
    """Return one field of figures, NaN where it is None."""
    return np.array([getattr(figure, name) for figure in figures], dtype=float)


@pytest.mark.long
@pytest.mark.parametrize("level", ["riec", "gemeente", "hex7", "hex8"])
def test_every_map_has_classes_that_its_rows_fall_into(gateway: PartnerGateway, level: str) -> None:
    scores, limits = gateway.scores(level), gateway.breaks("score", level)
    own = [score for score in scores if score.figure_level == level]
    assert own or level.startswith("hex"), "few hexagons have figures for half of the weight"
    assert len(limits) <= len(PERCENTILES)
    expected = np.searchsorted(limits, as_written(values(own, "total")), side="right")
    assert [score.class_ for score in own] == list(expected)
    for code, passport in gateway.passports().items():
        if level in passport.levels:
            rows, limits = gateway.figures(code, level), gateway.breaks(code, level)
            known = [f for f in rows if f.smoothed is not None and f.figure_level == level]
            found = np.searchsorted(limits, as_written(values(known, "smoothed")), side="right")
            few = values(known, "numerator") == 0
            assert [figure.class_ for figure in known] == list(np.where(few, 0, found))


def test_a_rate_is_its_numerator_over_its_denominator(gateway: PartnerGateway) -> None:
    for code, passport in gateway.passports().items():
        rows = gateway.figures(code, "gemeente" if "gemeente" in passport.levels else "riec")
        numerator, denominator, rate, smoothed, low, high = (
            values(rows, name)
            for name in ("numerator", "denominator", "rate", "smoothed", "low", "high")
        )
        known = ~np.isnan(rate)
        assert known.any()
        assert (denominator[known] > 0).all()
        if code != "TB03":  # of amounts the least is a number of declarations
            assert (denominator[known] >= passport.least_denominator).all()
        expected = numerator / np.where(known, denominator, np.nan) * passport.per
        np.testing.assert_allclose(rate[known], expected[known])
        assert ((smoothed >= low) & (smoothed <= high))[known].all()


def test_periods_are_found_by_code_and_a_month_means_its_window_where_months_are_not(
    gateway: PartnerGateway,
) -> None:
    assert gateway.period("2026-06", "gemeente").kind == "month"
    assert gateway.period("2026-Q2", "riec").kind == "quarter"
    assert gateway.period("2026-06", "hex8").code == "2026-06-12m"
    assert gateway.period(None, "gemeente").code == "2026-06-12m"
    with pytest.raises(WeerbeeldError, match="no period '1999-01'"):
        gateway.period("1999-01", "gemeente")


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
            example_gateways(served, viewer, env="local")
