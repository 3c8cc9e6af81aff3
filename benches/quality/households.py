#!/usr/bin/env python3
"""Whole households in three systems, made with Faker and not with our generator: does what c360 drafts and trains by itself hold on data that nobody tuned it on?

usage: households.py [--c360 PROGRAM] [--locales en_US,de_DE,en_GB] [--people 20000] [--work FOLDER]

Needs `pip install faker`; with `pip install splink==5.0.0` Splink runs beside it, on the same values in lower case. The pipeline is what `c360 profile --scaffold --model` prints, untouched.
Half of a household shares the telephone, a twelfth the mailbox; there are twins, fathers and sons of one name, moves, marriages, nicknames, typing errors, exchanged names and gaps.
"""
import argparse, csv, datetime, os, pathlib, random, re, shutil, sys
from faker import Faker
import run
from score import score

COLUMNS = ["record_id", "first_name", "last_name", "birth_date", "street", "postcode", "city", "phone", "email"]
# The share of persons that a system knows, and of those that it knows twice; the shares without telephone, e-mail, date of birth.
SYSTEMS = {"shop": (0.5, 0.15, 0.3, 0.02, 0.7), "crm": (0.6, 0.06, 0.5, 0.45, 0.25), "branch": (0.4, 0.03, 0.3, 0.8, 0.1)}
SHORT = {"Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Katherine": "Kate", "Michael": "Mike", "James": "Jim", "Jennifer": "Jenny", "Thomas": "Tom",
         "Richard": "Rick", "Margaret": "Peggy", "Johannes": "Hannes", "Susanne": "Susi", "Alexander": "Alex", "Christopher": "Chris", "Matthew": "Matt"}
MAIL = ["gmail.com", "yahoo.com", "outlook.com", "web.de", "gmx.net", "btinternet.com"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--c360", default=os.environ.get("C360_BIN", "c360"))
    parser.add_argument("--locales", default="en_US,de_DE,en_GB")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--work", default=str(pathlib.Path(__file__).resolve().parents[2] / "target" / "households"))
    options = parser.parse_args()
    print("| households | | records | precision | recall | f1 | bcubed_f1 |\n| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for locale in options.locales.split(","):
        folder = pathlib.Path(options.work).resolve() / locale
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        truth = World(locale).write(options.people, folder)
        show(locale, "c360", score(truth, by_c360(options, folder, locale[-2:])), len(truth))
        for name, found in by_splink(folder):
            show(locale, name, score(truth, found), len(truth))


def show(locale, name, result, records):
    cells = [f"{result[column]:.4f}" for column in ("precision", "recall", "f1", "bcubed_f1")]
    print("| " + " | ".join([locale, name, str(records), *cells]) + " |", flush=True)


def by_c360(options, folder, country):
    files = [f"{system}.csv" for system in SYSTEMS]
    pipeline = folder / f"{folder.name}.c360"
    pipeline.write_text(run.call(options, folder, "profile", *files, "--scaffold", folder.name, "--entity", "person", "--country", country, "--model"))
    run.call(options, folder, "train", "person", "-p", pipeline.name)
    run.call(options, folder, "run", "-p", pipeline.name, "--state", "state")
    return run.clusters(options, folder, "person")


def by_splink(folder):
    """Clusters at 0.5 and 0.95 of what a user of Splink would write: its comparisons for names, dates, postcodes and e-mail, five blocks."""
    try:
        import splink.comparison_library as cl
        from splink import SettingsCreator, block_on
        import splink_side
    except ImportError:
        return
    api, connection = splink_side.database()
    columns = "record_id, " + ", ".join(f"nullif(lower({column}), '') as {column}" for column in COLUMNS[1:7]) + \
        ", nullif(right(regexp_replace(phone, '[^0-9]', '', 'g'), 8), '') as phone, nullif(lower(email), '') as email"
    parts = [f"select '{system}' as source, {columns} from read_csv('{folder}/{system}.csv', all_varchar = true)" for system in SYSTEMS]
    people = connection.sql(" union all by name ".join(parts)).to_arrow_table()
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="record_id", additional_columns_to_retain=["source"],
        blocking_rules_to_generate_predictions=[block_on("first_name", "last_name"), block_on("email"), block_on("phone"), block_on("last_name", "street"), block_on("birth_date", "last_name")],
        comparisons=[cl.NameComparison("first_name").configure(term_frequency_adjustments=True), cl.NameComparison("last_name").configure(term_frequency_adjustments=True),
                     cl.DateOfBirthComparison("birth_date", input_is_string=True), cl.LevenshteinAtThresholds("street", [2]), cl.ExactMatch("phone"), cl.EmailComparison("email")],
    )
    exact = ["l.first_name = r.first_name and l.last_name = r.last_name and l.birth_date = r.birth_date", block_on("email")]
    linker, predicted = splink_side.trained(api, [people], settings, exact, 0.5, [block_on("first_name", "last_name"), block_on("birth_date"), block_on("street")])
    for threshold in (0.5, 0.95):
        rows = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold).as_record_list()
        yield f"Splink at {threshold}", {(row["source"], row["record_id"]): row["cluster_id"] for row in rows}


class World:
    def __init__(self, locale):
        self.fake, self.random, self.german = Faker(locale), random.Random(11), locale.startswith("de")
        Faker.seed(7)

    def write(self, people, folder):
        """Writes the files; gives the person of each record."""
        rows = {system: [] for system in SYSTEMS}
        for number, person in enumerate(self.persons(people)):
            for system, (share, twice, *gaps) in SYSTEMS.items():
                if self.random.random() < share:
                    records = 1 + (self.random.random() < twice) + (self.random.random() < twice / 4)
                    rows[system] += [self.record(person, *gaps) + [number] for _ in range(records)]
        truth = {}
        for system, records in rows.items():
            self.random.shuffle(records)
            with open(folder / f"{system}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                for number, (*record, person) in enumerate(records):
                    writer.writerow([f"{system[0]}{number}", *record])
                    truth[(system, f"{system[0]}{number}")] = person
        return truth

    def persons(self, people):
        found = []
        while len(found) < people:
            last, home, phone, year = self.fake.last_name(), self.home(), self.fake.phone_number(), self.random.randint(1935, 1990)
            mailbox = self.mailbox("familie" if self.german else "the", last, year)
            firsts = []
            for place in range(self.random.choices([1, 2, 3, 4, 5], [40, 28, 14, 12, 6])[0]):
                firsts.append(firsts[0] if place >= 2 and self.random.random() < 0.04 else self.fake.first_name())
                born_in = year + (self.random.randint(-6, 6) if place < 2 else self.random.randint(22, 38))
                born = datetime.date(born_in, 1, 1) + datetime.timedelta(self.random.randint(0, 364))
                if place == 3 and self.random.random() < 0.1:
                    born = found[-1]["born"]
                name = last if self.random.random() < 0.9 else self.fake.last_name()
                found.append({
                    "first": firsts[-1], "last": name, "born": born, "home": home,
                    "phone": phone if self.random.random() < 0.5 else self.fake.phone_number(),
                    "mail": mailbox if self.random.random() < 0.08 else self.mailbox(firsts[-1], name, born_in),
                })
        return found

    def record(self, person, no_phone, no_mail, no_born):
        chance = self.random.random
        street, postcode, city = self.home() if chance() < 0.08 else person["home"]
        last = self.fake.last_name() if chance() < 0.02 else person["last"]
        first = SHORT.get(person["first"], person["first"]) if chance() < 0.3 else person["first"]
        first = first[0] + "." if chance() < 0.02 else first
        first, last = self.typed(first, 0.04), self.typed(last, 0.04)
        if chance() < 0.01:
            first, last = last, first
        if chance() < 0.06:
            first, last = first.upper(), last.upper()
        phone = "" if chance() < no_phone else person["phone"] if chance() < 0.85 else self.fake.phone_number()
        mail = person["mail"] if chance() < 0.8 else self.mailbox(person["first"], person["last"], person["born"].year)
        mail = "" if chance() < no_mail else self.typed(mail, 0.03)
        born = "" if chance() < no_born else str(self.mistaken(person["born"]))
        address = ["", "", ""] if chance() < 0.03 else [self.typed(street, 0.06), postcode, self.typed(city, 0.04)]
        return [first, last, born, *address, phone, mail]

    def home(self):
        return self.fake.street_address().replace("\n", " "), self.fake.postcode(), self.fake.city()

    def mailbox(self, first, last, year):
        first, last = (re.sub("[^a-z]", "", name.lower()) or "x" for name in (first, last))
        names = [f"{first}.{last}", f"{first[0]}{last}{year % 100:02}", f"{last}{self.random.randint(1, 999)}", f"{first}{year}", f"{first}_{last}{self.random.randint(1, 99)}"]
        return self.random.choice(names) + "@" + self.random.choice([*MAIL, self.fake.domain_name()])

    def typed(self, text, share):
        """The text with a mistake: a letter left out, two exchanged, one wrong, one twice, one too many."""
        if len(text) < 3 or self.random.random() >= share:
            return text
        at, letter = self.random.randrange(len(text) - 1), self.random.choice("aeiourstln")
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2:]
        return self.random.choice([text[:at] + text[at + 1:], swapped, text[:at] + letter + text[at + 1:], text[:at] + text[at] + text[at:], text[:at] + letter + text[at:]])

    def mistaken(self, born):
        """The date, day and month exchanged, a wrong year, or the first of January now and then."""
        case = self.random.random()
        if case < 0.012 and born.day <= 12:
            return datetime.date(born.year, born.day, born.month)
        if case < 0.02:
            return born.replace(year=born.year + self.random.choice([-1, 1, 10, -10]), day=min(born.day, 28))
        return datetime.date(born.year, 1, 1) if case < 0.03 else born


if __name__ == "__main__":
    sys.exit(main())
