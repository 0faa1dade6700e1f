"""Starts a real server in a process of its own, and asks it things as a browser would not."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (str(Path(sys.executable).parent / "weerbeeld"), "serve")
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """``headers`` in lower case, several of one name joined by a line break."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")


@dataclass(frozen=True)
class Serving:
    """A server that runs: its port, and its process with what it wrote."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request; the Host is ours unless ``headers`` name another."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=names)
            answer = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in answer.getheaders():
                low = name.lower()
                found[low] = f"{found[low]}\n{value}" if low in found else value
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def run_script(self, page: str, query: str = "") -> list[ForwardMsg]:
        """Ask for a page over a websocket as a new browser does; return what comes back."""
        wanted = BackMsg()
        wanted.rerun_script.page_name = page
        wanted.rerun_script.query_string = query
        found: list[ForwardMsg] = []
        with connect(
            f"ws://localhost:{self.port}/_stcore/stream",
            origin=Origin(self.origin),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
        ) as stream:
            stream.send(wanted.SerializeToString())
            while not found or found[-1].WhichOneof("type") != "script_finished":
                message = ForwardMsg()
                message.ParseFromString(bytes(stream.recv(timeout=SECONDS)))  # type: ignore[arg-type]
                found.append(message)
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(serving: Serving) -> None:
    for _ in range(SECONDS * 5):
        assert serving.process.poll() is None, serving.log.read_text(encoding="utf-8")
        try:
            if serving.ask("/_stcore/health").status in (200, 421):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer within {SECONDS} seconds")


@contextmanager
def serving(
    home: Path, folder: Path, command: tuple[str, ...] = COMMAND, /, **settings: str
) -> Iterator[Serving]:
    """Serve ``home`` with WEERBEELD_ ``settings``; what is written lands in ``folder``."""
    port, log = free_port(), folder / "server.log"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WEERBEELD_")}
    environment |= {"WEERBEELD_HOME": str(home), "WEERBEELD_PORT": str(port)}
    environment |= {f"WEERBEELD_{name.upper()}": value for name, value in settings.items()}
    filled = [part.replace("{port}", str(port)) for part in command]
    with (
        log.open("wb") as out,
        subprocess.Popen(filled, cwd=folder, env=environment, stdout=out, stderr=out) as process,
    ):
        found = Serving(port, process, log)
        try:
            _wait(found)
            yield found
        finally:
            process.terminate()
            process.wait(SECONDS)
