//! `generate`: writes the files of the generated systems, and on demand the truth, into a folder. All rows come from the library.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use c360_benches::generator::parts::{Part, Written, parts, slice, write_part};
use c360_benches::generator::rates::Rates;
use c360_benches::generator::table::Table;
use c360_benches::generator::table::layout::LAST_DAY;
use c360_benches::generator::truth::{Kind, write_truth};
use c360_benches::generator::world::World;
use clap::Parser;

/// Writes a made-up world of customers, as six systems see it, into DIR/day=N/TABLE/part-*.
#[derive(Debug, Parser)]
#[command(name = "generate")]
struct Options {
    /// Folder to write to; files of the same name are replaced.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Rows of all six systems together on the first day.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1_000..=10_000_000_000))]
    records: u64,
    /// Another seed makes another world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days of history.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=i64::from(LAST_DAY)))]
    days: u32,
    /// Only the files that arrive on this day.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(LAST_DAY)))]
    day: Option<u32>,
    /// Only these systems (crm, billing, shop, support, erp, loyalty) or tables (erp_companies, ..).
    #[arg(long, value_delimiter = ',', value_parser = known_system)]
    systems: Vec<String>,
    /// Only the files of one of several equal slices, such as 3/8; all slices together make the whole.
    #[arg(long, default_value = "1/1", value_parser = parse_slice)]
    slice: (usize, usize),
    /// Rows of a file.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..))]
    part_rows: u64,
    /// How often errors happen, in percent of the usual.
    #[arg(long, default_value_t = 100)]
    errors: u32,
    /// Files that are written at a time.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    threads: u16,
    /// Also writes which object each row is about, as of the end of the last day: truth.csv, truth-accounts.csv, truth-assets.csv.
    #[arg(long)]
    truth: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let start = Instant::now();
    match run(&options) {
        Ok(written) => {
            let seconds = start.elapsed().as_secs_f64();
            let (rows, megabytes) = (written.rows, written.bytes / 1_000_000);
            println!("{rows} rows, {megabytes} MB in {seconds:.2} s: {:.0} rows a second", rows as f64 / seconds.max(1e-9));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> io::Result<Written> {
    let world = World::with_rates(options.seed, options.records, |table| Rates::usual(table).scaled(options.errors));
    let tables = tables(&options.systems);
    let days = options.day.map_or(1..=options.days, |day| day..=day);
    let last_day = *days.end();
    let all: Vec<Part> = days
        .flat_map(|day| tables.iter().map(move |table| (*table, day)))
        .flat_map(|(table, day)| parts(&world, table, day, options.part_rows))
        .collect();
    let (index, count) = options.slice;
    let chosen = slice(&all, index, count);
    for part in chosen {
        fs::create_dir_all(parent(&options.out.join(part.path())))?;
    }
    let written = write_all(&world, chosen, options)?;
    if options.truth {
        fs::create_dir_all(&options.out)?;
        for kind in Kind::ALL {
            write_truth_file(&world, kind, &tables, last_day, options)?;
        }
    }
    Ok(written)
}

/// Each thread takes the next part until none is left; the first failure ends it.
fn write_all(world: &World, parts: &[Part], options: &Options) -> io::Result<Written> {
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<Written> {
        let mut sum = Written::default();
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = options.out.join(part.path());
            let mut file = File::create(&path).map_err(|error| at(&path, error))?;
            let written = write_part(world, part, &mut file).map_err(|error| at(&path, error))?;
            sum = Written { rows: sum.rows + written.rows, bytes: sum.bytes + written.bytes };
        }
        Ok(sum)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..options.threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_fold(Written::default(), |sum, thread| {
            let written = thread.join().expect("writing a part does not panic")?;
            Ok(Written { rows: sum.rows + written.rows, bytes: sum.bytes + written.bytes })
        })
    })
}

fn write_truth_file(world: &World, kind: Kind, tables: &[Table], day: u32, options: &Options) -> io::Result<()> {
    let (index, count) = options.slice;
    let name = if count == 1 { format!("{}.csv", kind.file()) } else { format!("{}-{}-of-{count}.csv", kind.file(), index + 1) };
    let path = options.out.join(name);
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&path).map_err(|error| at(&path, error))?);
    write_truth(world, kind, tables, day, (index as u64, count as u64), &mut file).map_err(|error| at(&path, error))?;
    file.flush().map_err(|error| at(&path, error))
}

fn tables(systems: &[String]) -> Vec<Table> {
    let wanted = |table: &Table| systems.is_empty() || systems.iter().any(|system| system == table.system() || system == table.name());
    Table::ALL.into_iter().filter(wanted).collect()
}

fn known_system(text: &str) -> Result<String, String> {
    let known = Table::ALL.iter().any(|table| text == table.system() || text == table.name());
    known.then(|| text.to_owned()).ok_or_else(|| {
        "known are crm, billing, shop, support, erp, loyalty and the tables erp_companies, erp_accounts, erp_assets".to_owned()
    })
}

/// `3/8` as (2, 8).
fn parse_slice(text: &str) -> Result<(usize, usize), String> {
    let (index, count) = text.split_once('/').ok_or("a slice is written 3/8")?;
    let number = |text: &str| text.parse::<usize>().map_err(|_| format!("`{text}` is no number"));
    match (number(index)?, number(count)?) {
        (index, count) if index >= 1 && index <= count => Ok((index - 1, count)),
        _ => Err("a slice is one of 1/8 to 8/8".to_owned()),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().expect("the path of a part has folders")
}

fn at(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
