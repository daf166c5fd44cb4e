#!/usr/bin/env python3
"""Prints what the benchmarks kept in a file as one table. table.py RESULTS PIPELINE_OUTPUT"""

import json
import pathlib
import re
import sys

COLUMNS = ["mcp-inspect", "nginx", "mitmdump", "mcphawk", "aim"]
AIMS = {"events": "at least 30,000/s, no commit over 100 ms"}


def pipeline(text):
    """What `pipeline-bench` printed."""
    for kind, body in re.findall(r"^(\w+): \d+ over.*\n((?:  .*\n?)+)", text, re.MULTILINE):
        found = dict(re.findall(r"^  (.*?)  +(.*)$", body, re.MULTILINE))
        rate, least, most = (int(number) for number in re.findall(r"\d+", found["per second"]))
        said = f"{rate:,}/s ({least:,} to {most:,}), {found['CPU of each, µs']} µs CPU each, longest commit {found['longest commit, ms']} ms"
        yield {"what": f"made-up {kind} through decode, fold, redaction and store, one thread", "aim": AIMS.get(kind, ""),
               "mcp-inspect": said}


def main():
    results, output = (pathlib.Path(name).read_text() for name in sys.argv[1:3])
    rows = [json.loads(line) for line in results.splitlines()] + list(pipeline(output))
    print("\n| | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 1))
    for row in rows:
        print(f"| {row['what']} | " + " | ".join(row.get(column) or "–" for column in COLUMNS) + " |")


main()
