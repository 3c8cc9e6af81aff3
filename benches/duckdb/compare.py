#!/usr/bin/env python3
"""Runs c360 and a hand-written DuckDB script over the same generated files, as separate processes by turns, and prints both.

usage: compare.py [--records 1000000] [--runs 3] [--threads 2] [--scratch DIR] [--only duckdb|c360] [--json]
Needs the release binaries target/release/generate and target/release/c360 (or $C360_GENERATE, $C360_BIN) and the Python package
duckdb 2.0. Files are generated once per size. Each run starts from nothing: a new state for c360, a database in memory for DuckDB.
Times are wall time from start to exit, with the processor time next to it; memory is the largest resident set of the process as the
kernel counted it. Both sides' entities are scored against the generator's truth.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from process import ROOT, fresh, measure, program

SOURCES = ["crm", "billing", "loyalty", "support", "erp_companies"]
# What share of the generator's records these five sources have on the first day.
SHARE = 0.72


def generate(folder, records):
    """The files of the five sources with `records` rows, made once."""
    done = folder / "truth.csv"
    if done.exists():
        return
    binary = program("C360_GENERATE", "generate") or sys.exit("no generator: cargo build --release -p c360-benches, or set C360_GENERATE")
    shutil.rmtree(folder, ignore_errors=True)
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    arguments = ["--records", str(round(records / SHARE)), "--days", "1", "--systems", ",".join(SOURCES), "--truth"]
    subprocess.run([binary, "--out", part, *arguments], check=True, stdout=subprocess.DEVNULL)
    part.rename(folder)


def run_duckdb(scratch, data, threads):
    folder = fresh(scratch / "duckdb")
    result = measure([sys.executable, HERE / "run_duckdb.py", data, folder / "out", "--threads", str(threads)], folder)
    lines = [json.loads(line) for line in result.pop("output").splitlines()]
    result["stages"] = {line["stage"]: line["seconds"] for line in lines if "stage" in line}
    result["stage_cpu"] = {line["stage"]: line["cpu"] for line in lines if "stage" in line}
    names = ", ".join(f"'{name}'" for name in SOURCES)
    result["members"] = f"SELECT list_extract([{names}], source + 1) AS source, key AS record_id, entity::VARCHAR AS entity FROM '{folder}/out/members.parquet'"
    return result


def run_c360(scratch, data, threads):
    binary = program("C360_BIN", "c360")
    folder = fresh(scratch / "c360")
    shutil.copy(HERE / "customers.c360", folder)
    (folder / "data").symlink_to(data, target_is_directory=True)
    result = measure([binary, "run", "--pipeline", "customers.c360", "--threads", str(threads)], folder)
    result.pop("output")
    # Outside the measured time: the members by the documented query.
    query = "SELECT source, key AS record_id, id AS entity FROM members.customer"
    answer = subprocess.run([binary, "query", "--pipeline", "customers.c360", "--output", "json", query], cwd=folder, capture_output=True)
    members = folder / "members.json"
    members.write_text(json.dumps(json.loads(answer.stdout)["rows"]) if answer.returncode == 0 else "")
    result["members"] = None if answer.returncode else f"FROM read_json_auto('{members}')"
    return result


def score(members, data):
    """Entities, and precision and recall over pairs of records against the truth."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE members AS {members}")
    connection.execute(
        f"""CREATE TABLE matched AS SELECT entity, entity_id FROM members
        JOIN read_csv('{data}/truth.csv', all_varchar = true) USING (source, record_id)"""
    )

    def pairs(by):
        return connection.execute(f"SELECT coalesce(sum(n * (n - 1) / 2), 0)::DOUBLE FROM (SELECT count(*) AS n FROM matched GROUP BY {by})").fetchone()[0]

    right, found, true = pairs("entity, entity_id"), pairs("entity"), pairs("entity_id")
    entities = connection.execute("SELECT count(DISTINCT entity) FROM members").fetchone()[0]
    return {"entities": entities, "precision": round(right / max(found, 1), 4), "recall": round(right / max(true, 1), 4)}


def summary(runs, data):
    middle = {name: statistics.median(run[name] for run in runs) for name in ("seconds", "cpu", "megabytes")}
    for kind in ("stages", "stage_cpu"):
        names = runs[0].get(kind, {})
        middle[kind] = {name: round(statistics.median(run[kind][name] for run in runs), 3) for name in names}
    members = runs[-1]["members"]
    return middle | (score(members, data) if members else {})


def print_table(sides, records, options):
    print(f"{records:,} records, {options.threads} threads, median of {options.runs}; load of the machine {os.getloadavg()[0]:.1f}\n")
    print(f"{'':10}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}{'entities':>10}{'precision':>11}{'recall':>9}")
    for name, side in sides.items():
        found = f"{side['entities']:>10,}{side['precision']:>11}{side['recall']:>9}" if "entities" in side else ""
        print(f"{name:10}{side['seconds']:>9.2f}{side['cpu']:>9.2f}{side['megabytes']:>9.0f}{found}")
    if len(sides) == 2:
        c360, duckdb = sides["c360"], sides["duckdb"]
        print(f"{'c360/duck':10}" + "".join(f"{c360[x] / duckdb[x]:>9.2f}" for x in ("seconds", "cpu", "megabytes")))
    if "duckdb" in sides:
        print("\nDuckDB by stage      wall s    cpu s")
        for stage, seconds in sides["duckdb"]["stages"].items():
            print(f"{stage:18}{seconds:>9.2f}{sides['duckdb']['stage_cpu'][stage]:>9.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scratch", type=pathlib.Path, default=ROOT / "target" / "compare")
    parser.add_argument("--only", choices=["duckdb", "c360"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    data = scratch / f"data-{options.records}"
    generate(data, options.records)

    chosen = {"duckdb": run_duckdb, "c360": run_c360}
    if options.only:
        chosen = {options.only: chosen[options.only]}
    if "c360" in chosen and program("C360_BIN", "c360") is None:
        if options.only:
            sys.exit("no c360: cargo build --release, or set C360_BIN")
        print("no c360 binary (cargo build --release, or set C360_BIN): DuckDB alone", file=sys.stderr)
        chosen.pop("c360")
    runs = {name: [] for name in chosen}
    for _ in range(options.runs):
        for name, run in chosen.items():
            runs[name].append(run(scratch, data, options.threads))
    sides = {name: summary(all_runs, data) for name, all_runs in runs.items()}
    if options.json:
        print(json.dumps({"records": options.records, "threads": options.threads, "runs": options.runs, "load": os.getloadavg()[0], "sides": sides}))
    else:
        print_table(sides, options.records, options)


if __name__ == "__main__":
    main()
