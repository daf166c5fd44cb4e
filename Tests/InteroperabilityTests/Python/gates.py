"""Where tools of the test servers wait for each other, so that a tour's order is fixed by the tour and not by luck.

The state belongs to the process: it works in every mode, stateless ones included. Names come from the tour and are
unique within one run; a run that used a name leaves nothing behind.
"""

import asyncio
from collections import defaultdict


class Meeting:
    def __init__(self) -> None:
        self.arrived: set[int] = set()
        self.complete = asyncio.Event()
        self.left: dict[int, asyncio.Event] = defaultdict(asyncio.Event)


_started: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
_cancelled: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
_released: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
_meetings: dict[str, Meeting] = defaultdict(Meeting)


async def hold(name: str) -> None:
    """Says that `name` is under way and waits until it is released; a cancelled wait clears the name too."""
    _started[name].set()
    try:
        await _released[name].wait()
    except asyncio.CancelledError:
        _cancelled[name].set()
        raise
    finally:
        _started.pop(name, None)
        _released.pop(name, None)


async def wait_until_held(name: str) -> None:
    await asyncio.wait_for(_started[name].wait(), timeout=10)


async def wait_until_cancelled(name: str) -> None:
    await asyncio.wait_for(_cancelled[name].wait(), timeout=10)
    _cancelled.pop(name, None)


def release(name: str) -> None:
    """Lets a held name go on. A name that is no longer held (its client left) is no error."""
    if name in _started:
        _released[name].set()


async def meet(name: str, place: int, of: int) -> None:
    """Waits until `of` callers are in, then lets them leave one by one, the highest place first."""
    meeting = _meetings[name]
    meeting.arrived.add(place)
    if len(meeting.arrived) == of:
        meeting.complete.set()
    await asyncio.wait_for(meeting.complete.wait(), timeout=10)
    if place < of:
        await asyncio.wait_for(meeting.left[place + 1].wait(), timeout=10)
        # The answer of the caller before leaves first: it needs a few turns of the event loop to be written.
        await asyncio.sleep(0.03)
    meeting.left[place].set()
    if place == 1:
        _meetings.pop(name, None)
