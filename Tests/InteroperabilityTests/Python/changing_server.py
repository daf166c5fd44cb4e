"""A server of the official Python SDK that can be made to differ in one place: changing_server.py CHANGE --port N

Beside what a change touches, it answers with what is another in each run: minted handles, times, a load.
"""

import asyncio
import random
import uuid
from datetime import datetime, timezone

from mcp.server.fastmcp import Context, FastMCP
from mcp.shared.exceptions import McpError
from mcp.types import ErrorData
from pydantic import BaseModel, Field

import serving

CHANGES = ["nothing", "character", "schema", "code", "order", "latency"]


class Choice(BaseModel):
    colour: str


def make_server(change: str) -> FastMCP:
    server = FastMCP("changing", log_level="CRITICAL")
    baskets: dict[str, list[str]] = {}
    limit = 9 if change == "schema" else 10

    @server.tool()
    def open_basket() -> dict[str, str]:
        """Opens a basket; its handle is for the other tools."""
        basket = f"basket-{uuid.uuid4().hex[:8]}"
        baskets[basket] = []
        return {"basket": basket, "opened": datetime.now(timezone.utc).isoformat()}

    @server.tool()
    def put(basket: str, what: str, count: int = Field(default=1, le=limit)) -> str:
        """Puts something into a basket."""
        baskets[basket].append(what)
        apples = "appels" if change == "character" else "apples"
        return f"{len(baskets[basket])} in it: {', '.join(baskets[basket])}".replace("apples", apples)

    @server.tool()
    def load() -> str:
        """Says how busy the server is, which nobody can foresee."""
        return f"load {random.random():.6f}, up"

    @server.tool()
    async def tell(ctx: Context) -> str:
        """Tells two things, then answers."""
        told = ["first", "second"]
        for what in reversed(told) if change == "order" else told:
            await ctx.info(what)
        return "told"

    @server.tool()
    async def choose(ctx: Context) -> str:
        """Asks for a colour."""
        answer = await ctx.elicit("Which colour?", Choice)
        return f"{answer.action}: {answer.data.colour}" if answer.action == "accept" else answer.action

    @server.tool()
    async def work() -> str:
        """Takes a little."""
        await asyncio.sleep(0.3 if change == "latency" else 0.05)
        return "done"

    @server.completion()
    async def complete(ref, argument, context):
        raise McpError(ErrorData(code=-32011 if change == "code" else -32010, message="nothing to complete here"))

    return server


if __name__ == "__main__":
    options = serving.arguments("The official Python SDK's server, with a change", CHANGES)
    serving.serve(make_server(options.mode).streamable_http_app(), "/mcp", options)
