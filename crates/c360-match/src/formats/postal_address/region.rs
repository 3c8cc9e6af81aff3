//! States, provinces and counties that addresses name: the post's abbreviations in the United States, Canada and Australia, English counties.

/// The post's abbreviation of a state or province, given by name or abbreviation, in the country or, if none is known, in any of the three.
pub(super) fn find(text: &str, country: Option<[u8; 2]>) -> Option<&'static str> {
    let word: String = text.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
    if word.len() < 2 {
        return None;
    }
    let tables = [(*b"US", AMERICAN), (*b"CA", CANADIAN), (*b"AU", AUSTRALIAN)];
    let spoken = tables.into_iter().filter(|(code, _)| country.is_none_or(|country| country == *code));
    spoken
        .flat_map(|(_, table)| table)
        .find(|(code, names)| code.eq_ignore_ascii_case(&word) || names.split('|').any(|name| name == word))
        .map(|(code, _)| *code)
}

/// Whether `text` is a county of the British Isles, which people write behind the town.
pub(super) fn is_county(text: &str) -> bool {
    let word = text.to_lowercase();
    (word.ends_with("shire") && !word.contains(|character: char| character.is_ascii_digit()))
        || word.starts_with("county ")
        || word.starts_with("co. ")
        || COUNTIES.contains(&word.as_str())
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
