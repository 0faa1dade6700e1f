"""What passes over a websocket between a browser and Streamlit, without what should not.

To the browser: no versions, no paths of scripts, nothing of this machine; Streamlit writes them
into the first message of every session, before anybody signed in. To Streamlit: nothing in the name
of a map that no map says; it stumbles over some of that before our code runs.
"""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.parts.picking import MAP_KEY, is_deed, is_state


class Messages:
    """ASGI middleware around all websockets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass messages on in both directions."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def to_browser(message: Message) -> None:
            await send(_changed(message, without_machine))

        async def to_streamlit() -> Message:
            return _changed(await receive(), without_false_events)

        await self._app(scope, to_streamlit, to_browser)


def _changed(message: Message, change: Callable[[bytes], bytes]) -> Message:
    return {**message, "bytes": change(message["bytes"])} if message.get("bytes") else message


def without_machine(sent: bytes) -> bytes:
    """Return a message of Streamlit without versions, the paths of scripts and this machine."""
    message = ForwardMsg()
    message.ParseFromString(sent)
    kind = message.WhichOneof("type")
    if kind == "git_info_changed":
        message.git_info_changed.Clear()
    elif kind == "new_session":
        session = message.new_session
        session.name = session.main_script_path = ""
        for part in ("user_info", "environment_info"):
            session.initialize.ClearField(part)
            getattr(session.initialize, part).SetInParent()
    else:
        return sent
    return bytes(message.SerializeToString())


def without_false_events(sent: bytes) -> bytes:
    """Return a browser's message without what no map says."""
    message = BackMsg()
    try:
        message.ParseFromString(sent)
    except Exception:  # no message at all: Streamlit refuses it, and closes the websocket
        return sent
    widgets = message.rerun_script.widget_states.widgets
    false = [
        number
        for number, widget in enumerate(widgets)
        if MAP_KEY in widget.id and not _is_of_a_map(widget)
    ]
    for number in reversed(false):
        del widgets[number]
    return bytes(message.SerializeToString()) if false else sent


def _is_of_a_map(widget: WidgetState) -> bool:
    """Return whether what a browser says of a map has the form of what maps say."""
    if widget.HasField("json_trigger_value"):
        return is_deed(widget.json_trigger_value)
    return widget.HasField("json_value") and is_state(widget.json_value)
