"""Splits an event stream into its blocks and reads their fields (WHATWG HTML §9.2.6), independently of any SDK."""

import re
from dataclasses import dataclass

LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass
class Block:
    raw: bytes
    type: str | None = None
    id: str | None = None
    retry: int | None = None
    data: str | None = None
    comment: str | None = None

    @property
    def kind(self) -> str:
        """The first that applies: an event with data, one without, a retry, a comment."""
        if self.data:
            return "event"
        if self.data is not None or self.type is not None or self.id is not None:
            return "empty"
        if self.retry is not None:
            return "retry"
        return "comment"


def _read(raw: bytes, lines: list[bytes]) -> Block:
    block = Block(raw)
    for line in lines:
        name, _, rest = line.decode().partition(":")
        value = rest.removeprefix(" ")
        if name == "":
            # All that follows the colon: a comment has no value, so no space belongs to the syntax.
            block.comment = rest if block.comment is None else f"{block.comment}\n{rest}"
        elif name == "data":
            block.data = value if block.data is None else f"{block.data}\n{value}"
        elif name == "event":
            block.type = value
        elif name == "id":
            block.id = value
        elif name == "retry":
            block.retry = int(value)
    return block


def split(stream: bytes) -> tuple[list[Block], bytes]:
    """The complete blocks of a stream, and the bytes that follow the last of them."""
    blocks: list[Block] = []
    start = position = 0
    lines: list[bytes] = []
    for end in LINE_END.finditer(stream):
        line = stream[position : end.start()]
        position = end.end()
        if line:
            lines.append(line)
            continue
        if lines:
            blocks.append(_read(stream[start:position], lines))
        start, lines = position, []
    return blocks, stream[start:]
