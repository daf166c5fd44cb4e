"""An MCP server that wants OAuth tokens, and the authorization server that issues them, in one process.

The authorization server asks nobody: whoever is sent to it is sent back with a code. Tokens are bound to the resource
that was asked for; `strict` accepts only those that are for the server itself.
"""

import asyncio
import json
import secrets
import time
import warnings

from mcp.server.auth.provider import AccessToken, AuthorizationCode, construct_redirect_uri
from mcp.server.auth.routes import create_auth_routes
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions
from mcp.server.fastmcp import FastMCP
from mcp.shared.auth import OAuthToken
from pydantic import AnyHttpUrl
from starlette.applications import Starlette

from serving import Server, arguments, until_standard_input_ends

SCOPE = "use"
# What an operator gives to a program that cannot log in.
LONG_LIVED = "token-of-the-operator"


class Provider:
    """Keeps everything in memory. What the SDK does not ask for in these tests is left out."""

    def __init__(self) -> None:
        self.clients, self.codes, self.tokens = {}, {}, {}

    async def get_client(self, client_id):
        return self.clients.get(client_id)

    async def register_client(self, client_info) -> None:
        self.clients[client_info.client_id] = client_info

    async def authorize(self, client, params) -> str:
        code = secrets.token_hex(16)
        self.codes[code] = AuthorizationCode(
            code=code, client_id=client.client_id, scopes=params.scopes or [SCOPE], expires_at=time.time() + 60,
            code_challenge=params.code_challenge, redirect_uri=params.redirect_uri, resource=params.resource,
            redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly,
        )
        return construct_redirect_uri(str(params.redirect_uri), code=code, state=params.state)

    async def load_authorization_code(self, client, authorization_code):
        return self.codes.get(authorization_code)

    async def exchange_authorization_code(self, client, authorization_code) -> OAuthToken:
        del self.codes[authorization_code.code]
        token = secrets.token_hex(16)
        self.tokens[token] = AccessToken(
            token=token, client_id=client.client_id, scopes=authorization_code.scopes,
            expires_at=int(time.time()) + 600, resource=authorization_code.resource,
        )
        return OAuthToken(access_token=token, token_type="Bearer", expires_in=600, scope=SCOPE)

    async def load_access_token(self, token):
        return self.tokens.get(token)

    async def load_refresh_token(self, client, refresh_token):
        return None


class Verifier:
    def __init__(self, provider: Provider, resource: str) -> None:
        self.provider = provider
        self.tokens = {LONG_LIVED: AccessToken(token=LONG_LIVED, client_id="operator", scopes=[SCOPE], resource=resource)}

    async def verify_token(self, token: str) -> AccessToken | None:
        return self.tokens.get(token) or await self.provider.load_access_token(token)


def resource_server(url: str, issuer: str, provider: Provider, is_strict: bool):
    server = FastMCP(
        "guarded", token_verifier=Verifier(provider, url),
        auth=AuthSettings(
            issuer_url=AnyHttpUrl(issuer), resource_server_url=AnyHttpUrl(url), required_scopes=[SCOPE],
            validate_token_resource=is_strict,
        ),
    )

    @server.tool()
    def echo(text: str) -> str:
        return text

    return server.streamable_http_app()


async def main() -> None:
    options = arguments("An MCP server behind OAuth.", ["lenient", "strict"])
    provider = Provider()
    # Both have to know their ports before they are made.
    issuing = Server(None, 0)
    issuer = f"http://127.0.0.1:{issuing.port}"
    guarded = Server(None, options.port)
    url = f"http://127.0.0.1:{guarded.port}/mcp"
    issuing.config.app = Starlette(
        routes=create_auth_routes(
            provider, AnyHttpUrl(issuer),
            client_registration_options=ClientRegistrationOptions(
                enabled=True, valid_scopes=[SCOPE], default_scopes=[SCOPE]),
        )
    )
    guarded.config.app = resource_server(url, issuer, provider, options.mode == "strict")
    running = [issuing.start(), guarded.start()]
    await asyncio.gather(issuing.is_up.wait(), guarded.is_up.wait())
    print(json.dumps({"ready": True, "url": url, "token": LONG_LIVED}), flush=True)
    await until_standard_input_ends()
    issuing.should_exit = guarded.should_exit = True
    await asyncio.gather(*running)


warnings.simplefilter("ignore", DeprecationWarning)
asyncio.run(main())
