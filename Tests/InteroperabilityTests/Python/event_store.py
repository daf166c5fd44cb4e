"""An event store for either line of the official SDK."""

import uuid

from mcp.server.streamable_http import EventCallback, EventMessage, EventStore
from mcp.types import JSONRPCMessage


class MemoryEventStore(EventStore):
    """Keeps every event of the process. Ids look like `evt-` and 32 hexadecimal digits."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str, JSONRPCMessage | None]] = []

    async def store_event(self, stream_id: str, message: JSONRPCMessage | None) -> str:
        event_id = f"evt-{uuid.uuid4().hex}"
        self.events.append((event_id, stream_id, message))
        return event_id

    async def replay_events_after(self, last_event_id: str, send_callback: EventCallback) -> str | None:
        ids = [event_id for event_id, _, _ in self.events]
        if last_event_id not in ids:
            return None
        start = ids.index(last_event_id)
        stream = self.events[start][1]
        for event_id, stream_id, message in list(self.events[start + 1 :]):
            if stream_id == stream and message is not None:
                await send_callback(EventMessage(message, event_id))
        return stream
