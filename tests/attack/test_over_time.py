"""Releases side by side name no record: the short form of ``benchmarks.over_time``."""

import pytest

from attack.over_time import Attempt, dummies, many_records, one_record
from release.standing import Standing

FAR = 2.5
"""Standard errors by which a short run may miss a target."""


def test_one_record_is_not_traced_to_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    for found in one_record(6):
        with capsys.disabled():
            print(f"\n{found.line}", end="")
        assert found.right <= found.without + 0.01


def test_many_records_are_hardly_seen(capsys: pytest.CaptureFixture[str]) -> None:
    seen, number = many_records()
    with capsys.disabled():
        print(f"\n{seen.line}\n{number.line}", end="")
    assert seen.right <= seen.without + 0.10
    assert number.right <= 0.35 + FAR * number.error


def test_dummies_do_not_read_a_cell(capsys: pytest.CaptureFixture[str]) -> None:
    found = dummies(60, releases=9)
    with capsys.disabled():
        print(f"\n{found.line}", end="")
    assert found.right <= 0.45 + FAR * found.error


def test_without_standing_the_same_attackers_succeed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn anew in every release shows each change: so the attack can find something."""

    def drawn(self: Standing, count: object, level: object, now: object, *_: object, **__: object):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return now

    monkeypatch.setattr(Standing, "stand", drawn)
    seen, _ = many_records()
    assert seen.right - seen.without > 0.5
    for found in one_record(3):
        assert found.right > 0.5


def test_an_attempt_says_what_it_was_held_against() -> None:
    line = Attempt("a cell read", 100, 0.25, 0.1).line
    assert line == "a cell read: 25.0% (± 4.3%, 100 tries), 10.0% without the release"
