"""What a guest of a server answers when it is asked, and what it heard: the same whichever SDK carries it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass


def dump(model) -> dict:
    """An SDK's object as it travelled: what was on the wire, not what the SDK fills in."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)


class Answers:
    """Answers come as JSON, which each SDK reads into its own types. `asked`, `logged` and `changes` keep what came."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.logged: list[dict] = []
        self.changes: list[str] = []
        self._changed = asyncio.Event()

    def sampled(self, params: dict) -> dict:
        content = params["messages"][0]["content"]
        text = content["text"] if isinstance(content, dict) else content[0]["text"]
        self.asked.append({"sampling": text, "maxTokens": params["maxTokens"]})
        return {"role": "assistant", "content": {"type": "text", "text": "sampled words"}, "model": "tour"}

    def elicited(self, message: str, schema: dict | None = None) -> dict:
        self.asked.append({"elicitation": message, "fields": sorted((schema or {}).get("properties", {}))})
        return {"action": "accept", "content": {"name": "Ada"}}

    def listed_roots(self) -> dict:
        self.asked.append({"roots": True})
        return {"roots": [{"uri": "file:///tour"}]}

    def log(self, params: dict) -> None:
        self.logged.append({key: params.get(key) for key in ("level", "data", "logger")})

    def notified(self, notification: dict) -> None:
        """Takes any notification; keeps those that say that a list changed."""
        method = notification.get("method", "")
        if method.endswith("list_changed"):
            self.changes.append(method)
            self._changed.set()

    def failed(self, error: Exception) -> None:
        """Takes what the SDK could make nothing of."""

    async def change(self, number: int) -> list[str]:
        """The changes heard of, once there are so many."""
        while len(self.changes) < number:
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), timeout=10)
        return self.changes


class Callbacks:
    """What either line of the official SDK calls, in that line's own `types`."""

    def __init__(self, types, answers: Answers) -> None:
        self._types, self._answers = types, answers

    async def sample(self, _context, params):
        return self._types.CreateMessageResult.model_validate(self._answers.sampled(dump(params)))

    async def elicit(self, _context, params):
        answer = self._answers.elicited(params.message, dump(params).get("requestedSchema"))
        return self._types.ElicitResult.model_validate(answer)

    async def roots(self, _context):
        return self._types.ListRootsResult.model_validate(self._answers.listed_roots())

    async def log(self, params) -> None:
        self._answers.log(dump(params))

    async def hear(self, message) -> None:
        if isinstance(message, Exception):
            self._answers.failed(message)
        elif isinstance(message, self._types.ServerNotification):
            self._answers.notified(dump(message))


@dataclass
class Manner:
    """How a guest comes and goes."""

    name: str = "guest"
    log_level: str = "warning"
    # Makes the HTTP clients that it uses, where these are not the SDK's own.
    http: Callable[[], object] | None = None
    # Whether it ends its session.
    terminates: bool = True
    # Whether it finds out by itself if there is a handshake.
    finds: bool = False
