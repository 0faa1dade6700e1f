"""Documents for maintainers keep up with the code: names, floors, versions, examples."""

import ast
import re
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
import typer

from cli import app
from settings import Settings

ROOT = Path(__file__).resolve().parents[2]
NAMING = ("docs/architecture.md", "docs/releasing.md")
"""Documents of which every name in backticks must exist."""

MARKS = ("INDICATOR", "KIND", "SOURCE", "EXPORT", "PAGE")
VERSION = r"\d+\.\d+\.\d+"


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_files() -> list[Path]:
    """Return the files of the product: tests, tools and environments left out."""
    rooms = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]
    return [*ROOT.glob("*.py"), *(path for room in rooms for path in room.rglob("*.py"))]


def _targets(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


@cache
def defined() -> frozenset[str]:
    """Return what the code defines at the top of a module or in a class, as ``Class.name`` too."""
    found = set()
    for path in code_files():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = _targets(node)
            found.update(names)
            if isinstance(node, ast.ClassDef):
                inner = {name for item in node.body for name in _targets(item)}
                found.update({*inner, *(f"{node.name}.{name}" for name in inner)})
    return frozenset(found)


@cache
def commands() -> frozenset[str]:
    found = set()
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        found.update({name, *(f"{name} {below}" for below in getattr(command, "commands", ()))})
    return frozenset(found)


def exists(name: str) -> bool:
    """Return whether a name in backticks is a command, target, setting, path or definition."""
    if name.startswith("weerbeeld "):
        return name.removeprefix("weerbeeld ") in commands()
    if name.startswith("make "):
        return re.search(rf"^{name.removeprefix('make ')}:", text_of("Makefile"), re.M) is not None
    if name.startswith("WEERBEELD_"):
        return name.removeprefix("WEERBEELD_").lower() in Settings.model_fields
    if name.startswith("git "):
        return True
    return (ROOT / name).exists() or name in defined()


def names_in(document: str) -> list[str]:
    """Return the names in backticks of a document, and the rooms in its figures."""
    text = text_of(document)
    figures = "\n".join(re.findall(r"```mermaid\n(.*?)```", text, re.S))
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    return [*re.findall(r"`([^`\n]+)`", prose), *re.findall(r"\b[a-z]+/(?=\W)", figures)]


@pytest.mark.parametrize("document", NAMING)
def test_every_name_in_a_document_exists(document: str) -> None:
    names = names_in(document)
    assert len(names) > 10
    absent = sorted({name for name in names if not exists(name)})
    assert not absent, f"{document} names what is not there: {', '.join(absent)}"


@pytest.mark.parametrize(
    "name", ["release/bild.py", "Gatekeeper", "Home.cellar", "weerbeeld fly", "make haste"]
)
def test_a_name_that_does_not_exist_would_be_seen(name: str) -> None:
    assert not exists(name)


def test_the_readme_has_the_rooms_in_the_order_that_is_checked() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layered = [contract for contract in contracts if contract["type"] == "layers"]
    (layers,) = (contract["layers"] for contract in layered if "containers" not in contract)
    rows = re.findall(r"^\| (`.+?) \| .+ \|$", text_of("README.md"), re.M)
    floors = [room for row in rows for room in re.findall(r"`(\w+)/`", row)]
    assert [room for room in floors if room in layers] == layers


def test_version_changelog_and_package_agree() -> None:
    version = text_of("VERSION").strip()
    assert re.fullmatch(VERSION, version)
    assert metadata.version("weerbeeld") == version, "make install brings the package along"
    entries = re.findall(r"^## \[(.+?)\](?: - (\S+))?$", text_of("CHANGELOG.md"), re.M)
    assert entries[0] == ("Unreleased", ""), "the top entry collects what is not released yet"
    released = [name for name, day in entries[1:] if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    assert len(released) == len(entries) - 1, "each version has the day of its release"
    assert released[:1] in ([], [version]), "VERSION is the newest version in the changelog"


def docstrings() -> dict[str, str]:
    """Return the docstrings of the functions of ``analysis`` that others may call for an answer."""
    return {
        f"{path.stem}.{node.name}": ast.get_docstring(node) or ""
        for path in sorted((ROOT / "analysis").glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if not (isinstance(node.returns, ast.Constant) and node.returns.value is None)
    }


@pytest.mark.parametrize("name", docstrings())
def test_each_statistic_shows_an_example(name: str) -> None:
    assert ">>> " in docstrings()[name], f"{name} has no example in its docstring"
