"""The SDK's client before a server that may want OAuth; prints what became of it as one JSON object.

`login` logs in as a user with a browser would; `plain` does not know of OAuth.
"""

import asyncio
import json
import sys
from urllib.parse import parse_qs, urlparse

import httpx
from mcp import ClientSession
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.auth import OAuthClientMetadata
from pydantic import AnyUrl

BACK = "http://127.0.0.1:9/callback"


class Storage:
    def __init__(self) -> None:
        self.tokens = self.client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens) -> None:
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info) -> None:
        self.client = client_info


class Browser:
    """Goes where it is sent, and is sent back at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: tuple[str, str | None] = ("", None)

    async def go(self, url: str) -> None:
        self.asked.append(url)
        async with httpx.AsyncClient() as client:
            response = await client.get(url)
        query = parse_qs(urlparse(response.headers["location"]).query)
        self.answer = (query["code"][0], query.get("state", [None])[0])

    async def come_back(self) -> tuple[str, str | None]:
        return self.answer


def innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def main(mode: str, url: str) -> dict:
    browser = Browser()
    metadata = OAuthClientMetadata(
        client_name="tourist", redirect_uris=[AnyUrl(BACK)], grant_types=["authorization_code", "refresh_token"],
        response_types=["code"], scope="use",
    )
    auth = OAuthClientProvider(url, metadata, Storage(), browser.go, browser.come_back) if mode == "login" else None
    try:
        async with streamablehttp_client(url, auth=auth) as (reading, writing, _):
            async with ClientSession(reading, writing) as session:
                await session.initialize()
                result = await session.call_tool("echo", {"text": "behind the door"})
                return {"text": result.content[0].text, "asked": browser.asked}
    except BaseException as error:
        cause = innermost(error)
        return {"error": f"{type(cause).__name__}: {cause}", "asked": browser.asked}


print(json.dumps(asyncio.run(asyncio.wait_for(main(*sys.argv[1:3]), 30))))
