"""The official Python SDK 2.x as a guest: HTTP+SSE, Streamable HTTP with a handshake, and 2026-07-28 without."""

import warnings
from contextlib import asynccontextmanager

import mcp.types as types
from mcp import Client, MCPError
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from answers import Answers, dump

# Ping, roots and the like are on their way out of the protocol; they are here because they are still in it.
warnings.simplefilter("ignore")


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

    @asynccontextmanager
    async def listening(self):
        """Asks for changes of the tools where that has to be asked for. Gives what waits for so many of them."""
        if self.opened["protocolVersion"] < "2026-07-28":
            yield self._answers.change
            return
        async with listening(self._client.listen(tools_list_changed=True), self._answers) as change:
            yield change


def error_of(error: Exception) -> dict | None:
    """The JSON-RPC error that an exception of this SDK stands for."""
    return dump(error.error) if isinstance(error, MCPError) else None


def mode(dialect: str, finds: bool) -> str:
    """Whether there is a handshake is found out by `server/discover`, or settled beforehand."""
    return "auto" if finds else "2026-07-28" if dialect == "stateless" else "legacy"


def _transport(url: str, dialect: str, http):
    if dialect == "http+sse":
        return sse_client(url, timeout=10, sse_read_timeout=60)
    return streamable_http_client(url, http_client=http)


@asynccontextmanager
async def listening(subscribing, answers: Answers):
    """Asks for changes of the tools. Gives what waits for so many of them."""
    async with subscribing as subscription:
        answers.asked.append({"honored": dump(subscription.honored)})
        events = aiter(subscription)

        async def change(number: int) -> list[str]:
            return [type(await anext(events)).__name__ for _ in range(number)]

        yield change


@asynccontextmanager
async def connect(url: str, dialect: str, answers: Answers, finds: bool):
    async def sample(_context, params):
        return types.CreateMessageResult.model_validate(answers.sampled(dump(params)))

    async def elicit(_context, params):
        schema = getattr(params, "requested_schema", None)
        return types.ElicitResult.model_validate(answers.elicited(params.message, schema))

    async def roots(_context):
        return types.ListRootsResult.model_validate(answers.listed_roots())

    async def log(params):
        answers.log(dump(params))

    async def hear(message):
        if not isinstance(message, Exception):
            answers.notified(dump(message))

    session_id = SessionID()
    async with create_mcp_http_client() as http:
        http.event_hooks.setdefault("response", []).append(session_id)
        async with Client(
            _transport(url, dialect, http), mode=mode(dialect, finds), cache=None, read_timeout_seconds=20,
            log_level="warning", sampling_callback=sample, elicitation_callback=elicit, list_roots_callback=roots,
            logging_callback=log, message_handler=hear,
            client_info=types.Implementation(name="guest-sdk2", version="1.0"),
        ) as client:  # fmt: skip
            yield Guest(client, answers, session_id)
