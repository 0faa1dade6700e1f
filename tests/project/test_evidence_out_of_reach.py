"""What makes evidence of shown or public figures has no connection, no file and no exact count.

The code itself says who makes which kind: a module that names a kind of shown figures is blind, a
kind that exact counts are made coarse for is made by its own maker only.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

from records import KINDS as RECORDS
from store.evidence import KINDS

ROOT = Path(__file__).resolve().parents[2]
DECISION = ROOT / "docs" / "decisions" / "0032-evidence-is-declared.md"
KEPT_IN = "store.evidence"
SEEING = {"duckdb", "sqlite3", "sqlalchemy", "pyarrow", "pyogrio", "os", "io", "pathlib", "shutil"}
"""Libraries that open files or databases; so do rooms that keep them."""
KEEPING = ("store", "intake", "opendata", "geo.areas", "release.looking", "release.standing")
HARMLESS = ("store.evidence", "store.release")
GIVEN = {"DuckDBPyConnection", "Materials", "Counts", "Path", "Home", "Inputs", "Engine"}
"""Types of parameters through which records or exact counts would come in."""
NAMED = {"con", "connection", "exact", "folder"}
EXACT = ("amount_", "key_numerator", "key_denominator")
"""What columns of exact counts begin with."""


def _imports(tree: ast.Module) -> dict[str, str]:
    """Return the names that a module imports, each with the module it is from."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.name: node.module for alias in node.names}
    return found


def _calls(tree: ast.AST) -> set[str]:
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {node.id for node in functions if isinstance(node, ast.Name)}
    return names | {node.attr for node in functions if isinstance(node, ast.Attribute)}


def _sights(tree: ast.Module, imports: dict[str, str]) -> list[str]:
    """Return through what a module could see records, exact counts or files."""
    seen = [name for name in imports.values() if name.split(".")[0] in SEEING]
    seen += [
        name
        for name in imports.values()
        if name.startswith(KEEPING) and not name.startswith(HARMLESS)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            kinds = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            kinds |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
            seen += sorted(kinds & GIVEN) + ([node.arg] if node.arg in NAMED else [])
        if isinstance(node, ast.Attribute) and node.attr in NAMED:
            seen.append(node.attr)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            seen += [node.value] if node.value.startswith(EXACT) else []
    return seen + [name for name in _calls(tree) if name == "open" or name.startswith("read_")]


def _faults(module: str, source: str) -> list[str]:
    """Return what a module does with kinds of evidence that it may not do."""
    tree = ast.parse(source)
    imports = _imports(tree)
    kinds = [n for n, of in imports.items() if of.startswith(KEPT_IN) and n in KINDS]
    whole = [n for n, of in imports.items() if of == n and n.startswith(KEPT_IN)]
    faults = [f"imports {name}: name the kinds" for name in whole]
    for name in kinds:
        rests = KINDS[name].rests
        if rests.on == "coarse" and name in _calls(tree) and module != rests.maker:
            faults.append(f"makes {name}, which {rests.maker} makes")
        if rests.on != "coarse" and (sights := _sights(tree, imports)):
            faults.append(f"has {name} beside {sights[0]}")
        if rests.on == "settings":
            given = [n for n in tree.body if isinstance(n, ast.FunctionDef) if n.args.args]
            faults += [f"makes {name} of more than settings" for _ in given if name in _calls(tree)]
    return faults


@cache
def _modules() -> dict[str, str]:
    """Return the code of every module that makes a release, by its name."""
    return {
        f"release.{path.stem}": path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "release").rglob("*.py"))
    }


def test_who_makes_evidence_of_shown_figures_is_blind() -> None:
    faults = {module: _faults(module, source) for module, source in _modules().items()}
    assert {module: found for module, found in faults.items() if found} == {}


def test_each_kind_is_made_in_one_place() -> None:
    makers: dict[str, list[str]] = {name: [] for name in KINDS}
    for module, source in _modules().items():
        tree = ast.parse(source)
        imports = _imports(tree)
        for name in _calls(tree) & set(KINDS):
            makers[name] += [module] if imports.get(name, "").startswith(KEPT_IN) else []
    for name, kind in KINDS.items():
        assert len(makers[name]) == 1, name
        assert kind.rests.maker in ("", *makers[name])
        coarse = [kind.rests.maker, kind.rests.why, kind.rests.left]
        assert all(coarse) if kind.rests.on == "coarse" else not any(coarse), name


def test_the_decision_lists_what_counts_exactly() -> None:
    listed = DECISION.read_text(encoding="utf-8")
    rows = {line.split("`")[1] for line in listed.splitlines() if line.startswith("| `")}
    assert rows == {name for name, kind in KINDS.items() if kind.rests.on == "coarse"}


CARELESS = {
    "a connection": (
        "import duckdb\nfrom store.evidence.of_maps import Moran\n",
        "has Moran beside duckdb",
    ),
    "a connection that is given": (
        "from store.evidence.of_maps import Moran\n"
        "def rows(given: Materials) -> list[Moran]:\n    return [Moran('VG01', 'hex7', 0.1, 2)]\n",
        "has Moran beside Materials",
    ),
    "exact counts that are given": (
        "from store.evidence.of_maps import Hindcast\ndef rows(exact): ...\n",
        "has Hindcast beside exact",
    ),
    "a column of exact counts": (
        "from store.evidence.of_maps import Hindcast\ndef rows(f): f['amount_numerator'].sum()\n",
        "has Hindcast beside amount_numerator",
    ),
    "a file of exact counts": (
        "import pandas as pd\nfrom store.evidence.of_sources import Spread\n"
        "def rows(): pd.read_parquet('counts')\n",
        "has Spread beside read_parquet",
    ),
    "a kind that is another's": (
        "from store.evidence.of_records import SameEvents\n"
        "rows = [SameEvents('incident', 'politie', 'kmar', 'all')]\n",
        "makes SameEvents, which release.same_events makes",
    ),
    "a setting that depends": (
        "from store.evidence.of_sources import ClassPercentile\n"
        "def rows(figures): return [ClassPercentile(figures)]\n",
        "makes ClassPercentile of more than settings",
    ),
    "all of a file": (
        "import store.evidence.of_maps\n",
        "imports store.evidence.of_maps: name the kinds",
    ),
}


@pytest.mark.parametrize("case", CARELESS)
def test_a_careless_module_is_found(case: str) -> None:
    source, fault = CARELESS[case]
    assert _faults("release.careless", source) == [fault]


def test_public_facts_are_read_from_no_table_of_records() -> None:
    """They are what blind modules get instead of a connection."""
    tree = ast.parse(_modules()["release.open_facts"])
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    words = {word.strip("(),") for text in texts if isinstance(text, str) for word in text.split()}
    tables = {name for name in RECORDS if name != "area_figure"}
    assert not words & {*tables, *(f"raw_{name}" for name in tables), "unit", "business_at"}
    assert {"raw_area_figure", "figure_at", "spread_from"} <= words
