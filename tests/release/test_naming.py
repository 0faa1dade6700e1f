"""A release's name says what decides its content: code, constants, data, libraries; no comments."""

import ast
import importlib.metadata
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo import areas
from geo.official_names import SHIPPED
from release import naming
from release.naming import CODE, LIBRARIES, ROOT, code_hash, release_name
from store.work import Delivery

WRITES = {"sqlalchemy"}
"""Libraries that only write a release down."""

KEEPS = {"intake/pseudonyms.py", "store", "folders.py"}
"""What the build uses and decides nothing: it finds the key, locks, logs and keeps files."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The code that decides, in a folder of its own."""
    for part in CODE:
        place = ROOT / part
        if place.is_dir():
            shutil.copytree(place, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (tmp_path / part).parent.mkdir(exist_ok=True)
            shutil.copy(place, tmp_path / part)
    return tmp_path


def _edit(path: Path, old: str, new: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")


def test_the_hash_follows_from_the_files_and_not_from_where_they_are(tree: Path) -> None:
    assert code_hash(tree) == code_hash()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("release/signals.py", '"""When a figure stands out', '"""When one stands out'),
        ("release/signals.py", '"""Percent of the places', '"""Share of the places'),
        ("release/signals.py", '"""Return where an interval', '"""Say where an interval'),
        (
            "release/signals.py",
            "HIGHEST_PERCENT = 3.0\n",
            "# a choice\nHIGHEST_PERCENT = 3.0  # %\n",
        ),
        ("map_classes.py", "values = np.atleast_1d(", "values = np.atleast_1d(  # one or many\n"),
        ("plugs.py", "    found = []\n", "\n    found = []\n"),
    ],
)
def test_what_is_for_readers_only_names_no_other_release(
    tree: Path, file: str, old: str, new: str
) -> None:
    _edit(tree / file, old, new)
    assert code_hash(tree) == code_hash()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("release/signals.py", "HIGHEST_PERCENT = 3.0", "HIGHEST_PERCENT = 4.0"),
        ("analysis/breaks.py", "97.0)", "98.0)"),
        ("map_classes.py", "return 2 if abs(rate) < 1", "return 3 if abs(rate) < 1"),
        ("indicators/bd01_cash_intensive.py", "weight=0.5", "weight=0.6"),
        ("bilingual.py", '== "nl"', '!= "nl"'),
        ("store/release.py", "contribution: Mapped[float | None]", "contribution: Mapped[float]"),
    ],
)
def test_what_decides_names_another_release(tree: Path, file: str, old: str, new: str) -> None:
    _edit(tree / file, old, new)
    assert code_hash(tree) != code_hash()


def test_a_file_more_or_under_another_name_names_another_release(tree: Path) -> None:
    (tree / "indicators" / "zz99_new.py").write_text("", encoding="utf-8")
    more = code_hash(tree)
    (tree / "indicators" / "zz99_new.py").rename(tree / "indicators" / "zz98_new.py")
    assert len({more, code_hash(tree), code_hash()}) == 3


DELIVERY = Delivery(
    id="0" * 16,
    sequence=1,
    kind="business",
    partner="kvk",
    file_name="business.csv",
    sha256="a" * 64,
    received_at=datetime(2026, 7, 1, tzinfo=UTC),
    rows=1,
    first_date=date(2026, 1, 1),
    last_date=date(2026, 6, 30),
    encoding="utf-8",
    separator=";",
    crs=None,
    invented=True,
    key_check="0" * 16,
)


def _name(delivery: Delivery = DELIVERY, key: bytes = b"key", k: int = 5) -> str:
    borders = areas.fingerprint(Path("nowhere"))
    return release_name([delivery], borders, key, k)


def test_inputs_key_and_settings_name_the_release() -> None:
    names = {
        _name(),
        _name(replace(DELIVERY, sha256="b" * 64)),
        _name(replace(DELIVERY, revision=1)),
        _name(replace(DELIVERY, received_at=datetime(2026, 7, 2, tzinfo=UTC))),
        _name(key=b"other"),
        _name(k=6),
    }
    assert len(names) == 6
    assert _name(replace(DELIVERY, received_at=datetime(2026, 7, 1, 9, tzinfo=UTC))) in names


@pytest.mark.parametrize("data", ["PLACES", "GATEWAYS", "HISTORY"])
def test_another_data_file_names_another_release(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, shipped = _name(), getattr(areas, data)
    other = tmp_path / shipped.name
    other.write_bytes(shipped.read_bytes())
    monkeypatch.setattr(areas, data, other)
    assert _name() == before
    other.write_bytes(shipped.read_bytes() + b"\n")
    assert _name() != before


@pytest.mark.parametrize("file", ["gemeenten.geojson", "riec.geojson", "ATTRIBUTION.txt"])
def test_other_borders_or_their_source_name_another_release(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _name()
    shutil.copytree(SHIPPED, tmp_path / "borders")
    monkeypatch.setattr(areas, "SHIPPED", tmp_path / "borders")
    assert _name() == before
    with (tmp_path / "borders" / file).open("ab") as changed:
        changed.write(b"\n")
    assert _name() != before


@pytest.mark.parametrize("library", LIBRARIES)
def test_another_library_version_names_another_release(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = _name(), importlib.metadata.version
    monkeypatch.setattr(naming, "version", lambda n: "99" if n == library else real(n))
    assert _name() != before


def test_another_python_names_another_release(monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_hash()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    assert code_hash() != before


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _deciding() -> list[Path]:
    parts = [ROOT / part for part in CODE]
    return [file for part in parts for file in (part.rglob("*.py") if part.is_dir() else [part])]


def test_everything_that_deciding_code_imports_decides_or_is_known_not_to() -> None:
    unknown = set()
    for path in _deciding():
        for module in _imports(path):
            top = module.split(".")[0]
            file = f"{module.replace('.', '/')}.py"
            if top in sys.stdlib_module_names or top in {*LIBRARIES, *WRITES}:
                continue
            if not {top, f"{top}.py", file} & {*CODE, *KEEPS}:
                unknown.add(f"{path.relative_to(ROOT)}: {module}")
    assert unknown == set()
