#!/usr/bin/env python3
"""Times `c360 check` and `c360 --version` on a long pipeline: the shipped retail pipeline, copied under other names until it has so many lines.

usage: run.py [--lines 1000] [--runs 20] [--scratch DIR]
Needs the release binary target/release/c360 (or $C360_BIN). Goals: 200 ms for 1,000 lines, 50 ms to start.
"""
import argparse
import pathlib
import re
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import process

RETAIL = HERE.parent.parent / "pipelines" / "retail"


def copied(lines):
    """The text of a pipeline of at least so many lines."""
    head, body = re.split(r"^use .*\n", (RETAIL / "retail.c360").read_text(), maxsplit=1, flags=re.M)
    declared = re.findall(r"^(?:entity|source) (\w+)", body, flags=re.M)
    text = (RETAIL / "formats.c360").read_text() + head
    names = re.compile(rf"\b({'|'.join(declared)})\b")
    number = 1
    while text.count("\n") < lines:
        text += names.sub(rf"\g<1>_{number}", body)
        number += 1
    return text


def milliseconds(command, folder, runs):
    return statistics.median(process.measure(command, folder)["seconds"] for _ in range(runs)) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("target/check"))
    options = parser.parse_args()
    c360 = process.program("C360_BIN", "c360") or sys.exit("no c360: cargo build --release -p c360-cli, or set $C360_BIN")
    folder = process.fresh(options.scratch.resolve())
    text = copied(options.lines)
    (folder / "long.c360").write_text(text)
    print(f"c360 --version: {milliseconds([c360, '--version'], folder, options.runs):.0f} ms")
    print(f"c360 check, {text.count(chr(10)):,} lines: {milliseconds([c360, 'check', 'long.c360'], folder, options.runs):.0f} ms")


if __name__ == "__main__":
    main()
