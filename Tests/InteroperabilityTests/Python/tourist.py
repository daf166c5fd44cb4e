"""A tour's clients: sessions of an SDK over watched connections, and the lines they write down."""

import asyncio
import importlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager

import wire
from answers import Answers, Manner

STATELESS = "2026-07-28"


class TourAnswers(Answers):
    """`notifications` are those since the last line that was written."""

    def __init__(self, log: wire.WireLog) -> None:
        super().__init__()
        self.wire_log = log
        self.notifications: list[dict] = []

    def sampled(self, params: dict) -> dict:
        content = params["messages"][0]["content"]
        text = content["text"] if isinstance(content, dict) else content[0]["text"]
        answer = {"type": "text", "text": f"sampled: {text}"}
        return {"role": "assistant", "content": answer, "model": "tour-model", "stopReason": "endTurn"}

    def elicited(self, message: str, _schema: dict | None = None) -> dict:
        if "decline" in message:
            return {"action": "decline"}
        return {"action": "accept", "content": {"name": "Ada", "age": 36}}

    def notified(self, notification: dict) -> None:
        super().notified(notification)
        self.notifications.append(notification)
        self.wire_log.signal()

    def failed(self, error: Exception) -> None:
        self.notifications.append({"exception": type(error).__name__})


class Client:
    """One session of a client."""

    def __init__(self, name: str, tour: "Tour", guest, answers: TourAnswers) -> None:
        self.name, self.tour, self.guest, self.answers = name, tour, guest, answers

    async def call(self, tool: str, label: str | None = None, **arguments) -> None:
        """Calls a tool and writes down its progress and its result."""
        progress: list = []

        async def on_progress(done: float, total: float | None, message: str | None) -> None:
            progress.append([done, total, message])
            self.tour.log.signal()

        await self.note(label or tool, self.guest.call(tool, arguments, on_progress), progress)

    async def note(self, step: str, work: Awaitable, progress: list | None = None) -> None:
        """Awaits an SDK call and writes down what came of it."""
        line: dict = {"step": step, "client": self.name}
        try:
            line["result"] = await work
        except Exception as error:
            line["error"] = self.tour.library.error_of(error)
            if line["error"] is None:
                raise
        if progress:
            line["progress"] = progress
        self.tour.lines.append(line)

    def note_notifications(self, step: str) -> None:
        """Writes down the notifications that came in since, progress left out: it stands with its call."""
        others = [n for n in self.answers.notifications if n.get("method") != "notifications/progress"]
        self.tour.lines.append({"step": step, "client": self.name, "notifications": others})
        self.answers.notifications = []


class Tour:
    """`library` is the module of the client's SDK, `trusted` the certificates that it accepts."""

    def __init__(self, url: str, dialect: str, library: str, finds: bool, trusted: ssl.SSLContext | bool) -> None:
        self.url, self.dialect, self.finds, self.trusted = url, dialect, finds, trusted
        self.library_name = library
        self.library = importlib.import_module(f"guest_{library}")
        self.log = wire.WireLog()
        self.lines: list[dict] = []

    @property
    def has_handshake(self) -> bool:
        return self.dialect != "stateless"

    @asynccontextmanager
    async def client(self, name: str, terminates: bool = True) -> AsyncIterator[Client]:
        """A client that is connected; with a listening stream, if it opens one, already open."""
        answers = TourAnswers(self.log)
        manner = Manner(f"tour-{name}", "info", lambda: self.http_client(name), terminates, self.finds)
        async with self.library.connect(self.url, self.dialect, answers, manner) as guest:
            client = Client(name, self, guest, answers)
            self.lines.append({"step": "open", "client": name, "result": guest.opened})
            await self._listening(name)
            yield client
            if terminates or self.dialect != "streamable":
                await self._settled(name)

    def http_client(self, name: str) -> wire.httpx.AsyncClient:
        return wire.http_client(self.log, name, self.trusted)

    async def _listening(self, name: str) -> None:
        has_session = any(exchange.header("mcp-session-id") for exchange in self.log.of(name))
        if self.dialect == "streamable" and has_session:
            await self.log.wait_until(
                "the listening stream", lambda: any(x.method == "GET" and x.status for x in self.log.of(name))
            )

    async def _settled(self, name: str) -> None:
        """On an event stream an answer may overtake the 202 of its request: leave when both are in."""
        posts = [exchange for exchange in self.log.of(name) if exchange.method == "POST"]
        await self.log.wait_until("pending requests", lambda: all(x.ended_by or x.is_stream for x in posts))

    async def concurrently(self, *work: Awaitable) -> None:
        """Runs all at once. Their lines are written in one order, whichever ends first."""
        with self.in_one_order():
            await asyncio.gather(*work)

    @contextmanager
    def in_one_order(self) -> Iterator[None]:
        """The lines of what is done meanwhile are written in one order, whichever ends first."""
        before = len(self.lines)
        yield
        self.lines[before:] = sorted(self.lines[before:], key=lambda line: (line["step"], line["client"]))
