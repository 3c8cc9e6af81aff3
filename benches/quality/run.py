#!/usr/bin/env python3
"""Quality on labelled data: trains, runs and scores each pipeline beside this file, and prints one table.

usage: run.py DATA_FOLDER [--only NAME,..] [--rules RULES,..] [--c360 PROGRAM] [--work FOLDER] [--json FILE] [--splink PYTHON]

Labels are used for scoring only. Scores are of clusters, over all true pairs. RULES are of these, the first two unless said otherwise:
written   the pipeline as it is written
chosen    the same with nothing said on how records match but `model "x.model.json" accept 0.95`: blocks and levels by format
unguarded chosen, without the guard that holds wherever a model decides: `never looser(0)`
drafted   what `c360 profile --scaffold` prints for the files, untouched; it gets the country, a name for the entity, and nothing else
modelled  the same with `--model`: a model is trained and decides
"""
import argparse, csv, json, os, pathlib, re, shutil, subprocess, sys, time
from score import score

HERE = pathlib.Path(__file__).resolve().parent
# name: (entities, truth, its column, sources that count or all, goal for F1)
SETS = {
    "splink_historical_50k": (["person"], "splink_historical_50k/truth.csv", "entity_id", None, 0.88),
    "census_ssa": (["person"], "pseudopeople_seed0/truth.csv", "person_id", ["census", "ssa"], 0.992),
    "registers": (["person"], "pseudopeople_seed0/truth.csv", "person_id", None, 0.98),
    "febrl3": (["person"], "febrl3/truth.csv", "entity_id", None, 0.997),
    "febrl4": (["person"], "febrl4/truth.csv", "entity_id", None, 0.999),
    "splink_fake_1000": (["person"], "splink_fake_1000/truth.csv", "entity_id", None, 0.95),
    "early_childhood_sites": (["site"], "early_childhood_sites/truth.csv", "entity_id", None, 0.95),
    "restaurants_864": (["restaurant"], "restaurants_864/truth.csv", "entity_id", None, 0.97),
    "orgs_hard": (["company"], "orgs_hard/truth.csv", "entity_id", None, 0.90),
    "senzing_truthset": (["person", "organisation"], "senzing_truthset/actual_truthset_key.csv", "CLUSTER_ID", None, 1.0),
}
COLUMNS = ["precision", "recall", "f1", "bcubed_f1", "largest_true", "largest", "seconds"]


def main():
    options = arguments()
    work = pathlib.Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    results = []
    print("| data | rules | " + " | ".join(COLUMNS) + " | goal |\n| --- | --- |" + " --- |" * (len(COLUMNS) + 1), flush=True)
    for name in options.only.split(",") if options.only else SETS:
        for rules in options.rules.split(","):
            result = {"data": name, "rules": rules} | measured(options, work / f"{name}.{rules}", name, rules)
            results.append(result)
            print(row(result, SETS[name][4]), flush=True)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results, indent=1) + "\n")
    if options.splink:
        subprocess.run([options.splink, HERE / "splink_side.py", options.data], check=False)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--only", default="")
    parser.add_argument("--rules", default="written,chosen")
    parser.add_argument("--c360", default=os.environ.get("C360_BIN", "c360"))
    parser.add_argument("--work", default=str(pathlib.Path(__file__).resolve().parents[2] / "target" / "quality"))
    parser.add_argument("--json")
    parser.add_argument("--splink", help="a Python that has splink 5, to measure it beside")
    return parser.parse_args()


def measured(options, folder, name, rules):
    """Trains, runs and scores one pipeline in a folder of its own."""
    entities, truth, column, sources, _ = SETS[name]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "data").symlink_to(options.data)
    text = (HERE / f"{name}.c360").read_text()
    if rules in ("drafted", "modelled"):
        text = drafted(options, folder, name, text, ["--model"] if rules == "modelled" else [])
        entities = ["object"]
    if rules in ("chosen", "unguarded"):
        text = chosen(text, "\nnever looser(0)\n" if rules == "unguarded" else "")
    pipeline = folder / f"{name}.c360"
    pipeline.write_text(text)
    began = time.monotonic()
    for entity in entities:
        if re.search(rf'model "{entity}\.model', text):
            call(options, folder, "train", entity, "-p", pipeline.name)
    call(options, folder, "run", "-p", pipeline.name, "--state", "state")
    seconds = time.monotonic() - began
    predicted = {}
    for entity in entities:
        predicted |= clusters(options, folder, entity)
    result = score(labels(pathlib.Path(options.data) / truth, column, sources), predicted)
    return result | {"seconds": round(seconds, 1)}


def drafted(options, folder, name, text, more):
    """The pipeline that c360 drafts from the files that the written one reads."""
    files = dict.fromkeys(re.findall(r'read\s+csv\("([^"]+)"', text))
    country = re.search(r"^  country (\w+)", text, re.M)[1]
    return call(options, folder, "profile", *files, "--scaffold", name, "--entity", "object", "--country", country, *more)


def chosen(text, guard):
    """The pipeline with every match block replaced by a bare model rule and a guard, or by nothing where it is empty."""
    out, place = [], 0
    for found in re.finditer(r"^entity (\w+)[^{]*\{.*?^  match\s*\{", text, re.M | re.S):
        end = closing(text, found.end())
        if text[found.end():end].strip():
            out += [text[place:found.end()], f' model "{found[1]}.model.json" accept 0.95{guard} ']
            place = end
    return "".join(out) + text[place:]


def closing(text, place):
    depth = 1
    while depth:
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        place += 1
    return place - 1


def call(options, folder, *arguments):
    done = subprocess.run([options.c360, *map(str, arguments)], cwd=folder, capture_output=True, text=True)
    (folder / f"{arguments[0]}.out").write_text(done.stdout + done.stderr)
    if done.returncode:
        sys.exit(f"{folder.name}: c360 {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")
    return done.stdout


def clusters(options, folder, entity):
    """The object of each record, by source and key as the truth names them."""
    sql = f"select r.source, r.key, m.id from members.{entity} m join records.{entity} r on r.record = m.record"
    found = json.loads(call(options, folder, "query", "--state", "state", "-p", f"{folder.name.rsplit('.', 1)[0]}.c360", sql, "--output", "json"))
    rows = found["rows"] if isinstance(found, dict) else found
    rows = [list(row.values()) if isinstance(row, dict) else row for row in rows]
    known = lambda source: re.sub(r"_(person|company)$", "", source).replace("customers", "customer")
    return {(known(source), key): (entity, id) for source, key, id in rows}


def labels(path, column, sources):
    """The true object of each record; Senzing's key has column names of its own."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row[column]]
    if column == "CLUSTER_ID":
        return {({"CUSTOMERS": "customer"}.get(row["DATA_SOURCE"], row["DATA_SOURCE"].lower()), row["RECORD_ID"]): row[column] for row in rows}
    return {(row["source"], row["record_id"]): row[column] for row in rows if sources is None or row["source"] in sources}


def row(result, goal):
    missed = "" if result["f1"] >= goal else " missed"
    cells = [f"{result[column]:.4f}" if isinstance(result[column], float) and column != "seconds" else str(result[column]) for column in COLUMNS]
    return "| " + " | ".join([result["data"], result["rules"], *cells, f"{goal}{missed}"]) + " |"


if __name__ == "__main__":
    main()
