"""A list of deliveries is taken in by one start: each whole or not at all, whatever the others."""

from pathlib import Path

import pytest
from command_line import refusal, weerbeeld
from intake_samples import as_csv, sample_records

from errors import WeerbeeldError
from intake import listing
from intake.listing import MOST_LISTED, read_list
from records import KINDS
from store.engine import work_engine
from store.home import Home
from store.work import deliveries

INCIDENTS = as_csv(sample_records(KINDS["incident"], 4))
CHECKS = as_csv(sample_records(KINDS["inspection"], 4))


def a_list(folder: Path, *lines: str) -> Path:
    """Write incidents.csv, checks.csv and broken.csv, and a list of them with these lines."""
    (folder / "sent").mkdir(exist_ok=True)
    (folder / "sent" / "incidents.csv").write_bytes(INCIDENTS)
    (folder / "checks.csv").write_bytes(CHECKS)
    (folder / "broken.csv").write_bytes(CHECKS.replace(b"\r\n", b";\r\n", 1))
    path = folder / "list.csv"
    path.write_text("\n".join(["kind;file;partner", *lines]) + "\n", encoding="utf-8")
    return path


GOOD = ("incident;sent/incidents.csv;politie", "inspection;checks.csv;politie")
BAD = "inspection;broken.csv;politie"


def kept(root: Path) -> list[str]:
    if not Home(root).work.exists():
        return []
    return [delivery.kind for delivery in deliveries(work_engine(Home(root)))]


def test_all_of_a_list_are_taken_in_and_a_second_time_nothing_changes(tmp_path: Path) -> None:
    path, home = a_list(tmp_path, *GOOD), tmp_path / "home"
    first = weerbeeld(home, "intake", "--list", str(path))
    assert first.returncode == 0, first.stderr
    assert "2 of 2: checks.csv" in first.stdout
    assert kept(home) == ["incident", "inspection"]
    second = weerbeeld(home, "intake", "--list", str(path))
    assert second.returncode == 0
    assert kept(home) == ["incident", "inspection"]


def test_what_is_refused_stops_none_of_the_others(tmp_path: Path) -> None:
    path, home = a_list(tmp_path, GOOD[0], BAD, GOOD[1]), tmp_path / "home"
    ended = weerbeeld(home, "intake", "--list", str(path))
    assert ended.returncode == 2
    assert "broken.csv is refused whole" in ended.stderr
    assert "1 of 3 deliveries were refused" in ended.stderr
    assert kept(home) == ["incident", "inspection"]
    a_list(tmp_path, *GOOD)
    (tmp_path / "broken.csv").write_bytes(CHECKS.replace(b"\r\n", b"\n"))
    mended = weerbeeld(home, "intake", "--list", str(path))
    assert mended.returncode == 0, mended.stderr


def test_a_dry_run_of_a_list_keeps_nothing(tmp_path: Path) -> None:
    path, home = a_list(tmp_path, *GOOD), tmp_path / "home"
    assert weerbeeld(home, "intake", "--list", str(path), "--dry-run").returncode == 0
    assert kept(home) == []


def test_every_line_at_fault_is_named_before_anything_is_taken_in(tmp_path: Path) -> None:
    lines = (GOOD[0], "incidents;checks.csv;politie", "incident;none.csv;politie", "incident;x")
    home = tmp_path / "home"
    said = refusal(weerbeeld(home, "intake", "--list", str(a_list(tmp_path, *lines))))
    assert "nothing was taken in" in said
    assert "line 3: 'incidents' is not a kind of record" in said
    assert "line 4: there is no file" in said
    assert "line 5: expected kind, file, partner with ';' between, found incident;x" in said
    assert "line 2" not in said
    assert kept(home) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Begin it with the line 'kind;file;partner'"),
        (b"kind,file,partner\n", "Begin it with the line"),
        (b"kind;file;partner\n\n;;\n", "lists no delivery|expected kind"),
        ("kind;file;partner\nincident;\xe9.csv;politie\n".encode("latin-1"), "not in UTF-8"),
    ],
)
def test_what_is_no_list_says_what_one_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(WeerbeeldError, match=said):
        read_list(path)


def test_a_list_as_a_spreadsheet_writes_it_is_read(tmp_path: Path) -> None:
    path = a_list(tmp_path, *GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert [one.file.name for one in read_list(path)] == ["incidents.csv", "checks.csv"]


def test_a_list_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_LISTED == 10_000
    monkeypatch.setattr(listing, "MOST_LISTED", 1)
    with pytest.raises(WeerbeeldError, match="Split the list"):
        read_list(a_list(tmp_path, *GOOD))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("incident",),
        ("incident", "checks.csv"),
        ("incident", "checks.csv", "--partner", "politie", "--list", "list.csv"),
        ("--partner", "politie", "--list", "list.csv"),
    ],
)
def test_it_is_one_delivery_or_a_list(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = refusal(weerbeeld(tmp_path / "home", "intake", *words))
    assert "KIND FILE --partner PARTNER" in said
    assert "--list FILE" in said
