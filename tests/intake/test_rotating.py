"""A new key for the pseudonyms, in place: all still links up, and the old key tells nothing."""

from collections.abc import Callable

import pyarrow.parquet as pq
import pytest
from intake_samples import Take, sample_csv

from errors import WeerbeeldError
from intake import rotating
from intake.pseudonyms import VARIABLE, existing_keys
from intake.rotating import rotate_pseudonym_key
from intake.subjects import delete_subject, find_subject
from operations.checks import check_work_store
from store.engine import work_engine
from store.home import Home
from store.key_file import KeyFile
from store.work import deliveries, records_path

VALID = sample_csv("business")
FIRM = "VERZONNEN-firm_id-000001"
KEY, NEXT = "0123456789abcdef" * 4, "fedcba9876543210" * 4


def firms(home: Home) -> dict[str, list[str]]:
    """Return the pseudonyms of firms as kept, by kind."""
    return {
        d.kind: pq.read_table(records_path(home, d))["firm_id"].to_pylist()
        for d in deliveries(work_engine(home))
    }


@pytest.mark.both
def test_everything_links_up_after_a_new_key(take: Take, home: Home) -> None:
    take(VALID)
    take(sample_csv("inspection"), "inspection")
    before, found = firms(home), len(find_subject(home, FIRM))
    old = existing_keys(home)
    rotate_pseudonym_key(home)
    after = firms(home)
    assert found == len(find_subject(home, FIRM)) > 0
    assert after["business"] == after["inspection"]
    for kind, names in after.items():
        assert not set(names) & set(before[kind])
        assert len(set(names)) == len(set(before[kind]))
    take(VALID.replace(b"96021", b"11"))
    assert len(set(map(tuple, firms(home).values()))) == 1
    keys = existing_keys(home)
    assert keys is not None
    assert (keys[:1], len(keys)) == (old, 2)
    rotate_pseudonym_key(home)
    assert len(find_subject(home, FIRM)) > found
    assert [c.state for c in check_work_store(home) if c.what == "key"] == ["ok"]
    delete_subject(home, FIRM)
    assert find_subject(home, FIRM) == []
    assert len(list(home.records.rglob("*.parquet"))) == len(deliveries(work_engine(home)))


def test_a_key_in_the_environment_is_rotated_by_adding_one(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    take(VALID)
    with pytest.raises(WeerbeeldError, match="the new one behind them"):
        rotate_pseudonym_key(home)
    monkeypatch.setenv(VARIABLE, NEXT)
    with pytest.raises(WeerbeeldError, match="the new one behind them"):
        rotate_pseudonym_key(home)
    monkeypatch.setenv(VARIABLE, f"{KEY},{NEXT}")
    rotate_pseudonym_key(home)
    assert len(find_subject(home, FIRM)) == 1
    assert not home.key_file.exists()
    monkeypatch.setenv(VARIABLE, KEY)
    with pytest.raises(WeerbeeldError, match="would not link up"):
        find_subject(home, FIRM)


def test_without_deliveries_there_is_no_key_to_rotate(home: Home) -> None:
    with pytest.raises(WeerbeeldError, match="no key to rotate"):
        rotate_pseudonym_key(home)


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


KILLS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "before a file": lambda patch: patch.setattr(rotating, "rewrite", _killed),
    "between files": lambda patch: patch.setattr(rotating, "_renew", _twice(rotating._renew)),
    "before the key": lambda patch: patch.setattr(KeyFile, "settle", _twice(KeyFile.settle)),
    "before the counts": lambda patch: patch.setattr("shutil.rmtree", _killed),
}


def _twice(function: Callable[..., object]) -> Callable[..., object]:
    calls: list[int] = []

    def counted(*given: object) -> object:
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return function(*given)

    return counted


@pytest.mark.parametrize("moment", KILLS)
def test_a_kill_leaves_all_as_it_was_or_all_done(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    take(VALID)
    take(sample_csv("inspection"), "inspection")
    before = firms(home)
    with monkeypatch.context() as patch:
        KILLS[moment](patch)
        with pytest.raises(KeyboardInterrupt):
            rotate_pseudonym_key(home)
    assert len(find_subject(home, FIRM)) == 2
    changed = {kind: names != before[kind] for kind, names in firms(home).items()}
    assert len(set(changed.values())) == 1
    take(VALID.replace(b"96021", b"11"))
    assert len(list(home.records.rglob("*.parquet"))) == 3
    assert len(find_subject(home, FIRM)) == 3


def test_lost_records_stop_it_before_anything_changed(take: Take, home: Home) -> None:
    take(VALID)
    key = home.key_file.read_text()
    (path,) = home.records.rglob("*.parquet")
    content = path.read_bytes()
    path.write_bytes(b"nothing")
    with pytest.raises(WeerbeeldError, match="No key was changed"):
        rotate_pseudonym_key(home)
    path.write_bytes(content)
    assert home.key_file.read_text() == key
    assert len(find_subject(home, FIRM)) == 1
