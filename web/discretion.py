"""Leaves out of Streamlit's messages what a stranger could use: versions, paths, this machine.

Streamlit writes them into the first message of every session, before anybody signed in.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Discretion:
    """ASGI middleware around all websockets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass messages to the browser on, without what is not for it."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def discreet(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message["bytes"] = without_machine(message["bytes"])
            await send(message)

        await self._app(scope, receive, discreet)


def without_machine(sent: bytes) -> bytes:
    """Return a message of Streamlit without versions, the paths of scripts and this machine."""
    message = ForwardMsg()
    message.ParseFromString(sent)
    if message.WhichOneof("type") == "git_info_changed":
        message.git_info_changed.Clear()
    elif message.WhichOneof("type") == "new_session":
        session = message.new_session
        session.name = session.main_script_path = ""
        session.initialize.ClearField("user_info")
        session.initialize.ClearField("environment_info")
        session.initialize.user_info.SetInParent()
        session.initialize.environment_info.SetInParent()
    else:
        return sent
    return bytes(message.SerializeToString())
