"""The console command as people use it: its output and its exit code."""

import csv
import io
from pathlib import Path

import pytest
from command_line import refusal, refused, shown, started, weerbeeld
from small_home import shrink

from exports import EXPORTS
from indicators import CATALOGUE
from store.home import Home


@pytest.mark.parametrize(("level", "count"), [("nederland", 1), ("riec", 10), ("gemeente", 342)])
def test_show_prints_every_area(example_home: Home, level: str, count: int) -> None:
    rows = shown(example_home, "CV01", "--level", level, "--as", "nsoc")
    assert len(rows) == count
    assert list(rows[0])[:5] == ["area", "period", "numerator", "denominator", "rate"]
    assert all("VERZONNEN" in row["data"] for row in rows)


def test_show_prints_a_period_and_json(example_home: Home) -> None:
    words = ("--level", "gemeente", "--as", "riec:limburg", "--period", "2026-06")
    rows = shown(example_home, "FI01", *words)
    assert {row["period"] for row in rows} == {"2026-06"}
    result = weerbeeld(example_home.root, "show", "FI01", *words, "--format", "json")
    parsed = EXPORTS["json"].read(result.stdout.encode()).rows
    assert list(parsed["area"]) == [row["area"] for row in rows]


def test_show_gives_a_viewer_its_own_hexagons_only(example_home: Home) -> None:
    own = shown(example_home, "BD01", "--level", "hex9", "--as", "gemeente:GM0599")
    other = shown(example_home, "BD01", "--level", "hex9", "--as", "gemeente:GM0983")
    assert own
    assert other
    assert not {row["area"] for row in own} & {row["area"] for row in other}


def test_what_cannot_be_shown_is_refused_with_a_reason(example_home: Home) -> None:
    home = example_home.root
    assert "hex8" in refused(home, "show", "VG01", "--level", "hex9", "--as", "nsoc")
    assert "VG01" in refused(home, "show", "XX01", "--level", "riec", "--as", "nsoc")
    assert "not published at level" in refused(
        home, "show", "TB03", "--level", "hex7", "--as", "nsoc"
    )
    assert "not a level" in refused(home, "show", "VG01", "--level", "straat", "--as", "nsoc")
    assert "not a viewer" in refused(home, "show", "VG01", "--level", "riec", "--as", "iedereen")
    assert "no period" in refused(
        home, "show", "VG01", "--level", "riec", "--as", "nsoc", "--period", "2031-01"
    )
    assert "csv" in refused(
        home, "show", "VG01", "--level", "riec", "--as", "nsoc", "--format", "xml"
    )


@pytest.mark.long
def test_example_viewers_do_not_exist_on_real_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink(monkeypatch.setattr)
    file = tmp_path / "meldingen.csv"
    header = "incident_id;type;date;registered;discovery;x;y"
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 28)]
    rows = [f"A{n};explosive_attack;{d};{d};tip;92500;437500" for n, d in enumerate(days)]
    rows.append("B1;arson;2025-12-31;2025-12-31;tip;92500;437500")
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    taken = weerbeeld(tmp_path, "intake", "incident", str(file), "--partner", "politie")
    assert taken.returncode == 0, taken.stderr
    assert "invented" not in taken.stdout
    assert weerbeeld(tmp_path, "build").returncode == 0
    said = refused(tmp_path, "show", "CV01", "--level", "gemeente", "--as", "nsoc")
    assert "real" in said


def test_faults_are_listed_and_nothing_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "meldingen.csv"
    file.write_text(
        "incident_id;type;date;registered;discovery;x;y\n"
        "A1;explosie;2025-01-01;2025-01-02;tip;92500;437500\n"
        "A1;arson;2099-01-01;2099-01-02;tip;92500;437500\n",
        encoding="utf-8",
    )
    said = refused(tmp_path, "intake", "incident", str(file), "--partner", "politie")
    for part in ("explosie", "type", "2099", "each record once"):
        assert part in said
    assert not list(tmp_path.rglob("*.parquet"))


def test_commands_before_anything_is_there_say_what_to_do(tmp_path: Path) -> None:
    assert "weerbeeld intake" in refused(tmp_path, "build")
    assert "weerbeeld build" in refused(tmp_path, "show", "VG01", "--level", "riec", "--as", "nsoc")
    assert "kind of record" in refused(
        tmp_path, "intake", "wishes", "x.csv", "--partner", "politie"
    )


@pytest.mark.long
def test_a_process_of_its_own_prints_the_same_and_ends_with_the_same_code(tmp_path: Path) -> None:
    """What is tested elsewhere in the process of the tests holds for the command itself."""
    listed = ("indicators", "--format", "csv")
    alone, here = started(tmp_path, *listed), weerbeeld(tmp_path, *listed)
    assert (alone.returncode, alone.stderr) == (here.returncode, here.stderr) == (0, "")
    assert alone.stdout == here.stdout.replace("\r\n", "\n")
    assert refusal(started(tmp_path, "build")) == refused(tmp_path, "build")
    wrong = started(tmp_path, "nonsense")
    assert wrong.returncode == weerbeeld(tmp_path, "nonsense").returncode == 2
    assert wrong.stderr


def test_the_catalogue_is_listed(tmp_path: Path) -> None:
    result = weerbeeld(tmp_path, "indicators", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["code"] for row in rows] == list(CATALOGUE)
    assert all(row["name_nl"] and row["name_en"] for row in rows)
