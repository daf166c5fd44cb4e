"""What every test server offers, whichever SDK carries it.

Functions take the SDK's own `Context` where they need one, so they are made for it. Those that touch `gates` are
coroutines everywhere: fastmcp runs plain functions on other threads.
"""

import asyncio

import gates


def answering(Context) -> list:
    def echo(text: str) -> str:
        """Answers with the text it was given."""
        return text

    async def slow(steps: int, ctx: Context) -> str:
        """Reports progress step by step before it answers."""
        for step in range(1, steps + 1):
            await ctx.report_progress(step, steps, f"step {step} of {steps}")
            await asyncio.sleep(0.02)
        return f"{steps} steps done"

    def large(kilobytes: int) -> str:
        """Answers with that many kilobytes of text."""
        lines = range(kilobytes * 16)
        return "".join(f"{line:08d} the quick brown fox jumps over the lazy dog - äöü\n" for line in lines)

    def fail(reason: str) -> str:
        """Fails with the reason given."""
        raise ValueError(reason)

    async def log(text: str, ctx: Context) -> str:
        """Sends log messages before it answers."""
        await ctx.info(text)
        await ctx.warning(text)
        return "logged"

    return [echo, slow, large, fail, log]


def waiting() -> list:
    async def hold(name: str) -> str:
        """Answers once released."""
        await gates.hold(name)
        return f"{name} released"

    async def wait_until_held(name: str) -> str:
        """Answers once the call of that name is under way."""
        await gates.wait_until_held(name)
        return f"{name} is held"

    async def wait_until_cancelled(name: str) -> str:
        """Answers once the held call of that name was cancelled."""
        await gates.wait_until_cancelled(name)
        return f"{name} was cancelled"

    async def release(name: str) -> str:
        """Lets the held call of that name go on."""
        gates.release(name)
        return f"{name} let go"

    async def meet(name: str, place: int, of: int) -> str:
        """Answers when all callers of that name have arrived, the highest place first."""
        await gates.meet(name, place, of)
        return f"{place} of {of}"

    return [hold, wait_until_held, wait_until_cancelled, release, meet]


def polling(Context) -> list:
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

    return [answer_later]


def announcing(Context) -> list:
    async def announce_change(ctx: Context) -> str:
        """Says on the listening stream that resources and tools changed."""
        await ctx.session.send_resource_list_changed()
        await ctx.session.send_tool_list_changed()
        return "announced"

    return [announce_change]


def add_tools(server, tools: list) -> None:
    for tool in tools:
        server.tool()(tool)


def add_resources_and_prompts(server) -> None:
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
