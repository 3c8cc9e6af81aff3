//! States, provinces and counties that addresses name: the post's abbreviations in the United States, Canada and Australia, English counties.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::formats::scratch::with_buffer;
use crate::formats::table::Table as Words;

/// The post's abbreviation of a state or province, given by name or abbreviation, in the country or, if none is known, in any of the three.
pub(super) fn find(text: &str, country: Option<[u8; 2]>) -> Option<&'static str> {
    let mut spoken = [Some(*b"US"), Some(*b"CA"), Some(*b"AU")].into_iter().enumerate();
    let from = match country {
        None => 0,
        Some(_) => spoken.find(|(_, code)| *code == country)?.0,
    };
    let to = if country.is_some() { from + 1 } else { 3 };
    with_buffer(|word| {
        word.extend(text.bytes().filter(u8::is_ascii_alphabetic).map(|byte| char::from(byte.to_ascii_lowercase())));
        if word.len() < 2 {
            return None;
        }
        REGIONS.get(word)?[from..to].iter().copied().flatten().next()
    })
}

/// What a name or an abbreviation, in small letters without spaces, means in the United States, Canada and Australia.
static REGIONS: LazyLock<Words<[Option<&'static str>; 3]>> = LazyLock::new(|| {
    let mut meanings: BTreeMap<String, [Option<&'static str>; 3]> = BTreeMap::new();
    for (at, table) in [AMERICAN, CANADIAN, AUSTRALIAN].into_iter().enumerate() {
        for (code, names) in table {
            for word in names.split('|').map(str::to_owned).chain([code.to_ascii_lowercase()]) {
                meanings.entry(word).or_default()[at].get_or_insert(code);
            }
        }
    }
    Words::first_of(meanings)
});

/// Whether `text` is a county of the British Isles, which people write behind the town.
pub(super) fn is_county(text: &str) -> bool {
    with_buffer(|word| {
        word.push_str(text);
        word.make_ascii_lowercase();
        match word.is_ascii() {
            true => is_small_county(word),
            false => is_small_county(&text.to_lowercase()),
        }
    })
}

fn is_small_county(word: &str) -> bool {
    (word.ends_with("shire") && !word.contains(|character: char| character.is_ascii_digit()))
        || word.starts_with("county ")
        || word.starts_with("co. ")
        || COUNTIES.contains(&word)
}

const COUNTIES: &[&str] = &[
    "avon",
    "cornwall",
    "cumbria",
    "devon",
    "dorset",
    "east sussex",
    "essex",
    "greater london",
    "greater manchester",
    "kent",
    "merseyside",
    "middlesex",
    "norfolk",
    "rutland",
    "somerset",
    "suffolk",
    "surrey",
    "sussex",
    "tyne and wear",
    "west midlands",
    "west sussex",
    "gwynedd",
    "dyfed",
    "powys",
    "gwent",
    "clwyd",
    "fife",
    "antrim",
    "armagh",
    "tyrone",
    "isle of wight",
    "humberside",
    "cleveland",
    "midlothian",
];

type Table = &'static [(&'static str, &'static str)];

const AMERICAN: Table = &[
    ("AL", "alabama|ala"),
    ("AK", "alaska"),
    ("AZ", "arizona|ariz"),
    ("AR", "arkansas"),
    ("CA", "california|calif"),
    ("CO", "colorado|colo"),
    ("CT", "connecticut|conn"),
    ("DE", "delaware"),
    ("DC", "districtofcolumbia"),
    ("FL", "florida|fla"),
    ("GA", "georgia"),
    ("HI", "hawaii"),
    ("ID", "idaho"),
    ("IL", "illinois|ill"),
    ("IN", "indiana|ind"),
    ("IA", "iowa"),
    ("KS", "kansas|kan"),
    ("KY", "kentucky"),
    ("LA", "louisiana"),
    ("ME", "maine"),
    ("MD", "maryland"),
    ("MA", "massachusetts|mass"),
    ("MI", "michigan|mich"),
    ("MN", "minnesota|minn"),
    ("MS", "mississippi|miss"),
    ("MO", "missouri"),
    ("MT", "montana|mont"),
    ("NE", "nebraska|neb"),
    ("NV", "nevada|nev"),
    ("NH", "newhampshire"),
    ("NJ", "newjersey"),
    ("NM", "newmexico"),
    ("NY", "newyork"),
    ("NC", "northcarolina"),
    ("ND", "northdakota"),
    ("OH", "ohio"),
    ("OK", "oklahoma|okla"),
    ("OR", "oregon|ore"),
    ("PA", "pennsylvania|penn|penna"),
    ("RI", "rhodeisland"),
    ("SC", "southcarolina"),
    ("SD", "southdakota"),
    ("TN", "tennessee|tenn"),
    ("TX", "texas|tex"),
    ("UT", "utah"),
    ("VT", "vermont"),
    ("VA", "virginia"),
    ("WA", "washington|wash"),
    ("WV", "westvirginia"),
    ("WI", "wisconsin|wis|wisc"),
    ("WY", "wyoming|wyo"),
    ("PR", "puertorico"),
    ("GU", "guam"),
    ("VI", "virginislands"),
    ("AS", "americansamoa"),
    ("MP", "northernmarianaislands"),
    ("AA", "armedforcesamericas"),
    ("AE", "armedforceseurope"),
    ("AP", "armedforcespacific"),
];

const CANADIAN: Table = &[
    ("AB", "alberta"),
    ("BC", "britishcolumbia"),
    ("MB", "manitoba"),
    ("NB", "newbrunswick"),
    ("NL", "newfoundlandandlabrador|newfoundland"),
    ("NS", "novascotia"),
    ("NT", "northwestterritories"),
    ("NU", "nunavut"),
    ("ON", "ontario"),
    ("PE", "princeedwardisland|pei"),
    ("QC", "quebec|pq"),
    ("SK", "saskatchewan"),
    ("YT", "yukon"),
];

const AUSTRALIAN: Table = &[
    ("NSW", "newsouthwales"),
    ("VIC", "victoria"),
    ("QLD", "queensland"),
    ("SA", "southaustralia"),
    ("WA", "westernaustralia"),
    ("TAS", "tasmania"),
    ("ACT", "australiancapitalterritory"),
    ("NT", "northernterritory"),
];
