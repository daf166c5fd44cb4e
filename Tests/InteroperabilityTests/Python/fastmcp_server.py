"""The same tour on fastmcp, in that framework's own idiom: fastmcp_server.py sse|streamable --port N"""

import asyncio
from dataclasses import dataclass

from fastmcp import Context, FastMCP

import gates
import serving

server = FastMCP("fastmcp-tour", version="1.0")


@dataclass
class Profile:
    name: str
    age: int


@server.tool
def echo(text: str) -> str:
    """Answers with the text it was given."""
    return text


@server.tool
async def slow(steps: int, ctx: Context) -> str:
    """Reports progress step by step before it answers."""
    for step in range(1, steps + 1):
        await ctx.report_progress(step, steps, f"step {step} of {steps}")
        await asyncio.sleep(0.02)
    return f"{steps} steps done"


@server.tool
def large(kilobytes: int) -> str:
    """Answers with that many kilobytes of text."""
    lines = range(kilobytes * 16)
    return "".join(f"{line:08d} the quick brown fox jumps over the lazy dog - äöü\n" for line in lines)


@server.tool
def fail(reason: str) -> str:
    """Fails with the reason given."""
    raise ValueError(reason)


@server.tool
async def log(text: str, ctx: Context) -> str:
    """Sends log messages before it answers."""
    await ctx.info(text)
    await ctx.warning(text)
    return "logged"


@server.tool
async def ask_model(text: str, ctx: Context) -> str:
    """Asks the client to sample."""
    answer = await ctx.sample(text, max_tokens=64)
    return answer.text or ""


@server.tool
async def ask_user(text: str, ctx: Context) -> str:
    """Asks the user for a profile."""
    answer = await ctx.elicit(text, response_type=Profile)
    return f"{answer.action}: {answer.data.name}, {answer.data.age}" if answer.action == "accept" else answer.action


@server.tool
async def hold(name: str) -> str:
    """Answers once released."""
    await gates.hold(name)
    return f"{name} released"


@server.tool
async def wait_until_held(name: str) -> str:
    """Answers once the call of that name is under way."""
    await gates.wait_until_held(name)
    return f"{name} is held"


@server.tool
async def wait_until_cancelled(name: str) -> str:
    """Answers once the held call of that name was cancelled."""
    await gates.wait_until_cancelled(name)
    return f"{name} was cancelled"


@server.tool
async def release(name: str) -> str:
    """Lets the held call of that name go on."""
    gates.release(name)
    return f"{name} let go"


@server.tool
async def meet(name: str, place: int, of: int) -> str:
    """Answers when all callers of that name have arrived, the highest place first."""
    await gates.meet(name, place, of)
    return f"{place} of {of}"


@server.tool
async def announce_change(ctx: Context) -> str:
    """Says on the listening stream that resources and tools changed."""
    await ctx.session.send_resource_list_changed()
    await ctx.session.send_tool_list_changed()
    return "announced"


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


@server.prompt
def review(code: str) -> str:
    """Asks for a review."""
    return f"Please review:\n{code}"


if __name__ == "__main__":
    options = serving.arguments("A fastmcp server", ["sse", "streamable"])
    if options.mode == "sse":
        serving.serve(server.http_app(transport="sse"), "/sse", options)
    else:
        serving.serve(server.http_app(), "/mcp", options)
