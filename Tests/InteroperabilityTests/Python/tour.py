"""A client of somebody else takes the whole tour of a server: tour.py URL --client C --dialect D [--finds]

Standard output is the transcript (JSON lines, the same for every run against the same kind of server);
--expectations FILE says in addition what a recorder that stood between must have stored.
"""

import argparse
import asyncio
import json
import logging
import ssl
import sys

import steps
import transcript
from expectations import work_out
from tourist import Tour


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Tour of an MCP server with a client that is not ours")
    parser.add_argument("url")
    parser.add_argument("--client", choices=["sdk1", "sdk2", "fastmcp"], default="sdk1")
    parser.add_argument("--dialect", choices=["http+sse", "streamable", "stateless"], required=True)
    parser.add_argument("--finds", action="store_true", help="let the client find out whether there is a handshake")
    parser.add_argument("--cacert", metavar="FILE", help="the certificates that are trusted, for https")
    parser.add_argument("--route", choices=list(steps.ROUTES), default="tools", help="what the server offers")
    parser.add_argument("--without", default="", help="comma-separated steps to leave out")
    parser.add_argument("--expectations", metavar="FILE", help="where to write what a recorder must have stored")
    return parser.parse_args()


async def run(options: argparse.Namespace) -> None:
    trusted = ssl.create_default_context(cafile=options.cacert) if options.cacert else False
    tour = Tour(options.url, options.dialect, options.client, options.finds, trusted)
    chosen = [step for step in steps.ROUTES[options.route] if step.__name__ not in options.without.split(",")]
    async with asyncio.timeout(60):
        await steps.walk(tour, chosen)
    transcript.write(tour.lines, tour.log.exchanges, sys.stdout)
    if options.expectations:
        with open(options.expectations, "w", encoding="utf-8") as file:
            json.dump(work_out(tour.log.exchanges), file, ensure_ascii=False)


if __name__ == "__main__":
    # The SDK logs what it could not deliver; a tour's findings are in its transcript.
    logging.disable(logging.CRITICAL)
    asyncio.run(run(arguments()))
