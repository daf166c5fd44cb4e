"""Starts an ASGI application on loopback, says when it accepts connections, and ends with whoever started it."""

import argparse
import asyncio
import json
import socket
import sys

import uvicorn
from sse_starlette.sse import EventSourceResponse
from starlette.middleware.gzip import GZipMiddleware

HEARTBEAT_SECONDS = 0.4


def announce(port: int, path: str, tls_port: int | None = None) -> None:
    """Prints the ready line: one JSON object with the port and the URL of the MCP endpoint, and its URL over TLS."""
    ready = {"ready": True, "port": port, "url": f"http://127.0.0.1:{port}{path}"}
    if tls_port:
        ready["tls_url"] = f"https://127.0.0.1:{tls_port}{path}"
    print(json.dumps(ready), flush=True)


async def until_standard_input_ends() -> None:
    """Returns when the process that holds the other end of standard input closed it or died."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(4096):
        pass


class Server(uvicorn.Server):
    """Serves on a loopback port; `is_up` once it accepts connections."""

    def __init__(self, app, port: int, **settings) -> None:
        super().__init__(
            uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1, **settings)
        )
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.port: int = self.listener.getsockname()[1]
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    def start(self) -> asyncio.Task:
        return asyncio.create_task(self.serve(sockets=[self.listener]))


async def _serve(app, path: str, options: argparse.Namespace) -> None:
    servers = [Server(app, options.port)]
    if options.tls_cert:
        certificate = {"ssl_certfile": options.tls_cert, "ssl_keyfile": options.tls_key}
        # The application is one and is started by the first.
        servers.append(Server(app, 0, lifespan="off", **certificate))
    running: list[asyncio.Task] = []
    for server in servers:
        running.append(server.start())
        up = asyncio.create_task(server.is_up.wait())
        await asyncio.wait({up, running[-1]}, return_when=asyncio.FIRST_COMPLETED)
        if running[-1].done():
            await running[-1]
    announce(*[servers[0].port, path, *(server.port for server in servers[1:])])
    watching = [asyncio.create_task(until_standard_input_ends())] if options.until_stdin_ends else []
    await asyncio.wait([*running, *watching], return_when=asyncio.FIRST_COMPLETED)
    for server in servers:
        server.should_exit = True
    for watch in watching:
        watch.cancel()
    await asyncio.gather(*running)


def serve(app, path: str, options: argparse.Namespace) -> None:
    """Serves until a signal, or until standard input ends where `--until-stdin-ends` was given."""
    if options.gzip:
        app = GZipMiddleware(app, minimum_size=1)
    EventSourceResponse.DEFAULT_PING_INTERVAL = HEARTBEAT_SECONDS
    asyncio.run(_serve(app, path, options))


def arguments(description: str, modes: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("mode", choices=modes)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port; the ready line says which")
    parser.add_argument("--until-stdin-ends", action="store_true", help="end when standard input is closed")
    parser.add_argument("--gzip", action="store_true", help="compress answers that are one body")
    parser.add_argument("--tls-cert", metavar="FILE", help="serve over TLS too, on another port, with this certificate")
    parser.add_argument("--tls-key", metavar="FILE", help="the certificate's key")
    return parser.parse_args()
