"""Watches the official client's HTTP exchanges from inside: an httpx transport that notes what passes and changes
nothing but one added header, `x-request-id`, which names the exchange so that it can be found in a capture."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import event_blocks

try:
    # What SDK 2.x stands on.
    import httpx2 as httpx
except ImportError:
    import httpx


@dataclass
class Exchange:
    client: str
    number: int
    method: str
    target: str
    request_headers: list[tuple[str, str]]
    request_body: bytes
    started: int
    status: int | None = None
    response_headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    ended_by: str | None = None
    ended: int | None = None

    @property
    def name(self) -> str:
        return f"{self.client}-{self.number}"

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.response_headers if key.lower() == name), None)

    def request_header(self, name: str) -> str | None:
        return next((value for key, value in self.request_headers if key.lower() == name), None)

    @property
    def is_stream(self) -> bool:
        return (self.header("content-type") or "").startswith("text/event-stream")

    def asks(self, method: str, **params) -> bool:
        """Whether its request is that JSON-RPC request."""
        if self.method != "POST" or not self.request_body.startswith(b"{"):
            return False
        message = json.loads(self.request_body) if self.request_body.endswith(b"}") else {}
        given = message.get("params") or {}
        return message.get("method") == method and all(given.get(key) == value for key, value in params.items())

    def blocks(self) -> list[event_blocks.Block]:
        return event_blocks.split(bytes(self.body))[0] if self.is_stream else []


class WireLog:
    """All exchanges of a run. `started` and `ended` are positions on one clock that ticks at every start and end."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.clock = 0
        self.changed = asyncio.Event()

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def signal(self) -> None:
        self.changed.set()

    async def wait_until(self, what: str, holds: Callable[[], bool]) -> None:
        """Returns when `holds()` is true, which is asked whenever something came in; an error after ten seconds."""
        try:
            async with asyncio.timeout(10):
                while not holds():
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            raise TimeoutError(f"waited ten seconds for {what}") from None

    def of(self, client: str) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if exchange.client == client]

    def open_streams(self, client: str) -> list[Exchange]:
        return [x for x in self.of(client) if x.is_stream and x.ended_by is None]


class ObservedStream(httpx.AsyncByteStream):
    def __init__(self, log: WireLog, exchange: Exchange, inner: httpx.AsyncByteStream) -> None:
        self.log, self.exchange, self.inner = log, exchange, inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self.inner:
                self.exchange.body += part
                self.log.signal()
                yield part
        except httpx.TransportError as error:
            self.end(f"server, cut: {type(error).__name__}")
            raise
        self.end("server")
        self.log.signal()

    def end(self, by: str) -> None:
        if self.exchange.ended_by is None:
            self.exchange.ended_by = by
            self.exchange.ended = self.log.tick()

    async def aclose(self) -> None:
        self.end("client")
        await self.inner.aclose()
        self.log.signal()


class ObservingTransport(httpx.AsyncBaseTransport):
    def __init__(self, log: WireLog, client: str, trusted: ssl.SSLContext | bool) -> None:
        self.log, self.client = log, client
        self.inner = httpx.AsyncHTTPTransport(verify=trusted)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number = len(self.log.of(self.client)) + 1
        request.headers["x-request-id"] = f"{self.client}-{number}"
        exchange = Exchange(
            client=self.client,
            number=number,
            method=request.method,
            target=request.url.raw_path.decode(),
            request_headers=[(k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers.raw],
            request_body=request.content,
            started=self.log.tick(),
        )
        self.log.exchanges.append(exchange)
        try:
            response = await self.inner.handle_async_request(request)
        except BaseException as error:
            exchange.ended_by = f"server, cut: {type(error).__name__}" if isinstance(error, Exception) else "client"
            exchange.ended = self.log.tick()
            self.log.signal()
            raise
        exchange.status = response.status_code
        exchange.response_headers = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers.raw]
        response.stream = ObservedStream(self.log, exchange, response.stream)
        self.log.signal()
        if request.method == "DELETE":
            # A server ends the open streams of a session that is deleted: wait until they were seen to end, since
            # the client closes everything as soon as it has this answer.
            await self.log.wait_until("streams to end", lambda: not self.log.open_streams(self.client))
        return response

    async def aclose(self) -> None:
        await self.inner.aclose()


def http_client(log: WireLog, client: str, trusted: ssl.SSLContext | bool = False) -> httpx.AsyncClient:
    """A client with the SDK's own timeouts, watched. `trusted` are the certificates that it accepts; without TLS there
    is nothing to load."""
    timeout = httpx.Timeout(30, read=300)
    return httpx.AsyncClient(transport=ObservingTransport(log, client, trusted), timeout=timeout, trust_env=False)
