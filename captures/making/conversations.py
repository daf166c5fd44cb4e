"""What the client of a capture does: conversations.py NAME URL, with the Python of its SDK.

A line of standard output asks whoever started this to do something: `stop recorder`, `kill server`. Standard input
ends when that is done.
"""

import asyncio
import importlib
import json
import logging
import pathlib
import sys
from contextlib import asynccontextmanager

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Tests/InteroperabilityTests/Python"))

import wire  # noqa: E402
from answers import Answers, Manner  # noqa: E402

BOTH = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


class Visitor(Answers):
    def elicited(self, message: str, _schema: dict | None = None) -> dict:
        return {"action": "accept", "content": {"name": "Ada", "age": 36}}


@asynccontextmanager
async def visit(url: str, dialect: str, library: str = "sdk1", **manner):
    client = importlib.import_module(f"guest_{library}")
    given = {"name": f"python-{library}", "log_level": "info"} | manner
    async with client.connect(url, dialect, Visitor(), Manner(**given)) as guest:
        # The listening stream of a session stands a moment after the handshake.
        await asyncio.sleep(0.2)
        yield guest


async def refused(work) -> None:
    """Awaits what must fail."""
    try:
        await work
    except Exception:
        return
    raise AssertionError("it was to fail")


async def progressed(*_) -> None:
    pass


async def basics(guest) -> None:
    """To check an answer, both lines of the SDK list the tools after the first call."""
    await guest.call("echo", {"text": "hello – ünïcode ✓"})
    await guest.call("slow", {"steps": 3}, progressed)
    await guest.call("ask_user", {"text": "Who are you?"})
    await guest.call("fail", {"reason": "as asked"})
    await guest.read("memo://today")


async def cancel(guest) -> None:
    running: list[asyncio.Task] = []

    def run(work) -> asyncio.Task:
        running.append(asyncio.create_task(work))
        return running[0]

    stop = await guest.start(run, guest.call("hold", {"name": "cancelled"}))
    await asyncio.sleep(0)
    await guest.call("wait_until_held", {"name": "cancelled"})
    await stop()
    await guest.call("wait_until_cancelled", {"name": "cancelled"})
    await asyncio.gather(*running, return_exceptions=True)


def ask(what: str) -> None:
    print(what, flush=True)


async def done() -> None:
    await asyncio.to_thread(sys.stdin.read)


async def http_sse(url: str) -> None:
    async with visit(url, "http+sse") as guest:
        await basics(guest)
        await refused(guest.prompt("nothing", {}))
        await asyncio.sleep(1)


async def streamable(url: str) -> None:
    async with visit(url, "streamable") as guest:
        await basics(guest)
        async with guest.listening() as changed:
            await guest.call("announce_change", {})
            await changed(2)
        await cancel(guest)
        await asyncio.sleep(0.5)


async def streamable_json(url: str) -> None:
    async with visit(url, "streamable") as guest, visit(url, "streamable", name="another") as other:
        await other.ping()
        await guest.call("echo", {"text": "one object"})
        await other.read("memo://today")


async def resumable(url: str) -> None:
    async with visit(url, "streamable") as guest:
        for name, is_live in [("stored", False), ("live", True)]:
            call = asyncio.create_task(guest.call("answer_later", {"name": name, "live": is_live}, progressed))
            await guest.call("wait_until_held", {"name": f"{name}-close"})
            await guest.call("release", {"name": f"{name}-close"})
            if is_live:
                await guest.call("wait_until_held", {"name": f"{name}-answer"})
                # The client comes back half a second after the stream was closed.
                await asyncio.sleep(1)
                await guest.call("release", {"name": f"{name}-answer"})
            await call


async def stateless(url: str) -> None:
    async with visit(url, "stateless", "sdk2", finds=True) as guest:
        await basics(guest)
        wanted = {"tools_list_changed": True, "resource_subscriptions": ["memo://today"]}
        async with guest.listening(**wanted) as changed:
            await guest.call("announce_change", {})
            await guest.call("touch", {"uri": "memo://today"})
            await changed(2)
        await cancel(guest)
        await refused(guest.read("memo://nothing"))
    meta = {"protocolVersion": "2026-07-28", "clientCapabilities": {}, "clientInfo": {"name": "by-hand", "version": "1"}}
    params = {"_meta": {f"io.modelcontextprotocol/{key}": value for key, value in meta.items()}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": params}
    routing = {"mcp-protocol-version": "2026-07-28", "mcp-method": "prompts/list"}
    await by_hand(url, content=json.dumps(body), headers=BOTH | routing)


async def dual_era_probe(url: str) -> None:
    async with visit(url, "streamable", "sdk2", finds=True) as guest:
        await guest.call("echo", {"text": "after all"})


async def hanging_call(url: str) -> None:
    async with visit(url, "http+sse", name="leaver") as guest:
        call = asyncio.create_task(guest.call("hold", {"name": "left"}))
        await asyncio.sleep(0.3)
        guest.leave(call)
        await asyncio.gather(call, return_exceptions=True)
    async with visit(url, "http+sse", name="waiter") as guest:
        call = asyncio.create_task(guest.call("hold", {"name": "waiting"}))
        await asyncio.sleep(0.3)
        ask("stop recorder")
        await done()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)


async def cut_stream(url: str) -> None:
    async with visit(url, "streamable") as guest:
        await guest.call("slow", {"steps": 3}, progressed)
        call = asyncio.create_task(guest.call("hold", {"name": "cut"}))
        await asyncio.sleep(1)
        ask("kill server")
        await done()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)


async def errors(url: str) -> None:
    async with visit(url, "streamable") as guest:
        await guest.call("fail", {"reason": "as asked"})
        await guest.call("no_such_tool", {})
        await refused(guest.read("memo://nothing"))
        session = {"mcp-session-id": guest.session_id, "mcp-protocol-version": "2025-11-25"}
        await by_hand(url, json=request(1, "no/such/method"), headers=BOTH | session)
        await by_hand(url, json=request(2, "ping"), headers=BOTH | session | {"accept": "application/json;q=0"})
        await by_hand(url, content=b"{not json", headers=BOTH | session)
    await by_hand(url, json=request(3, "ping"), headers=BOTH | {"mcp-session-id": "unknown"})


async def expired_session(url: str) -> None:
    for is_last in (False, True):
        async with visit(url, "streamable", terminates=is_last) as guest:
            await guest.ping()
            if not is_last:
                session = {"mcp-session-id": guest.session_id, "mcp-protocol-version": "2025-11-25"}
                async with wire.httpx.AsyncClient() as http:
                    await http.delete(url, headers=session)
                await refused(guest.read("memo://today"))


async def compressed(url: str) -> None:
    async with visit(url, "streamable") as guest:
        await guest.call("large", {"kilobytes": 1})


def request(number: int, method: str) -> dict:
    return {"jsonrpc": "2.0", "id": f"by-hand-{number}", "method": method}


async def by_hand(url: str, **content) -> None:
    async with wire.httpx.AsyncClient() as http:
        await http.post(url, **content)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(asyncio.wait_for(globals()[sys.argv[1].replace("-", "_")](sys.argv[2]), 60))
