"""The official Python SDK's server in its modes: servers.py MODE --port N

Its tools cover what a client can meet: progress, logging, a large answer, failures, requests from the server
(sampling, elicitation, on the call's own stream and on the side), calls that wait, and a stream closed half-way.
"""

import asyncio

from mcp.server.fastmcp import Context, FastMCP
from mcp.types import SamplingMessage, TextContent
from pydantic import BaseModel

import gates
import serving
from event_store import MemoryEventStore

MODES = {
    "sse": {},
    "streamable": {},
    "streamable-json": {"json_response": True},
    "streamable-stateless": {"stateless_http": True},
    "streamable-resumable": {"retry_interval": 500},
}


class Profile(BaseModel):
    name: str
    age: int


def question(text: str) -> list[SamplingMessage]:
    return [SamplingMessage(role="user", content=TextContent(type="text", text=text))]


def add_plain_tools(server: FastMCP) -> None:
    @server.tool()
    def echo(text: str) -> str:
        """Answers with the text it was given."""
        return text

    @server.tool()
    async def slow(steps: int, ctx: Context) -> str:
        """Reports progress step by step before it answers."""
        for step in range(1, steps + 1):
            await ctx.report_progress(step, steps, f"step {step} of {steps}")
            await asyncio.sleep(0.02)
        return f"{steps} steps done"

    @server.tool()
    def large(kilobytes: int) -> str:
        """Answers with that many kilobytes of text."""
        lines = range(kilobytes * 16)
        return "".join(f"{line:08d} the quick brown fox jumps over the lazy dog - äöü\n" for line in lines)

    @server.tool()
    def fail(reason: str) -> str:
        """Fails with the reason given."""
        raise ValueError(reason)

    @server.tool()
    async def log(text: str, ctx: Context) -> str:
        """Sends log messages before it answers."""
        await ctx.info(text)
        await ctx.warning(text)
        return "logged"


def add_asking_tools(server: FastMCP) -> None:
    @server.tool()
    async def ask_model(text: str, ctx: Context) -> str:
        """Asks the client to sample, on the stream of this call."""
        answer = await ctx.session.create_message(question(text), max_tokens=64, related_request_id=ctx.request_id)
        return answer.content.text

    @server.tool()
    async def ask_user(text: str, ctx: Context) -> str:
        """Asks the user for a profile, on the stream of this call."""
        answer = await ctx.elicit(text, Profile)
        return f"{answer.action}: {answer.data.name}, {answer.data.age}" if answer.action == "accept" else answer.action

    @server.tool()
    async def ask_aside(text: str, ctx: Context) -> str:
        """Asks the client to sample, on the client's listening stream."""
        answer = await ctx.session.create_message(question(text), max_tokens=64)
        return answer.content.text

    @server.tool()
    async def ask_roots(ctx: Context) -> str:
        """Asks for the client's roots, on its listening stream."""
        return "\n".join(str(root.uri) for root in (await ctx.session.list_roots()).roots)

    @server.tool()
    async def announce_change(ctx: Context) -> str:
        """Says on the listening stream that resources and tools changed."""
        await ctx.session.send_resource_list_changed()
        await ctx.session.send_tool_list_changed()
        return "announced"


def add_waiting_tools(server: FastMCP) -> None:
    @server.tool()
    async def hold(name: str) -> str:
        """Answers once released."""
        await gates.hold(name)
        return f"{name} released"

    @server.tool()
    async def wait_until_held(name: str) -> str:
        """Answers once the call of that name is under way."""
        await gates.wait_until_held(name)
        return f"{name} is held"

    @server.tool()
    async def wait_until_cancelled(name: str) -> str:
        """Answers once the held call of that name was cancelled."""
        await gates.wait_until_cancelled(name)
        return f"{name} was cancelled"

    @server.tool()
    def release(name: str) -> str:
        """Lets the held call of that name go on."""
        gates.release(name)
        return f"{name} let go"

    @server.tool()
    async def meet(name: str, place: int, of: int) -> str:
        """Answers when all callers of that name have arrived, the highest place first."""
        await gates.meet(name, place, of)
        return f"{place} of {of}"

    @server.tool()
    async def answer_later(name: str, live: bool, ctx: Context) -> str:
        """Closes its own stream once released; answers at once, or when released again if `live`."""
        await ctx.report_progress(1, 3, "stream is open")
        await gates.hold(f"{name}-close")
        await ctx.close_sse_stream()
        await ctx.report_progress(2, 3, "stream was closed")
        if live:
            await gates.hold(f"{name}-answer")
        await ctx.report_progress(3, 3, "answering")
        return f"{name} answered later"


def add_resources_and_prompts(server: FastMCP) -> None:
    @server.resource("memo://today", mime_type="text/plain")
    def memo() -> str:
        """A short text."""
        return "buy milk"

    @server.resource("pixels://logo", mime_type="application/octet-stream")
    def logo() -> bytes:
        """Bytes."""
        return bytes(range(256))

    @server.resource("greeting://{name}")
    def greeting(name: str) -> str:
        """A text for a name."""
        return f"hello {name}"

    @server.prompt()
    def review(code: str) -> str:
        """Asks for a review."""
        return f"Please review:\n{code}"


def make_server(mode: str) -> FastMCP:
    resumable = {"event_store": MemoryEventStore()} if mode == "streamable-resumable" else {}
    server = FastMCP("sdk-tour", log_level="CRITICAL", **MODES[mode], **resumable)
    add_plain_tools(server)
    add_asking_tools(server)
    add_waiting_tools(server)
    add_resources_and_prompts(server)
    return server


if __name__ == "__main__":
    options = serving.arguments("The official Python SDK's server", list(MODES))
    server = make_server(options.mode)
    if options.mode == "sse":
        serving.serve(server.sse_app(), "/sse", options)
    else:
        serving.serve(server.streamable_http_app(), "/mcp", options)
