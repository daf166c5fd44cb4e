"""The official Python client takes the whole tour of a server: tour.py URL --dialect http+sse|streamable

Standard output is the transcript (JSON lines, the same for every run against the same kind of server);
--expectations FILE says in addition what a recorder that stood between must have stored.
"""

import argparse
import asyncio
import json
import logging
import sys

import steps
import transcript
from expectations import work_out
from tourist import Tour


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Tour of an MCP server with the official Python client")
    parser.add_argument("url")
    parser.add_argument("--dialect", choices=["http+sse", "streamable"], required=True)
    parser.add_argument("--route", choices=list(steps.ROUTES), default="tools", help="what the server offers")
    parser.add_argument("--without", default="", help="comma-separated steps to leave out")
    parser.add_argument("--expectations", metavar="FILE", help="where to write what a recorder must have stored")
    return parser.parse_args()


async def run(options: argparse.Namespace) -> None:
    tour = Tour(options.url, options.dialect)
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
