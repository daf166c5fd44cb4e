"""What a faithful recorder must have stored, worked out from what the clients saw: one JSON object with
`exchanges`, `messages` and `calls`, in the names of the capture database's columns."""

import json

from wire import Exchange

NAMED_BY = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}


def _exchange(exchange: Exchange) -> dict:
    return {
        "name": exchange.name,
        "client": exchange.client,
        "method": exchange.method,
        "target": exchange.target,
        "request_headers": exchange.request_headers,
        "request_body": exchange.request_body.decode(),
        "status": exchange.status,
        "response_headers": exchange.response_headers,
        "response_body": None if exchange.is_stream else bytes(exchange.body).decode(),
        "is_stream": exchange.is_stream,
        "last_event_id": exchange.request_header("last-event-id"),
        "ended_by": exchange.ended_by,
        "started": exchange.started,
        "ended": exchange.ended,
        "blocks": [
            {
                "kind": block.kind,
                "type": block.type,
                "event_id": block.id,
                "retry_ms": block.retry,
                "data": block.data,
                "comment": block.comment,
            }
            for block in exchange.blocks()
        ],
    }


def _parsed(text: str | bytes) -> dict | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) and value.get("jsonrpc") == "2.0" else None


def _messages(exchange: Exchange) -> list[dict]:
    """The JSON-RPC messages of an exchange in wire order: the request's first, then those of the response."""
    found = [("c2s", exchange.request_body)] if exchange.request_body else []
    if exchange.is_stream:
        found += [("s2c", block.data.encode()) for block in exchange.blocks() if block.data]
    elif exchange.body:
        found.append(("s2c", bytes(exchange.body)))
    messages = []
    for direction, text in found:
        message = _parsed(text)
        if message is None:
            continue
        if "method" in message:
            kind = "request" if "id" in message else "notification"
        else:
            kind = "error" if "error" in message else "response"
        method = message.get("method")
        messages.append(
            {
                "client": exchange.client,
                "exchange": exchange.name,
                "direction": direction,
                "kind": kind,
                "rpc_id": json.dumps(message["id"]) if "id" in message else None,
                "method": method,
                "name": (message.get("params") or {}).get(NAMED_BY[method]) if method in NAMED_BY else None,
                "error_code": message["error"]["code"] if kind == "error" else None,
                "body": text.decode(),
            }
        )
    return messages


def _status(request: dict, answer: dict | None, cancelled: bool) -> str:
    if cancelled:
        return "cancelled"
    if answer is None:
        return "unanswered"
    if answer["kind"] == "error":
        return "rpc_error"
    return "tool_error" if json.loads(answer["body"])["result"].get("isError") else "ok"


def _calls(messages: list[dict], failed: set[str]) -> list[dict]:
    """Requests with what became of them. Ids are matched within a client and a direction."""
    other = {"c2s": "s2c", "s2c": "c2s"}
    calls = []
    for request in messages:
        if request["kind"] != "request":
            continue
        key = (request["client"], request["rpc_id"])
        answers = [
            message
            for message in messages
            if message["kind"] in ("response", "error")
            and (message["client"], message["rpc_id"], message["direction"]) == (*key, other[request["direction"]])
        ]
        cancelled = any(
            message["method"] == "notifications/cancelled"
            and message["client"] == request["client"]
            and message["direction"] == request["direction"]
            and json.dumps(json.loads(message["body"])["params"]["requestId"]) == request["rpc_id"]
            for message in messages
        )
        status = _status(request, answers[0] if answers else None, cancelled)
        if request["exchange"] in failed:
            status = "http_error"
        fields = ("client", "exchange", "direction", "method", "name", "rpc_id")
        calls.append({field: request[field] for field in fields} | {"status": status})
    return calls


def work_out(exchanges: list[Exchange]) -> dict:
    """`exchanges` in the order in which they began."""
    messages = [message for exchange in exchanges for message in _messages(exchange)]
    failed = {exchange.name for exchange in exchanges if exchange.status is not None and exchange.status >= 400}
    return {
        "exchanges": [_exchange(exchange) for exchange in exchanges],
        "messages": messages,
        "calls": _calls(messages, failed),
    }
