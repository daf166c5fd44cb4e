#!/usr/bin/env python3
"""Delay that the recording proxy adds to the events of held streams: direct and proxied rounds, interleaved.

A server writes numbered events with its monotonic time into held event streams, a client on the same host takes the
difference when it has read them. Both are processes of their own that do nothing but poll sockets. CLOCK_MONOTONIC is
the same for all processes of a host. Prints p50, p99 and maximum of each, and what the proxy adds.

delay_bench.py --inspect MCP_INSPECT [--streams 100] [--rate 1000] [--seconds 5] [--rounds 5]
"""

import argparse
import contextlib
import gc
import json
import os
import pathlib
import select
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENT = b'event: message\r\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":{"sent":%019d}}}\r\n\r\n'
CHUNK = b"%x\r\n" % len(EVENT % 0) + EVENT + b"\r\n"
MARK = b'"sent":'


def serve(rate):
    """Prints its port, then writes `rate` events a second, to one held stream after the other."""
    gc.disable()
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    listener.setblocking(False)
    print(listener.getsockname()[1], flush=True)
    poll = select.epoll()
    poll.register(listener, select.EPOLLIN)
    waiting, held, turn = {}, [], 0
    due = time.monotonic_ns()
    interval = 1_000_000_000 // rate
    while True:
        now = time.monotonic_ns()
        pause = max(0, due - now) / 1e9 if held else 1
        for number, _ in poll.poll(pause):
            if number == listener.fileno():
                with contextlib.suppress(BlockingIOError):
                    connection, _ = listener.accept()
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    waiting[connection.fileno()] = [connection, b""]
                    poll.register(connection, select.EPOLLIN)
                continue
            if number in waiting:
                connection, request = waiting[number]
                with contextlib.suppress(OSError):
                    request += connection.recv(65536)
                waiting[number][1] = request
                if b"\r\n\r\n" in request:
                    del waiting[number]
                    connection.sendall(HEAD)
                    held.append(connection)
                    due = max(due, time.monotonic_ns())
                    continue
            found = [connection for connection in held if connection.fileno() == number]
            with contextlib.suppress(OSError):
                if found and found[0].recv(65536):
                    continue
            # The peer left.
            poll.unregister(number)
            if number in waiting:
                waiting.pop(number)[0].close()
            for connection in found:
                held.remove(connection)
                connection.close()
        while held and (now := time.monotonic_ns()) >= due:
            with contextlib.suppress(OSError):
                held[turn % len(held)].send(CHUNK % now)
            turn += 1
            # A server that was held up does not send what it missed all at once: that would measure the burst.
            due = max(due + interval, now - interval)


def receive(port, streams, seconds):
    """Holds streams and prints the delays of what came in the time, in nanoseconds, as a JSON list."""
    gc.disable()
    poll = select.epoll()
    connections = {}
    for _ in range(streams):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
        connection.setblocking(False)
        connections[connection.fileno()] = [connection, b""]
    # What came while the streams were opened is old by now.
    time.sleep(0.5)
    for entry in connections.values():
        entry[1] = (entry[1] + read(entry[0]))[-len(CHUNK % 0):]
        poll.register(entry[0], select.EPOLLIN)
    delays = []
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        for number, _ in poll.poll(left):
            entry = connections[number]
            fresh = read(entry[0])
            now = time.monotonic_ns()
            if not fresh:
                sys.exit("bench: a stream ended")
            text = entry[1] + fresh
            place = text.find(MARK)
            while place >= 0 and place + len(MARK) + 19 <= len(text):
                if place + len(MARK) + 19 > len(entry[1]):
                    delays.append(now - int(text[place + len(MARK):place + len(MARK) + 19]))
                place = text.find(MARK, place + 1)
            # An event that is not whole yet is looked at again with what follows.
            entry[1] = text[-(len(MARK) + 18):]
    json.dump(delays, sys.stdout)


def read(connection):
    with contextlib.suppress(BlockingIOError):
        return connection.recv(1 << 20)
    return b""


def start_recorder(inspect, upstream, folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = folder / "capture.sqlite"
    process = subprocess.Popen(
        [inspect, "record", f"http://127.0.0.1:{upstream}", "--listen", f"127.0.0.1:{port}", "--db", str(database), "-q"],
        env={**os.environ, "XDG_STATE_HOME": str(folder / "state")})
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return process, port, database
        time.sleep(0.05)
    process.kill()
    sys.exit("bench: the recorder does not listen")


def measure(port, arguments):
    done = subprocess.run(
        [sys.executable, __file__, "--receive", str(port), "--streams", str(arguments.streams),
         "--seconds", str(arguments.seconds)],
        capture_output=True, text=True, timeout=arguments.seconds + 60)
    if done.returncode:
        sys.exit(done.stderr.strip() or "bench: the client failed")
    delays = sorted(json.loads(done.stdout))
    expected = arguments.rate * arguments.seconds
    if len(delays) < expected // 2:
        sys.exit(f"bench: {len(delays)} of {expected:.0f} events: the machine does not keep up")
    return [delays[int(len(delays) * rank)] / 1000 for rank in (0.5, 0.99)] + [delays[-1] / 1000, len(delays)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inspect", help="the built program")
    parser.add_argument("--streams", type=int, default=100)
    parser.add_argument("--rate", type=int, default=1000, help="events a second, over all streams")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--receive", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        return serve(arguments.rate)
    if arguments.receive:
        return receive(arguments.receive, arguments.streams, arguments.seconds)
    if not arguments.inspect:
        parser.error("--inspect is missing")
    with tempfile.TemporaryDirectory(prefix="mcp-inspect-delay-") as name:
        run(arguments, pathlib.Path(name))


def run(arguments, folder):
    command = [sys.executable, __file__, "--serve", "--rate", str(arguments.rate)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    recorder = None
    try:
        upstream = int(server.stdout.readline())
        recorder, port, database = start_recorder(arguments.inspect, upstream, folder)
        rounds = []
        for _ in range(arguments.rounds):
            rounds.append((measure(upstream, arguments), measure(port, arguments)))
        recorder.send_signal(signal.SIGINT)
        code = recorder.wait(60)
    finally:
        server.kill()
        if recorder:
            recorder.kill()
    with contextlib.closing(sqlite3.connect(database)) as capture:
        events, gaps = (capture.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("stream_events", "gaps"))
    report(arguments, rounds)
    print(f"recorded: {events} events, {gaps} gaps, exit code {code}")


def report(arguments, rounds):
    print(f"Delay of an event, {arguments.streams} held streams, {arguments.rate} events/s in all, "
          f"median of {arguments.rounds} rounds of {arguments.seconds:g} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs")
    print(f"{'':10}{'p50':>10}{'p99':>10}{'max':>10}{'events':>10}")
    for name, index in (("direct", 0), ("recorded", 1)):
        p50, p99, most, count = (statistics.median(found[index][place] for found in rounds) for place in range(4))
        print(f"{name:10}{p50:8.0f}µs{p99:8.0f}µs{most:8.0f}µs{count:10.0f}")
    said = []
    for name, place in (("p50", 0), ("p99", 1)):
        added = [recorded[place] - direct[place] for direct, recorded in rounds]
        said.append(f"{name} {statistics.median(added):+.0f} µs ({min(added):+.0f} to {max(added):+.0f})")
        print(f"added {said[-1]}")
    if path := os.environ.get("BENCH_RESULTS"):
        what = f"delay of an event over direct, {arguments.streams} streams, {arguments.rate:,} events/s"
        with open(path, "a") as file:
            file.write(json.dumps({"what": what, "aim": "", "mcp-inspect": ", ".join(said)}) + "\n")


main()
