"""A client of SDK 1 calls one tool of a mock server many times: mocked.py URL COUNT NAME JSON [--dialect sse|streamable]

Prints a line for each call: `answered`, `error CODE`, or `lost` where nothing came within two seconds.
"""

import argparse
import asyncio
import contextlib
import datetime
import json

from mcp import ClientSession, McpError
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamablehttp_client


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("count", type=int)
    parser.add_argument("name")
    parser.add_argument("arguments", type=json.loads)
    parser.add_argument("--dialect", default="streamable")
    options = parser.parse_args()
    # A session for each call: some clients do not outlive a stream that breaks.
    for number in range(options.count):
        print(await outcome(options), flush=True)


async def outcome(options) -> str:
    # What is left of a cut connection may fail when it is closed, and the SDK asks more than was meant, without limit.
    said = ["lost"]
    with contextlib.suppress(Exception):
        await asyncio.wait_for(call(options, said), 6)
    return said[-1]


async def call(options, said: list) -> None:
    connect = sse_client if options.dialect == "sse" else streamablehttp_client
    async with connect(options.url) as streams, ClientSession(streams[0], streams[1]) as session:
        await session.initialize()
        try:
            patience = datetime.timedelta(seconds=2)
            result = await session.call_tool(options.name, options.arguments, read_timeout_seconds=patience)
            said.append("answered" if result.content else "empty")
        except McpError as error:
            said.append("lost" if error.error.code == 408 else f"error {error.error.code}")


if __name__ == "__main__":
    asyncio.run(main())
