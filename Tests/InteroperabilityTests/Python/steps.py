"""The steps of a tour, in order. A step's name is what `--without` takes."""

import asyncio
from collections.abc import Callable

import steps_by_hand
from tourist import Client, Tour


async def probe(tour: Tour, _main: None) -> None:
    """A client of the newer dialect tries this URL first and is refused."""
    newer = Tour(tour.url, "streamable", tour.library_name, False, tour.trusted)
    newer.log, newer.lines = tour.log, []
    try:
        async with newer.client("probe"):
            pass
    except Exception:
        status = tour.log.of("probe")[0].status
        tour.lines.append({"step": "probe", "client": "probe", "error": f"HTTP {status}"})


async def basics(tour: Tour, main: Client) -> None:
    if tour.has_handshake:
        await main.note("ping", main.guest.ping())
        await main.note("logging level", main.guest.set_level("info"))
    await main.note("tools", main.guest.list("tools", None))
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
    await main.note("resources", main.guest.list("resources", None))
    await main.note("resource templates", main.guest.list("resource_templates", None))
    for uri in ["memo://today", "pixels://logo", "greeting://world", "memo://nothing"]:
        await main.note(uri, main.guest.read(uri))


async def prompts(_tour: Tour, main: Client) -> None:
    await main.note("prompts", main.guest.list("prompts", None))
    await main.note("prompt", main.guest.prompt("review", {"code": "let x = 1"}))
    await main.note("unknown prompt", main.guest.prompt("nothing", {}))


async def questions(_tour: Tour, main: Client) -> None:
    await main.call("ask_model", text="2 + 2?")
    await main.call("ask_user", text="who are you?")
    await main.call("ask_user", label="declined", text="decline this")


async def aside(_tour: Tour, main: Client) -> None:
    await main.call("ask_aside", text="and on the side?")


async def changes(_tour: Tour, main: Client) -> None:
    async with main.guest.listening(tools_list_changed=True, resources_list_changed=True) as changed:
        await main.call("announce_change")
        await changed(2)
        await main.answers.change(2)
    main.note_notifications("changes")


async def subscribing(tour: Tour, main: Client) -> None:
    """Hears of one resource, on a stream of its own."""
    async with main.guest.listening(resource_subscriptions=["memo://today"]) as changed:
        await main.call("touch", label="touch another", uri="memo://tomorrow")
        await main.call("touch", uri="memo://today")
        tour.lines.append({"step": "subscribing", "client": main.name, "heard": await changed(1)})


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
    await main.call("echo", label="echo after the second left", text="main")


async def cancel(tour: Tour, main: Client) -> None:
    running: list[asyncio.Task] = []

    def run(work) -> asyncio.Task:
        running.append(asyncio.create_task(work))
        return running[0]

    cancel = await main.guest.start(run, main.call("hold", name="cancelled"))
    await asyncio.sleep(0)
    await main.call("wait_until_held", name="cancelled")
    # Where the cancelled call is answered nevertheless, the two answers come at once, often on streams of their own.
    with tour.in_one_order():
        await cancel()
        await main.call("wait_until_cancelled", name="cancelled")
        await tour.log.wait_until(
            "the end of the cancelled call",
            lambda: all(x.ended_by for x in tour.log.of(main.name) if x.asks("tools/call", name="hold")),
        )
        # Some servers answer nevertheless, before they answer this; the clients of those that do not would wait on.
        await main.call("echo", label="echo after the cancelled call", text="main")
        running[0].cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def polling(tour: Tour, main: Client) -> None:
    """The server closes the stream of a call; the client comes back for the answer, which is there or still to come."""
    for name, live in [("stored", False), ("live", True)]:
        await tour.concurrently(
            main.call("answer_later", label=f"answer later, {name}", name=name, live=live),
            _poll(tour, main, name, live),
        )


async def _poll(tour: Tour, main: Client, name: str, live: bool) -> None:
    await main.call("wait_until_held", label=f"{name} is open", name=f"{name}-close")
    await main.call("release", label=f"{name} closes", name=f"{name}-close")
    if live:
        resumed = lambda: sum(1 for x in tour.log.exchanges if x.status and x.request_header("last-event-id")) == 2
        await tour.log.wait_until("the client to come back", resumed)
        await main.call("wait_until_held", label=f"{name} waits", name=f"{name}-answer")
        await main.call("release", label=f"{name} answers", name=f"{name}-answer")


async def heartbeats(tour: Tour, main: Client) -> None:
    """Two heartbeats on the stream that stays open, or one on a stream that is opened for it."""

    async def beats(number: int) -> None:
        listening = tour.log.open_streams(main.name)[-1]
        await tour.log.wait_until(
            "heartbeats", lambda: sum(1 for block in listening.blocks() if block.kind == "comment") >= number
        )

    if tour.has_handshake:
        await beats(2)
    else:
        async with main.guest.listening(prompts_list_changed=True):
            await beats(1)


async def leaver(tour: Tour, main: Client) -> None:
    """A client goes away in the middle of a call, without a word."""
    async with tour.client("leaver", terminates=False) as client:
        await client.call("echo", text="leaver")
        call = asyncio.create_task(client.call("hold", name="abandoned"))
        await main.call("wait_until_held", name="abandoned")
        client.guest.leave(call)
        if call.cancelling():
            await asyncio.gather(call, return_exceptions=True)
    await asyncio.gather(call, return_exceptions=True)
    await main.call("release", label="release after the client left", name="abandoned")


async def times(tour: Tour, main: Client) -> None:
    await main.note("ping", main.guest.ping())
    await main.note("tools", main.guest.list("tools", None))
    await main.call("get_current_time", timezone="Europe/Warsaw")
    await main.call("convert_time", source_timezone="Europe/Warsaw", time="12:30", target_timezone="Asia/Kathmandu")
    await main.call("get_current_time", label="unknown zone", timezone="Mars/Olympus")
    await main.note("no resources", main.guest.list("resources", None))
    async with tour.client("second") as other:
        for zone in ["UTC", "Asia/Tokyo", "America/Lima"]:
            await other.call("get_current_time", label=zone, timezone=zone)


Step = Callable[[Tour, Client], object]
ROUTES: dict[str, list[Step]] = {
    "tools": [
        probe, basics, tools, resources, prompts, questions, aside, changes, subscribing, together, second, cancel,
        polling, heartbeats, leaver, steps_by_hand.refusals,
    ],
    # What differs by dialect, for connections that differ in nothing else.
    "short": [basics, tools, questions, changes, second, cancel],
    "time": [probe, times, steps_by_hand.refusals],
}  # fmt: skip


async def walk(tour: Tour, chosen: list[Step]) -> None:
    """Walks the steps with one main client, which is the last to leave. The probe comes before it connects."""
    if probe in chosen:
        await probe(tour, None)
    async with tour.client("main") as main:
        for step in chosen:
            if step is not probe:
                await step(tour, main)
