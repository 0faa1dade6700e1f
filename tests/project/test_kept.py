"""What tests share is built once for as long as nothing changes that decides it."""

import subprocess
import sys
from pathlib import Path

import kept as kit
import pytest

ROOT = Path(__file__).resolve().parents[2]

NAMED = f"""
import sys
from pathlib import Path
import operations.build, demo.deliveries, intake.receive
root = Path({str(ROOT)!r})
for module in list(sys.modules.values()):
    file = Path(getattr(module, "__file__", None) or "/")
    if file.is_relative_to(root) and ".venv" not in file.parts:
        print(file.relative_to(root).parts[0])
"""


class Builder:
    """Counts how often it is asked."""

    times = 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        (folder / "built").write_text(str(self.times), encoding="ascii")


def test_it_is_built_once_for_a_hash_and_anew_for_another(tmp_path: Path) -> None:
    build = Builder()
    first = kit.kept("home", "a", build, tmp_path)
    assert kit.kept("home", "a", build, tmp_path) == first
    assert build.times == 1
    assert (kit.kept("home", "b", build, tmp_path) / "built").read_text() == "2"
    assert (first / "built").read_text() == "1"


def test_the_last_two_are_kept(tmp_path: Path) -> None:
    build = Builder()
    for hashed in ("a", "b", "a", "c"):
        kit.kept("home", hashed, build, tmp_path)
    assert sorted(path.name for path in tmp_path.glob("home-*")) == ["home-a", "home-c"]


def test_a_build_that_fails_leaves_nothing_to_be_taken_for_a_whole_one(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        kit.kept("home", "a", fail, tmp_path)
    assert [path.name for path in kit.kept("home", "a", Builder(), tmp_path).iterdir()] == ["built"]


def test_what_a_test_spoiled_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "KEPT", tmp_path)
    build = Builder()
    kit.spoil(kit.kept("home", "a", build, tmp_path))
    kit.kept("home", "a", build, tmp_path)
    assert build.times == 2


def test_a_change_of_any_file_is_seen_and_reading_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "figures").write_text("1", encoding="ascii")
    before = kit.state_of(tmp_path)
    (tmp_path / "figures").read_text(encoding="ascii")
    (tmp_path / "work.db-shm").touch()
    assert kit.state_of(tmp_path) == before
    (tmp_path / "figures").write_text("2", encoding="ascii")
    assert kit.state_of(tmp_path) != before


def test_a_change_of_anything_that_decides_gives_another_hash(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "errors.py").write_text("a = 1\n", encoding="utf-8")
    hashes = [kit.deciding(("release", "errors.py"), tmp_path)]
    (tmp_path / "release" / "build.py").write_text("b = 1\n", encoding="utf-8")
    hashes.append(kit.deciding(("release", "errors.py"), tmp_path))
    (tmp_path / "errors.py").write_text("a = 2\n", encoding="utf-8")
    hashes.append(kit.deciding(("release", "errors.py"), tmp_path))
    assert len(set(hashes)) == 3
    assert kit.deciding(("release", "errors.py"), tmp_path) == hashes[-1]


@pytest.mark.sqlite
@pytest.mark.long
def test_all_code_that_builds_the_example_decides() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", NAMED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rooms = set(ran.stdout.split())
    assert {"release", "errors.py"} <= rooms
    assert rooms <= set(kit.DECIDES), "add what is missing to DECIDES in tests/kit/kept.py"
