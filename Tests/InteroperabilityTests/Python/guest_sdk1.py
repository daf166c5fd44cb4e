"""The official Python SDK 1.x as a guest: HTTP+SSE and Streamable HTTP."""

from contextlib import asynccontextmanager
from datetime import timedelta

import mcp.types as types
from mcp import ClientSession, McpError
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client

from answers import Answers, dump


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
        """Starts a call; gives what cancels it. This SDK leaves saying so to its user."""
        request_id = self._session._request_id
        task = run(work)

        async def cancel() -> None:
            params = types.CancelledNotificationParams(requestId=request_id, reason="no longer needed")
            notification = types.CancelledNotification(params=params)
            await self._session.send_notification(types.ClientNotification(notification))
            task.cancel()

        return cancel

    @asynccontextmanager
    async def listening(self):
        """Changes come by themselves. Gives what waits for so many of them."""
        yield self._answers.change


def error_of(error: Exception) -> dict | None:
    """The JSON-RPC error that an exception of this SDK stands for."""
    return dump(error.error) if isinstance(error, McpError) else None


@asynccontextmanager
async def _streams(url: str, dialect: str):
    if dialect == "http+sse":
        async with sse_client(url, timeout=10, sse_read_timeout=60) as (reading, writing):
            yield reading, writing, lambda: None
    else:
        async with streamable_http_client(url) as streams:
            yield streams


@asynccontextmanager
async def connect(url: str, dialect: str, answers: Answers, finds: bool):
    """This SDK speaks what it is told to, so there is nothing to find."""

    async def sample(_context, params):
        return types.CreateMessageResult.model_validate(answers.sampled(dump(params)))

    async def elicit(_context, params):
        schema = getattr(params, "requestedSchema", None)
        return types.ElicitResult.model_validate(answers.elicited(params.message, schema))

    async def roots(_context):
        return types.ListRootsResult.model_validate(answers.listed_roots())

    async def log(params):
        answers.log(dump(params))

    async def hear(message):
        if isinstance(message, types.ServerNotification):
            answers.notified(dump(message))

    async with _streams(url, dialect) as (reading, writing, session_id):
        async with ClientSession(
            reading, writing, read_timeout_seconds=timedelta(seconds=20), sampling_callback=sample,
            elicitation_callback=elicit, list_roots_callback=roots, logging_callback=log, message_handler=hear,
            client_info=types.Implementation(name="guest-sdk1", version="1.0"),
        ) as session:  # fmt: skip
            guest = Guest(session, session_id, answers)
            await guest.open()
            yield guest
