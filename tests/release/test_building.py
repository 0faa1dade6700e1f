"""A build publishes whole or not at all, and nothing when nothing changed: on a small home."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_home
from released import content

import operations.build as build_module
from errors import WeerbeeldError
from operations.build import build
from records import KINDS
from store.home import Home
from store.release import current_release

pytestmark = pytest.mark.long


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with one delivery of every kind, built; its builds take seconds."""
    home = Home(tmp_path_factory.mktemp("small"))
    with pytest.MonkeyPatch.context() as patch:
        small_home.shrink(patch.setattr)
        small_home.furnish(home, tmp_path_factory.mktemp("deliveries"))
        build(home)
        yield home


def test_an_unchanged_build_does_nothing(small: Home) -> None:
    path = current_release(small.releases)
    stamp = path.stat().st_mtime_ns
    assert not build(small).fresh
    assert path.stat().st_mtime_ns == stamp


def test_another_delivery_makes_another_release(small: Home, tmp_path: Path) -> None:
    before = current_release(small.releases)
    late = small_home.records(KINDS["incident"], 30, seed=2)
    small_home.deliver(small, "incident", late, tmp_path)
    after = build(small)
    assert after.fresh
    assert after.path != before
    assert before.exists(), "an earlier release stays"
    assert current_release(small.releases) == after.path


def test_a_build_that_fails_leaves_the_release_served(
    small: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, stamp = (
        current_release(small.releases),
        current_release(small.releases).stat().st_mtime_ns,
    )

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr(build_module, "make_current", broken)
    monkeypatch.setattr("release.writing._fill", broken)
    with pytest.raises(RuntimeError, match="halfway"):
        build(small, again=True)
    assert current_release(small.releases) == path
    assert path.stat().st_mtime_ns == stamp
    assert not list(small.releases.glob("*.partial"))


def test_borders_that_arrive_during_a_build_end_it(
    small: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, placed = current_release(small.releases), small.boundaries / "wijk_2022.parquet"
    stamp = path.stat().st_mtime_ns

    def arriving(*_: object) -> None:
        small.boundaries.mkdir(parents=True, exist_ok=True)
        placed.write_bytes(b"borders")

    monkeypatch.setattr(build_module, "contents_of", arriving)
    with pytest.raises(WeerbeeldError, match="borders were taken in while"):
        build(small, again=True)
    placed.unlink()
    assert current_release(small.releases) == path
    assert path.stat().st_mtime_ns == stamp


@pytest.mark.sqlite
@pytest.mark.long
def test_a_killed_build_leaves_the_release_served(small: Home) -> None:
    """Killed when it begins, halfway, and while it writes the release."""
    path = current_release(small.releases)
    before = content(path)
    program = textwrap.dedent(
        f"""
        from pathlib import Path
        from small_home import shrink
        from operations.build import build
        from store.home import Home
        shrink()
        home = Home(Path({str(small.root)!r}))
        build(home, again=True, say=lambda step, *_: print(step, flush=True))
        """
    )
    for last in ("place the records", f"count {small_home.INDICATORS[2]}", "publish"):
        with subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests/kit")])},
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert last in (line.strip() for line in child.stdout or ())
            child.kill()
        assert child.returncode == -signal.SIGKILL
        assert current_release(small.releases) == path
        assert content(path) == before
    assert build(small, again=True).fresh
    assert not list(small.releases.glob("*.partial"))


def test_nothing_delivered_is_said(tmp_path: Path) -> None:
    with pytest.raises(WeerbeeldError, match="weerbeeld intake"):
        build(Home(tmp_path))


def test_a_lost_key_is_said(small: Home, tmp_path: Path) -> None:
    aside = tmp_path / "key"
    small.key_file.rename(aside)
    try:
        with pytest.raises(WeerbeeldError, match="backup"):
            build(small)
    finally:
        aside.rename(small.key_file)
