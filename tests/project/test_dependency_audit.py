"""The audit of dependencies speaks of weaknesses only where versions were really looked up."""

import json
from collections.abc import Mapping

import pytest

from tools.audit import report

WEAKNESS = {"id": "PYSEC-0000-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}
SOUND = {"name": "sound", "version": "1.0", "vulns": []}
WEAK = {"name": "weak", "version": "1.0", "vulns": [WEAKNESS]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


def answer(*dependencies: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_known_weakness_fails_and_is_named() -> None:
    lines, code = report(answer(SOUND, WEAK, UNKNOWN))
    assert code == 1
    assert lines[0] == "weak 1.0: PYSEC-0000-1, mended in 2.0"
    assert lines[-1] == "Audited 2 of 3 versions: 1 known weaknesses."


def test_what_was_not_looked_up_is_not_called_sound() -> None:
    assert report(answer(SOUND, UNKNOWN)) == (["Audited 1 of 2 versions: 0 known weaknesses."], 0)
    lines, code = report(answer(UNKNOWN, UNKNOWN))
    assert code == 0
    assert lines[0].startswith("Audit skipped")


@pytest.mark.parametrize("text", ["", "Traceback", "{}", '{"dependencies": ['])
def test_an_audit_that_fails_is_skipped_with_a_reason(text: str) -> None:
    lines, code = report(text)
    assert code == 0
    assert "cannot be reached" in lines[0]
