"""Turns what a tour saw into lines that two runs have in common: volatile values become names, in order of
appearance, and what depends on time alone (heartbeats) is left out."""

import hashlib
import json
import re

from wire import Exchange

LONG = 600
HOP_BY_HOP = {"connection", "keep-alive", "date"}
VOLATILE_REQUEST_HEADERS = {"host", "user-agent", "content-length", "connection", "accept-encoding"}
NAMED = [
    ("state", re.compile(r'(?<="requestState":")[^"]+')),
    ("event", re.compile(r"evt-[0-9a-f]{32}")),
    ("session", re.compile(r"\b[0-9a-f]{32}\b")),
    ("uuid", re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")),
]
TIMES = [
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?"), "<time>"),
    (re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"), "<weekday>"),
]


class Normalizer:
    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def _name(self, kind: str, value: str) -> str:
        if value not in self.names:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.names[value] = f"<{kind}-{self.counts[kind]}>"
        return self.names[value]

    def text(self, text: str) -> str:
        for kind, pattern in NAMED:
            text = pattern.sub(lambda match, kind=kind: self._name(kind, match[0]), text)
        for pattern, name in TIMES:
            text = pattern.sub(name, text)
        return text

    def shortened(self, raw: bytes) -> str:
        """Readable text, or for long text its beginning with the length and hash of the whole."""
        text = self.text(raw.decode())
        if len(text) <= LONG:
            return text
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        return f"{text[:120]}… [{len(text)} characters, sha256 {digest}]"

    def value(self, value):
        """The same for any JSON value."""
        if isinstance(value, str):
            return self.shortened(value.encode())
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        return value

    def exchange(self, exchange: Exchange) -> dict:
        def headers(pairs, without):
            return [[k.lower(), self.text(v)] for k, v in pairs if k.lower() not in without]

        # The state of a call between two rounds is not always of one length.
        volatile = HOP_BY_HOP | ({"content-length"} if b'"requestState":' in exchange.body else set())
        line = {
            "exchange": exchange.name,
            "method": exchange.method,
            "target": self.text(exchange.target),
            "request_headers": headers(exchange.request_headers, VOLATILE_REQUEST_HEADERS),
            "request_body": self.shortened(exchange.request_body),
            "status": exchange.status,
            "response_headers": headers(exchange.response_headers, volatile),
        }
        if exchange.is_stream:
            line["events"] = [self.shortened(b.raw) for b in exchange.blocks() if b.kind != "comment"]
        else:
            line["body"] = self.shortened(bytes(exchange.body))
        line["ended_by"] = exchange.ended_by
        return line


def write(steps: list[dict], exchanges: list[Exchange], out) -> None:
    """Writes the transcript as JSON lines: the client's results first, then every exchange of every client."""
    normalizer = Normalizer()
    ordered = sorted(exchanges, key=lambda exchange: (exchange.client, exchange.number))
    lines = [normalizer.exchange(exchange) for exchange in ordered]
    for line in [normalizer.value(step) for step in steps] + lines:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
