"""mcp-proxy in front of mcp-server-time (stdio): time_server.py sse|streamable --port N

Runs the `mcp-proxy` program as it is installed, waits until it says that it listens, and prints the ready line.
"""

import os
import re
import signal
import subprocess
import sys
import threading

import serving

LISTENING = re.compile(r"running on http://127\.0\.0\.1:(\d+)")


def main() -> int:
    options = serving.arguments("mcp-proxy in front of mcp-server-time", ["sse", "streamable"])
    programs = os.path.dirname(sys.executable)
    command = [os.path.join(programs, "mcp-proxy"), "--host", "127.0.0.1", "--port", str(options.port)]
    command += ["--pass-environment", "--"]
    command += [sys.executable, "-m", "mcp_server_time", "--local-timezone", "Europe/Berlin"]
    # A group of its own, so that ending it takes the stdio server along.
    proxy = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )

    def end(*_) -> None:
        if proxy.poll() is None:
            os.killpg(proxy.pid, signal.SIGKILL)

    def watch_standard_input() -> None:
        while os.read(0, 4096):
            pass
        end()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if options.until_stdin_ends:
        threading.Thread(target=watch_standard_input, daemon=True).start()
    log: list[str] = []
    try:
        for line in proxy.stderr:
            log.append(line)
            if match := LISTENING.search(line):
                serving.announce(int(match[1]), "/sse" if options.mode == "sse" else "/mcp")
                log = []
                break
        for _ in proxy.stderr:
            pass
    finally:
        end()
        proxy.wait()
    sys.stderr.writelines(log)
    return 0


if __name__ == "__main__":
    sys.exit(main())
