"""Every viewer sees its own and what is for all to compare, and nothing else."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.gateway import Gateway
from access.scope import COMPARED, AccessRefusedError
from access.session import example_gateway
from access.viewer import Viewer, viewer_named
from errors import WeerbeeldError
from store.release import LEVEL_NUMBERS, current_release, open_release

VIEWERS = ("nsoc", "riec:limburg", "gemeente:GM0599", "riec:rotterdam+gemeente:GM0983")


@pytest.fixture(scope="module", params=VIEWERS)
def gateway(request: pytest.FixtureRequest, example_release: Path) -> Gateway:
    return example_gateway(example_release, request.param)


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
    everyone = Gateway(open_release(current_release(example_release)), Viewer(nsoc=True))
    for area in everyone.areas("hex8")[::400]:
        if _allowed(gateway.viewer, "hex8", area.gemeente, area.riec):
            continue
        with pytest.raises(AccessRefusedError):
            gateway.area("hex8", area.code)
        with pytest.raises(AccessRefusedError):
            gateway.profile("hex8", area.code)
        assert gateway.series("BD01", "hex8", area.code).empty
        assert gateway.figures("BD01", "hex8", within=area.gemeente).empty


def test_without_a_grant_there_is_nothing(example_release: Path) -> None:
    nobody = Gateway(open_release(current_release(example_release)), Viewer())
    assert nobody.sheets() == {}
    for level in LEVEL_NUMBERS:
        assert nobody.areas(level) == []
        assert not nobody.areas_exist(level)
        with pytest.raises(AccessRefusedError):
            nobody.scores(level)
        with pytest.raises(AccessRefusedError):
            nobody.figures("VG01", level)


def test_contributions_add_up_to_every_score(gateway: Gateway) -> None:
    period = gateway.periods("year")[-1].code
    for area in gateway.areas("gemeente")[::23]:
        scores = gateway.scores("gemeente").set_index("area")["total"]
        parts = gateway.profile("gemeente", area.code, period)["contribution"]
        assert parts.sum() == pytest.approx(scores[area.code], abs=1e-9)


@pytest.mark.parametrize("level", ["riec", "gemeente", "hex7", "hex8"])
def test_every_map_has_classes_that_its_rows_fall_into(gateway: Gateway, level: str) -> None:
    scores, limits = gateway.scores(level), gateway.breaks("score", level)
    assert len(limits) == 4
    assert (scores["class_"] == np.searchsorted(limits, scores["total"], side="right")).all()
    for code, sheet in gateway.sheets().items():
        if level in sheet.levels:
            rows, limits = gateway.figures(code, level), gateway.breaks(code, level)
            known = rows["smoothed"].notna()
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


def test_an_area_that_does_not_exist_is_not_a_viewer(example_release: Path) -> None:
    for viewer in ("riec:atlantis", "gemeente:GM9999"):
        with pytest.raises(AccessRefusedError):
            example_gateway(example_release, viewer)
