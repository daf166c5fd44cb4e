"""fastmcp's client as a guest, in that framework's own idiom."""

from contextlib import asynccontextmanager

from fastmcp import Client
from fastmcp.client.elicitation import ElicitResult
from fastmcp.client.transports import SSETransport, StreamableHttpTransport
from mcp import types
from mcp.client.subscriptions import listen

import guest_sdk2
from answers import Answers, Callbacks, Manner, dump
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
    leave = guest_sdk2.Guest.leave

    @asynccontextmanager
    async def listening(self, **wanted):
        """Asks for changes where that has to be asked for. Gives what waits for so many of them."""
        if self.opened["protocolVersion"] < guest_sdk2.STATELESS:
            yield self._answers.change
            return
        subscribing = listen(self._client.session, **(wanted or guest_sdk2.TOOLS))
        async with guest_sdk2.listening(subscribing, self._answers) as change:
            yield change


@asynccontextmanager
async def connect(url: str, dialect: str, answers: Answers, manner: Manner):
    async def sample(_messages, params, _context):
        return answers.sampled(dump(params))["content"]["text"]

    async def elicit(message, _response_type, params, _context):
        answer = answers.elicited(message, getattr(params, "requested_schema", None))
        return answer["content"] if answer["action"] == "accept" else ElicitResult(action=answer["action"])

    async def roots(_context):
        return [root["uri"] for root in answers.listed_roots()["roots"]]

    async def log(message):
        answers.log({"level": message.level, "data": message.data, "logger": message.logger})

    factory = (lambda **_: manner.http()) if manner.http else None
    transport = (SSETransport if dialect == "http+sse" else StreamableHttpTransport)(url, httpx_client_factory=factory)
    async with Client(
        transport, mode=guest_sdk2.mode(dialect, manner.finds), timeout=20, sampling_handler=sample,
        elicitation_handler=elicit, roots=roots, log_handler=log, message_handler=Callbacks(types, answers).hear,
        client_info=types.Implementation(name=manner.name, version="1.0"),
    ) as client:  # fmt: skip
        yield Guest(client, answers)
