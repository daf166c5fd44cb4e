"""Requests that a server must refuse, sent by hand."""

import json

from tourist import STATELESS, Client, Tour
from wire import httpx

BOTH = {"accept": "application/json, text/event-stream"}


async def refusals(tour: Tour, _main: Client) -> None:
    async with tour.http_client("by-hand") as http:
        await {"http+sse": _of_event_streams, "streamable": _of_sessions, "stateless": _of_stateless}[tour.dialect](
            tour, http
        )
        await http.post(httpx.URL(tour.url).copy_with(path="/nowhere"), json=_ping(9))


def _ping(number: int) -> dict:
    return {"jsonrpc": "2.0", "id": f"by-hand-{number}", "method": "ping"}


async def _of_event_streams(tour: Tour, http: httpx.AsyncClient) -> None:
    endpoint = httpx.URL(tour.url).copy_with(path="/messages/")
    await http.post(endpoint.copy_with(params={"session_id": "0" * 32}), json=_ping(0))
    await http.post(endpoint.copy_with(params={"session_id": "nonsense"}), json=_ping(1))


async def _of_sessions(tour: Tour, http: httpx.AsyncClient) -> None:
    async with http.stream("GET", tour.url, headers={"accept": "text/event-stream"}) as listening:
        # Only a server without sessions grants this, and then never ends it.
        if listening.is_error:
            await listening.aread()
    await http.post(tour.url, json=_ping(0), headers=BOTH | {"mcp-session-id": "unknown"})
    await http.post(tour.url, json=_ping(1), headers={"accept": "application/json"})
    await http.post(tour.url, content=b"{not json", headers=BOTH | {"content-type": "application/json"})


async def _of_stateless(tour: Tour, http: httpx.AsyncClient) -> None:
    """Header fields that do not say what the body says, a revision of another time, no client, no such method."""

    async def post(number: int, method: str, headers: dict, **meta) -> None:
        about = {"protocolVersion": STATELESS, "clientCapabilities": {}} | meta
        named = {f"io.modelcontextprotocol/{key}": value for key, value in about.items() if value is not None}
        body = {"jsonrpc": "2.0", "id": f"by-hand-{number}", "method": method, "params": {"_meta": named}}
        given = {"mcp-protocol-version": STATELESS, "mcp-method": method, "content-type": "application/json"}
        await http.post(tour.url, content=json.dumps(body), headers=BOTH | given | headers)

    await post(0, "tools/list", {"mcp-method": "prompts/list"})
    await post(1, "tools/list", {"mcp-protocol-version": "2099-01-01"}, protocolVersion="2099-01-01")
    await post(2, "tools/list", {}, clientCapabilities=None)
    await post(3, "no/such/method", {})
    await post(4, "tools/call", {"mcp-name": "echo"})
    await http.post(tour.url, content=b"{not json", headers=BOTH | {"content-type": "application/json"})
