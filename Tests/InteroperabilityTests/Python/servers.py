"""The official Python SDK's server in its modes: servers.py MODE --port N

Its tools cover what a client can meet: progress, logging, a large answer, failures, requests from the server
(sampling, elicitation, on the call's own stream and on the side), calls that wait, and a stream closed half-way.
"""

from mcp.server.fastmcp import Context, FastMCP
from mcp.types import SamplingMessage, TextContent
from pydantic import BaseModel

import offer
import serving
from event_store import MemoryEventStore

MODES = {
    "sse": {},
    "streamable": {},
    "streamable-json": {"json_response": True},
    "streamable-stateless": {"stateless_http": True},
    "streamable-resumable": {"retry_interval": 500},
}


class Profile(BaseModel):
    name: str
    age: int


def question(text: str) -> list[SamplingMessage]:
    return [SamplingMessage(role="user", content=TextContent(type="text", text=text))]


async def ask_model(text: str, ctx: Context) -> str:
    """Asks the client to sample, on the stream of this call."""
    answer = await ctx.session.create_message(question(text), max_tokens=64, related_request_id=ctx.request_id)
    return answer.content.text


async def ask_user(text: str, ctx: Context) -> str:
    """Asks the user for a profile, on the stream of this call."""
    answer = await ctx.elicit(text, Profile)
    return f"{answer.action}: {answer.data.name}, {answer.data.age}" if answer.action == "accept" else answer.action


async def ask_aside(text: str, ctx: Context) -> str:
    """Asks the client to sample, on the client's listening stream."""
    answer = await ctx.session.create_message(question(text), max_tokens=64)
    return answer.content.text


async def ask_roots(ctx: Context) -> str:
    """Asks for the client's roots, on its listening stream."""
    return "\n".join(str(root.uri) for root in (await ctx.session.list_roots()).roots)


def make_server(mode: str) -> FastMCP:
    resumable = {"event_store": MemoryEventStore()} if mode == "streamable-resumable" else {}
    server = FastMCP("sdk-tour", log_level="CRITICAL", **MODES[mode], **resumable)
    offer.add_tools(server, offer.answering(Context) + [ask_model, ask_user, ask_aside, ask_roots])
    offer.add_tools(server, offer.announcing(Context) + offer.waiting() + offer.polling(Context))
    offer.add_resources_and_prompts(server)
    return server


if __name__ == "__main__":
    options = serving.arguments("The official Python SDK's server", list(MODES))
    server = make_server(options.mode)
    if options.mode == "sse":
        serving.serve(server.sse_app(), "/sse", options)
    else:
        serving.serve(server.streamable_http_app(), "/mcp", options)
