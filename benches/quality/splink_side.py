#!/usr/bin/env python3
"""Splink 5 on the same data, with the settings of its own demos where it has one; clusters at 0.5 and at 0.95, scored by the same code.

usage: splink_side.py DATA_FOLDER [NAME,..]

Needs `pip install splink==5.0.0`; without it the script says so and ends well, since `run.py` calls it beside c360.
"""
import pathlib, sys, time
from score import score
from run import SETS, labels

try:
    import duckdb
    import splink
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
except ImportError:
    splink = None


def main():
    if splink is None:
        print("splink is not installed: pip install splink==5.0.0")
        return
    data = pathlib.Path(sys.argv[1])
    names = sys.argv[2].split(",") if len(sys.argv) > 2 else list(MODELS)
    print(f"| data | splink {splink.__version__} | precision | recall | f1 | bcubed_f1 | largest | seconds |\n" + "| --- " * 8 + "|", flush=True)
    for name in names:
        began = time.monotonic()
        linker, predicted = MODELS[name](data)
        seconds = time.monotonic() - began
        _, path, column, sources, _ = SETS[name]
        truth = labels(data / path, column, sources)
        for threshold in (0.5, 0.95):
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
            rows = clusters.as_record_list()
            found = {(row["source"], row["record_id"]): row["cluster_id"] for row in rows}
            s = score(truth, found)
            cells = [f"{s[key]:.4f}" for key in ("precision", "recall", "f1", "bcubed_f1")]
            print("| " + " | ".join([name, f"@{threshold}", *cells, str(s["largest"]), f"{seconds:.1f}"]) + " |", flush=True)


def database():
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    return DuckDBAPI(connection), connection


def table(connection, data, folder, files, columns="*"):
    parts = [f"select '{file}' as source, {columns} from read_csv('{data}/{folder}/sources/{file}.csv', all_varchar = true)" for file in files]
    return connection.sql(" union all by name ".join(parts)).to_arrow_table()


def trained(api, tables, settings, exact, recall, sessions, pairs=1e6):
    """The demos' order: prior from exact rules, u from random pairs, m from a few blocks."""
    linker = Linker([api.register(t, dataset_display_name=f"t{number}") for number, t in enumerate(tables)] if len(tables) > 1 else api.register(tables[0]), settings)
    linker.training.estimate_probability_two_random_records_match(exact, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=pairs)
    for session in sessions:
        linker.training.estimate_parameters_using_expectation_maximisation(session)
    return linker, linker.inference.predict(threshold_match_probability=0.01)


def fake_1000(data):
    api, connection = database()
    people = table(connection, data, "splink_fake_1000", ["people"])
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="record_id", additional_columns_to_retain=["source"],
        blocking_rules_to_generate_predictions=[block_on("first_name", "city"), block_on("surname"), block_on("dob"), block_on("email")],
        comparisons=[
            cl.NameComparison("first_name"), cl.NameComparison("surname"), cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email"),
        ],
    )
    exact = [block_on("first_name", "surname", "dob"), block_on("email")]
    return trained(api, [people], settings, exact, 0.7, [block_on("first_name", "surname"), block_on("dob")])


def historical(data):
    api, connection = database()
    people = table(connection, data, "splink_historical_50k", ["people"], "*, first_name || ' ' || surname as first_name_surname_concat")
    blocks = [
        block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"),
        block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
        block_on("substr(postcode_fake,1,3)", "dob"), block_on("substr(postcode_fake,1,3)", "first_name"), block_on("substr(postcode_fake,1,3)", "surname"),
        block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="record_id", additional_columns_to_retain=["source"],
        blocking_rules_to_generate_predictions=blocks,
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"),
            cl.DateOfBirthComparison("dob", input_is_string=True), cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True), cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
    )
    exact = [
        "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
        "substr(l.first_name,1,2) = substr(r.first_name,1,2) and l.surname = r.surname and substr(l.postcode_fake,1,2) = substr(r.postcode_fake,1,2)",
        "l.dob = r.dob and l.postcode_fake = r.postcode_fake",
    ]
    return trained(api, [people], settings, exact, 0.6, [block_on("first_name", "surname"), block_on("dob")], 5e6)


def febrl_settings(kind, blocks):
    return SettingsCreator(
        link_type=kind, unique_id_column_name="record_id", blocking_rules_to_generate_predictions=blocks, additional_columns_to_retain=["source"],
        comparisons=[
            cl.NameComparison("given_name"), cl.NameComparison("surname"), cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]), cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [2]),
        ],
    )


FEBRL_BLOCKS = [("given_name", "surname"), ("date_of_birth",), ("soc_sec_id",), ("state", "address_1"), ("street_number", "address_1"), ("postcode",)]


def febrl3(data):
    api, connection = database()
    people = table(connection, data, "febrl3", ["people"])
    blocks = [block_on(*columns) for columns in FEBRL_BLOCKS]
    exact = ["l.soc_sec_id = r.soc_sec_id", "l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth"]
    return trained(api, [people], febrl_settings("dedupe_only", blocks), exact, 0.9, [block_on("date_of_birth"), block_on("postcode")])


def febrl4(data):
    api, connection = database()
    tables = [table(connection, data, "febrl4", [file]) for file in ("a", "b")]
    blocks = [block_on(*columns) for columns in FEBRL_BLOCKS]
    exact = ["l.soc_sec_id = r.soc_sec_id", "l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth"]
    return trained(api, tables, febrl_settings("link_only", blocks), exact, 0.9, [block_on("date_of_birth"), block_on("postcode")])


def census_ssa(data):
    """pseudopeople's demo of Splink, without its addresses, which one of the two does not have."""
    api, connection = database()
    census = table(connection, data, "pseudopeople_seed0", ["census"], "record_id, first_name, substr(middle_initial,1,1) as middle, last_name, "
                   "strftime(try_strptime(date_of_birth, '%m/%d/%Y'), '%Y-%m-%d') as dob, sex")
    ssa = table(connection, data, "pseudopeople_seed0", ["ssa"], "record_id, first_name, substr(middle_name,1,1) as middle, last_name, "
                "strftime(try_strptime(date_of_birth, '%Y%m%d'), '%Y-%m-%d') as dob, sex")
    settings = SettingsCreator(
        link_type="link_and_dedupe", unique_id_column_name="record_id", additional_columns_to_retain=["source"],
        blocking_rules_to_generate_predictions=[block_on("first_name", "last_name"), block_on("dob", "last_name"), block_on("dob", "first_name"), block_on("dob", "middle")],
        comparisons=[
            cl.NameComparison("first_name"), cl.NameComparison("last_name"), cl.ExactMatch("middle"),
            cl.DateOfBirthComparison("dob", input_is_string=True), cl.ExactMatch("sex"),
        ],
    )
    exact = [block_on("first_name", "last_name", "dob")]
    return trained(api, [census, ssa], settings, exact, 0.8, [block_on("first_name", "last_name"), block_on("dob")])


MODELS = {"splink_fake_1000": fake_1000, "febrl3": febrl3, "febrl4": febrl4, "splink_historical_50k": historical, "census_ssa": census_ssa}

if __name__ == "__main__":
    main()
