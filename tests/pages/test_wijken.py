"""A new level of borders needs no new delivery: the next build has it everywhere."""

import shutil
from pathlib import Path

import pytest
from command_line import shown, weerbeeld
from page_drawing import draw, gateway_of, map_message
from small_home import shrink

from store.home import Home

pytestmark = [pytest.mark.long, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def with_wijken(
    example_home: Home, tmp_path_factory: pytest.TempPathFactory, nl_data: Path
) -> Home:
    """The example's deliveries, with the real wijken of 2022 imported before a small build."""
    home = Home(tmp_path_factory.mktemp("wijken"))
    home.work.mkdir()
    for name in ("work.db", "pseudonym.key", "noise.key"):
        shutil.copy(example_home.work / name, home.work / name)
    home.records.symlink_to(example_home.records)
    words = ("boundaries", "import", str(nl_data / "wijken_2022.gpkg"))
    result = weerbeeld(home.root, *words, "--level", "wijk", "--year", "2022")
    assert result.returncode == 0, result.stderr
    assert "3,340" in result.stdout
    assert "Brielle" in result.stdout or "GM0501" in result.stdout, "lost parents are named"
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch.setattr)
        built = weerbeeld(home.root, "build")
    assert built.returncode == 0, built.stderr
    return home


def test_show_knows_the_wijken_of_a_gemeente(with_wijken: Home) -> None:
    rows = shown(with_wijken, "BD01", "--level", "wijk", "--as", "gemeente:GM0599")
    assert len(rows) > 20
    assert all(row["area"].startswith("WK0599") for row in rows)


def test_wijken_add_up_to_their_gemeente(with_wijken: Home) -> None:
    """Published counts carry noise, so exact ones are compared."""
    import pandas as pd
    from sqlalchemy import text

    from store.release import LEVEL_NUMBERS, current_release, open_release

    with open_release(current_release(with_wijken.releases)).connect() as connection:
        areas = pd.read_sql(text("SELECT id, level, code, gemeente FROM area"), connection)
    name = current_release(with_wijken.releases).stem
    exact = pd.read_parquet(with_wijken.counts / name / "BD01.parquet")
    last = exact[exact["period_id"] == exact["period_id"].max()]
    placed = last.merge(areas.drop(columns="level"), left_on="area_id", right_on="id")
    totals = {
        level: placed[placed["level"] == LEVEL_NUMBERS[level]]
        .groupby("gemeente")["amount_denominator"]
        .sum()
        for level in ("wijk", "gemeente")
    }
    share = totals["wijk"].sum() / totals["gemeente"].sum()
    assert share > 0.97, "nearly every record lies in a wijk"
    assert (totals["wijk"] <= totals["gemeente"]).all()


def test_the_page_of_rotterdam_shows_its_districts(with_wijken: Home) -> None:
    at = draw("kaart", with_wijken.releases, "gemeente:GM0599", kaart="wijk", indicator="BD01")
    drawn = map_message(at)
    assert (drawn["level"], drawn["within"]) == ("wijk", "GM0599")
    gateway = gateway_of(with_wijken.releases, "gemeente:GM0599")
    codes = gateway.map_shapes("wijk", "GM0599").codes
    assert len(codes) > 20
    assert all(code.startswith("WK0599") for code in codes)
    assert not any("boundaries import" in caption.value for caption in at.caption)


@pytest.mark.parametrize(
    ("viewer", "code", "offered"),
    [
        ("nsoc", "BD01", False),
        ("riec:rotterdam", "BD01", True),
        ("gemeente:GM0599", "BD01", True),
        ("gemeente:GM0599", "DR03", False),
    ],
)
def test_wijken_are_offered_for_a_part_of_the_country_and_where_an_indicator_has_them(
    with_wijken: Home, viewer: str, code: str, offered: bool
) -> None:
    """The whole country has thousands of them, and hexagons of that size."""
    at = draw("kaart", with_wijken.releases, viewer, indicator=code)
    (box,) = (box for box in at.selectbox if str(box.key).endswith("-kaart"))
    assert ("wijken" in box.options) == offered
