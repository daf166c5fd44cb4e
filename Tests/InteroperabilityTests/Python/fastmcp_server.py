"""The same tour on fastmcp, in that framework's own idiom: fastmcp_server.py sse|streamable --port N"""

from dataclasses import dataclass

from fastmcp import Context, FastMCP

import offer
import serving

server = FastMCP("fastmcp-tour", version="1.0")


@dataclass
class Profile:
    name: str
    age: int


@server.tool
async def ask_model(text: str, ctx: Context) -> str:
    """Asks the client to sample."""
    answer = await ctx.sample(text, max_tokens=64)
    return answer.text or ""


@server.tool
async def ask_user(text: str, ctx: Context) -> str:
    """Asks the user for a profile."""
    answer = await ctx.elicit(text, response_type=Profile)
    return f"{answer.action}: {answer.data.name}, {answer.data.age}" if answer.action == "accept" else answer.action


offer.add_tools(server, offer.answering(Context) + offer.announcing(Context) + offer.waiting())
offer.add_resources_and_prompts(server)


if __name__ == "__main__":
    options = serving.arguments("A fastmcp server", ["sse", "streamable"])
    if options.mode == "sse":
        serving.serve(server.http_app(transport="sse"), "/sse", options)
    else:
        serving.serve(server.http_app(), "/mcp", options)
