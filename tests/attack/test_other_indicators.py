"""Two releases need not hold the same indicators, nor those that this version has."""

from collections.abc import Iterator

import pytest
import small_home
from sqlalchemy import create_engine, text

import operations.build as build_module
from attack.certificate import certify
from attack.knowledge import attackable, known_release
from attack.over_time import Attempt
from attack.report import attack
from indicators import CATALOGUE
from operations.build import build
from store.home import Home

DUMMIES = Attempt("left out", 1, 0.0, 0.0)


@pytest.fixture(scope="module")
def successive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with two releases: of drug waste and purchases, then of businesses and purchases."""
    home = Home(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        small_home.shrink(patch.setattr)
        small_home.furnish_busy(home, tmp_path_factory.mktemp("files"))
        for codes in (("DR03", "VG01"), ("BD01", "VG01")):
            patch.setattr(build_module, "CATALOGUE", {code: CATALOGUE[code] for code in codes})
            patch.setattr("release.naming.code_hash", lambda codes=codes: "-".join(codes))
            build(home)
        for name in ("one_record", "many_records"):
            patch.setattr(
                f"attack.report.{name}", lambda *_: ()
            )  # these are of an invented country
        patch.setattr("attack.report.dummies", lambda *_, **__: DUMMIES)
        yield home


def test_releases_of_other_indicators_are_attacked_together(successive: Home) -> None:
    names = attackable(successive)
    before, after = (known_release(successive, name) for name in names)
    assert {e.code for e in before.sides} == {"DR03", "VG01"}
    assert {e.code for e in after.sides} == {"BD01", "VG01"}
    found = attack(successive, names, gemeenten=1, asked=2)
    assert found.certificate.certain == found.certificate.protected > 0
    assert any("VG01" in line for line in found.lines)


def test_an_indicator_that_this_version_does_not_have_is_left_out_and_named(
    successive: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = attackable(successive)[-1]
    fewer = {code: own for code, own in CATALOGUE.items() if code != "BD01"}
    monkeypatch.setattr("attack.knowledge.CATALOGUE", fewer)
    seen = known_release(successive, last)
    assert {e.code for e in seen.sides} == {"VG01"}
    assert seen.left_out == ("BD01",)
    found = attack(successive, [last], gemeenten=1, asked=2)
    assert any("BD01" in line and "left out" in line for line in found.lines)


def test_a_row_that_is_absent_is_found(successive: Home) -> None:
    """A hexagon with a row in some windows only says where nothing was: the proof fails."""
    name = attackable(successive)[-1]
    path = successive.releases / f"{name}.db"
    proof = certify((known_release(successive, name),))
    assert proof.certain == proof.protected > 0
    whole = path.read_bytes()
    path.chmod(0o600)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        gone = connection.execute(
            text(
                "DELETE FROM figure WHERE level >= 5 AND numerator = 0 AND period_id ="
                " (SELECT max(id) FROM period WHERE kind = 'year')"
            )
        ).rowcount
    engine.dispose()
    try:
        seen = known_release(successive, name)
        assert sum(int(e.cells["absent"].sum()) for e in seen.sides) == gone * 2 > 0
        opened = certify((seen,))
        assert opened.limiting >= gone
        assert opened.certain < opened.protected
    finally:
        path.write_bytes(whole)
