#!/usr/bin/env python3
"""Several recorders on one capture database, at a steady rate each, with readers meanwhile.

Each recorder stands before an event stream of numbered events of its own. `tail` follows the database, and a reader
asks it something now and then. Afterwards every event must be in the capture, in order and once, without a gap, and
told by `tail` once; the file must have left WAL mode. With --kill one recorder is killed in the middle: the others must
not notice. Prints for each recorder how late its commits were and what they waited for.

recorders_bench.py --inspect MCP_INSPECT [--recorders 4] [--rate 1000] [--seconds 20] [--kill] [--folder DIR]
"""

import argparse
import contextlib
import gc
import os
import pathlib
import re
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
PADDING = b"x" * 256


def event(number):
    text = b'data: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":{"number":%d,"text":"%s"}}}\n\n' % (
        number, PADDING)
    return b"%x\r\n%s\r\n" % (len(text), text)


def serve(rate, count):
    """Prints its port and writes to each stream that is opened `count` events, `rate` a second."""
    gc.disable()
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    streams = []
    while True:
        pause = 0.002 if streams else None
        if select.select([listener], [], [], pause)[0]:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            head = b""
            while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
                head += more
            connection.sendall(HEAD)
            streams.append([connection, 0, time.monotonic()])
        now = time.monotonic()
        for stream in list(streams):
            due = min(count, int((now - stream[2]) * rate))
            with contextlib.suppress(OSError):
                if stream[1] < due:
                    stream[0].sendall(b"".join(event(number) for number in range(stream[1], due)))
                    stream[1] = due
                if stream[1] < count:
                    continue
                stream[0].sendall(b"0\r\n\r\n")
            stream[0].close()
            streams.remove(stream)


def receive(ports):
    """Reads a stream from each port to its end."""
    gc.disable()
    poll = select.epoll()
    connections = {}
    for port in ports:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
        connections[connection.fileno()] = connection
        poll.register(connection, select.EPOLLIN)
    tails = dict.fromkeys(connections, b"")
    while connections:
        for number, _ in poll.poll():
            data = b""
            with contextlib.suppress(OSError):
                data = connections[number].recv(1 << 20)
            tails[number] = (tails[number] + data)[-7:]
            if not data or tails[number].endswith(b"\r\n0\r\n\r\n"):
                poll.unregister(number)
                connections.pop(number).close()


def cpu(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def held_up(pid):
    """How long its recorder's thread wanted to run and got no processor, in ms."""
    for task in os.listdir(f"/proc/{pid}/task"):
        if pathlib.Path(f"/proc/{pid}/task/{task}/comm").read_text() == "recorder\n":
            return int(pathlib.Path(f"/proc/{pid}/task/{task}/schedstat").read_text().split()[1]) / 1e6
    return 0


def start_recorder(inspect, upstream, database, folder, number):
    log = open(folder / f"recorder-{number}.txt", "w+")
    process = subprocess.Popen(
        [inspect, "record", f"http://127.0.0.1:{upstream}/", "--listen", "127.0.0.1:0", "--db", database],
        stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "HOME": str(folder), "XDG_STATE_HOME": str(folder)})
    deadline = time.monotonic() + 60
    while True:
        found = re.search(r"at http://127\.0\.0\.1:(\d+)", pathlib.Path(log.name).read_text())
        if found:
            return process, int(found.group(1)), log.name
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"bench: a recorder does not listen: {pathlib.Path(log.name).read_text()}")
        time.sleep(0.01)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inspect", required=True)
    parser.add_argument("--recorders", type=int, default=4)
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--folder")
    options = parser.parse_args()
    count = options.rate * options.seconds
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(options.folder or stack.enter_context(tempfile.TemporaryDirectory()))
        database = str(folder / "recorders.sqlite")
        upstream = subprocess.Popen(
            [sys.executable, __file__, "serve", str(options.rate), str(count)], stdout=subprocess.PIPE, text=True)
        stack.callback(upstream.kill)
        port = int(upstream.stdout.readline())
        recorders = [
            start_recorder(options.inspect, port, database, folder, number) for number in range(options.recorders)]
        for process, _, _ in recorders:
            stack.callback(process.kill)
        told = open(folder / "tail.ndjson", "w+")
        tail = subprocess.Popen(
            [options.inspect, "tail", "--db", database, "--last", "0", "--format", "ndjson", "--exit-when-ended"],
            stdout=told, stderr=subprocess.PIPE, text=True)
        stack.callback(tail.kill)
        tail.stderr.readline()
        client = subprocess.Popen([sys.executable, __file__, "receive"] + [str(port) for _, port, _ in recorders])
        stack.callback(client.kill)
        began = time.monotonic()
        wal = 0
        killed = None
        while client.poll() is None:
            time.sleep(0.5)
            with contextlib.suppress(OSError):
                wal = max(wal, os.stat(database + "-wal").st_size)
            reader = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
            reader.execute("SELECT count(*), max(at_ns) FROM message_rows").fetchone()
            reader.close()
            if options.kill and killed is None and time.monotonic() - began > options.seconds / 2:
                killed = recorders[0][0]
                killed.kill()
                killed.wait()
        elapsed = time.monotonic() - began
        used = [cpu(process.pid) if process is not killed else 0 for process, _, _ in recorders]
        waited = [held_up(process.pid) if process is not killed else 0 for process, _, _ in recorders]
        tail_used = cpu(tail.pid)
        for process, _, _ in recorders:
            if process is not killed:
                process.send_signal(signal.SIGINT)
        codes = [process.wait(timeout=60) for process, _, _ in recorders]
        tail_code = tail.wait(timeout=60)
        report(options, database, recorders, codes, killed, count, elapsed, used, waited, tail_used, tail_code, wal, folder)


def report(options, database, recorders, codes, killed, count, elapsed, used, waited, tail_used, tail_code, wal, folder):
    wrong = []
    print(f"{options.recorders} recorders, {options.rate} events/s each, {count} events each, {elapsed:.1f} s")
    for index, (process, _, log) in enumerate(recorders):
        lines = pathlib.Path(log).read_text().splitlines()
        said = next((line.strip() for line in lines if "on disk within" in line), "killed" if process is killed else "?")
        print(f"  recorder {index + 1}: exit {codes[index]}, {used[index]:.1f} s CPU, its thread waited {waited[index]:.0f} ms for a processor, {said}")
        if process is not killed and codes[index] != 0:
            wrong.append(f"recorder {index + 1} ended with {codes[index]}: {lines[-1:]}")
    print(f"  tail: {tail_used:.1f} s CPU; largest write-ahead log {wal / 1e6:.1f} MB")
    if os.path.exists(database + "-wal") or os.path.exists(database + "-shm"):
        wrong.append("the file did not leave WAL mode")
    check = sqlite3.connect(database)
    if check.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        wrong.append("the file is not sound")
    for recording, interrupted, gaps in check.execute("SELECT id, interrupted, gaps FROM recordings").fetchall():
        numbers = [row[0] for row in check.execute(
            "SELECT data ->> '$.params.data.number' FROM stream_events"
            " WHERE id >> 32 = ? AND kind = 'event' ORDER BY id", (recording,))]
        isKilled = killed is not None and recording == 1
        if numbers != list(range(len(numbers))) or (len(numbers) != count and not isKilled) or gaps:
            wrong.append(f"recording {recording}: {len(numbers)} of {count} events, {gaps} gaps")
    stored = [row[0] for row in check.execute("SELECT id FROM message_rows ORDER BY id")]
    ids = [int(found) for found in re.findall(
        r'^\{"type":"message".*?,"id":(\d+)', (folder / "tail.ndjson").read_text(), re.MULTILINE)]
    if tail_code != 0 or sorted(ids) != stored:
        wrong.append(f"tail told {len(ids)} messages ({len(set(ids))} different) of {len(stored)}, exit {tail_code}")
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["receive"]:
        receive([int(port) for port in sys.argv[2:]])
    else:
        main()
