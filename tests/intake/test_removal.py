"""What has ended and what a person asks for is deleted: all of it, logged, and for good."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from small_home import PARTNER, deliver, furnish, identifier, records, shrink
from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import personal
from errors import WeerbeeldError
from intake import clearing, retention
from intake.receive import receive
from intake.subjects import delete_subject, described, find_subject, pseudonym_of
from operations.build import build
from records import KINDS, RecordKind
from store.access import AuditLine, ProcessingLine, open_access
from store.engine import open_for_writing, work_engine
from store.home import Home
from store.logs import LogFailedError, LogName, verify_chain
from store.releases import current_name, published, withdrawn
from store.work import Removal, deliveries, records_path

LATER = date(2030, 6, 15)
COUNT = 120
FIRM = identifier("business", "firm_id", 3)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One delivery of every kind, made once."""
    folder = tmp_path_factory.mktemp("furnished")
    furnish(Home(folder / "home"), folder, COUNT)
    return folder / "home"


@pytest.fixture
def furnished(home: Home, template: Path) -> Home:
    """A home of its own with one delivery of every kind."""
    shutil.copytree(template, home.root)
    return home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
    shrink(monkeypatch.setattr)
    return Home(tmp_path / "home")


def kept(home: Home, kind: str) -> pd.DataFrame:
    """Return the records of a kind as a build would read them, all versions."""
    frames = [
        pd.read_parquet(records_path(home, d)).assign(sequence=d.sequence)
        for d in deliveries(open_for_writing(home))
        if d.kind == kind
    ]
    return pd.concat(frames, ignore_index=True)


def held(home: Home) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.records.rglob("*") if path.is_file()}


def processing_lines(home: Home) -> list[ProcessingLine]:
    with Session(open_access(home)) as session:
        return list(session.scalars(select(ProcessingLine).order_by(ProcessingLine.sequence)))


def test_exactly_what_has_ended_is_deleted(furnished: Home) -> None:
    before = {kind: kept(furnished, kind) for kind in KINDS}
    ended = {one.kind.name: one.rows for one in retention.run(furnished, LATER)}
    for kind in KINDS.values():
        starts = pd.to_datetime(before[kind.name][kind.starts])
        gone = starts < pd.Timestamp(kind.retention.first_kept(LATER))
        assert ended.get(kind.name, 0) == gone.sum()
        left = kept(furnished, kind.name)
        key = list(kind.key)
        assert left[key].equals(before[kind.name].loc[~gone.to_numpy(), key].reset_index(drop=True))
    assert min(ended.values()) > 10
    assert "business" in ended
    assert kept(furnished, "business")["dissolved"].isna().any()
    assert retention.run(furnished, LATER) == []


def test_rows_and_reasons_are_kept_with_the_delivery(furnished: Home) -> None:
    before = {d.id: (d.rows, d.sha256) for d in deliveries(work_engine(furnished))}
    retention.run(furnished, LATER)
    with Session(work_engine(furnished)) as session:
        removals = {removal.delivery_id: removal for removal in session.scalars(select(Removal))}
    assert removals
    for delivery in deliveries(work_engine(furnished)):
        rows, digest = before[delivery.id]
        assert delivery.sha256 == digest
        removal = removals.get(delivery.id)
        gone = removal.rows if removal else 0
        assert delivery.rows == rows - gone
        assert pq.read_metadata(records_path(furnished, delivery)).num_rows == delivery.rows
        assert delivery.revision == (1 if removal else 0)
        if removal:
            assert removal.why == f"retention period ended on {LATER}"
            assert removal.at.utcoffset() is not None
    assert len(held(furnished)) == len(before)


def test_a_dry_run_says_the_same_and_changes_nothing(furnished: Home) -> None:
    before = held(furnished)
    said = retention.run(furnished, LATER, dry_run=True)
    assert held(furnished) == before
    assert len(processing_lines(furnished)) == 2 * len(KINDS)
    assert [str(line) for line in retention.run(furnished, LATER)] == [str(line) for line in said]


def test_nothing_taken_in_is_no_error(home: Home) -> None:
    assert retention.run(home, LATER) == []
    assert not home.root.exists()


def test_every_deletion_is_in_both_logs(furnished: Home) -> None:
    ended = retention.run(furnished, LATER)
    lines = [line for line in processing_lines(furnished) if line.activity == "retention"]
    assert {line.status for line in lines} == {"unset", "ok"}
    assert len({line.trace for line in lines}) == 1
    for one in ended:
        name = f"delete {one.rows} {one.kind.name} records: retention period ended on {LATER}"
        assert [line.status for line in lines if line.name == name] == ["unset", "ok"]
    with Session(open_access(furnished)) as session:
        said = session.scalars(select(AuditLine.object).where(AuditLine.action.like("retention%")))
        assert list(said) == [f"{one.rows} {one.kind.name} records" for one in ended]
    logs: tuple[LogName, ...] = ("audit", "processing")
    for log in logs:
        assert verify_chain(open_access(furnished), log).broken is None


@pytest.mark.parametrize("step", ["processed", "log_change"])
def test_what_cannot_be_logged_is_not_deleted(
    furnished: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = held(furnished)

    def full(*_: object) -> None:
        raise LogFailedError("no space left")

    monkeypatch.setattr(clearing, step, full)
    with pytest.raises(LogFailedError):
        retention.run(furnished, LATER)
    assert held(furnished) == before
    assert all(delivery.revision == 0 for delivery in deliveries(work_engine(furnished)))


@pytest.mark.parametrize("step", ["remove"])
def test_a_removal_that_is_cut_short_leaves_all(
    furnished: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    visible = {d.id: kept(furnished, d.kind).to_dict() for d in deliveries(work_engine(furnished))}
    original: Callable[..., object] = getattr(clearing, step)

    def interrupted(*arguments: object) -> None:
        original(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(clearing, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            retention.run(furnished, LATER)
    assert {
        d.id: kept(furnished, d.kind).to_dict() for d in deliveries(work_engine(furnished))
    } == visible
    assert len(held(furnished)) > len(visible)
    assert retention.run(furnished, LATER)
    assert len(held(furnished)) == len(visible)


def corrected(home: Home, folder: Path, kind: str, **change: str | pd.Timestamp) -> pd.DataFrame:
    """Deliver one record, and then the same with something changed."""
    first = records(KINDS[kind], 4).head(1)
    deliver(home, kind, first, folder, "first")
    deliver(home, kind, first.assign(**change), folder, "second")
    return first


def test_an_earlier_version_does_not_come_back_to_life(home: Home, tmp_path: Path) -> None:
    """The first delivery knew the establishment as living, the second as long dissolved."""
    first = records(KINDS["business"], 4).head(1).assign(dissolved=None)
    deliver(home, "business", first, tmp_path, "first")
    ends = first.assign(founded=pd.Timestamp("2000-01-01"), dissolved=pd.Timestamp("2001-01-01"))
    deliver(home, "business", ends, tmp_path, "second")
    (ended,) = retention.run(home, LATER)
    assert ended.rows == 2
    assert kept(home, "business").empty


def test_a_correction_that_lasts_keeps_the_record(home: Home, tmp_path: Path) -> None:
    corrected(
        home, tmp_path, "incident",
        date=pd.Timestamp("2026-06-01"), registered=pd.Timestamp("2026-06-01"),
    )  # fmt: skip
    assert retention.run(home, LATER) == []
    assert len(kept(home, "incident")) == 2


def test_all_records_of_a_subject_are_found_in_every_kind(furnished: Home) -> None:
    found = {one.delivery.kind: one for one in find_subject(furnished, f" {FIRM}\r\n")}
    pseudonym = pseudonym_of(FIRM, furnished)
    with_firm = {kind for kind in KINDS if "firm_id" in KINDS[kind].pseudonymised}
    assert set(found) == with_firm
    for kind, one in found.items():
        frame = kept(furnished, kind)
        about = frame[frame["firm_id"] == pseudonym]
        assert len(one.rows) == len(about) > 0
        dates = about[KINDS[kind].dated]
        assert (one.first, one.last) == (dates.min(), dates.max())
        assert FIRM not in described(one)
        assert pseudonym not in described(one)
    assert [d.delivery.kind for d in find_subject(furnished, FIRM, "inspection")] == ["inspection"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.pseudonymised])
def test_every_column_with_an_identifier_is_searched(furnished: Home, kind: RecordKind) -> None:
    delivered = records(kind, COUNT)
    for column in kind.pseudonymised:
        number = delivered[column].iloc[7]
        (found,) = find_subject(furnished, number, kind.name)
        assert found.rows.tolist() == np.flatnonzero(delivered[column] == number).tolist()
        delete_subject(furnished, number, kind.name)
        assert find_subject(furnished, number, kind.name) == []
        delivered = delivered[delivered[column] != number].reset_index(drop=True)
        assert len(kept(furnished, kind.name)) == len(delivered)


@pytest.mark.long
def test_deleting_a_subject_deletes_all_that_rests_on_it(home: Home, tmp_path: Path) -> None:
    deliver(home, "property_transaction", records(KINDS["property_transaction"], 120), tmp_path)
    without = build(home).name
    furnish(home, tmp_path)
    released = build(home).name
    assert list(home.counts.iterdir())
    pseudonym = pseudonym_of(FIRM, home)
    assert delete_subject(home, FIRM)
    assert find_subject(home, FIRM) == []
    data = b"".join(held(home).values())
    assert pseudonym.encode() not in data
    for path in held(home):
        assert pseudonym not in duckdb.sql(f"SELECT * FROM '{path}'").df().to_csv()
    assert not home.counts.exists()
    assert {release.name for release in published(home)} == {without, released}
    assert current_name(home) == released, "it holds protected counts, and no record"
    assert withdrawn(home) == []
    about = [line for line in processing_lines(home) if line.subject == pseudonym]
    assert {line.activity for line in about} == {"subject-request"}
    assert any("delete" in line.name and line.status == "ok" for line in about)
    again = build(home)
    assert again.fresh
    assert again.name not in (released, without)
    assert current_name(home) == again.name


def test_a_correction_about_another_subject_goes_with_the_last(home: Home, tmp_path: Path) -> None:
    """Deleting only the last version would make a corrected mistake true again."""
    first = corrected(home, tmp_path, "inspection", firm_id="VERZONNEN-other")
    assert len(delete_subject(home, "VERZONNEN-other")) == 2
    assert kept(home, "inspection").empty
    assert find_subject(home, str(first["firm_id"].iloc[0])) == []


def test_a_replaced_version_goes_and_its_correction_stays(home: Home, tmp_path: Path) -> None:
    first = corrected(home, tmp_path, "inspection", firm_id="VERZONNEN-other")
    (doomed,) = delete_subject(home, str(first["firm_id"].iloc[0]))
    assert doomed.delivery.sequence == 1
    assert kept(home, "inspection")["sequence"].tolist() == [2]


def test_the_same_file_again_does_not_bring_a_subject_back(home: Home, tmp_path: Path) -> None:
    file = deliver(home, "inspection", records(KINDS["inspection"], 60), tmp_path)
    delete_subject(home, FIRM)
    assert receive("inspection", file, PARTNER["inspection"], home).already_known
    assert find_subject(home, FIRM) == []
    (delivery,) = deliveries(work_engine(home))
    records_path(home, delivery).unlink()
    with pytest.raises(WeerbeeldError, match="bring those back"):
        receive("inspection", file, PARTNER["inspection"], home)


@pytest.mark.parametrize("text", ["", " \n", "one\ntwo"])
def test_what_is_no_identifier_is_refused(home: Home, tmp_path: Path, text: str) -> None:
    deliver(home, "inspection", records(KINDS["inspection"], 4), tmp_path)
    with pytest.raises(WeerbeeldError, match="standard input") as caught:
        find_subject(home, text)
    assert "two" not in str(caught.value)


def test_a_subject_needs_the_key_of_the_deliveries(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WeerbeeldError, match="Nothing was taken in"):
        find_subject(home, FIRM)
    deliver(home, "inspection", records(KINDS["inspection"], 4), tmp_path)
    monkeypatch.setenv("WEERBEELD_PSEUDONYM_KEY", "ab" * 32)
    with pytest.raises(WeerbeeldError, match="would not link up"):
        find_subject(home, FIRM)


def test_lost_records_are_said_before_anything_is_removed(furnished: Home) -> None:
    lost = next(d for d in deliveries(work_engine(furnished)) if d.kind == "trade_declaration")
    records_path(furnished, lost).unlink()
    before = held(furnished)
    with pytest.raises(WeerbeeldError, match="Restore them from a backup"):
        delete_subject(furnished, FIRM)
    assert held(furnished) == before


def test_on_a_terminal_the_identifier_is_typed_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def unseen(prompt: str) -> str:
        asked.append(prompt)
        return FIRM

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", unseen)
    assert personal._identifier() == FIRM
    assert "not shown" in asked[0]
