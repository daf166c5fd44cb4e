"""The official Python SDK's client uses everything that changing_server.py has: changing_client.py URL"""

import asyncio
import sys

from mcp import ClientSession, McpError
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import ElicitResult, PromptReference


async def answer(_context, _params) -> ElicitResult:
    return ElicitResult(action="accept", content={"colour": "green"})


async def main(url: str) -> None:
    async with streamablehttp_client(url) as (read, write, _):
        async with ClientSession(read, write, elicitation_callback=answer) as session:
            await session.initialize()
            await session.list_tools()
            opened = await session.call_tool("open_basket")
            basket = opened.structuredContent["basket"]
            await session.call_tool("put", {"basket": basket, "what": "apples"})
            await session.call_tool("put", {"basket": basket, "what": "pears", "count": 2})
            for name in ["load", "tell", "choose", "work"]:
                await session.call_tool(name)
            try:
                await session.complete(PromptReference(type="ref/prompt", name="none"), {"name": "a", "value": ""})
            except McpError:
                pass


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
