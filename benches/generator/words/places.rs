//! Countries and their larger cities with the beginning of their postcodes and their telephone area codes, largest first. Data only.

use super::super::draw::Draws;

/// Where a household lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    /// Germany.
    Germany,
    /// Austria.
    Austria,
    /// Switzerland.
    Switzerland,
    /// Great Britain.
    Britain,
    /// United States of America.
    America,
    /// China.
    China,
    /// Turkey.
    Turkey,
    /// Poland.
    Poland,
}

/// A city: its name, the same in plain Latin letters, the beginning of its postcodes, its area code and its state (America only).
#[derive(Debug)]
pub(crate) struct City {
    pub(crate) name: &'static str,
    pub(crate) latin: &'static str,
    pub(crate) postcode: &'static str,
    pub(crate) area: &'static str,
    pub(crate) state: &'static str,
}

const fn city(name: &'static str, postcode: &'static str, area: &'static str) -> City {
    City { name, latin: name, postcode, area, state: "" }
}

const fn abroad(name: &'static str, latin: &'static str, postcode: &'static str, area: &'static str) -> City {
    City { name, latin, postcode, area, state: "" }
}

const fn american(name: &'static str, state: &'static str, postcode: &'static str, area: &'static str) -> City {
    City { name, latin: name, postcode, area, state }
}

static GERMANY: &[City] = &[
    city("Berlin", "10", "30"),
    city("Hamburg", "22", "40"),
    city("München", "80", "89"),
    city("Köln", "50", "221"),
    city("Frankfurt am Main", "60", "69"),
    city("Stuttgart", "70", "711"),
    city("Düsseldorf", "40", "211"),
    city("Leipzig", "04", "341"),
    city("Dortmund", "44", "231"),
    city("Essen", "45", "201"),
    city("Bremen", "28", "421"),
    city("Dresden", "01", "351"),
    city("Hannover", "30", "511"),
    city("Nürnberg", "90", "911"),
    city("Duisburg", "47", "203"),
    city("Bochum", "44", "234"),
    city("Wuppertal", "42", "202"),
    city("Bielefeld", "33", "521"),
    city("Bonn", "53", "228"),
    city("Münster", "48", "251"),
    city("Karlsruhe", "76", "721"),
    city("Mannheim", "68", "621"),
    city("Augsburg", "86", "821"),
    city("Wiesbaden", "65", "611"),
    city("Kiel", "24", "431"),
    city("Aachen", "52", "241"),
    city("Braunschweig", "38", "531"),
    city("Chemnitz", "09", "371"),
    city("Lübeck", "23", "451"),
    city("Erfurt", "99", "361"),
    city("Mainz", "55", "6131"),
    city("Rostock", "18", "381"),
    city("Kassel", "34", "561"),
    city("Saarbrücken", "66", "681"),
    city("Potsdam", "14", "331"),
    city("Würzburg", "97", "931"),
    city("Göttingen", "37", "551"),
    city("Tübingen", "72", "7071"),
    city("Bad Münstereifel", "53", "2253"),
    city("Rüsselsheim am Main", "65", "6142"),
];
static AUSTRIA: &[City] = &[
    city("Wien", "1", "1"),
    city("Graz", "80", "316"),
    city("Linz", "40", "732"),
    city("Salzburg", "50", "662"),
    city("Innsbruck", "60", "512"),
    city("Klagenfurt am Wörthersee", "90", "463"),
    city("St. Pölten", "31", "2742"),
];
static SWITZERLAND: &[City] = &[
    city("Zürich", "80", "44"),
    city("Basel", "40", "61"),
    city("Bern", "30", "31"),
    city("Winterthur", "84", "52"),
    city("Luzern", "60", "41"),
    city("St. Gallen", "90", "71"),
];
static BRITAIN: &[City] = &[
    city("London", "SW", "20"),
    city("Birmingham", "B", "121"),
    city("Glasgow", "G", "141"),
    city("Manchester", "M", "161"),
    city("Leeds", "LS", "113"),
    city("Edinburgh", "EH", "131"),
    city("Bristol", "BS", "117"),
    city("Sheffield", "S", "114"),
];
static AMERICA: &[City] = &[
    american("New York", "NY", "100", "212"),
    american("Los Angeles", "CA", "900", "213"),
    american("Chicago", "IL", "606", "312"),
    american("Houston", "TX", "770", "713"),
    american("Phoenix", "AZ", "850", "602"),
    american("Philadelphia", "PA", "191", "215"),
    american("San Antonio", "TX", "782", "210"),
    american("San Diego", "CA", "921", "619"),
    american("Boston", "MA", "021", "617"),
    american("Seattle", "WA", "981", "206"),
    american("Denver", "CO", "802", "303"),
    american("Portland", "OR", "972", "503"),
];
static CHINA: &[City] = &[
    abroad("上海", "Shanghai", "200", "21"),
    abroad("北京", "Beijing", "100", "10"),
    abroad("广州", "Guangzhou", "510", "20"),
    abroad("深圳", "Shenzhen", "518", "755"),
    abroad("成都", "Chengdu", "610", "28"),
    abroad("武汉", "Wuhan", "430", "27"),
    abroad("杭州", "Hangzhou", "310", "571"),
    abroad("西安", "Xi'an", "710", "29"),
    abroad("南京", "Nanjing", "210", "25"),
    abroad("苏州", "Suzhou", "215", "512"),
];
static TURKEY: &[City] = &[
    city("İstanbul", "34", "212"),
    city("Ankara", "06", "312"),
    city("İzmir", "35", "232"),
    city("Bursa", "16", "224"),
    city("Antalya", "07", "242"),
    city("Eskişehir", "26", "222"),
];
static POLAND: &[City] = &[
    city("Warszawa", "0", "22"),
    city("Kraków", "3", "12"),
    city("Łódź", "9", "42"),
    city("Wrocław", "5", "71"),
    city("Poznań", "6", "61"),
    city("Gdańsk", "8", "58"),
    city("Szczecin", "7", "91"),
];

impl Country {
    /// The city where somebody lives, larger ones more often.
    pub(crate) fn city(self, draws: Draws, field: u32) -> &'static City {
        let cities = self.cities();
        &cities[draws.skewed(field, cities.len() as u64) as usize]
    }

    /// Its larger cities.
    pub(crate) fn cities(self) -> &'static [City] {
        match self {
            Self::Germany => GERMANY,
            Self::Austria => AUSTRIA,
            Self::Switzerland => SWITZERLAND,
            Self::Britain => BRITAIN,
            Self::America => AMERICA,
            Self::China => CHINA,
            Self::Turkey => TURKEY,
            Self::Poland => POLAND,
        }
    }

    /// ISO 3166 code, English name, and what it is called at home (China's in German, as German clerks write it).
    pub(crate) fn names(self) -> [&'static str; 3] {
        match self {
            Self::Germany => ["DE", "Germany", "Deutschland"],
            Self::Austria => ["AT", "Austria", "Österreich"],
            Self::Switzerland => ["CH", "Switzerland", "Schweiz"],
            Self::Britain => ["GB", "United Kingdom", "Großbritannien"],
            Self::America => ["US", "USA", "USA"],
            Self::China => ["CN", "China", "China"],
            Self::Turkey => ["TR", "Turkey", "Türkei"],
            Self::Poland => ["PL", "Poland", "Polen"],
        }
    }

    /// What its telephone numbers start with abroad.
    pub(crate) fn calling_code(self) -> &'static str {
        match self {
            Self::Germany => "49",
            Self::Austria => "43",
            Self::Switzerland => "41",
            Self::Britain => "44",
            Self::America => "1",
            Self::China => "86",
            Self::Turkey => "90",
            Self::Poland => "48",
        }
    }
}
