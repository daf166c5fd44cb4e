"""Figures of `mcp-inspect record` beside nginx, mitmdump and mcphawk, in interleaved rounds of one run.

Everything is on loopback and bounded in time. Every figure is printed with that of the peer; ratios are medians of the
rounds' own ratios, so that a machine whose speed drifts does not tilt them.
"""

import argparse
import asyncio
import contextlib
import json
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")
TICK_SECONDS = 1 / TICK
POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Accept"] = "application/json, text/event-stream"
wrk.body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello"}}}'
"""
ANSWER = '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"hello"}],"isError":false}}'


def note(what, aim="", **columns):
    """Keeps a line for the table that `run.sh` prints at the end."""
    if path := os.environ.get("BENCH_RESULTS"):
        with open(path, "a") as file:
            file.write(json.dumps({"what": what, "aim": aim, **columns}) + "\n")


def spread(values, digits=2):
    return f"{median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"bench: {process.args[0]} ended before it listened")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    sys.exit(f"bench: nothing listens on port {port}")


def cpu_seconds(pid, threads=None):
    """CPU of a process; with `threads`, of those of its threads whose name the function takes."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            if threads is None or threads((task / "comm").read_text().strip()):
                fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
    return total / TICK


def family(pid):
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid] + [member for child in children for member in family(int(child))]


def resident_kib(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1))


class Subject:
    """Something that forwards: its port, its processes, and which of its threads forward."""

    def __init__(self, name, port, process, forwarding=None, path="/mcp"):
        self.name, self.port, self.process, self.forwarding, self.path = name, port, process, forwarding, path

    def cpu(self, threads=None):
        return sum(cpu_seconds(pid, threads) for pid in family(self.process.pid))

    def settle(self):
        """Waits until what was taken in is dealt with: what the recorder has not stored yet costs CPU as well."""
        deadline = time.monotonic() + 30
        before = self.cpu()
        while time.monotonic() < deadline:
            time.sleep(0.3)
            now = self.cpu()
            if now - before <= TICK_SECONDS:
                return
            before = now

    def memory(self):
        return sum(resident_kib(pid) for pid in family(self.process.pid))

    def stop(self):
        self.process.send_signal(signal.SIGINT if self.name != "nginx" else signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.process.kill()


def start_nginx(folder, name, port, server):
    home = folder / name
    (home / "logs").mkdir(parents=True)
    config = home / "nginx.conf"
    config.write_text(
        f"worker_processes 1; daemon off; master_process on; pid {home}/pid; error_log {home}/error.log crit;\n"
        "worker_rlimit_nofile 20000; events { worker_connections 19500; }\n"
        f"http {{ access_log off; keepalive_requests 100000000; client_body_temp_path {home}/b; proxy_temp_path {home}/p;\n"
        f"fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u; scgi_temp_path {home}/s; types {{ text/event-stream sse; }}\n"
        f"{server.replace('PORT', str(port))} }}\n"
    )
    process = subprocess.Popen(
        [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(config), "-p", str(home)], stderr=subprocess.DEVNULL
    )
    wait_for(port, process)
    return Subject("nginx", port, process)


def start_inspect(arguments, folder, upstream, name="record", extra=()):
    port = free_port()
    database = folder / f"{name}-{port}.sqlite"
    process = subprocess.Popen(
        [arguments.inspect, "record", f"http://127.0.0.1:{upstream}", "--listen", f"127.0.0.1:{port}",
         "--db", str(database), "-q", *extra],
        stdout=subprocess.DEVNULL, env={**os.environ, "XDG_STATE_HOME": str(folder / "state")},
    )
    wait_for(port, process)
    subject = Subject("mcp-inspect", port, process, forwarding=lambda comm: comm.startswith("NIO"))
    subject.database = database
    return subject


def start_mitmdump(arguments, folder, upstream):
    port = free_port()
    process = subprocess.Popen(
        [arguments.mitmdump, "-q", "--mode", f"reverse:http://127.0.0.1:{upstream}", "--listen-host", "127.0.0.1",
         "--listen-port", str(port), "-w", str(folder / "flows"), "--set", f"confdir={folder / 'mitm'}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    wait_for(port, process)
    return Subject("mitmdump", port, process)


def start_mcphawk(arguments, folder, upstream):
    port = free_port()
    process = subprocess.Popen(
        [arguments.mcphawk, "proxy", "--target", f"http://127.0.0.1:{upstream}/mcp", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "MCPHAWK_HOME": str(folder / "mcphawk")},
    )
    wait_for(port, process)
    return Subject("mcphawk", port, process, path="/p/server")


def wrk(script, port, connections, seconds, path="/mcp"):
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s", "-s", str(script),
         f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True, timeout=seconds + 30,
    ).stdout
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    errors = re.search(r"(Socket errors.*|Non-2xx.*)", output)
    if errors:
        sys.exit(f"bench: {errors.group(1)}")
    scale = {"us": 1, "ms": 1000, "s": 1e6}

    def percentile(rank):
        value, unit = re.search(rf"{rank}%\s+([\d.]+)(us|ms|s)", output).groups()
        return float(value) * scale[unit]

    return requests, percentile(50), percentile(99)


def median(values):
    return statistics.median(values)


def forwarding(arguments, folder, subjects, script):
    """CPU per exchange at 32 connections."""
    rounds = []
    for _ in range(arguments.rounds):
        found = {}
        for subject in subjects:
            before, before_forwarding = subject.cpu(), subject.cpu(subject.forwarding)
            requests, _, _ = wrk(script, subject.port, 32, arguments.seconds, subject.path)
            subject.settle()
            found[subject.name] = (
                requests, (subject.cpu() - before) / requests * 1e6,
                (subject.cpu(subject.forwarding) - before_forwarding) / requests * 1e6,
            )
        rounds.append(found)
    print(f"\nCPU per exchange, small POST, 32 connections, median of {arguments.rounds} rounds of {arguments.seconds} s")
    print(f"{'':14}{'requests/s':>12}{'CPU µs':>10}{'forwarding µs':>15}")
    for subject in subjects:
        rows = [found[subject.name] for found in rounds]
        print(f"{subject.name:14}{median(r[0] for r in rows) / arguments.seconds:12,.0f}"
              f"{median(r[1] for r in rows):10.1f}{median(r[2] for r in rows):15.1f}")
    ratios = [found["nginx"][1] / found["mcp-inspect"][2] for found in rounds]
    print(f"forwarding threads: {spread(ratios)} of nginx's requests per CPU-second")
    cpu = {s.name: f"{median(found[s.name][1] for found in rounds):,.1f} µs" for s in subjects}
    note("CPU per exchange, recording (nginx: forwarding alone)", "at most 50 µs", **cpu)
    forwarded = f"{median(found['mcp-inspect'][2] for found in rounds):.1f} µs"
    note("the same, forwarding threads", **{"mcp-inspect": forwarded, "nginx": cpu["nginx"]})
    note("requests per CPU-second of the forwarding threads, over nginx's", "at least 0.7",
         **{"mcp-inspect": spread(ratios), "nginx": "1"})
    for peer in ("mitmdump", "mcphawk"):
        ratios = [found[peer][1] / found["mcp-inspect"][1] for found in rounds]
        print(f"recording: {peer} takes {spread(ratios, 0)} times the CPU per exchange")
        note(f"CPU per exchange of {peer} over that of mcp-inspect", **{"mcp-inspect": "1", peer: spread(ratios, 0)})
    return sum(found["mcp-inspect"][0] for found in rounds)


def latency(arguments, subjects, script, direct):
    """Added latency at one connection."""
    rounds = []
    for _ in range(arguments.rounds):
        base = wrk(script, direct, 1, 2)
        rounds.append({})
        for s in subjects:
            found = wrk(script, s.port, 1, 2, s.path)
            rounds[-1][s.name] = tuple(found[i] - base[i] for i in (1, 2))
    print("\nAdded latency over direct, one connection, median of the rounds")
    added = {}
    for subject in subjects:
        p50, p99 = (median(found[subject.name][i] for found in rounds) for i in (0, 1))
        added[subject.name] = f"{p50:+,.0f} µs, {p99:+,.0f} µs"
        print(f"{subject.name:14}p50 {p50:+,.0f} µs   p99 {p99:+,.0f} µs")
    ratios = [found["mcp-inspect"][0] / max(found["nginx"][0], 1) for found in rounds]
    print(f"added p50: {spread(ratios)} times nginx's")
    note("added p50 and p99, one connection", **added)
    note("added p50 over nginx's in the same round", "at most 1.5", **{"mcp-inspect": spread(ratios), "nginx": "1"})


async def hold(port, count):
    """Opens event streams and holds them until cancelled."""
    request = f"GET /stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
    writers = []
    for _ in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await reader.readuntil(b": open\n\n")
        writers.append(writer)
    return writers


async def stream_server(port, on_ready):
    async def serve(reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n\r\n: open\n\n")
            await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=1024)
    on_ready()
    await server.serve_forever()


def stream_server_process(port):
    process = subprocess.Popen([sys.executable, __file__, "--stream-server", str(port)])
    wait_for(port, process)
    return process


def memory(arguments, folder):
    """Resident memory per held stream."""
    upstream = free_port()
    server = stream_server_process(upstream)
    proxy = f"server {{ listen 127.0.0.1:PORT backlog=1024; location / {{ proxy_pass http://127.0.0.1:{upstream}; proxy_read_timeout 600s; }} }}"
    subjects = [start_nginx(folder, "held", free_port(), proxy), start_inspect(arguments, folder, upstream, "held")]
    print(f"\nResident memory per held event stream, {arguments.streams} streams")
    held = {}
    try:
        for subject in subjects:
            before = subject.memory()
            loop = asyncio.new_event_loop()
            writers = loop.run_until_complete(hold(subject.port, arguments.streams))
            time.sleep(1)
            held[subject.name] = f"{(subject.memory() - before) / arguments.streams:.1f} KiB"
            print(f"{subject.name:14}{held[subject.name]:>12}")
            for writer in writers:
                writer.transport.abort()
            loop.run_until_complete(asyncio.sleep(0.5))
            loop.close()
    finally:
        for subject in subjects:
            subject.stop()
        server.kill()
    note(f"resident memory per held event stream, {arguments.streams:,} streams", "at most 24 KiB", **held)


def recorded(database, requests):
    """Says whether everything that was forwarded was recorded; what was not has cost no CPU."""
    with contextlib.closing(sqlite3.connect(database)) as capture:
        exchanges, gaps = (capture.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("exchanges", "gaps"))
    print(f"\nmcp-inspect recorded {exchanges:,} exchanges of at least {requests:,}, {gaps} gaps")
    if gaps:
        print("bench: the machine was too busy to record everything: the CPU per exchange is too low by what is missing")
    note("exchanges recorded of those forwarded", "all", **{"mcp-inspect": f"{min(1, exchanges / max(requests, 1)):.1%}"})


def rows(arguments, folder):
    """Stream events through the whole recorder: proxy, decoder, fold, redaction, store. Held back where it is slower."""
    site = folder / "site"
    site.mkdir()
    event = "event: message\r\ndata: " + json.dumps(
        {"jsonrpc": "2.0", "method": "notifications/message",
         "params": {"level": "info", "logger": "bench", "data": "x" * 300}}) + "\r\n\r\n"
    (site / "events.sse").write_text(event * arguments.events)
    source = start_nginx(folder, "source", free_port(),
                         f"server {{ listen 127.0.0.1:PORT; root {site}; sendfile on; }}")
    print(f"\nRows per second, {arguments.events} stream events of {len(event)} bytes, each one a message, --lossless")
    try:
        rates = []
        for number in range(arguments.rounds):
            subject = start_inspect(arguments, folder, source.port, f"rows{number}", ["--lossless"])
            started = time.monotonic()
            subprocess.run(["curl", "-s", "-o", "/dev/null", f"http://127.0.0.1:{subject.port}/events.sse"], check=True)
            subject.process.send_signal(signal.SIGINT)
            _, _, usage = os.wait4(subject.process.pid, 0)
            elapsed = time.monotonic() - started
            cpu = usage.ru_utime + usage.ru_stime
            with contextlib.closing(sqlite3.connect(subject.database)) as database:
                events, messages = (database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                                    for table in ("stream_events", "messages"))
                gaps = database.execute("SELECT total(gaps) FROM recordings").fetchone()[0]
            if events != arguments.events or messages != arguments.events or gaps:
                sys.exit(f"bench: {events} events, {messages} messages and {gaps:.0f} gaps of {arguments.events}")
            rates.append((events / elapsed, events / max(cpu, 0.01)))
        print(f"mcp-inspect   {median(r[0] for r in rates):10,.0f} events/s with a message row each, to the last commit; "
              f"{median(r[1] for r in rates):,.0f} per CPU-second")
        note("one stream, as fast as it goes, every event recorded",
             **{"mcp-inspect": f"{median(r[0] for r in rates):,.0f} events/s"})
    finally:
        source.stop()


def versions(arguments):
    def first(*command):
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip().splitlines()[0]

    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    print(f"machine: {os.cpu_count()} × {cpu.group(1) if cpu else platform.machine()}, Linux {platform.release()}")
    print(f"versions: mcp-inspect {first(arguments.inspect, '--version')}, {first('nginx', '-v').split()[-1]}, "
          f"{first(arguments.mitmdump, '--version')}, {first(arguments.mcphawk, '--version')}, {first('wrk', '-v')[:12]}, SQLite {sqlite3.sqlite_version} (Python's)")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inspect")
    parser.add_argument("--mitmdump")
    parser.add_argument("--mcphawk")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--streams", type=int, default=9000)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--only", choices=["cpu", "latency", "memory", "rows"])
    parser.add_argument("--stream-server", type=int)
    arguments = parser.parse_args()
    if arguments.stream_server:
        asyncio.run(stream_server(arguments.stream_server, lambda: None))
        return
    os.environ["PATH"] += ":/usr/sbin"
    versions(arguments)
    with tempfile.TemporaryDirectory(prefix="mcp-inspect-bench-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        script = folder / "post.lua"
        script.write_text(POST)
        upstream = start_nginx(
            folder, "upstream", free_port(),
            f"server {{ listen 127.0.0.1:PORT; location / {{ default_type application/json; return 200 '{ANSWER}'; }} }}")
        keep = "keepalive 64; keepalive_requests 100000000;"
        proxy = start_nginx(
            folder, "proxy", free_port(),
            f"upstream back {{ server 127.0.0.1:{upstream.port}; {keep} }} server {{ listen 127.0.0.1:PORT; location / {{ "
            "proxy_pass http://back; proxy_http_version 1.1; proxy_set_header Connection \"\"; } }")
        subjects = [proxy] + [start(arguments, folder, upstream.port)
                              for start in (start_inspect, start_mitmdump, start_mcphawk)]
        requests = 0
        try:
            if arguments.only in (None, "cpu"):
                requests = forwarding(arguments, folder, subjects, script)
            if arguments.only in (None, "latency"):
                latency(arguments, subjects, script, upstream.port)
        finally:
            for subject in [*subjects, upstream]:
                subject.stop()
        if requests:
            recorded(subjects[1].database, requests)
        if arguments.only in (None, "memory"):
            memory(arguments, folder)
        if arguments.only in (None, "rows"):
            rows(arguments, folder)


main()
