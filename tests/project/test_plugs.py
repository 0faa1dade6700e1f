"""A plug may be a package; what lies in it, and packages beside it, are no plugs."""

import re
from pathlib import Path

import pytest

from bilingual import Text
from errors import WeerbeeldError
from plugs import plugs

PLUG = 'from bilingual import Text\n\nNOTE = Text("{0}", "{0}")\n'


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room with a plug in a file, one in a package, and helpers that are neither."""
    files = {
        "__init__.py": "",
        "single.py": PLUG.format("single"),
        "large/__init__.py": PLUG.format("large"),
        "large/inner.py": PLUG.format("inner"),
        "large/deep/__init__.py": PLUG.format("deep"),
        "large/texts/a.nl.md": "# a",
        "kit/__init__.py": '"""Shared."""\n',
        "helper.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "room_of_plugs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / "room_of_plugs"


def test_a_package_is_one_plug(room: Path) -> None:
    found = plugs("room_of_plugs", [str(room)], "NOTE", Text)
    assert [text.nl for text in found] == ["large", "single"]


def test_a_package_whose_plug_is_of_another_type_is_named(room: Path) -> None:
    with pytest.raises(WeerbeeldError, match=re.escape("NOTE in room_of_plugs/large/__init__.py")):
        plugs("room_of_plugs", [str(room)], "NOTE", int)
