"""Starts an ASGI application on loopback, says when it accepts connections, and ends with whoever started it."""

import argparse
import asyncio
import json
import socket
import sys

import uvicorn
from sse_starlette.sse import EventSourceResponse

HEARTBEAT_SECONDS = 0.4


def announce(port: int, path: str) -> None:
    """Prints the ready line: one JSON object with the port and the URL of the MCP endpoint."""
    print(json.dumps({"ready": True, "port": port, "url": f"http://127.0.0.1:{port}{path}"}), flush=True)


async def until_standard_input_ends() -> None:
    """Returns when the process that holds the other end of standard input closed it or died."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(4096):
        pass


class AnnouncingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, path: str) -> None:
        super().__init__(config)
        self.path = path

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            announce(sockets[0].getsockname()[1], self.path)


async def _serve(app, path: str, port: int, watch_standard_input: bool) -> None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    server = AnnouncingServer(config, path)
    if not watch_standard_input:
        await server.serve(sockets=[listener])
        return
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    watching = asyncio.create_task(until_standard_input_ends())
    await asyncio.wait({serving, watching}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    watching.cancel()
    await serving


def serve(app, path: str, options: argparse.Namespace) -> None:
    """Serves until a signal, or until standard input ends where `--until-stdin-ends` was given."""
    EventSourceResponse.DEFAULT_PING_INTERVAL = HEARTBEAT_SECONDS
    asyncio.run(_serve(app, path, options.port, options.until_stdin_ends))


def arguments(description: str, modes: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("mode", choices=modes)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port; the ready line says which")
    parser.add_argument("--until-stdin-ends", action="store_true", help="end when standard input is closed")
    return parser.parse_args()
