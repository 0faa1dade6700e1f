"""A browser without a screen: cookies, a websocket, widgets, and signing in at a real provider."""

import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from serving import SECONDS, Serving, free_port
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

SECRET = "a-client-secret-that-no-log-may-hold"


@contextmanager
def provider(folder: Path, token_seconds: int = 3600) -> Iterator[dict[str, str]]:
    """Run a provider of OpenID Connect; give the settings of a server that uses it."""
    port, log = free_port(), folder / "provider.log"
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--host", "localhost"]
    command += ["--token-max-age", str(token_seconds), "--require-nonce", "true"]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out) as process,
    ):
        try:
            address = f"http://localhost:{port}/.well-known/openid-configuration"
            _wait(address)
            yield {
                "oidc_metadata_url": address,
                "oidc_client_id": "weerbeeld",
                "oidc_client_secret": SECRET,
            }
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(SECONDS * 5):
        try:
            httpx.get(address, timeout=2)
        except (OSError, httpx.HTTPError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"no answer from {address}")


@contextmanager
def visiting(serving: Serving) -> Iterator["Visitor"]:
    """Open a browser of somebody who did not sign in."""
    with httpx.Client(base_url=serving.origin, timeout=SECONDS) as http:
        http.get("/")
        http.get("/_stcore/health")
        yield Visitor(serving, http)


class Visitor:
    """One browser: its cookies, and its windows."""

    def __init__(self, serving: Serving, http: httpx.Client) -> None:
        self.serving, self.http = serving, http

    def cookie(self, part: str) -> str:
        """Return the value of the cookie whose name has ``part`` in it."""
        (found,) = (c.value for c in self.http.cookies.jar if part in c.name)
        return str(found)

    @contextmanager
    def window(self) -> Iterator["Window"]:
        """Open a window: a websocket with the cookies of this browser."""
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.http.cookies.jar)
        with connect(
            f"ws://localhost:{self.serving.port}/_stcore/stream",
            origin=Origin(self.serving.origin),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(self.cookie("xsrf"))],
            additional_headers={"Cookie": cookies},
            max_size=None,
            max_queue=None,  # what nobody waits for may not keep the socket from answering
        ) as stream:
            yield Window(stream)

    def sign_in(self, person: str) -> None:
        """Click on the button, and go through the provider's page as ``person``."""
        with self.window() as window:
            window.run()
            window.run(entrance_act=True)
            address = window.redirect
        there = self.http.get(address)
        form = self.http.post(there.headers["location"], data={"sub": person})
        back = self.http.get(form.headers["location"])
        assert back.status_code == 302, back.text


class Window:
    """A websocket on which pages are drawn. ``silent``: what comes is not made into a text.

    ``timers`` are the parts of a page that a browser asks for again by itself: how often, in
    seconds, by their number.
    """

    def __init__(self, stream: ClientConnection) -> None:
        self.stream = stream
        self.silent = False
        self.messages: list[ForwardMsg] = []
        self.timers: dict[str, float] = {}
        self.page, self.query = "", ""
        self._maps: dict[str, str] = {}

    def run(self, page: str = "", query: str = "", **widgets: object) -> str:
        """Ask for a page, with widgets set by the key that our code gave them; return what came.

        A value of a widget is a text, or True for a click on a button.
        """
        self.page, self.query = page or self.page, query or self.query
        return self._ask(self._states(widgets))

    def renew(self, part: str) -> None:
        """Ask for a part of the page again, as a browser does when its time has come.

        What comes, if the page still has that part, is received with what is asked for next.
        """
        asked = BackMsg()
        asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = part, True
        self.stream.send(asked.SerializeToString())

    def _ask(self, states: Iterable[WidgetState]) -> str:
        asked = BackMsg()
        asked.rerun_script.page_name = self.page
        asked.rerun_script.query_string = self.query
        asked.rerun_script.widget_states.widgets.extend(states)
        self.stream.send(asked.SerializeToString())
        self.messages = []
        while not self.messages or not _ends(self.messages[-1]):
            self._receive()
        return "" if self.silent else str(self.messages)

    @property
    def redirect(self) -> str:
        """Where the server last sent the browser to sign in."""
        while not any(m.WhichOneof("type") == "auth_redirect" for m in self.messages):
            self._receive()
        return [m.auth_redirect.url for m in self.messages if m.HasField("auth_redirect")][-1]

    def act(self, key: str, sent: str) -> str:
        """Do something as on the map with our key, and ask for the page again."""
        self._maps[key] = self._widget(key)
        states = [WidgetState(id=self._maps[key], json_value="{}")]
        return self._ask([*states, self._deed(key, sent)])

    def act_late(self, key: str, sent: str) -> str:
        """Do something on the map as it was, whose page has made way, and ask for this page."""
        return self._ask([self._deed(key, sent)])

    def _deed(self, key: str, sent: str) -> WidgetState:
        events = f"$$STREAMLIT_INTERNAL_KEY_{self._maps[key]}__events"
        return WidgetState(id=events, json_trigger_value=sent)

    def keys(self, begin: str) -> list[str]:
        """Return the keys of drawn widgets that begin so, as our code gave them."""
        numbers = {number for message in self.messages for number in _ids(message)}
        return [n.split("-", 2)[2] for n in numbers if n.split("-", 2)[-1].startswith(begin)]

    def links(self, begin: str) -> list[str]:
        """Return the addresses in what was drawn that begin so."""
        text = unescape(str(self.messages))
        return re.findall(rf'href=\\?"({begin}[^"\\]*)', text)

    def _receive(self) -> None:
        message = ForwardMsg()
        message.ParseFromString(bytes(self.stream.recv(timeout=SECONDS)))  # type: ignore[arg-type]
        self.messages.append(message)
        if message.HasField("auto_rerun"):
            self.timers[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        for part in message.stop_auto_rerun.fragment_ids:
            self.timers.pop(part, None)

    def _states(self, widgets: Mapping[str, object]) -> Iterator[WidgetState]:
        for key, value in widgets.items():
            state = WidgetState(id=self._widget(key))
            if value is True:
                state.trigger_value = True
            else:
                state.string_value = str(value)
            yield state

    def _widget(self, key: str) -> str:
        """Return the id that the framework gave the widget with our key, as last drawn."""
        ends = (f"-{key}", f"-{key.replace('_', '-')}")
        found = [i for m in self.messages for i in _ids(m) if i.endswith(ends)]
        assert found, f"no widget {key} was drawn"
        return found[0]


ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


def _ends(message: ForwardMsg) -> bool:
    """Return whether a message ends a run of a whole page, with no other to follow by itself."""
    return message.WhichOneof("type") == "script_finished" and message.script_finished in ENDS


def _ids(message: ForwardMsg) -> list[str]:
    if message.WhichOneof("type") != "delta" or not message.delta.HasField("new_element"):
        return []
    element: Any = message.delta.new_element
    kind = element.WhichOneof("type")
    number = getattr(getattr(element, kind), "id", "") if kind else ""
    return [number] if number else []
