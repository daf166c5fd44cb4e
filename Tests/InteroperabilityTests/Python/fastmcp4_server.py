"""The server of fastmcp_server.py on fastmcp 4, which asks in another way: fastmcp4_server.py sse|streamable --port N

In a session it asks by a request of its own. Without one a tool asks by returning what it needs, and is called again
with the answer.
"""

import logging

from fastmcp import Context
from mcp.types import (
    CreateMessageRequest, CreateMessageRequestParams, ElicitRequest, ElicitRequestFormParams, InputRequiredResult,
    ListRootsRequest, SamplingMessage, TextContent,
)  # fmt: skip

import serving
from fastmcp_server import Profile, server

PROFILE = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
}


def has_session(ctx: Context) -> bool:
    return ctx.request_context.protocol_version < "2026-07-28"


def question(text: str) -> list[SamplingMessage]:
    return [SamplingMessage(role="user", content=TextContent(type="text", text=text))]


for name in ["ask_model", "ask_user"]:
    server.local_provider.remove_tool(name)


@server.tool
async def ask_model(text: str, ctx: Context) -> str | InputRequiredResult:
    """Asks the client to sample."""
    if has_session(ctx):
        answer = await ctx.session.create_message(question(text), max_tokens=64, related_request_id=ctx.request_id)
        return answer.content.text
    if ctx.input_responses:
        return ctx.input_responses["sample"].content.text
    params = CreateMessageRequestParams(messages=question(text), max_tokens=64)
    return InputRequiredResult(input_requests={"sample": CreateMessageRequest(params=params)})


@server.tool
async def ask_user(text: str, ctx: Context) -> str | InputRequiredResult:
    """Asks the user for a profile. Without a session the answer must come with the state that went out."""
    if has_session(ctx):
        answer = await ctx.elicit(text, response_type=Profile)
        return f"{answer.action}: {answer.data.name}, {answer.data.age}" if answer.action == "accept" else answer.action
    if ctx.input_responses:
        answer = ctx.input_responses["profile"]
        content = answer.content or {}
        said = f"{answer.action}: {content['name']}, {content['age']}" if content else answer.action
        return said if ctx.request_state == f"asked: {text}" else f"state lost: {ctx.request_state}"
    params = ElicitRequestFormParams(message=text, requested_schema=PROFILE)
    return InputRequiredResult(
        input_requests={"profile": ElicitRequest(params=params)}, request_state=f"asked: {text}"
    )


@server.tool
async def ask_roots(ctx: Context) -> str | InputRequiredResult:
    """Asks for the client's roots."""
    if has_session(ctx):
        return "\n".join(str(root.uri) for root in (await ctx.session.list_roots()).roots)
    if ctx.input_responses:
        return "\n".join(str(root.uri) for root in ctx.input_responses["roots"].roots)
    return InputRequiredResult(input_requests={"roots": ListRootsRequest()})


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    options = serving.arguments("A fastmcp 4 server", ["sse", "streamable"])
    if options.mode == "sse":
        serving.serve(server.http_app(transport="sse"), "/sse", options)
    else:
        serving.serve(server.http_app(), "/mcp", options)
