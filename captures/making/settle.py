"""A capture as text that is nearly the same each time it is made, and that git can compare.

* Times: order and identity stay. The recording begins with the year 2026; after a pause of a quarter of a second or
  more, rounded to halves of one, comes a whole half of a second, and steps in between are 1 ms.
* Random ids, states, ports, process and boot are replaced by others of the same length, numbered as they appear.
* Dates in headers and comments become the first of January 2026. Of paths in the command the last part is left.

What is derived is derived anew after that, by `mcp-inspect reindex`, and stands in the file as it was then stored.
"""

import base64
import hashlib
import json
import re
import sqlite3
import subprocess

TABLES = ["recordings", "connections", "exchanges", "stream_events", "gaps", "sessions", "message_rows", "calls"]
OBSERVED = TABLES[:5]
WITH_CONTENTS = {"recordings", "exchanges", "stream_events"}
# Content as sent, in a coding.
OPAQUE = {"request_raw", "response_raw"}
BEGIN_NS = 1_767_225_600_000_000_000
MS = 1_000_000
PAUSE_NS = 500 * MS


class Names:
    """The same replacement for the same text, of the same length, in order of appearance."""

    PATTERNS = [
        ("state", re.compile(r'(?<="requestState":")[^"]+')),
        ("uuid", re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")),
        ("hex", re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")),
        ("port", re.compile(r"(?<=127\.0\.0\.1:)\d{5}\b")),
    ]
    DATES = [
        (re.compile(r"\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"), "Thu, 01 Jan 2026 00:00:00 GMT"),
        (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00"), "2026-01-01 00:00:00.000000+00:00"),
    ]

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def _new(self, kind: str, old: str) -> str:
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        digest = hashlib.sha256(f"{kind} {number}".encode()).hexdigest()
        if kind == "port":
            return str(40000 + number)
        if kind == "hex":
            return digest[:32]
        if kind == "uuid":
            return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
        stream = "".join(hashlib.sha256(f"{digest} {n}".encode()).hexdigest() for n in range(len(old) // 64 + 1))
        return base64.urlsafe_b64encode(stream.encode()).decode()[: len(old)]

    def settle(self, text: str) -> str:
        for kind, pattern in self.PATTERNS:

            def replaced(match: re.Match, kind: str = kind) -> str:
                old = match[0]
                if old not in self.known and old not in self.known.values():
                    self.known[old] = self._new(kind, old)
                return self.known.get(old, old)

            text = pattern.sub(replaced, text)
        for pattern, date in self.DATES:
            text = pattern.sub(date, text)
        return text

    def value(self, column: str, value):
        if isinstance(value, str):
            return self.settle(value)
        if isinstance(value, bytes) and column not in OPAQUE:
            return self.settle(value.decode("latin-1")).encode("latin-1")
        return value


def _times(rows: dict[str, list[dict]]) -> dict[int, int]:
    found: set[int] = set()
    for table in rows.values():
        for row in table:
            found |= {value for column, value in row.items() if column.endswith("_ns") and value is not None}
            found |= {chunk[0] for chunk in json.loads(row.get("chunks") or "[]")}
            found |= {info["at_ns"] for info in json.loads(row.get("informational") or "[]")}
    settled, before, now = {}, None, BEGIN_NS
    for time in sorted(found):
        if before is not None:
            pauses = round((time - before) / PAUSE_NS)
            # Until the first request, programs start.
            pauses = 2 if pauses and now - BEGIN_NS < PAUSE_NS else pauses
            now = (now // PAUSE_NS + pauses) * PAUSE_NS if pauses else now + MS
        settled[time], before = now, time
    return settled


def _settle_row(row: dict, times: dict[int, int], names: Names) -> None:
    for column, value in row.items():
        if column.endswith("_ns") and value is not None:
            row[column] = times[value]
    if row.get("chunks"):
        chunks = [[times[at], *rest] for at, *rest in json.loads(row["chunks"])]
        row["chunks"] = json.dumps(chunks, separators=(",", ":"))
    if row.get("informational"):
        listed = [info | {"at_ns": times[info["at_ns"]]} for info in json.loads(row["informational"])]
        row["informational"] = json.dumps(listed, separators=(",", ":"))
    if "command" in row:
        words = [word.rpartition("/")[2] if word.startswith("/") else word for word in row["command"].split(" ")]
        row |= {"command": " ".join(["mcp-inspect", *words[1:]]), "pid": 1000, "pid_started": 100000}
    for column, value in row.items():
        row[column] = names.value(column, value)


def settle(path: str, inspect: str) -> None:
    """Settles what was observed in the file and derives the rest anew."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    rows = {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")] for table in OBSERVED}
    times, names = _times(rows), Names()
    with connection:
        for table in OBSERVED:
            for row in rows[table]:
                _settle_row(row, times, names)
                columns = ", ".join(f"{column} = :{column}" for column in row)
                connection.execute(f"UPDATE {table} SET {columns} WHERE id = :id", row)
    connection.close()
    subprocess.run([inspect, "reindex", "--db", path], check=True, stdout=subprocess.DEVNULL)


def _literal(value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    return repr(value) if isinstance(value, int | float) else "'" + value.replace("'", "''") + "'"


def rows_as_text(path: str) -> str:
    """The rows as statements: those with contents a column a line, without what is NULL, others a row a line."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    lines = ["BEGIN;"]
    for table in TABLES:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            if table not in WITH_CONTENTS:
                lines.append(f"INSERT INTO {table} VALUES ({', '.join(_literal(value) for value in row)});")
                continue
            there = [(column, row[column]) for column in row.keys() if row[column] is not None]
            lines.append(f"INSERT INTO {table} ({', '.join(column for column, _ in there)}) VALUES (")
            lines += [f"  /* {column} */ {_literal(value)}," for column, value in there]
            lines[-1] = lines[-1].removesuffix(",") + ");"
    return "\n".join([*lines, "COMMIT;"]) + "\n"


def format_of(path: str) -> tuple[int, str]:
    """The version of the file's format, and the statements that make an empty file of it."""
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    statements = [
        f"-- An empty capture of format {version}.",
        f"PRAGMA application_id = {application};",
        f"PRAGMA user_version = {version};",
        "BEGIN;",
    ]
    kinds = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%search%'"
        " ORDER BY type = 'view', type = 'index', rowid"
    )
    return version, "\n".join(statements + [f"{sql};" for (sql,) in kinds] + ["COMMIT;"]) + "\n"
