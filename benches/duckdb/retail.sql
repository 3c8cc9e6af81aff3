-- The work of customers.c360 by hand in DuckDB: five CSV sources into golden customers and their members, as Parquet.
-- Run by run_duckdb.py, which replaces $DATA, $OUT and $THREADS and prints the time of each stage.

-- stage: settings
SET threads = $THREADS;
SET preserve_insertion_order = false;

-- Trimmed, lower case, without a plus tag; nothing where it is no address or a placeholder.
CREATE MACRO clean_email(raw) AS (
    SELECT CASE WHEN address LIKE '_%@_%._%' AND address NOT IN ('unknown@example.com', 'noreply@example.com', 'keine@example.com') THEN address END
    FROM (SELECT CASE WHEN contains(raw, '+') THEN regexp_replace(lower(trim(raw)), '\+[^@]*@', '@') ELSE lower(trim(raw)) END AS address)
);
-- Digits with the calling code in front; home is the code of numbers without one.
CREATE MACRO phone_digits(raw, home) AS (
    SELECT CASE WHEN length(digits) BETWEEN 8 AND 15 AND digits NOT LIKE '%000000%' AND digits <> '49123456789' AND NOT regexp_matches(digits, '[^0-9]') THEN digits END
    FROM (
        SELECT CASE
            WHEN flat LIKE '+%' THEN flat[2:]
            WHEN flat LIKE '00%' THEN flat[3:]
            WHEN flat LIKE '0%' THEN home || flat[2:]
            WHEN flat[1] BETWEEN '1' AND '9' THEN home || flat
        END AS digits
        FROM (SELECT translate(replace(raw, '(0)', ''), ' /-().', '') AS flat)
    )
);
-- Trimmed, one kind of case.
CREATE MACRO clean_name(raw) AS (
    SELECT CASE WHEN name = '' THEN NULL WHEN name = upper(name) OR name = lower(name) THEN upper(name[1]) || lower(name[2:]) ELSE name END
    FROM (SELECT trim(raw) AS name)
);
-- For comparison: small ASCII letters, umlauts as two.
CREATE MACRO compare_form(name) AS
    strip_accents(replace(replace(replace(replace(lower(name), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'));
CREATE MACRO is_company(raw) AS
    regexp_matches(raw, ' (gmbh|ag|kg|ohg|ug|e[.]k[.]|ges[.]m[.]b[.]h[.]|gesmbh|gesellschaft|aktiengesellschaft|ltd[.]?|limited|plc|llp|llc|inc[.]?|incorporated|corp[.]?|corporation|sa|s[.]a[.]|a[.][şs][.]|sp[.]|spółka|co[.,]?)( |$)', 'i');
-- Surname and given name of "Müller, Anna", "Anna von Bergen" and "王伟".
CREATE MACRO last_of(raw) AS CASE
    WHEN contains(raw, ',') THEN split_part(raw, ',', 1)
    WHEN contains(raw, ' ') THEN regexp_extract(raw, '(?i)(?:\b(?:von|van|zu|zum|der|den|de)\s+)*\S+$')
    ELSE raw[1]
END;
CREATE MACRO first_of(raw) AS CASE
    WHEN contains(raw, ',') THEN split_part(raw, ',', 2)
    WHEN contains(raw, ' ') THEN regexp_replace(raw, '(?i)\s*(?:\b(?:von|van|zu|zum|der|den|de)\s+)*\S+$', '')
    ELSE raw[2:]
END;

-- stage: read and normalise
-- Sources in the order of trust: 0 crm, 1 billing, 2 loyalty, 3 support, 4 erp_companies.
CREATE TABLE records AS
SELECT 0::TINYINT AS source, KundenNr AS key, epoch(strptime(GeaendertAm, '%d.%m.%Y %H:%M'))::BIGINT AS updated, NULL::VARCHAR AS crm_key,
    clean_name(Vorname) AS first, clean_name(Nachname) AS last, nullif(trim(Firma), '') AS company, clean_email(EMail) AS email,
    phone_digits(Mobil, '49') AS phone, phone_digits(Telefon, '49') AS phone2,
    coalesce(try_strptime(Geburtsdatum, '%d.%m.%Y'), try_strptime(Geburtsdatum, '%d.%m.%y'))::DATE AS born, NULL::VARCHAR AS vat, NULL::VARCHAR AS plan,
    Strasse AS street, PLZ AS postcode, Ort AS city, Land AS country
FROM read_csv('$DATA/day=1/crm/*.csv', delim = ';', header = true, all_varchar = true, encoding = 'latin-1', quote = '"', escape = '"', auto_detect = false, columns = {
    KundenNr: 'VARCHAR', Anrede: 'VARCHAR', Vorname: 'VARCHAR', Nachname: 'VARCHAR', Firma: 'VARCHAR', EMail: 'VARCHAR', Telefon: 'VARCHAR', Mobil: 'VARCHAR',
    Strasse: 'VARCHAR', PLZ: 'VARCHAR', Ort: 'VARCHAR', Land: 'VARCHAR', Geburtsdatum: 'VARCHAR', KonzernNr: 'VARCHAR', Status: 'VARCHAR', Werbung: 'VARCHAR', GeaendertAm: 'VARCHAR'})
WHERE Status IS DISTINCT FROM 'X'
UNION ALL
SELECT 1, acct_no, epoch(strptime(modified_at, '%Y-%m-%dT%H:%M:%S'))::BIGINT, cust_no,
    CASE WHEN NOT is_company(holder) THEN clean_name(first_of(trim(holder))) END, CASE WHEN NOT is_company(holder) THEN clean_name(last_of(trim(holder))) END,
    CASE WHEN is_company(holder) THEN trim(holder) END, clean_email(email), phone_digits(phone, '49'), NULL, NULL, vat, plan, street || ' ' || house_no, zip, city, country
FROM read_csv('$DATA/day=1/billing/*.csv', delim = ',', header = true, quote = '"', escape = '"', auto_detect = false, columns = {
    acct_no: 'VARCHAR', cust_no: 'VARCHAR', holder: 'VARCHAR', email: 'VARCHAR', phone: 'VARCHAR', vat: 'VARCHAR', iban: 'VARCHAR', plan: 'VARCHAR', street: 'VARCHAR',
    house_no: 'VARCHAR', zip: 'VARCHAR', city: 'VARCHAR', country: 'VARCHAR', balance: 'VARCHAR', open_dt: 'VARCHAR', modified_at: 'VARCHAR', op: 'VARCHAR'})
UNION ALL
SELECT 2, "Card Number", epoch(strptime("Last Activity", '%m/%d/%Y %-I:%M %p'))::BIGINT, NULL, clean_name("First Name"), clean_name("Last Name"), NULL,
    clean_email("Email Address"), phone_digits(Phone, '1'), NULL, try_strptime("Birth Date", '%m/%d/%Y')::DATE, NULL, NULL, Street, ZIP, City, Country
FROM read_csv('$DATA/day=1/loyalty/*.csv', delim = ',', header = true, quote = '"', escape = '"', auto_detect = false, columns = {
    'Card Number': 'VARCHAR', 'First Name': 'VARCHAR', 'Last Name': 'VARCHAR', 'Email Address': 'VARCHAR', Phone: 'VARCHAR', 'Birth Date': 'VARCHAR', Street: 'VARCHAR',
    City: 'VARCHAR', State: 'VARCHAR', ZIP: 'VARCHAR', Country: 'VARCHAR', Points: 'VARCHAR', 'Member Since': 'VARCHAR', 'Last Activity': 'VARCHAR'})
UNION ALL
SELECT 3, ticket, updated::BIGINT, NULL,
    CASE WHEN NOT is_company(customer) THEN clean_name(first_of(trim(customer))) END, CASE WHEN NOT is_company(customer) THEN clean_name(last_of(trim(customer))) END,
    CASE WHEN is_company(customer) THEN trim(customer) END, clean_email(contact_email), phone_digits(contact_phone, '49'), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM read_csv('$DATA/day=1/support/*.tsv', delim = '\t', header = true, quote = '"', escape = '"', auto_detect = false, columns = {
    ticket: 'VARCHAR', opened: 'VARCHAR', customer: 'VARCHAR', contact_email: 'VARCHAR', contact_phone: 'VARCHAR', serial: 'VARCHAR', subject: 'VARCHAR', status: 'VARCHAR',
    updated: 'VARCHAR', csat: 'VARCHAR'})
UNION ALL
SELECT 4, company_id, epoch(strptime(changed, '%Y%m%d'))::BIGINT, NULL, NULL, NULL, trim(name), clean_email(email), phone_digits(phone, '49'), NULL, NULL, vat_id, NULL,
    street, postcode, city, country
FROM read_csv('$DATA/day=1/erp_companies/*.csv', delim = '|', header = true, quote = '"', escape = '"', auto_detect = false, columns = {
    company_id: 'VARCHAR', name: 'VARCHAR', vat_id: 'VARCHAR', parent_id: 'VARCHAR', street: 'VARCHAR', postcode: 'VARCHAR', city: 'VARCHAR', country: 'VARCHAR', phone: 'VARCHAR',
    email: 'VARCHAR', industry: 'VARCHAR', employees: 'VARCHAR', revenue: 'VARCHAR', changed: 'VARCHAR'});

-- stage: unique keys
SELECT CASE WHEN count(*) > 0 THEN error('a source has a key twice') END
FROM (SELECT 1 FROM records GROUP BY source, key HAVING count(*) > 1);

-- stage: match keys
-- A key is a 64-bit hash of its rule and values: with a million records two unlike keys meet once in ten million runs.
-- A value of more than twenty records proves nothing; one of a single record joins nothing.
CREATE TABLE edges AS
WITH keys AS (
    SELECT hash(1, email) AS key, rowid AS record FROM records WHERE email IS NOT NULL
    UNION ALL
    SELECT hash(2, phone, compare_form(last)), rowid FROM records WHERE phone IS NOT NULL AND last IS NOT NULL
    UNION ALL
    SELECT hash(2, phone2, compare_form(last)), rowid FROM records WHERE phone2 IS NOT NULL AND last IS NOT NULL AND phone2 IS DISTINCT FROM phone
)
, groups AS (SELECT key, min(record) AS first FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND 20)
SELECT groups.first AS a, keys.record AS b FROM keys JOIN groups USING (key) WHERE keys.record <> groups.first
UNION ALL
SELECT crm.rowid, other.rowid FROM records other JOIN records crm ON crm.key = other.crm_key AND crm.source = 0;

-- stage: components
-- The smallest label around each record, again and again from those whose label has changed: DuckDB's recursion over a keyed table took a
-- third of the time of rounds of joins. Records without an edge are left out.
CREATE TABLE both_ways AS SELECT a, b FROM edges UNION ALL SELECT b, a FROM edges;
CREATE TABLE labels AS
WITH RECURSIVE walk(record, label) USING KEY (record) AS (
    SELECT a, least(a, min(b)) FROM both_ways GROUP BY a
    UNION
    SELECT near.record, near.label
    FROM (SELECT e.b AS record, min(w.label) AS label FROM walk w JOIN both_ways e ON e.a = w.record GROUP BY e.b) near
    JOIN recurring.walk known ON known.record = near.record
    WHERE near.label < known.label
)
SELECT record, label FROM walk;
-- Converged: no edge between two labels.
SELECT CASE WHEN count(*) > 0 THEN error('components have not converged') END
FROM edges e JOIN labels a ON a.record = e.a JOIN labels b ON b.record = e.b WHERE a.label <> b.label;

-- stage: members
CREATE TABLE members AS
SELECT records.rowid AS record, coalesce(labels.label, records.rowid) AS entity, records.source, records.key
FROM records LEFT JOIN labels ON labels.record = records.rowid;

-- stage: survivorship
-- The order of trust, then the latest update, then the record, packed into one number.
CREATE TABLE ranked AS
SELECT m.entity, (r.source::BIGINT << 59) | ((2147483647 - r.updated) << 28) | m.record AS place, r.* EXCLUDE (source, key, crm_key, updated)
FROM members m JOIN records r ON r.rowid = m.record;
CREATE TABLE single_values AS
SELECT entity,
    arg_min(first, place) FILTER (last IS NOT NULL) AS first, arg_min(last, place) AS last, arg_min(company, place) AS company,
    arg_min(born, place) AS born, arg_min(vat, place) AS vat, arg_min(plan, place) AS plan,
    arg_min(street, place) FILTER (postcode IS NOT NULL) AS street, arg_min(postcode, place) AS postcode,
    arg_min(city, place) FILTER (postcode IS NOT NULL) AS city, arg_min(country, place) FILTER (postcode IS NOT NULL) AS country,
    count(*) AS records
FROM ranked GROUP BY entity;

-- stage: all values
-- Values without repeats in the order of their best records; sorting is left to the entities with several.
CREATE TABLE email_values AS
SELECT entity, email, min(place) AS place FROM ranked WHERE email IS NOT NULL GROUP BY entity, email;
CREATE TABLE emails AS
SELECT entity, [any_value(email)] AS emails FROM email_values GROUP BY entity HAVING count(*) = 1
UNION ALL
SELECT entity, list(email ORDER BY place) FROM email_values
WHERE entity IN (SELECT entity FROM email_values GROUP BY entity HAVING count(*) > 1) GROUP BY entity;
CREATE TABLE phone_values AS
SELECT entity, phone, min(place) AS place
FROM (SELECT entity, phone, place FROM ranked WHERE phone IS NOT NULL UNION ALL SELECT entity, phone2, place FROM ranked WHERE phone2 IS NOT NULL)
GROUP BY entity, phone;
CREATE TABLE phones AS
SELECT entity, [any_value(phone)] AS phones FROM phone_values GROUP BY entity HAVING count(*) = 1
UNION ALL
SELECT entity, list(phone ORDER BY place, phone) FROM phone_values
WHERE entity IN (SELECT entity FROM phone_values GROUP BY entity HAVING count(*) > 1) GROUP BY entity;

-- stage: write
COPY (SELECT * FROM single_values LEFT JOIN emails USING (entity) LEFT JOIN phones USING (entity)) TO '$OUT/golden.parquet' (FORMAT parquet, COMPRESSION zstd);
COPY (SELECT entity, source, key FROM members) TO '$OUT/members.parquet' (FORMAT parquet, COMPRESSION zstd);
