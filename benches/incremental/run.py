#!/usr/bin/env python3
"""Times incremental runs against a full run over the same state, in one go, and prints ratios.

usage: run.py [--records 1000000] [--share 0.01] [--runs 50] [--threads 2] [--scratch DIR] [--cases delta,dump,nothing,many]
Needs the release binaries target/release/generate and target/release/c360 (or $C360_GENERATE, $C360_BIN).

delta    a share of all records changes and arrives as a file of versions per source (mode changes)
dump     a tenth of the share changes inside full dumps (mode snapshot): reading them is most of the work; beside it, where Python
         has duckdb, what DuckDB takes to read the same files as texts and to hash their rows
nothing  nothing changed
many     so many deltas of a tenth of the share one after the other: the last against the fifth, each the mean of three runs
Times are wall times from start to exit; memory is the largest resident set.
"""
import argparse
import pathlib
import random
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import process

SOURCES = ["crm", "billing", "loyalty", "support", "erp_companies"]
ENCODING = {"crm": "latin1"}
DELIMITER = {"crm": ";", "support": "\t", "erp_companies": "|"}
# What share of the generator's records these five sources have on the first day.
SHARE = 0.72


def program(variable, name):
    return process.program(variable, name) or sys.exit(f"no {name}: cargo build --release -p c360-cli -p c360-benches, or set ${variable}")


def project(folder, records, mode):
    """A folder with the pipeline and the first delivery."""
    process.fresh(folder)
    text = (HERE.parent / "duckdb" / "customers.c360").read_text()
    for source in SOURCES:
        text = text.replace(f'read    csv("data/day=1/{source}/', f'mode    {mode}\n  read    csv("data/{source}/')
    text = "\n".join(line for line in text.split("\n") if not line.startswith("publish"))
    (folder / "customers.c360").write_text(text)
    arguments = ["--records", str(round(records / SHARE)), "--days", "1", "--systems", ",".join(SOURCES)]
    subprocess.run([program("C360_GENERATE", "generate"), "--out", folder / "made", *arguments], check=True, stdout=subprocess.DEVNULL)
    (folder / "made" / "day=1").rename(folder / "data")
    return folder


def changed(line, source, dice):
    """The row with another mailbox and a later moment of change."""
    at = line.find("@")
    if at > 0:
        line = line[:at] + str(dice.randrange(10)) + line[at:]
    if source == "support":
        cells = line.split("\t")
        cells[8] = str(int(cells[8]) + 100_000_000) if cells[8].isdigit() else cells[8]
        return "\t".join(cells)
    if source == "erp_companies":
        return "|".join(re.sub(r"^20(\d\d)(\d{4})$", r"2099\2", cell) for cell in line.split("|"))
    line = re.sub(r"20\d\d(?=-\d\d-\d\dT)", "2099", line)
    line = re.sub(r"(?<=\d\d\.\d\d\.)20\d\d(?= \d\d:)", "2099", line)
    return re.sub(r"(?<=\d\d/\d\d/)20\d\d(?= \d{1,2}:)", "2099", line)


def deliver(folder, share, seed, in_place):
    """Changes a share of the rows: in their files, or as new versions in a file of their own. Gives how many."""
    dice = random.Random(seed)
    count = 0
    for source in SOURCES:
        encoding = ENCODING.get(source, "utf8")
        versions = []
        files = sorted((folder / "data" / source).glob("part-0*"))
        for file in files:
            with open(file, encoding=encoding, newline="") as opened:
                head, *lines = opened.read().split("\n")
            for index, line in enumerate(lines):
                if line and '"' not in line and dice.random() < share:
                    lines[index] = changed(line, source, dice)
                    versions.append(lines[index])
            if in_place:
                file.write_text("\n".join([head, *lines]), encoding=encoding, newline="")
        if not in_place:
            late = folder / "data" / source / f"part-9{seed:05d}{files[0].suffix}"
            late.write_text("\n".join([head, *versions]) + "\n", encoding=encoding, newline="")
        count += len(versions)
    return count


def run(folder, threads, *more):
    """Seconds and peak megabytes of a run."""
    measured = process.measure([program("C360_BIN", "c360"), "run", "--threads", str(threads), *more], folder)
    return measured["seconds"], measured["megabytes"]


def read_and_hash(folder, threads):
    """Seconds that DuckDB takes to read all files as texts and to hash their rows; None without it."""
    try:
        import duckdb
    except ImportError:
        return None
    connection = duckdb.connect()
    connection.execute(f"set threads = {threads}")
    start = time.perf_counter()
    for source in SOURCES:
        files = [str(file) for file in sorted((folder / "data" / source).glob("part-*"))]
        encoding = "latin-1" if source in ENCODING else "utf-8"
        options = "all_varchar = true, header = true, delim = ?, encoding = ?"
        connection.execute(f"select count(*), bit_xor(hash(t)) from read_csv(?, {options}) t", [files, DELIMITER.get(source, ","), encoding]).fetchall()
    return time.perf_counter() - start


def bytes_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def told(what, seconds, full, peak, more=""):
    print(f"{what:<28} {seconds:8.2f} s  {100 * seconds / full:6.1f} % of a full run  {peak:6.0f} MB  {more}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("target/incremental"))
    parser.add_argument("--cases", default="delta,dump,nothing,many")
    options = parser.parse_args()
    cases = options.cases.split(",")
    if {"delta", "nothing", "many"} & set(cases):
        folder = project(options.scratch.resolve() / "changes", options.records, "changes")
        full, peak = run(folder, options.threads)
        told("full run, first", full, full, peak)
        before = bytes_of(folder / "state")
        count = deliver(folder, options.share, 1, False)
        seconds, peak = run(folder, options.threads)
        told(f"delta of {count}", seconds, full, peak, f"{(bytes_of(folder / 'state') - before) / 1e6:.1f} MB written")
        seconds, peak = run(folder, options.threads)
        told("nothing changed", seconds, full, peak)
        times = []
        for number in range(options.runs if "many" in cases else 0):
            deliver(folder, options.share / 10, 100 + number, False)
            times.append(run(folder, options.threads)[0])
        for number in sorted({5, options.runs}) if times else []:
            around = times[max(number - 3, 0) : number]
            files = sum(file.is_file() for file in (folder / "state" / "tables").rglob("*"))
            told(f"delta {number} of many", sum(around) / len(around), full, peak, f"mean of {len(around)}; {files} files of tables in the end")
        if times:
            first, last = (sorted(part)[len(part) // 2] for part in (times[:10], times[-10:]))
            print(f"medians of the first and the last ten: {first:.2f} and {last:.2f} s; slowest of all {max(times):.2f} s")
    if "dump" in cases:
        folder = project(options.scratch.resolve() / "snapshot", options.records, "snapshot")
        full, peak = run(folder, options.threads)
        told("full run, dumps", full, full, peak)
        count = deliver(folder, options.share / 10, 1, True)
        seconds, peak = run(folder, options.threads)
        told(f"dumps with {count} changed", seconds, full, peak)
        reading = read_and_hash(folder, options.threads)
        if reading:
            told("DuckDB reads and hashes them", reading, full, 0, f"the run takes {seconds / reading:.2f} times that")


if __name__ == "__main__":
    main()
