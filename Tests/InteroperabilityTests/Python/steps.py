"""The steps of a tour, in order. A step's name is what `--without` takes."""

import asyncio
from collections.abc import Callable

import httpx
from mcp import types

import wire
from tourist import Client, Tour


async def probe(tour: Tour, _main: None) -> None:
    """A client of the newer dialect tries this URL first and is refused."""
    newer = Tour(tour.url, "streamable")
    newer.log, newer.lines = tour.log, tour.lines
    try:
        async with newer.client("probe"):
            pass
    except BaseExceptionGroup as group:
        found = _first_status_error(group)
        tour.lines.append({"step": "probe", "client": "probe", "error": f"HTTP {found.response.status_code}"})


def _first_status_error(group: BaseExceptionGroup) -> httpx.HTTPStatusError:
    rest: list[BaseException] = [group]
    while rest:
        error = rest.pop()
        if isinstance(error, httpx.HTTPStatusError):
            return error
        rest += error.exceptions if isinstance(error, BaseExceptionGroup) else []
    raise group


async def basics(_tour: Tour, main: Client) -> None:
    await main.note("ping", main.session.send_ping())
    await main.note("tools", main.session.list_tools())
    await main.note("logging level", main.session.set_logging_level("info"))
    await main.call("echo", text="hello – ünïcode ✓")


async def tools(_tour: Tour, main: Client) -> None:
    await main.call("slow", steps=3)
    await main.call("large", kilobytes=300)
    await main.call("fail", reason="as asked")
    await main.call("no_such_tool")
    await main.call("echo", label="echo without text")
    await main.call("log", text="a line to log")
    main.note_notifications("log messages")


async def resources(_tour: Tour, main: Client) -> None:
    session = main.session
    await main.note("resources", session.list_resources())
    await main.note("resource templates", session.list_resource_templates())
    for uri in ["memo://today", "pixels://logo", "greeting://world", "memo://nothing"]:
        await main.note(uri, session.read_resource(types.AnyUrl(uri)))


async def prompts(_tour: Tour, main: Client) -> None:
    await main.note("prompts", main.session.list_prompts())
    await main.note("prompt", main.session.get_prompt("review", {"code": "let x = 1"}))
    await main.note("unknown prompt", main.session.get_prompt("nothing"))


async def questions(_tour: Tour, main: Client) -> None:
    await main.call("ask_model", text="2 + 2?")
    await main.call("ask_user", text="who are you?")
    await main.call("ask_user", label="declined", text="decline this")


async def aside(_tour: Tour, main: Client) -> None:
    await main.call("ask_aside", text="and on the side?")


async def changes(tour: Tour, main: Client) -> None:
    await main.call("announce_change")
    await tour.log.wait_until("two notifications", lambda: len(main.notifications) >= 2)
    main.note_notifications("changes")


async def together(tour: Tour, main: Client) -> None:
    """Three calls of one session that are all under way before any is answered."""
    calls = [main.call("meet", label=f"meet {place}", name="three", place=place, of=3) for place in (1, 2, 3)]
    await tour.concurrently(*calls)


async def second(tour: Tour, main: Client) -> None:
    """Another client comes, meets the first in mid-call, and leaves."""
    async with tour.client("second") as other:
        await other.call("echo", text="second")
        await tour.concurrently(
            main.call("meet", name="both", place=1, of=2), other.call("meet", name="both", place=2, of=2)
        )
    await main.note("ping after the second left", main.session.send_ping())


async def cancel(tour: Tour, main: Client) -> None:
    request_id = main.session._request_id
    call = asyncio.create_task(main.call("hold", name="cancelled"))
    await asyncio.sleep(0)
    await main.call("wait_until_held", name="cancelled")
    params = types.CancelledNotificationParams(requestId=request_id, reason="no longer needed")
    await main.session.send_notification(types.ClientNotification(types.CancelledNotification(params=params)))
    await call


async def polling(tour: Tour, main: Client) -> None:
    """The server closes the stream of a call; the client comes back for the answer, which is there or still to come."""
    for name, live in [("stored", False), ("live", True)]:
        call = asyncio.create_task(main.call("answer_later", label=f"answer later, {name}", name=name, live=live))
        await main.call("wait_until_held", label=f"{name} is open", name=f"{name}-close")
        await main.call("release", label=f"{name} closes", name=f"{name}-close")
        if live:
            resumed = lambda: sum(1 for x in tour.log.exchanges if x.status and x.request_header("last-event-id")) == 2
            await tour.log.wait_until("the client to come back", resumed)
            await main.call("wait_until_held", label=f"{name} waits", name=f"{name}-answer")
            await main.call("release", label=f"{name} answers", name=f"{name}-answer")
        await call


async def heartbeats(tour: Tour, _main: Client) -> None:
    """Two heartbeats on the stream that stays open."""

    def beats() -> bool:
        listening = next(x for x in tour.log.exchanges if x.client == "main" and x.method == "GET")
        return sum(1 for block in listening.blocks() if block.kind == "comment") >= 2

    await tour.log.wait_until("two heartbeats", beats)


async def leaver(tour: Tour, main: Client) -> None:
    """A client goes away in the middle of a call, without a word."""
    async with tour.client("leaver", terminate=False) as client:
        call = asyncio.create_task(client.call("hold", name="abandoned"))
        await main.call("wait_until_held", name="abandoned")
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
    await main.call("release", label="release after the client left", name="abandoned")


async def refusals(tour: Tour, main: Client) -> None:
    """Requests that a server with sessions must refuse, sent by hand."""
    both = {"accept": "application/json, text/event-stream"}
    pings = [{"jsonrpc": "2.0", "id": f"by-hand-{number}", "method": "ping"} for number in range(3)]
    async with wire.http_client(tour.log, "by-hand") as http:
        if tour.dialect == "http+sse":
            endpoint = httpx.URL(tour.url).copy_with(path="/messages/")
            await http.post(endpoint.copy_with(params={"session_id": "0" * 32}), json=pings[0])
            await http.post(endpoint.copy_with(params={"session_id": "nonsense"}), json=pings[1])
        else:
            async with http.stream("GET", tour.url, headers={"accept": "text/event-stream"}) as listening:
                # Only a server without sessions grants this, and then never ends it.
                if listening.is_error:
                    await listening.aread()
            await http.post(tour.url, json=pings[0], headers=both | {"mcp-session-id": "unknown"})
            await http.post(tour.url, json=pings[1], headers={"accept": "application/json"})
            await http.post(tour.url, content=b"{not json", headers=both | {"content-type": "application/json"})
        await http.post(httpx.URL(tour.url).copy_with(path="/nowhere"), json=pings[2])


async def times(tour: Tour, main: Client) -> None:
    await main.note("ping", main.session.send_ping())
    await main.note("tools", main.session.list_tools())
    await main.call("get_current_time", timezone="Europe/Warsaw")
    await main.call("convert_time", source_timezone="Europe/Warsaw", time="12:30", target_timezone="Asia/Kathmandu")
    await main.call("get_current_time", label="unknown zone", timezone="Mars/Olympus")
    await main.note("no resources", main.session.list_resources())
    async with tour.client("second") as other:
        zones = ["UTC", "Asia/Tokyo", "America/Lima"]
        for zone in zones:
            await other.call("get_current_time", label=zone, timezone=zone)


Step = Callable[[Tour, Client], object]
ROUTES: dict[str, list[Step]] = {
    "tools": [
        probe, basics, tools, resources, prompts, questions, aside, changes, together, second, cancel, polling,
        heartbeats, leaver, refusals,
    ],
    "time": [probe, times, refusals],
}  # fmt: skip


async def walk(tour: Tour, chosen: list[Step]) -> None:
    """Walks the steps with one main client, which is the last to leave. The probe comes before it connects."""
    if probe in chosen:
        await probe(tour, None)
    async with tour.client("main") as main:
        for step in chosen:
            if step is not probe:
                await step(tour, main)
