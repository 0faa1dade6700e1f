"""A format is one file: written beside the others, it is served without any other change."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from planted_release import plant

from store.home import Home

ROOT = Path(__file__).resolve().parents[2]
FORMAT = '''"""Tab-separated values in UTF-16, so that no text of it is UTF-8."""

from io import BytesIO

import pandas as pd

from exports.contract import Export, ExportTable


def _write(table: ExportTable) -> bytes:
    rows = table.rows.assign(**table.about)
    return rows.to_csv(sep="\\t", index=False).encode("utf-16")


def _read(content: bytes) -> ExportTable:
    rows = pd.read_csv(BytesIO(content), sep="\\t", encoding="utf-16")
    return ExportTable.read_back(rows, {"release": rows["release"][0]})


EXPORT = Export("tabs", "Tabs", "text/tab-separated-values", "tsv", _write, _read)
'''

ASK = """
import json, sys
from pathlib import Path
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from typer.testing import CliRunner
import exports
from access.session import example_gateways
from cli import app
from exports import EXPORTS, ExportRequest
from pages.kit.table import file_links
from pages.kit.view import View
from settings import Settings
from web.desk import Desk
from web.exporting import Exporting
from web.links import PATH, Reader
from web.browsers import cookie_name

desk, asked = Desk(Settings()), ExportRequest("figures", "ALL1", "riec")
reader = Reader(example="nsoc")
gateway = desk.gateways(reader, "test").partner()
view = View("nl", gateway, "test", lambda request: desk.links.make(reader, "me", request))
(link,) = [link for link in file_links(view, asked) if "(Tabs)" in link]
client = TestClient(Starlette(routes=[Route(PATH, Exporting(desk).answer)]))
client.cookies[cookie_name(over_tls=False)] = "me"
answer = client.get(link.split('href="')[1].split('"')[0])
show = ["show", "ALL1", "--level", "riec", "--as", "nsoc", "--format", "tabs"]
printed = CliRunner().invoke(app, show)
listed = CliRunner().invoke(app, ["indicators", "--format", "tabs"])
refused = CliRunner().invoke(app, [*show[:-1], "none"])
rows = EXPORTS["tabs"].read(answer.content).rows
print(json.dumps({
    "from": exports.__file__,
    "status": answer.status_code,
    "headers": dict(answer.headers),
    "areas": sorted(rows["area"]),
    "release": EXPORTS["tabs"].read(answer.content).release,
    "same": answer.content == printed.stdout_bytes,
    "listed": listed.stdout_bytes.decode("utf-16")[:4],
    "refused": str(refused.exception),
}))
"""


@pytest.mark.long
def test_a_new_file_is_found_and_served_by_web_and_command_line(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    plant(home.releases)
    shutil.copytree(ROOT / "exports", tmp_path / "code" / "exports")
    (tmp_path / "code" / "exports" / "tabs.py").write_text(FORMAT, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "code"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "PYTHONPATH": path, "WEERBEELD_HOME": str(home.root)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert Path(said["from"]).parent == tmp_path / "code" / "exports"
    assert said["status"] == 200
    assert said["headers"]["content-type"].startswith("text/tab-separated-values")
    assert 'figures-ALL1-riec.tsv"' in said["headers"]["content-disposition"]
    assert said["areas"] == ["limburg", "oost-brabant", "rotterdam"]
    assert said["release"] == "planted"
    assert said["same"], "the command line prints the same bytes"
    assert said["listed"] == "code"
    assert "tabs" in said["refused"]
