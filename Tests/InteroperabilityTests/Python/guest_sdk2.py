"""The official Python SDK 2.x as a guest: HTTP+SSE, Streamable HTTP with a handshake, and 2026-07-28 without."""

import warnings
from contextlib import asynccontextmanager

import mcp.types as types
from mcp import Client, MCPError
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from answers import Answers, Callbacks, Manner, dump

# Ping, roots and the like are on their way out of the protocol; they are here because they are still in it.
warnings.simplefilter("ignore")
STATELESS = "2026-07-28"
TOOLS = {"tools_list_changed": True}


class SessionID:
    """Keeps the session id of the responses, which this SDK tells nobody."""

    def __init__(self) -> None:
        self.value: str | None = None

    async def __call__(self, response) -> None:
        self.value = response.headers.get("mcp-session-id") or self.value


class Guest:
    def __init__(self, client: Client, answers: Answers, session_id: SessionID) -> None:
        self._client, self._answers, self._session_id = client, answers, session_id
        self.opened = {
            "protocolVersion": client.protocol_version,
            "serverInfo": dump(client.server_info) if client.server_info else None,
            "capabilities": dump(client.server_capabilities),
            "instructions": client.instructions,
        }

    @property
    def session_id(self) -> str | None:
        return self._session_id.value

    async def list(self, what: str, cursor: str | None) -> dict:
        return dump(await getattr(self._client, f"list_{what}")(cursor=cursor))

    async def call(self, tool: str, arguments: dict, on_progress=None) -> dict:
        return dump(await self._client.call_tool(tool, arguments, progress_callback=on_progress))

    async def read(self, uri: str) -> dict:
        return dump(await self._client.read_resource(uri))

    async def prompt(self, name: str, arguments: dict) -> dict:
        return dump(await self._client.get_prompt(name, arguments))

    async def ping(self) -> dict:
        return dump(await self._client.send_ping())

    async def set_level(self, level: str) -> None:
        await self._client.set_logging_level(level)

    async def start(self, run, work):
        """Starts a call; gives what cancels it. To this SDK giving up a call is cancelling it."""
        task = run(work)

        async def cancel() -> None:
            task.cancel()

        return cancel

    def leave(self, task) -> None:
        """Gives up a call without a word where that can be: in a session the call ends with the connection."""
        if self.opened["protocolVersion"] >= STATELESS:
            task.cancel()

    @asynccontextmanager
    async def listening(self, **wanted):
        """Asks for changes where that has to be asked for. Gives what waits for so many of them."""
        if self.opened["protocolVersion"] < STATELESS:
            yield self._answers.change
            return
        async with listening(self._client.listen(**(wanted or TOOLS)), self._answers) as change:
            yield change


def error_of(error: Exception) -> dict | None:
    """The JSON-RPC error that an exception of this SDK stands for."""
    return dump(error.error) if isinstance(error, MCPError) else None


def mode(dialect: str, finds: bool) -> str:
    """Whether there is a handshake is found out by `server/discover`, or settled beforehand."""
    return "auto" if finds else STATELESS if dialect == "stateless" else "legacy"


def _transport(url: str, dialect: str, http, manner: Manner):
    if dialect == "http+sse":
        factory = {"httpx_client_factory": lambda **_: manner.http()} if manner.http else {}
        return sse_client(url, timeout=10, sse_read_timeout=60, **factory)
    return streamable_http_client(url, http_client=http, terminate_on_close=manner.terminates)


@asynccontextmanager
async def listening(subscribing, answers: Answers):
    """Asks for changes. Gives what waits for so many of them."""
    async with subscribing as subscription:
        answers.asked.append({"honored": dump(subscription.honored)})
        events = aiter(subscription)

        async def change(number: int) -> list[str]:
            return [type(await anext(events)).__name__ for _ in range(number)]

        yield change


@asynccontextmanager
async def connect(url: str, dialect: str, answers: Answers, manner: Manner):
    calls, session_id = Callbacks(types, answers), SessionID()
    async with manner.http() if manner.http else create_mcp_http_client() as http:
        http.event_hooks = http.event_hooks | {"response": [session_id]}
        async with Client(
            _transport(url, dialect, http, manner), mode=mode(dialect, manner.finds), cache=None,
            read_timeout_seconds=20, log_level=manner.log_level, sampling_callback=calls.sample,
            elicitation_callback=calls.elicit, list_roots_callback=calls.roots, logging_callback=calls.log,
            message_handler=calls.hear, client_info=types.Implementation(name=manner.name, version="1.0"),
        ) as client:  # fmt: skip
            yield Guest(client, answers, session_id)
