//! The names of months and weekdays in the languages that dates are written in, full and abbreviated, with and without accents.

/// The month (1 to 12) of a name in any case: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish.
pub(super) fn month(word: &str) -> Option<u32> {
    let mut buffer = [0; 24];
    let lower = lowercase(word, &mut buffer)?;
    let at = MONTHS.binary_search_by(|(name, _)| (*name).cmp(lower)).ok()?;
    Some(MONTHS[at].1)
}

/// Writes `word` in lower case into `buffer`; `None` if it does not fit, since then it is no name.
fn lowercase<'a>(word: &str, buffer: &'a mut [u8]) -> Option<&'a str> {
    let mut length = 0;
    for character in word.chars().flat_map(char::to_lowercase) {
        let room = buffer.get_mut(length..length + character.len_utf8())?;
        character.encode_utf8(room);
        length += character.len_utf8();
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// Sorted by bytes. "jui" is missing: it can be June or July.
#[rustfmt::skip]
static MONTHS: [(&str, u32); 186] = [
    ("abr", 4), ("abril", 4), ("ago", 8), ("agosto", 8), ("aou", 8), ("aout", 8), ("aoû", 8), ("août", 8), ("apr", 4), ("april", 4),
    ("aprile", 4), ("aug", 8), ("august", 8), ("augusti", 8), ("augustus", 8), ("avr", 4), ("avril", 4), ("brezen", 3), ("brezna", 3),
    ("březen", 3), ("března", 3), ("cerven", 6), ("cervence", 7), ("cervenec", 7), ("cervna", 6), ("czerwca", 6), ("czerwiec", 6),
    ("dec", 12), ("december", 12), ("decembre", 12), ("dez", 12), ("dezember", 12), ("dezembro", 12), ("dic", 12), ("dicembre", 12),
    ("diciembre", 12), ("duben", 4), ("dubna", 4), ("déc", 12), ("décembre", 12), ("ene", 1), ("enero", 1), ("feb", 2), ("febbraio", 2),
    ("feber", 2), ("febr", 2), ("febrero", 2), ("februar", 2), ("februari", 2), ("february", 2), ("fev", 2), ("fevereiro", 2),
    ("fevr", 2), ("fevrier", 2), ("fév", 2), ("févr", 2), ("février", 2), ("gen", 1), ("gennaio", 1), ("giu", 6), ("giugno", 6),
    ("grudnia", 12), ("grudzien", 12), ("grudzień", 12), ("jan", 1), ("janeiro", 1), ("janner", 1), ("januar", 1), ("januari", 1),
    ("january", 1), ("janv", 1), ("janvier", 1), ("juil", 7), ("juillet", 7), ("juin", 6), ("jul", 7), ("julho", 7), ("juli", 7),
    ("julio", 7), ("july", 7), ("jun", 6), ("june", 6), ("junho", 6), ("juni", 6), ("junio", 6), ("jän", 1), ("jänner", 1), ("kveten", 5),
    ("kvetna", 5), ("květen", 5), ("května", 5), ("kwiecien", 4), ("kwiecień", 4), ("kwietnia", 4), ("leden", 1), ("ledna", 1),
    ("lipca", 7), ("lipiec", 7), ("listopad", 11), ("listopada", 11), ("listopadu", 11), ("lug", 7), ("luglio", 7), ("lutego", 2),
    ("luty", 2), ("maart", 3), ("maerz", 3), ("mag", 5), ("maggio", 5), ("mai", 5), ("maio", 5), ("maj", 5), ("maja", 5), ("mar", 3),
    ("marca", 3), ("march", 3), ("marco", 3), ("mars", 3), ("marts", 3), ("marz", 3), ("marzec", 3), ("marzo", 3), ("março", 3),
    ("may", 5), ("mayo", 5), ("mei", 5), ("mrt", 3), ("mrz", 3), ("mär", 3), ("märz", 3), ("nov", 11), ("november", 11), ("novembre", 11),
    ("novembro", 11), ("noviembre", 11), ("oct", 10), ("october", 10), ("octobre", 10), ("octubre", 10), ("okt", 10), ("oktober", 10),
    ("ott", 10), ("ottobre", 10), ("out", 10), ("outubro", 10), ("pazdziernik", 10), ("pazdziernika", 10), ("październik", 10),
    ("października", 10), ("prosince", 12), ("prosinec", 12), ("rijen", 10), ("rijna", 10), ("sep", 9), ("sept", 9), ("september", 9),
    ("septembre", 9), ("septiembre", 9), ("set", 9), ("setembro", 9), ("setiembre", 9), ("settembre", 9), ("sierpien", 8),
    ("sierpień", 8), ("sierpnia", 8), ("srpen", 8), ("srpna", 8), ("styczen", 1), ("styczeń", 1), ("stycznia", 1), ("unor", 2),
    ("unora", 2), ("wrzesien", 9), ("wrzesień", 9), ("wrzesnia", 9), ("września", 9), ("zari", 9), ("září", 9), ("únor", 2), ("února", 2),
    ("červen", 6), ("července", 7), ("červenec", 7), ("června", 6), ("říjen", 10), ("října", 10),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_each_stands_for_one_month() {
        assert!(MONTHS.is_sorted_by(|left, right| left.0 < right.0));
    }

    #[test]
    fn names_in_any_case_and_with_or_without_accents() {
        for (name, expected) in [("MÄRZ", 3), ("maerz", 3), ("Février", 2), ("AOUT", 8), ("sept", 9), ("Października", 10), ("Dez", 12)]
        {
            assert_eq!(month(name), Some(expected), "{name}");
        }
        for name in ["", "monday", "janu", "jui", "a name that is longer than any month"] {
            assert_eq!(month(name), None, "{name}");
        }
    }
}
