"""The repository keeps its promises: documents, requirements and commands agree with the code."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.version import Version

from cli import app
from records import KINDS

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = ROOT / "docs" / "decisions"
GUIDES = ROOT / "docs" / "gidsen"
USER_GUIDES = ("gemeente.md", "riec.md", "nsoc.md", "auditor.md")
HEADINGS = ["Context", "Choice", "Measured", "Alternatives"]
APART = ("tests/", "tools/", "benchmarks/")
"""Code that does not run in an installation and has requirements of its own."""

OF_OTHERS = "web/kaart/libraries/"
"""Libraries as their makers publish them; what they name, our content policy keeps them from."""

FORBIDDEN = {
    "the host of a package registry": r"py[p]i\.org|python[h]osted|npm[j]s\.|un[p]kg\.com"
    r"|anaconda[.]org|deb\.[d]ebian|py[p]i-more",
    "an absolute path of a workplace": r"(?<![\w.)}\]>*~-])/(?:wor[k]|roo[t]|op[t])/[\w.]",
}

IN_NO_ROOM = {
    "bilingual.py": set[str](),
    "errors.py": set[str](),
    "folders.py": set[str](),
    "map_classes.py": set[str](),
    "plugs.py": {"errors"},
    "prose.py": {"bilingual", "errors"},
    "settings.py": {"errors", "store"},
    "app.py": {"access", "errors", "exports", "pages", "settings", "web"},
}
"""What the files in no room may import; import-linter only sees the rooms."""

PLUGS = {
    "indicators": "INDICATOR",
    "phenomena": "PHENOMENON",
    "records": "KIND",
    "exports": "EXPORT",
    "opendata/sources": "SOURCE",
    "pages": "PAGE",
}
"""The rooms whose folder is a list, and what each plug defines."""


@cache
def tracked() -> tuple[str, ...]:
    """Return the paths of the files in git, relative to the root."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout, so there is no list of files")
    return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).exists())


def text_of(name: str) -> str:
    """Return the text of a file, empty when it is not text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def requirements(name: str) -> list[Requirement]:
    lines = (line.split("#")[0].strip() for line in text_of(name).splitlines())
    return [Requirement(line) for line in lines if line]


def plain(name: str) -> str:
    """Return the name of a distribution as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_by(name: str) -> set[str]:
    """Return the top names of the modules that a file imports."""
    modules = set()
    for node in ast.walk(ast.parse(text_of(name))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module.split(".")[0])
    return modules


def imported_distributions() -> set[str]:
    """Return the distributions that the code of an installation imports."""
    code = [name for name in tracked() if name.endswith(".py") and not name.startswith(APART)]
    modules = set().union(*(imported_by(name) for name in code))
    known = packages_distributions()
    outside = {m for m in modules - sys.stdlib_module_names if not m.startswith("_")}
    found = {plain(known[module][0]) for module in outside if module in known}
    return found - {"weerbeeld"}


def commands() -> list[str]:
    """Return every command as typed, e.g. ``boundaries import``."""
    found = []
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [f"{name} {below}" for below in inner] if inner else [name]
    return found


def anchors(text: str) -> set[str]:
    """Return the anchors that the headings of a Markdown text get."""
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def needed() -> list[str]:
    """Return the names of what an installation needs, and of what its extras need."""
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    extras = [Requirement(e) for lines in project["optional-dependencies"].values() for e in lines]
    return sorted(plain(r.name) for r in [*requirements("requirements.txt"), *extras])


def test_the_code_imports_every_requirement_and_nothing_else() -> None:
    assert "distributed" in needed()
    assert imported_distributions() == set(needed())


@pytest.mark.parametrize("name", IN_NO_ROOM)
def test_a_file_in_no_room_imports_only_what_it_may(name: str) -> None:
    own = {path.split("/")[0].removesuffix(".py") for path in tracked() if path.endswith(".py")}
    assert imported_by(name) & own <= IN_NO_ROOM[name]


def test_constraints_fix_a_version_within_the_range_of_every_requirement() -> None:
    pins = {plain(r.name): str(r.specifier) for r in requirements("constraints.txt")}
    assert all(re.fullmatch(r"==[\w.+!]+", pin) for pin in pins.values()), pins
    for requirement in requirements("requirements.txt") + requirements("requirements-dev.txt"):
        pin = Version(pins[plain(requirement.name)].removeprefix("=="))
        assert requirement.specifier.contains(pin), f"{requirement} does not allow {pin}"


def test_a_decision_says_why_each_library_is_there() -> None:
    rows = re.findall(
        r"^\| ([\w-]+) \| .{10,} \|$", text_of("docs/decisions/0006-libraries.md"), re.M
    )
    named = [row for row in rows if row != "library"]
    assert named == needed()


@pytest.mark.parametrize("command", commands())
def test_the_readme_names_each_command(command: str) -> None:
    assert re.search(rf"`weerbeeld {command}\b", text_of("README.md"))


def test_the_readme_gives_the_two_commands_for_a_newcomer() -> None:
    targets = re.findall(r"^make (\w+)", text_of("README.md"), re.M)
    assert targets == ["run", "test"]


def test_make_help_lists_each_target_once() -> None:
    makefile = text_of("Makefile")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.M)
    assert phony
    described = re.findall(r"^([a-z-]+):.*?## \S.*$", makefile, re.M)
    assert sorted(described) == sorted(phony.group(1).split())


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    named = [
        f"{name}: {found.group()}"
        for name in tracked()
        if not name.startswith(OF_OTHERS)
        for found in re.finditer(FORBIDDEN[what], text_of(name))
    ]
    assert not named, f"{what} in {named}"


def test_the_forbidden_patterns_find_what_they_are_for() -> None:
    host, path = FORBIDDEN.values()
    assert re.search(host, "https://py" + "pi.org/simple")
    assert re.search(path, "see /wor" + "k/data")
    assert not re.search(path, "var/work/work.db, {home}/work/records and ~/work/here")


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    files = sorted(path.name for path in DECISIONS.glob("0*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    listed = re.findall(r"\]\((0\d{3}-[\w-]+\.md)\)", text_of("docs/decisions/README.md"))
    assert listed == files


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_has_its_four_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}. ")
    heads = [(m.group(1), m.end()) for m in re.finditer(r"^## (.+)$", text, re.M)]
    assert [head for head, _ in heads] == HEADINGS
    ends = [end for _, end in heads] + [len(text)]
    assert all(after - before > 80 for before, after in pairwise(ends))


def test_links_in_documents_lead_somewhere() -> None:
    broken = []
    for name in (name for name in tracked() if name.endswith(".md")):
        for target in re.findall(r"\]\(([^)\s]+)\)", text_of(name)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            found = (ROOT / name).parent / path if path else ROOT / name
            if not found.exists() or (anchor and anchor not in anchors(found.read_text("utf-8"))):
                broken.append(f"{name}: {target}")
    assert not broken


def test_the_guide_says_how_to_get_the_table_and_an_example_of_a_kind() -> None:
    guide = text_of("docs/gidsen/gegevensbeheerder.md")
    for words in ("weerbeeld kinds", "weerbeeld kinds incident", "--example", "--format markdown"):
        assert words in guide
    named = re.findall(r"weerbeeld (?:kinds|intake|subject find) (\w+)", guide)
    assert len(named) > 3
    assert set(named) <= set(KINDS)


@pytest.mark.parametrize("name", USER_GUIDES)
def test_a_guide_names_what_stands_on_the_screen(name: str) -> None:
    screen = " ".join(text_of(path) for path in tracked() if path.startswith(("pages/", "web/")))
    bold = re.findall(r"\*\*(.+?)\*\*", text_of(f"docs/gidsen/{name}"), re.S)
    words = [re.sub(r"\s+", " ", word) for word in bold if word != "vet"]
    assert len(words) > 5
    absent = [word for word in words if word not in screen]
    assert not absent


@pytest.mark.parametrize(("room", "constant"), PLUGS.items())
def test_a_file_in_a_room_of_plugs_is_a_plug_or_serves_one(room: str, constant: str) -> None:
    """A plug whose constant is misspelled would be left out without a word."""
    imported = {
        name
        for path in tracked()
        if path.endswith(".py") and not path.startswith("tests/")
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    }
    files = {path.stem: path for path in (ROOT / room).glob("[!_]*.py")}
    packages = {path.parent.name: path for path in (ROOT / room).glob("*/__init__.py")}
    for name, path in {**files, **packages}.items():
        plugged = re.search(rf"^{constant}\b", path.read_text(encoding="utf-8"), re.MULTILINE)
        own = f"{room.replace('/', '.')}.{name}"
        assert plugged or any(
            module == own or module.startswith(f"{own}.") for module in imported
        ), f"{path.relative_to(ROOT)} defines no {constant} and no other file reads it"
