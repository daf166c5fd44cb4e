"""A tour's clients: official SDK sessions over watched connections, and the lines they write down."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from mcp import ClientSession, McpError, types
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client

import wire


class Client:
    """One session of the official client. `notifications` are those since the last line that was written."""

    def __init__(self, name: str, tour: "Tour") -> None:
        self.name, self.tour = name, tour
        self.notifications: list[dict] = []
        self.session: ClientSession

    async def on_message(self, message) -> None:
        if isinstance(message, types.ServerNotification):
            self.notifications.append(message.model_dump(mode="json", exclude_none=True, by_alias=True))
            await self.tour.log.signal()
        elif isinstance(message, Exception):
            self.notifications.append({"exception": type(message).__name__})

    async def on_sampling(self, _context, params: types.CreateMessageRequestParams) -> types.CreateMessageResult:
        asked = params.messages[0].content
        text = types.TextContent(type="text", text=f"sampled: {getattr(asked, 'text', asked)}")
        return types.CreateMessageResult(role="assistant", content=text, model="tour-model", stopReason="endTurn")

    async def on_elicitation(self, _context, params: types.ElicitRequestParams) -> types.ElicitResult:
        if "decline" in params.message:
            return types.ElicitResult(action="decline")
        return types.ElicitResult(action="accept", content={"name": "Ada", "age": 36})

    async def call(self, tool: str, label: str | None = None, **arguments) -> None:
        """Calls a tool and writes down its progress and its result."""
        progress: list = []

        async def on_progress(done: float, total: float | None, message: str | None) -> None:
            progress.append([done, total, message])
            await self.tour.log.signal()

        await self.note(label or tool, self.session.call_tool(tool, arguments, progress_callback=on_progress), progress)

    async def note(self, step: str, work: Awaitable, progress: list | None = None) -> None:
        """Awaits an SDK call and writes down what came of it."""
        line: dict = {"step": step, "client": self.name}
        try:
            result = await work
            line["result"] = result.model_dump(mode="json", exclude_none=True, by_alias=True)
        except McpError as error:
            line["error"] = error.error.model_dump(mode="json", exclude_none=True)
        if progress:
            line["progress"] = progress
        self.tour.lines.append(line)

    def note_notifications(self, step: str) -> None:
        """Writes down the notifications that came in since, progress left out: it stands with its call."""
        others = [n for n in self.notifications if n.get("method") != "notifications/progress"]
        self.tour.lines.append({"step": step, "client": self.name, "notifications": others})
        self.notifications = []


class Tour:
    def __init__(self, url: str, dialect: str) -> None:
        self.url, self.dialect = url, dialect
        self.log = wire.WireLog()
        self.lines: list[dict] = []

    @asynccontextmanager
    async def client(self, name: str, terminate: bool = True) -> AsyncIterator[Client]:
        """An initialized client; with a listening stream, if it opens one, already open."""
        client = Client(name, self)
        async with self._streams(name, terminate) as (receiving, sending):
            session = ClientSession(
                receiving,
                sending,
                sampling_callback=client.on_sampling,
                elicitation_callback=client.on_elicitation,
                message_handler=client.on_message,
                client_info=types.Implementation(name=f"tour-{name}", version="1.0"),
            )
            async with session:
                client.session = session
                await client.note("initialize", session.initialize())
                await self._listening(name)
                yield client
                if terminate or self.dialect == "http+sse":
                    await self._settled(name)

    @asynccontextmanager
    async def _streams(self, name: str, terminate: bool):
        if self.dialect == "http+sse":
            async with sse_client(
                self.url, httpx_client_factory=lambda **_: wire.http_client(self.log, name)
            ) as (receiving, sending):
                yield receiving, sending
            return
        async with wire.http_client(self.log, name) as http:
            async with streamable_http_client(self.url, http_client=http, terminate_on_close=terminate) as streams:
                yield streams[0], streams[1]

    async def _listening(self, name: str) -> None:
        mine = [exchange for exchange in self.log.exchanges if exchange.client == name]
        if self.dialect == "streamable" and mine[0].header("mcp-session-id"):
            await self.log.wait_until(
                "the listening stream",
                lambda: any(x.client == name and x.method == "GET" and x.status for x in self.log.exchanges),
            )

    async def _settled(self, name: str) -> None:
        """On an event stream an answer may overtake the 202 of its request: leave when both are in."""
        posts = [exchange for exchange in self.log.exchanges if exchange.client == name and exchange.method == "POST"]
        await self.log.wait_until("pending requests", lambda: all(x.ended_by or x.is_stream for x in posts))

    async def concurrently(self, *work: Awaitable) -> None:
        """Runs all at once. Their lines are written in the order given, whichever ends first."""
        before = len(self.lines)
        await asyncio.gather(*work)
        self.lines[before:] = sorted(self.lines[before:], key=lambda line: (line["step"], line["client"]))
