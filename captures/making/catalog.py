"""The captures: what each is, what it must hold, and which software makes it."""

from dataclasses import dataclass, field

SDK1, SDK2, DEMO = "SDK 1.30", "SDK 2.3", "demo-server"


@dataclass
class Capture:
    """`calls` are `METHOD NAME STATUS [REASON]`, each of which must be found in the capture; `-` is no name."""

    name: str
    about: str
    dialect: str
    calls: list[str]
    client: str = SDK1
    # A script of Tests/InteroperabilityTests/Python and its mode; none for the demo server.
    server: list[str] = field(default_factory=list)
    server_line: str = SDK1
    path: str = "/mcp"

    @property
    def made_by(self) -> str:
        server = f"mcp-inspect {DEMO}" if self.server_line == DEMO else f"{' '.join(self.server)} ({self.server_line})"
        client = "mcp-inspect call" if self.client == DEMO else f"the client of {self.client}"
        return f"captures/making/remake.py {self.name}: {server}, {client}"


CAPTURES = [
    Capture(
        "http-sse",
        "HTTP+SSE: progress, a question to the user on the stream, errors of all kinds, heartbeats.",
        "http+sse",
        ["initialize - ok", "tools/list - ok", "tools/call echo ok", "tools/call slow ok", "tools/call ask_user ok",
         "elicitation/create - ok", "tools/call fail tool_error", "resources/read memo://today ok",
         "prompts/get nothing rpc_error"],
        server=["servers.py", "sse"], path="/sse",
    ),
    Capture(
        "streamable",
        "Streamable HTTP with a session: answers as streams, a listening stream that hears of changes and heartbeats, "
        "a call that its client cancels, DELETE.",
        "streamable",
        ["initialize - ok", "tools/call slow ok", "tools/call ask_user ok", "elicitation/create - ok",
         "tools/call announce_change ok", "tools/call hold cancelled", "tools/call fail tool_error"],
        server=["servers.py", "streamable"],
    ),
    Capture(
        "streamable-json",
        "Streamable HTTP with a session, each answer one JSON object; two clients at a time.",
        "streamable",
        ["initialize - ok", "ping - ok", "tools/call echo ok", "resources/read memo://today ok"],
        server=["servers.py", "streamable-json"],
    ),
    Capture(
        "resumable",
        "Streamable HTTP with event ids: the server closes the stream of a call, and the client comes back with "
        "Last-Event-ID for the answer that was kept, and for one still to come.",
        "streamable",
        ["tools/call answer_later ok", "tools/call release ok"],
        server=["servers.py", "streamable-resumable"],
    ),
    Capture(
        "stateless",
        "2026-07-28 without a session: server/discover, routing headers, a question as a round of its own, a "
        "subscription with what it hears, a call cancelled by closing its response, refusals.",
        "stateless",
        ["server/discover - ok", "tools/list - ok", "tools/call echo ok", "tools/call slow ok", "tools/call ask_user ok",
         "subscriptions/listen - cancelled", "tools/call touch ok", "tools/call hold cancelled",
         "resources/read memo://nothing rpc_error"],
        client=SDK2, server=["servers_sdk2.py", "streamable"], server_line=SDK2,
    ),
    Capture(
        "dual-era-probe",
        "A client that speaks 2026-07-28 asks an older server with server/discover, is refused, and shakes hands.",
        "streamable",
        ["initialize - ok", "tools/call echo ok"],
        client=SDK2, server=["servers.py", "streamable"],
    ),
    Capture(
        "broadcast",
        "The demo server's broadcast dialect: one stream for all listeners, answers in the POST's own response.",
        "broadcast",
        ["tools/call echo ok", "tools/call fail tool_error"],
        client=DEMO, server_line=DEMO, path="/broadcast",
    ),
    Capture(
        "hanging-call",
        "HTTP+SSE: a client leaves in the middle of a call; another call is still waiting when the recording ends.",
        "http+sse",
        ["tools/call hold unanswered client_left", "tools/call hold pending"],
        server=["servers.py", "sse"], path="/sse",
    ),
    Capture(
        "cut-stream",
        "Streamable HTTP: the server dies with a call on its hands and a listening stream open.",
        "streamable",
        ["tools/call slow ok", "tools/call hold unanswered stream_cut"],
        server=["servers.py", "streamable"],
    ),
    Capture(
        "errors",
        "Streamable HTTP: tools that fail, JSON-RPC errors, and requests that are refused with an HTTP status.",
        "streamable",
        ["tools/call fail tool_error", "tools/call no_such_tool tool_error", "resources/read memo://nothing rpc_error",
         "no/such/method - rpc_error", "ping - http_error"],
        server=["servers.py", "streamable-json"],
    ),
    Capture(
        "expired-session",
        "Streamable HTTP: the session is ended behind its client's back, whose next request gets 404; then a new session.",
        "streamable",
        ["ping - ok", "resources/read memo://today http_error", "initialize - ok"],
        server=["servers.py", "streamable-json"],
    ),
    Capture(
        "compressed",
        "Streamable HTTP: bodies in gzip, kept as sent beside what they decode to.",
        "streamable",
        ["tools/list - ok", "tools/call large ok"],
        server=["servers.py", "streamable-json", "--gzip"],
    ),
]  # fmt: skip
