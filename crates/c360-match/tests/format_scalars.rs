//! Laws of single formats that no table can list: every day of the calendar, every amount in every notation, every wrong digit.

#[path = "support/pipe.rs"]
mod pipe;

use c360_match::format::{Format, Reason};
use pipe::built;
use proptest::prelude::*;

fn format(pipe: &str, country: &str) -> Format {
    built(pipe, country).unwrap_or_else(|message| panic!("{pipe}: {message}"))
}

fn date(format: &Format, text: &str) -> Result<i32, Reason> {
    let Format::Date(date) = format else { panic!("no date") };
    date.parse(text)
}

fn instant(format: &Format, text: &str) -> Result<i64, Reason> {
    let Format::DateTime(instant) = format else { panic!("no datetime") };
    instant.parse(text)
}

fn decimal(format: &Format, text: &str) -> Result<i128, Reason> {
    let Format::Decimal { parser, .. } = format else { panic!("no decimal") };
    parser.parse(text)
}

fn text(format: &Format, text: &str) -> Result<String, Reason> {
    let Format::Text(format) = format else { panic!("no text") };
    let mut out = String::new();
    format.normalize(text, &mut out).map(|()| out)
}

fn month_length(year: i32, month: usize) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    [31, 28 + i32::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
}

/// Counts through the whole calendar: all days of one cycle of 400 years, the ends of all months of the others, and no day behind them.
#[test]
fn every_day_of_nine_thousand_years_is_read_as_its_number() {
    let (free, german, american) = (format("date", "-"), format("date", "DE"), format("date(\"%m/%d/%Y\")", "-"));
    let ordinal = format("date(\"%Y%j\")", "-");
    let mut day_number = -719_162;
    for year in 1..=9999 {
        let mut day_of_year = 0;
        for month in 1..=12 {
            for day in 1..=month_length(year, month) {
                day_of_year += 1;
                if (1800..2200).contains(&year) {
                    assert_eq!(date(&free, &format!("{year:04}-{month:02}-{day:02}")), Ok(day_number));
                }
                day_number += 1;
            }
            let last = month_length(year, month);
            assert_eq!(date(&german, &format!("{last}.{month}.{year:04}")), Ok(day_number - 1));
            assert_eq!(date(&american, &format!("{month}/{last}/{year:04}")), Ok(day_number - 1));
            assert_eq!(date(&ordinal, &format!("{year:04}{day_of_year:03}")), Ok(day_number - 1));
            assert_eq!(date(&free, &format!("{year:04}{month:02}{:02}", last + 1)), Err(Reason::new("no such day")));
        }
    }
    assert_eq!(day_number, 2_932_897, "one behind 9999-12-31");
}

#[test]
fn serial_days_of_spreadsheets_agree_with_dates() {
    let (excel, free) = (format("date(\"excel\")", "-"), format("date", "-"));
    for (serial, day) in [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (25_569, "1970-01-01"), (45_657, "2024-12-31")] {
        assert_eq!(date(&excel, &serial.to_string()), date(&free, day), "{day}");
    }
    let numbers: Vec<_> = (61..100_000).map(|serial: i32| date(&excel, &serial.to_string())).collect();
    assert!(numbers.windows(2).all(|pair| matches!(pair, [Ok(first), Ok(second)] if first + 1 == *second)));
}

/// Digits of `value` with `group` between thousands.
fn grouped(value: u64, group: &str) -> String {
    let digits = value.to_string();
    let first = digits.len() % 3;
    let mut groups = vec![&digits[..first]];
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.retain(|group| !group.is_empty());
    groups.join(group)
}

/// Changes the digit at `at` by `by`.
fn with_other_digit(text: &str, at: usize, by: u8) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let digit = bytes.get_mut(at).filter(|byte| byte.is_ascii_digit())?;
    *digit = b'0' + (*digit - b'0' + by) % 10;
    String::from_utf8(bytes).ok()
}

const IBANS: [&str; 6] = [
    "DE89370400440532013000",
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "CH9300762011623852957",
];

/// Numbers whose check digit notices every wrong digit.
const VAT_IDS: [&str; 15] = [
    "ATU13585627",
    "BE0428759497",
    "CHE123456788",
    "DE136695976",
    "DK13585628",
    "FI20774740",
    "HR33392005961",
    "IT00743110157",
    "LU15027442",
    "NO995525828",
    "PL8567346215",
    "EE100931558",
    "HU12892312",
    "MT11679112",
    "SK2022749619",
];

#[test]
fn a_wrong_digit_is_noticed() {
    let (iban, vat_id) = (format("iban", "-"), format("vat_id", "-"));
    for (format, values) in [(&iban, &IBANS[..]), (&vat_id, &VAT_IDS[..])] {
        for value in values {
            assert_eq!(text(format, value).as_deref(), Ok(*value));
            for (at, by) in (0..value.len()).flat_map(|at| (1..10).map(move |by| (at, by))) {
                let Some(wrong) = with_other_digit(value, at, by) else { continue };
                assert!(text(format, &wrong).is_err(), "{wrong} for {value}");
            }
        }
    }
}

#[test]
fn swapped_neighbours_in_an_iban_are_noticed() {
    let iban = format("iban", "-");
    for value in IBANS {
        for at in 4..value.len() - 1 {
            let mut bytes = value.as_bytes().to_vec();
            bytes.swap(at, at + 1);
            let swapped = String::from_utf8(bytes).expect("ASCII");
            assert!(swapped == value || text(&iban, &swapped).is_err(), "{swapped} for {value}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_is_the_same_in_all_notations(whole in 0..u64::MAX / 1000, cents in 0..100_u32, negative: bool) {
        let number = format("number(2)", "-");
        let money = format("money(\"EUR\")", "-");
        let value = (i128::from(whole) * 100 + i128::from(cents)) * if negative { -1 } else { 1 };
        let sign = if negative { "-" } else { "" };
        for (group, mark) in [("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), ("'", "."), ("\u{202f}", ",")] {
            let amount = format!("{}{mark}{cents:02}", grouped(whole, group));
            prop_assert_eq!(decimal(&number, &format!("{sign}{amount}")), Ok(value), "{}", amount);
            prop_assert_eq!(decimal(&number, &format!("{amount}{sign}")), Ok(value), "{}", amount);
            prop_assert_eq!(decimal(&money, &format!("{sign}{amount} €")), Ok(value), "{}", amount);
            prop_assert_eq!(decimal(&money, &format!("EUR {sign}{amount}")), Ok(value), "{}", amount);
            prop_assert_eq!(decimal(&money, &format!("{sign}€{amount}")), Ok(value), "{}", amount);
        }
        let accounting = if negative { format!("({whole}.{cents:02})") } else { format!("{whole}.{cents:02}") };
        prop_assert_eq!(decimal(&number, &accounting), Ok(value));
    }

    #[test]
    fn a_point_in_time_is_the_same_in_all_notations(seconds in -62_135_000_000_i64..253_402_000_000, micros in 0..1_000_000_i64, offset in -840..=840_i64) {
        let (free, epoch) = (format("datetime", "-"), format("datetime(\"epoch_us\")", "-"));
        let value = seconds * 1_000_000 + micros;
        prop_assert_eq!(instant(&epoch, &value.to_string()), Ok(value));
        let local = chrono::DateTime::from_timestamp_micros(value + offset * 60_000_000).expect("in range").naive_utc();
        let (sign, distance) = (if offset < 0 { '-' } else { '+' }, offset.abs());
        let written = local.format("%Y-%m-%dT%H:%M:%S%.6f");
        prop_assume!(written.to_string().len() == 26);
        for zone in [format!("{sign}{:02}:{:02}", distance / 60, distance % 60), format!("{sign}{:02}{:02}", distance / 60, distance % 60)] {
            prop_assert_eq!(instant(&free, &format!("{written}{zone}")), Ok(value), "{}{}", written, zone);
        }
        let patterned = format(&format!("datetime(\"%d.%m.%Y %I:%M:%S.%f %p\", offset: \"{sign}{:02}:{:02}\")", distance / 60, distance % 60), "-");
        prop_assert_eq!(instant(&patterned, &local.format("%d.%m.%Y %I:%M:%S%.6f %p").to_string()), Ok(value));
    }

    #[test]
    fn digits_beyond_the_scale_are_refused_or_rounded(value in 0..1_000_000_u32, decimals in 3..9_usize) {
        let value = value % 10_u32.pow(decimals as u32);
        let text = format!("0.{value:0decimals$}");
        let unit = 10_u128.pow(decimals as u32 - 2);
        let expected = (u128::from(value) * 2 + unit) / (unit * 2);
        prop_assert_eq!(decimal(&format("number(2, excess: \"round\")", "-"), &text), Ok(expected as i128));
        let refused = decimal(&format("number(2)", "-"), &text);
        prop_assert_eq!(refused.is_err(), u128::from(value) % unit != 0);
    }
}
