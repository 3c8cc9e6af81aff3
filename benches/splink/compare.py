#!/usr/bin/env python3
"""Runs c360 and Splink 5 over the same prepared columns with the same blocks and comparisons, as processes by turns, and prints both.

usage: compare.py persons|historical [--records 1000000] [--data /path/to/shared/data] [--runs 1] [--threads 2] [--scratch DIR] [--only c360|splink] [--sessions demo|few] [--pipeline FILE]
Needs the release binaries (or $C360_BIN, $C360_GENERATE) and `pip install splink==5.0.0` (DuckDB 2).

persons     three systems of the generator (crm, billing, loyalty), --records rows together
historical  splink_historical_50k of --data with the settings of Splink's own demo

Columns are prepared by DuckDB beforehand (lower case, one form of dates and phones), so that both sides read the same Parquet files and compare the same texts.
Splink trains on the blocks that its demos train on (first name and surname; date of birth); with `--sessions few` on two that have few pairs
(e-mail; surname and date of birth). Splink: load, train, predict, cluster in one process. c360: `train`, then `run`, which does more than that (ids, golden records, lineage, a commit). "matching" is
predict and cluster of Splink, and the step that clusters of c360: keys, blocks, pairs, scores, clusters. Clusters of both are scored against the truth.
"""
import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from process import ROOT, fresh, measure, program

SYSTEMS = ["crm", "billing", "loyalty"]
# What share of the generator's records these three systems have on the first day.
SHARE = 0.6
COMPANY = r"'(^| )(gmbh|ag|kg|ohg|ug|e[.]k[.]|ltd[.]?|limited|plc|llc|inc[.]?|corp[.]?|corporation|gesellschaft|sa|s[.]a[.]|co[.,]?)( |$)'"
DAYS = {"crm": "%d.%m.%Y", "loyalty": "%m/%d/%Y"}
COLUMNS = {
    "crm": ("KundenNr", "Vorname", "Nachname", "Geburtsdatum", "EMail", "coalesce(Mobil, Telefon)", "PLZ", "Vorname is not null"),
    "billing": (
        "acct_no", "regexp_replace(holder, ' [^ ]*$', '')", "regexp_extract(holder, '[^ ]*$')", None, "email", "phone", "zip", f"not regexp_matches(lower(holder), {COMPANY})",
    ),
    "loyalty": ('"Card Number"', '"First Name"', '"Last Name"', '"Birth Date"', '"Email Address"', "Phone", "ZIP", "true"),
}
READ = {"crm": "delim = ';', encoding = 'latin-1'", "billing": "delim = ','", "loyalty": "delim = ','"}


def prepare_persons(folder, options):
    made = folder.with_name(folder.name + ".made")
    binary = program("C360_GENERATE", "generate") or sys.exit("no generator: cargo build --release -p c360-benches, or set C360_GENERATE")
    arguments = ["--records", str(round(options.records / SHARE)), "--days", "1", "--systems", ",".join(SYSTEMS), "--truth"]
    subprocess.run([binary, "--out", made, *arguments], check=True, stdout=subprocess.DEVNULL)
    import duckdb

    for system, (key, first, last, born, email, phone, postcode, person) in COLUMNS.items():
        date = f"strftime(try_strptime({born}, '{DAYS[system]}'), '%Y-%m-%d')" if born else "null::varchar"
        duckdb.execute(
            f"""copy (select {key} as record_id, nullif(lower(trim({first})), '') as first_name, nullif(lower(trim({last})), '') as surname, {date} as dob,
            lower(trim({email})) as email, nullif(right(regexp_replace({phone}, '[^0-9]', '', 'g'), 9), '') as phone, {postcode} as postcode
            from read_csv('{made}/day=1/{system}/*.csv', all_varchar = true, header = true, {READ[system]}) where {person}
            qualify row_number() over (partition by {key}) = 1) to '{folder}/{system}.parquet' (format parquet)"""
        )
    shutil.copy(made / "truth.csv", folder / "truth.csv")
    shutil.rmtree(made)


def prepare_historical(folder, options):
    import duckdb

    data = options.data / "splink_historical_50k"
    duckdb.execute(f"copy (select * from read_csv('{data}/sources/people.csv', all_varchar = true)) to '{folder}/people.parquet' (format parquet)")
    shutil.copy(data / "truth.csv", folder / "truth.csv")


PREPARE = {"persons": prepare_persons, "historical": prepare_historical}


def prepared(scratch, options):
    """The folder of the case's columns, made once."""
    name = f"{options.case}-{options.records}" if options.case == "persons" else options.case
    folder = scratch / name
    if not folder.exists():
        part = fresh(scratch / (name + ".part"))
        PREPARE[options.case](part, options)
        part.rename(folder)
    return folder


def run_splink(scratch, data, options):
    folder = fresh(scratch / "splink")
    result = measure([sys.executable, HERE / "run_splink.py", options.case, data, folder / "clusters.parquet", "--threads", str(options.threads), "--sessions", options.sessions], folder)
    lines = [json.loads(line) for line in result.pop("output").splitlines() if line.startswith("{")]
    stages = {line["stage"]: line["seconds"] for line in lines}
    result |= {"train": stages["train"], "matching": stages["predict"] + stages["cluster"], "all": sum(stages.values()) - stages["write"]}
    return result | {"members": f"from '{folder}/clusters.parquet'"}


def run_c360(scratch, data, options):
    binary = program("C360_BIN", "c360") or sys.exit("no c360: cargo build --release, or set C360_BIN")
    folder = fresh(scratch / "c360")
    shutil.copy(options.pipeline or HERE / f"{options.case}.c360", folder)
    (folder / "data").symlink_to(data, target_is_directory=True)
    threads = ["--threads", str(options.threads)]
    train = measure([binary, "train", "person", "--output", "json", *threads], folder)
    run = measure([binary, "run", "--output", "json", *threads], folder)
    times = {time["step"]: time["seconds"] for time in json.loads(run["output"])["times"]}
    result = {name: train[name] + run[name] for name in ("seconds", "cpu")} | {"megabytes": max(train["megabytes"], run["megabytes"])}
    result |= {"train": train["seconds"], "matching": times["cluster person"], "all": result["seconds"], "times": times}
    query = "select source, key as record_id, id as entity from members.person"
    answer = subprocess.run([binary, "query", "--output", "json", query], cwd=folder, capture_output=True, check=True)
    (folder / "members.json").write_text(json.dumps(json.loads(answer.stdout)["rows"]))
    return result | {"members": f"from read_json('{folder}/members.json', columns = {{source: 'varchar', record_id: 'varchar', entity: 'varchar'}})"}


def score(members, data):
    """Precision, recall and F1 over pairs of records of the same cluster against the truth."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"create table truth as select * from read_csv('{data}/truth.csv', all_varchar = true)")
    name = [row[0] for row in connection.execute("describe truth").fetchall()]
    entity = "entity_id" if "entity_id" in name else name[-1]
    key = "record_id" if "record_id" in name else name[-2]
    connection.execute(f"create table matched as select m.entity, t.{entity} as truth from ({members}) m join truth t on t.{key} = m.record_id"
                       + (" and t.source = m.source" if "source" in name else ""))

    def pairs(by):
        return connection.execute(f"select coalesce(sum(n * (n - 1) / 2), 0)::double from (select count(*) as n from matched group by {by})").fetchone()[0]

    right, found, true = pairs("entity, truth"), pairs("entity"), pairs("truth")
    precision, recall = right / max(found, 1), right / max(true, 1)
    return {"precision": precision, "recall": recall, "f1": 2 * right / max(found + true, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", choices=PREPARE)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scratch", type=pathlib.Path, default=ROOT / "target" / "splink")
    parser.add_argument("--sessions", choices=["demo", "few"], default="demo")
    parser.add_argument("--pipeline", type=pathlib.Path, help="another pipeline for c360 over the same columns, with an entity `person`")
    parser.add_argument("--only", choices=["c360", "splink"])
    options = parser.parse_args()
    if options.case == "historical" and options.data is None:
        parser.error("historical needs --data, the folder of the labelled data")
    scratch = options.scratch.resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    data = prepared(scratch, options)
    sides = {"splink": run_splink, "c360": run_c360}
    runs = {name: [] for name in sides if options.only in (None, name)}
    for _ in range(options.runs):
        for name, found in runs.items():
            found.append(sides[name](scratch, data, options))
    print(f"{'':14}{'all s':>8}{'cpu s':>8}{'train s':>9}{'matching s':>12}{'peak MB':>9}{'precision':>11}{'recall':>8}{'f1':>8}")
    figures = {}
    for name, found in runs.items():
        middle = {key: statistics.median(run[key] for run in found) for key in ("all", "cpu", "train", "matching", "megabytes")}
        s = score(found[-1]["members"], data)
        figures[name] = middle
        print(f"{name:14}{middle['all']:>8.2f}{middle['cpu']:>8.2f}{middle['train']:>9.2f}{middle['matching']:>12.2f}{middle['megabytes']:>9.0f}"
              f"{s['precision']:>11.4f}{s['recall']:>8.4f}{s['f1']:>8.4f}")
    if len(figures) == 2:
        ratio = {key: figures["splink"][key] / figures["c360"][key] for key in figures["c360"]}
        print(f"{'splink / c360':14}{ratio['all']:>8.2f}{ratio['cpu']:>8.2f}{ratio['train']:>9.2f}{ratio['matching']:>12.2f}{ratio['megabytes']:>9.2f}")
    for step, seconds in runs.get("c360", [{}])[-1].get("times", {}).items():
        print(f"  c360 run: {seconds:>7.2f} s  {step}")


if __name__ == "__main__":
    main()
