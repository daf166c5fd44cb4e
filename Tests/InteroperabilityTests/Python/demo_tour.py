"""Tours the demo server with the official Python SDK's client and prints what happened as one JSON object.

Usage: demo_tour.py URL DIALECT

URL is the server's origin, such as http://127.0.0.1:6490, or that of a proxy before it.
DIALECT is `http+sse` (the endpoint /sse) or `streamable` (the endpoint /mcp).

The object maps the name of each step to what the client saw of it; ids and times are left out, so that two tours of the
same server print the same. The exit code is 0 when the client came to the end without an exception.
"""

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from datetime import timedelta

import mcp.types as types
from mcp import ClientSession, McpError
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamablehttp_client


@asynccontextmanager
async def connect(url, dialect):
    if dialect == "http+sse":
        async with sse_client(url + "/sse", timeout=10, sse_read_timeout=60) as (reads, writes):
            yield reads, writes, lambda: None
    else:
        async with streamablehttp_client(url + "/mcp", timeout=10, sse_read_timeout=60) as streams:
            yield streams


async def all_pages(list_page, elements):
    names, pages, cursor = [], 0, None
    while True:
        page = await list_page(cursor)
        pages += 1
        names += [element.name for element in getattr(page, elements)]
        cursor = page.nextCursor
        if cursor is None:
            return {"pages": pages, "names": names}


async def error_of(awaitable):
    try:
        await awaitable
    except McpError as error:
        return {"code": error.error.code, "message": error.error.message, "data": error.error.data}
    return None


class Tour:
    def __init__(self):
        self.steps = {}
        self.asked = []
        self.logged = []

    async def sample(self, context, params):
        self.asked.append({"sampling": params.messages[0].content.text, "maxTokens": params.maxTokens})
        return types.CreateMessageResult(
            role="assistant", content=types.TextContent(type="text", text="sampled words"), model="tour")

    async def elicit(self, context, params):
        self.asked.append({"elicitation": params.message})
        return types.ElicitResult(action="accept", content={"name": "Ada"})

    async def roots(self, context):
        self.asked.append({"roots": True})
        return types.ListRootsResult(roots=[types.Root(uri="file:///tour")])

    async def log(self, params):
        self.logged.append({"level": params.level, "data": params.data, "logger": params.logger})

    async def call(self, session, step, tool, arguments=None, **options):
        result = await session.call_tool(tool, arguments or {}, **options)
        self.steps[step] = {
            "isError": result.isError,
            "text": [block.text for block in result.content],
            "structured": result.structuredContent,
        }

    async def run(self, url, dialect):
        async with connect(url, dialect) as (reads, writes, session_id):
            async with ClientSession(
                reads, writes, read_timeout_seconds=timedelta(seconds=20), sampling_callback=self.sample,
                elicitation_callback=self.elicit, list_roots_callback=self.roots, logging_callback=self.log,
            ) as session:
                await self.handshake(session, session_id)
                await self.lists(session)
                await self.tools(session)
                await self.failures(session)
                await self.contents(session)
        self.steps["asked"] = self.asked
        self.steps["logged"] = self.logged

    async def handshake(self, session, session_id):
        opened = await session.initialize()
        self.steps["initialize"] = {
            "protocolVersion": opened.protocolVersion,
            "server": opened.serverInfo.name,
            "capabilities": sorted(opened.capabilities.model_dump(exclude_none=True)),
            "hasSessionID": session_id() is not None,
        }
        await session.send_ping()
        self.steps["ping"] = "answered"

    async def lists(self, session):
        self.steps["tools"] = await all_pages(session.list_tools, "tools")
        self.steps["resources"] = await all_pages(session.list_resources, "resources")
        self.steps["templates"] = await all_pages(session.list_resource_templates, "resourceTemplates")
        self.steps["prompts"] = await all_pages(session.list_prompts, "prompts")

    async def tools(self, session):
        await self.call(session, "echo", "echo", {"text": "Grüße, 世界 \U0001f680\n\"quoted\""})
        await self.call(session, "add", "add", {"a": 2, "b": 3})
        heard = []

        async def progressed(progress, total, message):
            heard.append([progress, total, message])

        await self.call(session, "slow", "slow", {"seconds": 0.2, "steps": 4}, progress_callback=progressed)
        self.steps["slow"]["progress"] = heard
        await self.call(session, "log", "log", {"message": "careful", "level": "warning"})
        await session.set_logging_level("error")
        await self.call(session, "log below the level", "log", {"message": "unheard", "level": "info"})
        result = await session.call_tool("large", {"bytes": 300_000})
        self.steps["large"] = len(result.content[0].text)
        await self.call(session, "poll", "poll", {"seconds": 0.3})
        await self.call(session, "ask_sampling", "ask_sampling", {"prompt": "Say something"})
        await self.call(session, "ask_elicitation", "ask_elicitation", {"question": "Who are you?"})
        await self.call(session, "ask_roots", "ask_roots")
        await self.call(session, "ping_client", "ping_client")
        echoes = await asyncio.gather(*(session.call_tool("echo", {"text": str(n)}) for n in range(20)))
        self.steps["concurrent"] = [echo.content[0].text for echo in echoes]

    async def failures(self, session):
        await self.call(session, "fail", "fail", {"message": "as asked"})
        self.steps["rpc_error"] = await error_of(session.call_tool("rpc_error", {"code": -32055, "message": "as asked"}))
        self.steps["crash"] = await error_of(session.call_tool("crash", {}))
        self.steps["unknown tool"] = await error_of(session.call_tool("nothing", {}))
        self.steps["unknown resource"] = await error_of(session.read_resource("demo://nothing"))
        self.steps["bad cursor"] = await error_of(session.list_tools("nothing"))

    async def contents(self, session):
        for uri in ["demo://greeting", "demo://notes/3", "demo://greeting/Ada"]:
            read = await session.read_resource(uri)
            self.steps[uri] = [contents.text for contents in read.contents]
        prompt = await session.get_prompt("summarize", {"text": "a long story", "words": "7"})
        self.steps["prompt"] = [[message.role, message.content.text] for message in prompt.messages]


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in ("http+sse", "streamable"):
        sys.exit(__doc__)
    tour = Tour()
    try:
        asyncio.run(tour.run(sys.argv[1].rstrip("/"), sys.argv[2]))
    finally:
        print(json.dumps(tour.steps, indent=2, sort_keys=True, ensure_ascii=False))


if __name__ == "__main__":
    main()
