"""A careless hand puts a real count in the evidence: the build stops, the release in use stays."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from small_home import deliver, furnish, records, shrink

import operations.build as build_module
from errors import WeerbeeldError
from operations.build import Published, build
from records import KINDS
from release import contents as contents_module
from release import tables, writing
from release.contents import Contents
from store.evidence.of_records import Completeness
from store.evidence.of_sources import ClassPercentile, FigureSource, Spread
from store.home import Home
from store.releases import current_name

Spoil = Callable[[dict[Any, Any], int], None]


class Made(NamedTuple):
    """A home with a release and one more delivery, what was published, and a real count."""

    home: Home
    contents: Contents
    incidents: int


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    home, folder = Home(tmp_path_factory.mktemp("leaks")), tmp_path_factory.mktemp("deliveries")
    prepare, write = tables.prepare, writing.write_release
    counted: list[int] = []
    kept: list[Contents] = []

    def counting(con: duckdb.DuckDBPyConnection, *others: Any) -> Any:  # noqa: ANN401
        prepared = prepare(con, *others)
        counted.extend(con.execute("SELECT count(*) FROM incident").fetchone() or ())
        return prepared

    def keeping(contents: Contents, path: Path, prove: Callable[[Path], None]) -> str:
        kept.append(replace(contents, figures=list(contents.figures)))
        return write(contents, path, prove)

    with pytest.MonkeyPatch.context() as patch:
        shrink(patch.setattr)
        furnish(home, folder, 200)
        with pytest.MonkeyPatch.context() as listening:
            listening.setattr(contents_module, "prepare", counting)
            listening.setattr(build_module, "write_release", keeping)
            build(home)
        deliver(home, "incident", records(KINDS["incident"], 130, seed=5), folder, "more")
        yield Made(home, kept[0], counted[0])


def _another_name(evidence: dict[Any, Any], count: int) -> None:
    evidence["x"] = [{"n": count}]


def _a_class_of_its_own(evidence: dict[Any, Any], count: int) -> None:
    evidence[Counted] = [Counted(count)]


class Counted:
    def __init__(self, n: int) -> None:
        self.n = n


def _a_row_of_no_kind(evidence: dict[Any, Any], count: int) -> None:
    evidence[ClassPercentile].append({"percentile": count})


def _another_field(evidence: dict[Any, Any], count: int) -> None:
    row = replace(evidence[FigureSource][0])
    object.__setattr__(row, "n", count)
    evidence[FigureSource][0] = row


def _a_figure_that_is_none(evidence: dict[Any, Any], count: int) -> None:
    evidence[Spread] = [Spread("incident", "nederland", "delivered", float(count))]


def _a_source_that_nobody_named(evidence: dict[Any, Any], count: int) -> None:
    evidence[FigureSource].append(FigureSource("inhabitants", "gemeente", str(count)))


def _a_percentile(evidence: dict[Any, Any], count: int) -> None:
    evidence[ClassPercentile].append(ClassPercentile(float(count)))


def _a_share_of_one(evidence: dict[Any, Any], count: int) -> None:
    evidence[Completeness] = [Completeness("VG01", None, True, "2025-06", 1 / count, 0.0)]


def _a_row_twice(evidence: dict[Any, Any], count: int) -> None:
    rows = evidence[Spread]
    rows.append(replace(rows[0], total=float(count)))


LEAKS: dict[str, tuple[Spoil, str]] = {
    "a kind that nobody declared": (_another_name, "'x' is not a declared kind of evidence"),
    "a class of its own": (_a_class_of_its_own, "'Counted' is not a declared kind of evidence"),
    "a row of no kind": (_a_row_of_no_kind, "a row of ClassPercentile is a dict"),
    "one more field": (_another_field, "a row of FigureSource has more than its fields"),
    "a count as a figure": (_a_figure_that_is_none, "figure .* is not one of its words"),
    "a count as a source": (_a_source_that_nobody_named, "source .* is no source of this release"),
    "a count as a percentile": (_a_percentile, "percentile .* does not lie from 0 to 100"),
    "a count behind a share": (_a_share_of_one, "share .* is finer than 2 decimals"),
    "a count in a second row": (_a_row_twice, "Spread has two rows of"),
}


def _build_of(made: Made, evidence: dict[Any, Any], monkeypatch: pytest.MonkeyPatch) -> Published:
    """Build what was delivered since; what is counted comes with ``evidence``."""
    contents = replace(made.contents, evidence=evidence)
    monkeypatch.setattr(build_module, "_contents", lambda *_: nullcontext(contents))
    monkeypatch.setattr(build_module, "_prove", lambda *_: None)  # nothing was counted anew
    return build(made.home)


@pytest.mark.parametrize("leak", LEAKS)
def test_a_real_count_in_evidence_ends_the_build(
    made: Made, monkeypatch: pytest.MonkeyPatch, leak: str
) -> None:
    spoil, said = LEAKS[leak]
    before, files = current_name(made.home), sorted(made.home.releases.iterdir())
    evidence = {kind: list(rows) for kind, rows in made.contents.evidence.items()}
    spoil(evidence, made.incidents)
    with pytest.raises(WeerbeeldError, match=said) as caught:
        _build_of(made, evidence, monkeypatch)
    assert "the release in use stays" in str(caught.value)
    assert current_name(made.home) == before
    assert sorted(made.home.releases.iterdir()) == files


def test_without_a_leak_the_same_build_publishes(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_name(made.home)
    assert _build_of(made, made.contents.evidence, monkeypatch).fresh
    assert current_name(made.home) != before
