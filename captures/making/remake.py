"""Makes the captures of this folder anew: remake.py --inspect FILE --python FOLDER --python2 FOLDER [NAME…]

Real software talks on loopback through `mcp-inspect record`; the capture is then settled and written as text.
`catalog.py` says what each is, `conversations.py` what its client does, `settle.py` what is settled.
"""

import argparse
import json
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import settle
from catalog import CAPTURES, DEMO, SDK2, Capture

HERE = pathlib.Path(__file__).parent
CAPTURES_FOLDER = HERE.parent
SERVERS = HERE.parents[1] / "Tests/InteroperabilityTests/Python"
BROADCAST_CALLS = [["echo", '{"text":"to everybody"}'], ["fail", '{"message":"as asked"}']]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def line_with(process: subprocess.Popen, text: str) -> str:
    for line in process.stdout:
        if text in line:
            return line
    sys.exit(f"{process.args} ended before it said {text!r}")


class Making:
    def __init__(self, capture: Capture, options: argparse.Namespace, database: pathlib.Path) -> None:
        self.capture, self.options, self.database = capture, options, database

    def _python(self, line: str) -> str:
        return str((self.options.python2 if line == SDK2 else self.options.python) / "bin/python")

    def _start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
        )

    def _server(self) -> tuple[subprocess.Popen, int]:
        if self.capture.server_line == DEMO:
            port = free_port()
            server = self._start(self.options.inspect, "demo-server", "--listen", f"127.0.0.1:{port}")
            line_with(server, "demo server")
            return server, port
        script, *rest = self.capture.server
        server = self._start(self._python(self.capture.server_line), str(SERVERS / script), *rest, "--until-stdin-ends")
        return server, json.loads(line_with(server, "ready"))["port"]

    def make(self) -> None:
        server, port = self._server()
        listen = free_port()
        recorder = self._start(
            self.options.inspect, "record", f"http://127.0.0.1:{port}{self.capture.path}",
            "--listen", f"127.0.0.1:{listen}", "--db", str(self.database),
        )  # fmt: skip
        line_with(recorder, str(listen))
        try:
            self._talk(f"http://127.0.0.1:{listen}{self.capture.path}", server, recorder)
            # A client that has just gone is still on its way through.
            time.sleep(0.3)
        finally:
            if recorder.poll() is None:
                recorder.send_signal(signal.SIGINT)
            recorder.communicate()
            server.kill()
            server.wait()
        if recorder.returncode:
            sys.exit(f"{self.capture.name}: the recorder ended with {recorder.returncode}")

    def _talk(self, url: str, server: subprocess.Popen, recorder: subprocess.Popen) -> None:
        if self.capture.client == DEMO:
            for tool, arguments in BROADCAST_CALLS:
                command = [self.options.inspect, "call", url, tool, arguments, "--dialect", "broadcast"]
                subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=30)
            return
        client = self._start(
            self._python(self.capture.client), str(HERE / "conversations.py"), self.capture.name, url
        )
        for line in client.stdout:
            if line.strip() == "stop recorder":
                recorder.send_signal(signal.SIGINT)
                recorder.wait()
            elif line.strip() == "kill server":
                server.kill()
                time.sleep(0.3)
            client.stdin.close()
        if client.wait():
            sys.exit(f"{self.capture.name}: its client ended with {client.returncode}")


def missing(capture: Capture, database: pathlib.Path) -> list[str]:
    """What the catalog promises and the file does not hold."""
    connection = sqlite3.connect(database)
    calls: set[str] = set()
    for method, name, status, reason in connection.execute("SELECT method, name, status, reason FROM calls"):
        calls |= {f"{method} {name or '-'} {status}", f"{method} {name or '-'} {status} {reason}"}
    lacking = [call for call in capture.calls if call not in calls]
    if (capture.dialect,) not in connection.execute("SELECT DISTINCT dialect FROM sessions").fetchall():
        lacking.append(f"a session of {capture.dialect}")
    return lacking


def text_of(capture: Capture, version: int, database: pathlib.Path) -> str:
    head = [f"format {version}", capture.about, f"made by {capture.made_by}", f"dialect {capture.dialect}"]
    head += [f"call {call}" for call in capture.calls]
    return "".join(f"-- {line}\n" for line in head) + settle.rows_as_text(str(database))


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the captures anew")
    parser.add_argument("--inspect", required=True, help="the mcp-inspect that records")
    parser.add_argument("--python", type=pathlib.Path, required=True, help="the environment of SDK 1.x")
    parser.add_argument("--python2", type=pathlib.Path, required=True, help="the environment of SDK 2.x")
    parser.add_argument("--output", type=pathlib.Path, default=CAPTURES_FOLDER)
    parser.add_argument("names", nargs="*", help="which; all of them by default")
    options = parser.parse_args()
    (options.output / "formats").mkdir(parents=True, exist_ok=True)
    failed = False
    for capture in CAPTURES:
        if options.names and capture.name not in options.names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            database = pathlib.Path(folder) / f"{capture.name}.sqlite"
            Making(capture, options, database).make()
            settle.settle(str(database), options.inspect)
            version, statements = settle.format_of(str(database))
            lacking = missing(capture, database)
            for what in lacking:
                print(f"{capture.name} lacks {what}", file=sys.stderr)
            failed = failed or bool(lacking)
            (options.output / f"formats/{version}.sql").write_text(statements, encoding="utf-8")
            (options.output / f"{capture.name}.sql").write_text(text_of(capture, version, database), encoding="utf-8")
        print(f"{capture.name}.sql")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
