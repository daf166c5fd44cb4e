"""fastmcp's client as a guest, in that framework's own idiom."""

from contextlib import asynccontextmanager

from fastmcp import Client
from fastmcp.client.transports import SSETransport, StreamableHttpTransport
from mcp.client.subscriptions import listen
from mcp.types import Implementation

import guest_sdk2
from answers import Answers, dump
from guest_sdk2 import error_of

__all__ = ["connect", "error_of"]


class Guest:
    def __init__(self, client: Client, answers: Answers) -> None:
        self._client, self._answers = client, answers
        self.opened = {
            "protocolVersion": client.protocol_version,
            "serverInfo": dump(client.server_info) if client.server_info else None,
            "capabilities": dump(client.server_capabilities),
            "instructions": client.instructions,
        }

    @property
    def session_id(self) -> str | None:
        return self._client.transport.get_session_id()

    async def list(self, what: str, cursor: str | None) -> dict:
        return dump(await getattr(self._client, f"list_{what}_mcp")(cursor=cursor))

    async def call(self, tool: str, arguments: dict, on_progress=None) -> dict:
        return dump(await self._client.call_tool_mcp(tool, arguments, progress_handler=on_progress))

    async def read(self, uri: str) -> dict:
        return dump(await self._client.read_resource_mcp(uri))

    async def prompt(self, name: str, arguments: dict) -> dict:
        return dump(await self._client.get_prompt_mcp(name, arguments))

    async def ping(self) -> dict:
        return {} if await self._client.ping() else {"answered": False}

    async def set_level(self, level: str) -> None:
        await self._client.set_logging_level(level)

    start = guest_sdk2.Guest.start

    @asynccontextmanager
    async def listening(self):
        """Asks for changes of the tools where that has to be asked for. Gives what waits for so many of them."""
        if self.opened["protocolVersion"] < "2026-07-28":
            yield self._answers.change
            return
        subscribing = listen(self._client.session, tools_list_changed=True)
        async with guest_sdk2.listening(subscribing, self._answers) as change:
            yield change


@asynccontextmanager
async def connect(url: str, dialect: str, answers: Answers, finds: bool):
    async def sample(_messages, params, _context):
        return answers.sampled(dump(params))["content"]["text"]

    async def elicit(message, _response_type, params, _context):
        return answers.elicited(message, getattr(params, "requested_schema", None))["content"]

    async def roots(_context):
        return [root["uri"] for root in answers.listed_roots()["roots"]]

    async def log(message):
        answers.log({"level": message.level, "data": message.data, "logger": message.logger})

    async def hear(message):
        if not isinstance(message, Exception):
            answers.notified(dump(message))

    transport = SSETransport(url) if dialect == "http+sse" else StreamableHttpTransport(url)
    async with Client(
        transport, mode=guest_sdk2.mode(dialect, finds), timeout=20, sampling_handler=sample,
        elicitation_handler=elicit, roots=roots, log_handler=log, message_handler=hear,
        client_info=Implementation(name="guest-fastmcp", version="1.0"),
    ) as client:  # fmt: skip
        yield Guest(client, answers)
