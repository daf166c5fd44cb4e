"""The server of the official Python SDK 2.x in its modes: servers_sdk2.py MODE --port N

The same tools as in servers.py, in this SDK's idiom. Streamable HTTP is dual-era here: who sends a version header of
2026-07-28 is served without a session, everybody else with one.
"""

import asyncio
import warnings
from typing import Annotated

from mcp.server.elicitation import AcceptedElicitation, ElicitationResult
from mcp.server.mcpserver import Context, Elicit, ListRoots, MCPServer, Resolve, Sample
from mcp.types import CreateMessageResult, ListRootsResult, SamplingMessage, TextContent
from pydantic import BaseModel

import gates
import serving
from event_store import MemoryEventStore

# Logging and the like are on their way out of the protocol; they are here because they are still in it.
warnings.simplefilter("ignore")
MODES = {
    "sse": {},
    "streamable": {},
    "streamable-json": {"json_response": True},
    "streamable-resumable": {"retry_interval": 500},
}


class Profile(BaseModel):
    name: str
    age: int


def question(text: str) -> list[SamplingMessage]:
    return [SamplingMessage(role="user", content=TextContent(type="text", text=text))]


def add_plain_tools(server: MCPServer) -> None:
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


def ask_for_sample(text: str) -> Sample:
    return Sample(question(text), max_tokens=64)


def ask_for_profile(text: str) -> Elicit[Profile]:
    return Elicit(text, Profile)


def ask_for_roots() -> ListRoots:
    return ListRoots()


def add_asking_tools(server: MCPServer) -> None:
    """What a resolver asks for travels as a request in a session, and as a round of `input_required` without."""

    @server.tool()
    async def ask_model(text: str, answer: Annotated[CreateMessageResult, Resolve(ask_for_sample)]) -> str:
        """Asks the client to sample."""
        return answer.content.text

    @server.tool()
    async def ask_user(text: str, answer: Annotated[ElicitationResult[Profile], Resolve(ask_for_profile)]) -> str:
        """Asks the user for a profile."""
        if isinstance(answer, AcceptedElicitation):
            return f"{answer.action}: {answer.data.name}, {answer.data.age}"
        return answer.action

    @server.tool()
    async def ask_roots(answer: Annotated[ListRootsResult, Resolve(ask_for_roots)]) -> str:
        """Asks for the client's roots."""
        return "\n".join(str(root.uri) for root in answer.roots)

    @server.tool()
    async def ask_aside(text: str, ctx: Context) -> str:
        """Asks the client to sample, on the client's listening stream."""
        answer = await ctx.session.create_message(question(text), max_tokens=64)
        return answer.content.text

    @server.tool()
    async def announce_change(ctx: Context) -> str:
        """Says that resources and tools changed: on the listening stream, and to whoever asked to hear of it."""
        if ctx.protocol_version >= "2026-07-28":
            await ctx.notify_resources_changed()
            await ctx.notify_tools_changed()
        else:
            await ctx.session.send_resource_list_changed()
            await ctx.session.send_tool_list_changed()
        return "announced"

    @server.tool()
    async def touch(uri: str, ctx: Context) -> str:
        """Says that a resource changed, to whoever asked to hear of it."""
        await ctx.notify_resource_updated(uri)
        return "touched"


def add_waiting_tools(server: MCPServer) -> None:
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


def add_resources_and_prompts(server: MCPServer) -> None:
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


def make_server() -> MCPServer:
    server = MCPServer("sdk2-tour", version="1.0", log_level="CRITICAL")
    add_plain_tools(server)
    add_asking_tools(server)
    add_waiting_tools(server)
    add_resources_and_prompts(server)
    return server


if __name__ == "__main__":
    options = serving.arguments("The server of the official Python SDK 2.x", list(MODES))
    if options.mode == "sse":
        serving.serve(make_server().sse_app(), "/sse", options)
    else:
        resumable = {"event_store": MemoryEventStore()} if options.mode == "streamable-resumable" else {}
        serving.serve(make_server().streamable_http_app(**MODES[options.mode], **resumable), "/mcp", options)
