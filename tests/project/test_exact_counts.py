"""Only the few files that protect or blur exact counts read them, or call a frame shown."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).parents if (folder / "VERSION").exists())

READ_EXACT = {
    "release/exact.py": "keeps the counts of some periods",
    "release/guarding.py": "protects them",
    "release/exact_hindcasts.py": "blurs what maps of them would have found",
    "release/staleness.py": "says in steps, over many areas, how far they are from what stands",
}
CALL_SHOWN = {
    "release/protection.py": "shows what it protected",
    "release/guarding.py": "leaves rows out, and takes open figures as they are",
    "release/support.py": "leaves rows out",
}
ROOMS = ("access", "analysis", "attack", "exports", "operations", "pages", "release", "web")


def _reads(tree: ast.AST) -> bool:
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return "unprotected" in {*attributes, *(text for text in texts if isinstance(text, str))}


def _calls_shown(tree: ast.AST) -> bool:
    """Whether a module makes a `release.exact.Shown`, under whatever name."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "release.exact"
        for alias in node.names
        if alias.name == "Shown"
    }
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(
        (isinstance(func, ast.Name) and func.id in names)
        or (isinstance(func, ast.Attribute) and func.attr == "Shown")
        for func in called
    )


def _modules() -> Iterator[tuple[str, ast.AST]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def test_only_who_protects_or_blurs_exact_counts_reads_them() -> None:
    assert {name for name, tree in _modules() if _reads(tree)} == set(READ_EXACT)


def test_only_the_protection_calls_a_frame_shown() -> None:
    assert {name for name, tree in _modules() if _calls_shown(tree)} == set(CALL_SHOWN)


@pytest.mark.parametrize(
    "careless",
    [
        "rows = counts.exact.unprotected",
        "rows = getattr(counts.standing, 'unprotected')",
    ],
)
def test_a_careless_read_is_seen(careless: str) -> None:
    assert _reads(ast.parse(careless))


@pytest.mark.parametrize(
    "careless",
    [
        "from release.exact import Shown\nanalyse(Shown(con.execute(query).df()))",
        "from release.exact import Shown as Harmless\nfigures = Harmless(frame)",
        "from release import exact\nfigures = exact.Shown(frame)",
    ],
)
def test_a_frame_that_is_only_called_shown_is_seen(careless: str) -> None:
    assert _calls_shown(ast.parse(careless))
