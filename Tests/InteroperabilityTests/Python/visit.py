"""A client that is not ours visits a server that is: visit.py URL --client sdk1|sdk2|fastmcp --dialect D [--finds]

Prints a JSON line for each step with what the client saw of it; ids and times are left out, so two visits print the
same. `--steps all` are more, which need a server that can be watched; the others run against `mcp-inspect demo-server`.
"""

import argparse
import asyncio
import importlib
import json
import logging
import urllib.error
import urllib.request

from answers import Answers, Manner

LISTS = {"tools": "tools", "resources": "resources", "resource_templates": "resourceTemplates", "prompts": "prompts"}


class Visit:
    def __init__(self, guest, answers: Answers, dialect: str, error_of) -> None:
        self.guest, self.answers, self.dialect, self.error_of = guest, answers, dialect, error_of

    @property
    def has_handshake(self) -> bool:
        return self.dialect != "stateless"

    async def write(self, step: str, work) -> None:
        """Awaits what a client call gives and writes it, or the JSON-RPC error it failed with."""
        try:
            line = await work
        except Exception as error:
            rpc_error = self.error_of(error)
            if rpc_error is None:
                raise
            line = {"error": rpc_error}
        show(step, line)

    async def call(self, tool: str, step: str | None = None, **arguments) -> None:
        progress: list = []

        async def progressed(done, total, message) -> None:
            progress.append([done, total, message])

        async def called() -> dict:
            result = await self.guest.call(tool, arguments, progressed)
            line = {"text": [block["text"] for block in result["content"]], "isError": result.get("isError", False)}
            if "structuredContent" in result:
                line["structured"] = result["structuredContent"]
            return line | ({"progress": progress} if progress else {})

        await self.write(step or tool, called())


def show(step: str, line) -> None:
    print(json.dumps({"step": step, "saw": line}, ensure_ascii=False), flush=True)


async def handshake(visit: Visit) -> None:
    show("open", visit.guest.opened | {"hasSessionID": visit.guest.session_id is not None})
    if visit.has_handshake:
        await visit.write("ping", visit.guest.ping())
        await visit.guest.set_level("warning")


async def lists(visit: Visit) -> None:
    for what, member in LISTS.items():
        pages, cursor = [], None
        while cursor is not None or not pages:
            page = await visit.guest.list(what, cursor)
            pages.append(page[member])
            cursor = page.get("nextCursor")
        show(what, [[element["name"] for element in page] for page in pages])
        show(f"first of {what}", pages[0][0])


async def tools(visit: Visit) -> None:
    await visit.call("echo", text='Grüße, 世界 \U0001f680\n"quoted"')
    await visit.call("add", a=2, b=3)
    await visit.call("slow", seconds=0.2, steps=4)
    await visit.call("log", message="careful", level="warning")
    await visit.call("log", "log below the level", message="unheard", level="info")
    show("logged", visit.answers.logged)
    result = await visit.guest.call("large", {"bytes": 300_000})
    show("large", len(result["content"][0]["text"]))
    texts = [str(number) for number in range(20)]
    echoes = await asyncio.gather(*(visit.guest.call("echo", {"text": text}) for text in texts))
    show("together", [echo["content"][0]["text"] for echo in echoes] == texts)


async def questions(visit: Visit) -> None:
    await visit.call("ask_sampling", prompt="Say something")
    await visit.call("ask_elicitation", question="Who are you?")
    await visit.call("ask_roots")
    if visit.has_handshake:
        await visit.call("ping_client")
    show("asked", visit.answers.asked)
    visit.answers.asked = []


async def failures(visit: Visit) -> None:
    await visit.call("fail", message="as asked")
    await visit.call("rpc_error", code=-32055, message="as asked")
    await visit.call("crash")
    await visit.call("nothing", "unknown tool")
    await visit.write("unknown resource", visit.guest.read("demo://nothing"))
    await visit.write("unknown prompt", visit.guest.prompt("nothing", {}))
    await visit.write("bad cursor", visit.guest.list("tools", "nothing"))


async def contents(visit: Visit) -> None:
    for uri in ["demo://greeting", "demo://notes/3", "demo://greeting/Ada"]:
        await visit.write(uri, visit.guest.read(uri))
    await visit.write("prompt", visit.guest.prompt("summarize", {"text": "a long story", "words": "7"}))


async def polling(visit: Visit) -> None:
    """The server closes the stream of a call; the client comes back for the answer."""
    await visit.call("poll", seconds=0.3)


async def changes(visit: Visit) -> None:
    """The server says twice that its tools changed, to whoever listens."""
    async with visit.guest.listening() as changed:
        if visit.answers.asked:
            show("honored", visit.answers.asked.pop())
        await visit.call("announce")
        show("change", await changed(1))


async def cancelling(visit: Visit) -> None:
    """The server's own word that the work was cancelled is what counts."""
    call = visit.guest.call("hold", {"name": "cancelled"})
    running: list[asyncio.Task] = []

    def run(work):
        running.append(asyncio.create_task(work))
        return running[0]

    cancel = await visit.guest.start(run, call)
    await asyncio.sleep(0)
    await visit.call("wait_until_held", name="cancelled")
    await cancel()
    await visit.call("wait_until_cancelled", name="cancelled")
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def cuts(visit: Visit) -> None:
    """Whoever stands in between cuts the connection once after a step was delivered and once before."""
    await visit.call("slow", "cut after a step", seconds=0.5, steps=5)
    await visit.call("slow", "cut before a step", seconds=0.6, steps=6)


STEPS = [handshake, lists, tools, questions, failures, contents, polling]
ALL_STEPS = STEPS + [changes, cancelling, cuts]


def status_of_ping(url: str, session_id: str) -> int:
    headers = {
        "content-type": "application/json", "accept": "application/json, text/event-stream",
        "mcp-session-id": session_id, "mcp-protocol-version": "2025-11-25",
    }  # fmt: skip
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


async def run(options: argparse.Namespace) -> None:
    client = importlib.import_module(f"guest_{options.client}")
    answers = Answers()
    steps = ALL_STEPS if options.steps == "all" else STEPS
    async with asyncio.timeout(60):
        manner = Manner(name=f"guest-{options.client}", finds=options.finds)
        async with client.connect(options.url, options.dialect, answers, manner) as guest:
            visit = Visit(guest, answers, options.dialect, client.error_of)
            for step in steps:
                if step.__name__ not in options.without.split(","):
                    await step(visit)
            session_id = guest.session_id
        if session_id and options.steps == "all":
            show("session after the client left", await asyncio.to_thread(status_of_ping, options.url, session_id))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Visits an MCP server with a client that is not ours")
    parser.add_argument("url", help="the endpoint, such as http://127.0.0.1:6490/mcp")
    parser.add_argument("--client", choices=["sdk1", "sdk2", "fastmcp"], required=True)
    parser.add_argument("--dialect", choices=["http+sse", "streamable", "stateless"], required=True)
    parser.add_argument("--finds", action="store_true", help="let the client find out whether there is a handshake")
    parser.add_argument("--steps", choices=["demo", "all"], default="demo")
    parser.add_argument("--without", default="", help="comma-separated steps to leave out")
    return parser.parse_args()


if __name__ == "__main__":
    # The SDKs log what they could not deliver; a visit's findings are in its lines.
    logging.disable(logging.CRITICAL)
    asyncio.run(run(arguments()))
