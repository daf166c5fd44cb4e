"""The server of the official Python SDK 2.x in its modes: servers_sdk2.py MODE --port N

The same tools as in servers.py, in this SDK's idiom. Streamable HTTP is dual-era here: who sends a version header of
2026-07-28 is served without a session, everybody else with one.
"""

import warnings
from typing import Annotated

from mcp.server import _streamable_http_modern as modern
from mcp.server.elicitation import AcceptedElicitation, ElicitationResult
from mcp.server.mcpserver import Context, Elicit, ListRoots, MCPServer, Resolve, Sample
from mcp.types import CreateMessageResult, ListRootsResult, SamplingMessage, TextContent
from pydantic import BaseModel

import offer
import serving
from event_store import MemoryEventStore

# Logging and the like are on their way out of the protocol; they are here because they are still in it.
warnings.simplefilter("ignore")
# Of streams without a session. It is also the time after which an answer becomes a stream, so no call may take as long.
modern._SSE_PING_INTERVAL = 2
MODES = {
    "sse": {},
    "streamable": {},
    "streamable-json": {"json_response": True},
    "streamable-resumable": {"retry_interval": 500},
}


class Profile(BaseModel):
    name: str
    age: int


def question(text: str) -> list[SamplingMessage]:
    return [SamplingMessage(role="user", content=TextContent(type="text", text=text))]


def ask_for_sample(text: str) -> Sample:
    return Sample(question(text), max_tokens=64)


def ask_for_profile(text: str) -> Elicit[Profile]:
    return Elicit(text, Profile)


def ask_for_roots() -> ListRoots:
    return ListRoots()


# What a resolver asks for travels as a request in a session, and as a round of `input_required` without.


async def ask_model(text: str, answer: Annotated[CreateMessageResult, Resolve(ask_for_sample)]) -> str:
    """Asks the client to sample."""
    return answer.content.text


async def ask_user(text: str, answer: Annotated[ElicitationResult[Profile], Resolve(ask_for_profile)]) -> str:
    """Asks the user for a profile."""
    if isinstance(answer, AcceptedElicitation):
        return f"{answer.action}: {answer.data.name}, {answer.data.age}"
    return answer.action


async def ask_roots(answer: Annotated[ListRootsResult, Resolve(ask_for_roots)]) -> str:
    """Asks for the client's roots."""
    return "\n".join(str(root.uri) for root in answer.roots)


async def ask_aside(text: str, ctx: Context) -> str:
    """Asks the client to sample, on the client's listening stream."""
    answer = await ctx.session.create_message(question(text), max_tokens=64)
    return answer.content.text


async def announce_change(ctx: Context) -> str:
    """Says that resources and tools changed: on the listening stream, and to whoever asked to hear of it."""
    if ctx.protocol_version >= "2026-07-28":
        await ctx.notify_resources_changed()
        await ctx.notify_tools_changed()
    else:
        await ctx.session.send_resource_list_changed()
        await ctx.session.send_tool_list_changed()
    return "announced"


async def touch(uri: str, ctx: Context) -> str:
    """Says that a resource changed, to whoever asked to hear of it."""
    await ctx.notify_resource_updated(uri)
    return "touched"


def make_server() -> MCPServer:
    server = MCPServer("sdk2-tour", version="1.0", log_level="CRITICAL")
    offer.add_tools(server, offer.answering(Context) + offer.waiting() + offer.polling(Context))
    offer.add_tools(server, [ask_model, ask_user, ask_roots, ask_aside, announce_change, touch])
    offer.add_resources_and_prompts(server)
    return server


if __name__ == "__main__":
    options = serving.arguments("The server of the official Python SDK 2.x", list(MODES))
    if options.mode == "sse":
        serving.serve(make_server().sse_app(), "/sse", options)
    else:
        resumable = {"event_store": MemoryEventStore()} if options.mode == "streamable-resumable" else {}
        serving.serve(make_server().streamable_http_app(**MODES[options.mode], **resumable), "/mcp", options)
