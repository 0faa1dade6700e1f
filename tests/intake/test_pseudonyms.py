"""Identifiers are replaced on the way in and are found nowhere afterwards."""

import hashlib
import hmac
import stat
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from intake_samples import Take, as_csv, sample_csv, sample_records

from errors import WeerbeeldError
from intake.pseudonyms import VARIABLE
from records import KINDS
from store.home import Home

VALID = sample_csv("business")
KEY = "0123456789abcdef" * 4


def stored(home: Home, kind: str, column: str) -> list[str]:
    (path,) = (home.records / kind).glob("*.parquet")
    values: list[str] = pq.read_table(path)[column].to_pylist()
    return values


def test_a_pseudonym_is_half_an_hmac_sha256(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    take(VALID)
    identifier = b"VERZONNEN-firm_id-000001"
    expected = hmac.new(bytes.fromhex(KEY), identifier, hashlib.sha256).hexdigest()[:32]
    assert stored(home, "business", "firm_id")[1] == expected
    assert not home.key_file.exists()


def test_the_same_firm_is_the_same_in_every_kind_of_record(take: Take, home: Home) -> None:
    take(VALID)
    take(sample_csv("inspection"), "inspection")
    assert stored(home, "business", "firm_id") == stored(home, "inspection", "firm_id")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].subject])
def test_identifiers_reach_no_file(
    take: Take, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    columns = [column.name for column in KINDS[kind].columns if column.pseudonymised]
    records = sample_records(KINDS[kind])
    take(as_csv(records), kind)
    take(as_csv(records) + b"\n", kind, dry_run=True)
    with pytest.raises(WeerbeeldError):
        take(as_csv(records).replace(b"2024", b"2O24"), kind)
    held = b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())
    for path in home.records.rglob("*.parquet"):
        held += str(pq.read_table(path).to_pydict()).encode()
    assert b"96021" in held or kind not in {"business", "inspection"}
    for record in records:
        for column in columns:
            assert record[column].encode() not in held
    assert list(scratch.iterdir()) == []


def test_the_key_is_made_once_for_its_owner_only(take: Take, home: Home) -> None:
    take(VALID)
    key = home.key_file.read_text()
    assert len(bytes.fromhex(key)) == 32
    assert stat.S_IMODE(home.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.work.stat().st_mode) == 0o700
    take(VALID.replace(b"96021", b"11"))
    assert home.key_file.read_text() == key


@pytest.mark.parametrize("text", ["", "short", "zz" * 32, "ab" * 31])
def test_an_unusable_key_is_refused(take: Take, home: Home, text: str) -> None:
    home.work.mkdir(parents=True)
    home.key_file.write_text(text)
    with pytest.raises(WeerbeeldError, match="no usable key"):
        take(VALID)


def test_an_unusable_key_in_the_environment_is_refused(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "secret")
    with pytest.raises(WeerbeeldError, match=VARIABLE) as caught:
        take(VALID)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("dry_run", [False, True])
def test_another_key_than_before_is_refused(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    take(VALID)
    other = VALID.replace(b"96021", b"11")
    monkeypatch.setenv(VARIABLE, KEY)
    with pytest.raises(WeerbeeldError, match="would not link up"):
        take(other, dry_run=dry_run)
    monkeypatch.delenv(VARIABLE)
    home.key_file.unlink()
    with pytest.raises(WeerbeeldError, match="would not link up"):
        take(other, dry_run=dry_run)
    assert not home.key_file.exists()
