"""The contract of every kind of record: one file says all, and each part of it is there."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from examined_whole import examine_whole
from frames import parsed
from small_home import PARTNER, TODAY, furnish, shrink
from typer.testing import CliRunner
from xlsxwriter import Workbook

import operations.build as build_module
import records
from access.session import example_gateways
from bilingual import Language
from cli import app
from indicators import CATALOGUE
from indicators.contract import events
from intake import retention
from intake.receive import receive
from intake.subjects import find_subject
from operations.build import build
from pages.kit.view import View
from pages.parts.deliveries import kind_words, streams
from plugs import plugs
from records import KINDS, RecordKind
from records.contract import INVENTED_MARK
from records.describing import column_rows, kind_rows
from records.examples import (
    Record,
    as_delivered,
    example_csv,
    example_of,
    example_records,
)
from release.delivery_status import rough
from store.home import Home

EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
COUNT = 40
DAYS_OF_2025 = 365


def as_csv(rows: list[Record]) -> bytes:
    lines = [list(rows[0]), *([as_delivered(value) for value in row.values()] for row in rows)]
    return "\n".join(";".join(line) for line in lines).encode()


def as_excel(rows: list[Record]) -> bytes:
    sink = io.BytesIO()
    with Workbook(sink, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(rows[0]))
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row.values()):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                else:
                    sheet.write(number, place, value)
    return sink.getvalue()


def as_parquet(rows: list[Record]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


@EVERY
@pytest.mark.parametrize("write", [as_csv, as_excel, as_parquet])
def test_examples_pass_their_own_contract_in_every_form(
    kind: RecordKind, write: Callable[[list[Record]], bytes]
) -> None:
    rows = example_records(kind, COUNT)
    found = examine_whole(write(rows), kind)
    assert len(found.frame) == COUNT
    pd.testing.assert_frame_equal(found.frame, parsed(kind, rows))


@EVERY
def test_the_first_example_record_is_the_example_of_the_columns(kind: RecordKind) -> None:
    first, second = (line.split(";") for line in example_csv(kind, 2).splitlines()[1:])
    for column, written in zip(kind.columns, first, strict=False):
        shown = example_of(column)
        plain = float(shown.replace(",", ".")) if column.type == "decimal" else shown
        same = float(written.replace(",", ".")) if column.type == "decimal" else written
        assert plain == same, f"{kind.name}.{column.name}"
    assert first != second


@EVERY
def test_every_column_has_an_example_or_may_be_empty(kind: RecordKind) -> None:
    lacking = [column.name for column in kind.columns if column.required and not example_of(column)]
    assert not lacking, f"{kind.name}: give these columns an example: {', '.join(lacking)}"


@EVERY
def test_the_table_of_a_kind_is_complete_in_both_languages(kind: RecordKind) -> None:
    rows = column_rows(kind)
    place = ["x, y"] if kind.located else []
    assert [row[0].nl for row in rows] == [*(column.name for column in kind.columns), *place]
    for row in [*rows, *kind_rows([kind])]:
        for cell in row:
            assert cell.nl.strip(), f"{kind.name}, {row[0].nl}: a cell has no Dutch"
            assert cell.en.strip(), f"{kind.name}, {row[0].nl}: a cell has no English"
    for column, row in zip(kind.columns, rows, strict=False):
        assert all(code in row[2].nl for code in column.codes or ())
        assert ("wordt een pseudoniem" in row[2].nl) == column.pseudonymised
        assert row[3].nl == ("ja" if column.required else "nee")
        for rule in kind.rules:
            assert (rule.expected.nl in row[2].nl) == (rule.column == column.name)


@EVERY
def test_words_differ_between_the_languages(kind: RecordKind) -> None:
    texts = [kind.words, kind.meaning, *(column.meaning for column in kind.columns)]
    texts += [rule.expected for rule in kind.rules]
    assert [text for text in texts if text.nl == text.en] == []


@EVERY
def test_what_a_kind_names_is_among_its_columns(kind: RecordKind) -> None:
    names = {column.name for column in kind.columns}
    named = {*kind.key, kind.dated, kind.starts, kind.mark, *(rule.column for rule in kind.rules)}
    assert named <= names
    assert kind.subject is None or kind.subject in kind.pseudonymised
    assert kind.column(kind.dated).type == kind.column(kind.starts).type == "date"
    assert kind.rhythm.months > 0 <= kind.rhythm.days


@EVERY
def test_records_with_a_place_have_a_pseudonym_of_their_own(kind: RecordKind) -> None:
    """Protection draws its noise from the pseudonym of a record."""
    if kind.located:
        assert kind.column(kind.key[0]).pseudonymised
        assert kind.column(kind.key[0]).unique
    else:
        assert kind.name == "area_figure", "the build places records without a point nowhere"


@EVERY
def test_a_written_example_is_an_invented_delivery_without_faults(
    kind: RecordKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEERBEELD_HOME", str(tmp_path / "home"))
    file = tmp_path / "example.csv"
    written = CliRunner().invoke(app, ["kinds", kind.name, "--example", str(file)])
    assert written.exit_code == 0, written.output
    rows = pd.read_csv(file, sep=";", dtype=str)
    for column in {*kind.pseudonymised, kind.mark}:
        assert rows[column].str.startswith(INVENTED_MARK).all()
    taken = ["intake", kind.name, str(file), "--partner", PARTNER[kind.name], "--dry-run"]
    checked = CliRunner().invoke(app, taken)
    assert checked.exit_code == 0, checked.output
    assert "invented" in checked.output
    assert "no faults" in checked.output
    assert not (tmp_path / "home").exists()
    again = CliRunner().invoke(app, ["kinds", kind.name, "--example", str(file)])
    assert "exists already" in str(again.exception)


@EVERY
@pytest.mark.parametrize("english", [False, True])
def test_the_command_prints_the_table_of_a_kind(kind: RecordKind, english: bool) -> None:
    language: Language = "en" if english else "nl"
    words = ["kinds", kind.name, "--format", "markdown", *(["--english"] if english else [])]
    printed = CliRunner().invoke(app, words).output
    for row in column_rows(kind):
        assert f"| {' | '.join(cell.in_(language) for cell in row)} |" in printed
    assert kind.meaning.in_(language) in printed
    whole = CliRunner().invoke(app, ["kinds", *words[2:]]).output
    assert f"| {kind.name} | {kind.words.in_(language)} |" in whole


NEW = """
from bilingual import Text
from records.contract import Column, RecordKind
from records.retention import SIGNAL

WHAT = Text("dingen", "things")
KIND = RecordKind(
    name="ontheffing",
    words=WHAT,
    meaning=WHAT,
    deliverers=Text("de provincie", "the province"),
    columns=(
        Column("number", "text", WHAT, unique=True, pseudonymised=True),
        Column("firm_id", "text", WHAT, pseudonymised=True),
        Column("date", "date", WHAT, "2025-01-01"),
        Column("sort", "text", WHAT, "b", codes=("a", "b", "c")),
    ),
    key=("number",),
    subject="firm_id",
    dated="date",
    mark="number",
    retention=SIGNAL,
)
"""


@pytest.mark.long
def test_one_new_file_is_one_new_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is taken in, built, read and found by subject; nothing else had to change for it."""
    (tmp_path / "plugged").mkdir()
    (tmp_path / "plugged" / "ontheffing.py").write_text(NEW, encoding="utf-8")
    monkeypatch.setattr(records, "__path__", [*records.__path__, str(tmp_path / "plugged")])
    found = {kind.name: kind for kind in plugs("records", records.__path__, "KIND", RecordKind)}
    assert set(found) == {*KINDS, "ontheffing"}
    home = Home(tmp_path / "home")
    furnish(home, tmp_path)
    monkeypatch.setitem(KINDS, "ontheffing", found["ontheffing"])
    file = tmp_path / "new.csv"
    file.write_text(example_csv(found["ontheffing"], DAYS_OF_2025), encoding="utf-8")
    assert receive("ontheffing", file, "gemeente:GM0599", home, today=TODAY).rows == DAYS_OF_2025
    shrink(monkeypatch.setattr)
    units = "1 AS amount, unit, firm_id AS firm"
    rows = f"SELECT place, date, received, partner, {units} FROM ontheffing"
    counted = replace(
        CATALOGUE["VG01"],
        numerator=events(f"{rows} WHERE sort = 'b'", "firm"),
        denominator=events(rows, "firm"),
    )
    monkeypatch.setattr(build_module, "CATALOGUE", {"VG01": counted})
    build(home)
    gateway = example_gateways(home.served, "nsoc", env="local").partner()
    (year,) = gateway.figures("VG01", "nederland", "2025-12-12m")
    assert year.numerator == pytest.approx(DAYS_OF_2025 / 3, abs=60)
    assert year.denominator == pytest.approx(DAYS_OF_2025, abs=60)
    delivered = [d for d in gateway.deliveries() if d.kind == "ontheffing"]
    (stream,) = streams(delivered, [], date(2026, 1, 1))
    assert (stream.fresh, stream.size) == (True, rough(DAYS_OF_2025))
    view = View("nl", gateway, "bronnen")
    assert kind_words(view, "ontheffing") == "dingen"
    (one,) = find_subject(home, "VERZONNEN-firm_id-000007", "ontheffing")
    assert one.first == date(2025, 1, 8)
    assert retention.run(home, date(2033, 1, 1), dry_run=True)
    printed = CliRunner().invoke(app, ["kinds", "ontheffing"]).output
    assert "dingen" in printed
