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


def _params(message: dict) -> dict:
    return json.loads(message["body"]).get("params") or {}


def _question(message: dict) -> tuple:
    """What every round of one call has in common."""
    params = {k: v for k, v in _params(message).items() if k not in ("_meta", "inputResponses", "requestState")}
    return message["client"], message["method"], json.dumps(params, sort_keys=True)


def _asks_for_input(answer: dict | None) -> bool:
    return answer is not None and answer["kind"] == "response" and (
        json.loads(answer["body"])["result"].get("resultType") == "input_required"
    )  # fmt: skip


class Calls:
    """Requests with what became of them. Ids are matched within a client and a direction."""

    def __init__(self, exchanges: list[Exchange], messages: list[dict]) -> None:
        self.exchanges = {exchange.name: exchange for exchange in exchanges}
        self.messages = messages

    def _answer(self, request: dict) -> dict | None:
        for message in self.messages:
            matches = (message["client"], message["rpc_id"]) == (request["client"], request["rpc_id"])
            is_back = message["direction"] != request["direction"]
            if message["kind"] in ("response", "error") and matches and is_back:
                return message
        return None

    def _refusal(self, request: dict) -> dict | None:
        """The error that names no request and came in answer to this one. Some servers give it a name of their own."""
        named = (None, "null", '"server-error"')
        for message in self.messages:
            if message["exchange"] == request["exchange"] and message["kind"] == "error" and message["rpc_id"] in named:
                return message
        return None

    def _is_cancelled(self, request: dict, answer: dict | None) -> bool:
        """By a notification, or where requests stand alone by closing the response. (MCP 2026-07-28)"""
        exchange = self.exchanges[request["exchange"]]
        if _is_stateless(exchange) and answer is None:
            return exchange.ended_by == "client"
        return any(
            message["method"] == "notifications/cancelled"
            and (message["client"], message["direction"]) == (request["client"], request["direction"])
            and json.dumps(_params(message)["requestId"]) == request["rpc_id"]
            for message in self.messages
        )

    def _status(self, request: dict, answer: dict | None) -> str:
        if self._is_cancelled(request, answer):
            return "cancelled"
        if answer is None:
            failed = (self.exchanges[request["exchange"]].status or 0) >= 400
            return "http_error" if failed else "unanswered"
        if answer["kind"] == "error":
            return "rpc_error"
        return "tool_error" if json.loads(answer["body"])["result"].get("isError") else "ok"

    def all(self) -> list[dict]:
        calls: list[dict] = []
        waiting: dict[tuple, dict] = {}
        for request in self.messages:
            if request["kind"] != "request":
                continue
            answer = self._answer(request)
            asked = waiting.pop(_question(request), None) if "inputResponses" in _params(request) else None
            if asked:
                call = asked
                call["rounds"] += 1
            else:
                fields = ("client", "exchange", "direction", "method", "name", "rpc_id")
                call = {field: request[field] for field in fields} | {"rounds": 1}
                calls.append(call)
            call["status"] = self._status(request, answer)
            brought = answer or self._refusal(request)
            call["answered_in"] = brought["exchange"] if brought else None
            if _asks_for_input(answer):
                waiting[_question(request)] = call
        return calls


def _is_stateless(exchange: Exchange) -> bool:
    return (exchange.request_header("mcp-protocol-version") or "") >= "2026-07-28"


def work_out(exchanges: list[Exchange]) -> dict:
    """`exchanges` in the order in which they began."""
    messages = [message for exchange in exchanges for message in _messages(exchange)]
    return {
        "exchanges": [_exchange(exchange) for exchange in exchanges],
        "messages": messages,
        "calls": Calls(exchanges, messages).all(),
    }
