"""The official Python SDK 1.x as a guest: HTTP+SSE and Streamable HTTP."""

from contextlib import asynccontextmanager
from datetime import timedelta

import mcp.types as types
from mcp import ClientSession, McpError
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from answers import Answers, Callbacks, Manner, dump


class Guest:
    def __init__(self, session: ClientSession, session_id, answers: Answers) -> None:
        self._session, self._session_id, self._answers = session, session_id, answers
        self.opened: dict = {}

    @property
    def session_id(self) -> str | None:
        return self._session_id()

    async def open(self) -> None:
        opened = dump(await self._session.initialize())
        members = ["protocolVersion", "serverInfo", "capabilities", "instructions"]
        self.opened = {member: opened.get(member) for member in members}

    async def list(self, what: str, cursor: str | None) -> dict:
        params = types.PaginatedRequestParams(cursor=cursor)
        return dump(await getattr(self._session, f"list_{what}")(params=params))

    async def call(self, tool: str, arguments: dict, on_progress=None) -> dict:
        return dump(await self._session.call_tool(tool, arguments, progress_callback=on_progress))

    async def read(self, uri: str) -> dict:
        return dump(await self._session.read_resource(types.AnyUrl(uri)))

    async def prompt(self, name: str, arguments: dict) -> dict:
        return dump(await self._session.get_prompt(name, arguments))

    async def ping(self) -> dict:
        return dump(await self._session.send_ping())

    async def set_level(self, level: str) -> None:
        await self._session.set_logging_level(level)

    async def start(self, run, work):
        """Starts a call; gives what cancels it. This SDK leaves saying so to its user, and waits for an answer."""
        request_id = self._session._request_id
        run(work)

        async def cancel() -> None:
            params = types.CancelledNotificationParams(requestId=request_id, reason="no longer needed")
            notification = types.CancelledNotification(params=params)
            await self._session.send_notification(types.ClientNotification(notification))

        return cancel

    def leave(self, task) -> None:
        """Gives up a call without a word."""
        task.cancel()

    @asynccontextmanager
    async def listening(self, **_wanted):
        """Changes come by themselves. Gives what waits for so many of them."""
        yield self._answers.change


def error_of(error: Exception) -> dict | None:
    """The JSON-RPC error that an exception of this SDK stands for."""
    return dump(error.error) if isinstance(error, McpError) else None


@asynccontextmanager
async def _streams(url: str, dialect: str, manner: Manner):
    if dialect == "http+sse":
        factory = {"httpx_client_factory": lambda **_: manner.http()} if manner.http else {}
        async with sse_client(url, timeout=10, sse_read_timeout=60, **factory) as (reading, writing):
            yield reading, writing, lambda: None
        return
    async with manner.http() if manner.http else create_mcp_http_client() as http:
        async with streamable_http_client(url, http_client=http, terminate_on_close=manner.terminates) as streams:
            yield streams


@asynccontextmanager
async def connect(url: str, dialect: str, answers: Answers, manner: Manner):
    """This SDK speaks what it is told to, so there is nothing to find."""
    calls = Callbacks(types, answers)
    async with _streams(url, dialect, manner) as (reading, writing, session_id):
        async with ClientSession(
            reading, writing, read_timeout_seconds=timedelta(seconds=20), sampling_callback=calls.sample,
            elicitation_callback=calls.elicit, list_roots_callback=calls.roots, logging_callback=calls.log,
            message_handler=calls.hear, client_info=types.Implementation(name=manner.name, version="1.0"),
        ) as session:  # fmt: skip
            guest = Guest(session, session_id, answers)
            await guest.open()
            yield guest
