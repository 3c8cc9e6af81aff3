#!/usr/bin/env python3
"""Runs retail.sql in DuckDB and prints the seconds of each stage as JSON lines.

usage: run_duckdb.py DATA OUT [--threads 2] [--script retail.sql]
Python only drives: it splits the script into its stages; all work is SQL.
"""
import argparse
import json
import pathlib
import time

import duckdb


def stages(text):
    """(name, statements) of each stage, in order."""
    for part in text.split("-- stage: ")[1:]:
        name, _, body = part.partition("\n")
        statements = (s.strip() for s in body.split(";\n"))
        yield name, [s for s in statements if any(line and not line.startswith("--") for line in s.split("\n"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--script", default=str(pathlib.Path(__file__).with_name("retail.sql")))
    options = parser.parse_args()
    pathlib.Path(options.out).mkdir(parents=True, exist_ok=True)
    text = pathlib.Path(options.script).read_text(encoding="utf-8")
    for name, value in {"$DATA": options.data, "$OUT": options.out, "$THREADS": str(options.threads)}.items():
        text = text.replace(name, value)
    connection = duckdb.connect()
    for name, statements in stages(text):
        start, used = time.perf_counter(), time.process_time()
        for statement in statements:
            connection.execute(statement)
        print(json.dumps({"stage": name, "seconds": round(time.perf_counter() - start, 3), "cpu": round(time.process_time() - used, 3)}), flush=True)
    entities, records = connection.execute("SELECT count(*), sum(records) FROM single_values").fetchone()
    print(json.dumps({"entities": entities, "records": int(records)}))


if __name__ == "__main__":
    main()
