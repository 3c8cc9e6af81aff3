#!/usr/bin/env python3
"""Splink's part of compare.py: load, train, predict, cluster; one line of JSON per stage with its seconds, then clusters as Parquet.

usage: run_splink.py persons|historical DATA_FOLDER OUT.parquet [--threads 2] [--sessions demo|few]
"""
import argparse
import json
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SYSTEMS = ["crm", "billing", "loyalty"]


def persons():
    """The blocks and comparisons of persons.c360."""
    names = [cl.JaroWinklerAtThresholds(column, [0.92, 0.8]).configure(term_frequency_adjustments=True) for column in ("first_name", "surname")]
    return {
        "settings": SettingsCreator(
            link_type="dedupe_only", unique_id_column_name="uid", retain_intermediate_calculation_columns=False, retain_matching_columns=False,
            blocking_rules_to_generate_predictions=[
                block_on("email"), block_on("phone"), block_on("surname", "dob"), block_on("first_name", "dob"), block_on("surname", "postcode"),
            ],
            comparisons=[
                *names, cl.DamerauLevenshteinAtThresholds("dob", [1]).configure(term_frequency_adjustments=True),
                cl.ExactMatch("email").configure(term_frequency_adjustments=True),
                cl.LevenshteinAtThresholds("postcode", [1]).configure(term_frequency_adjustments=True),
            ],
        ),
        "exact": [block_on("first_name", "surname", "dob"), block_on("email")], "recall": 0.7,
        "sessions": {"demo": [block_on("first_name", "surname"), block_on("dob")], "few": [block_on("email"), block_on("surname", "dob")]}, "pairs": 1e6,
    }


def historical():
    """The settings of Splink's own demo."""
    return {
        "settings": SettingsCreator(
            link_type="dedupe_only", unique_id_column_name="uid", retain_intermediate_calculation_columns=False, retain_matching_columns=False,
            blocking_rules_to_generate_predictions=[
                block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"),
                block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
                block_on("substr(postcode_fake,1,3)", "dob"), block_on("substr(postcode_fake,1,3)", "first_name"),
                block_on("substr(postcode_fake,1,3)", "surname"), block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
            ],
            comparisons=[
                cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"),
                cl.DateOfBirthComparison("dob", input_is_string=True), cl.PostcodeComparison("postcode_fake"),
                cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
                cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
            ],
        ),
        "exact": [
            "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
            "substr(l.first_name,1,2) = substr(r.first_name,1,2) and l.surname = r.surname and substr(l.postcode_fake,1,2) = substr(r.postcode_fake,1,2)",
            "l.dob = r.dob and l.postcode_fake = r.postcode_fake",
        ], "recall": 0.6,
        "sessions": {"demo": [block_on("first_name", "surname"), block_on("dob")]}, "pairs": 5e6,
    }


CASES = {
    "persons": (persons, " union all ".join(f"select '{s}' as source, '{s}:' || record_id as uid, * from '{{data}}/{s}.parquet'" for s in SYSTEMS)),
    "historical": (historical, "select 'people' as source, record_id as uid, *, first_name || ' ' || surname as first_name_surname_concat from '{data}/people.parquet'"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", choices=CASES)
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sessions", default="demo")
    options = parser.parse_args()
    began = [time.perf_counter()]

    def stage(name, **more):
        now = time.perf_counter()
        print(json.dumps({"stage": name, "seconds": round(now - began[0], 3), **more}), flush=True)
        began[0] = now

    case, query = CASES[options.case]
    case = case()
    connection = duckdb.connect()
    connection.execute(f"set threads = {options.threads}")
    connection.execute("create table people as " + query.format(data=options.data))
    api = DuckDBAPI(connection)
    linker = Linker(api.register("people"), case["settings"])
    stage("load")
    linker.training.estimate_probability_two_random_records_match(case["exact"], recall=case["recall"])
    linker.training.estimate_u_using_random_sampling(max_pairs=case["pairs"])
    for session in case["sessions"][options.sessions]:
        linker.training.estimate_parameters_using_expectation_maximisation(session)
    stage("train")
    # Without a threshold, all pairs of the blocks come out: as many as were compared.
    predicted = linker.inference.predict(threshold_match_probability=0.95)
    stage("predict")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.95)
    stage("cluster")
    connection.execute(f"copy (select source, record_id, cluster_id as entity from {clusters.physical_name}) to '{options.out}' (format parquet)")
    pairs = connection.execute(f"select count(*) from {predicted.physical_name}").fetchone()[0]
    stage("write", pairs=pairs)


if __name__ == "__main__":
    sys.exit(main())
