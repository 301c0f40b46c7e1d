//! Measures aggregates over many rows.
//!
//!     aggregates make STORE ROWS       writes that many invented rows of `dyads`, and articles to normalise by
//!     aggregates ask STORE             times the table of all dyads by month, and the monthly series of single dyads
//!
//! `benches/aggregates.py` compares with DuckDB on the same files.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use demarche_store::arrow::array::{
    ArrayRef, AsArray as _, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use demarche_store::arrow::datatypes::Int64Type;
use demarche_store::{Options, SCHEMA_VERSION, SeriesQuery, Step, Store, TABLES, all_dyads_sql};

/// Types with quad and score.
const TYPES: &[(&str, i64, f64)] = &[
    ("AGREE", 1, 2.5),
    ("CONSULT", 1, 2.5),
    ("SUPPORT", 1, 5.0),
    ("COOPERATE", 2, 9.5),
    ("AID", 2, 10.0),
    ("REQUEST", 3, 0.0),
    ("ACCUSE", 3, -3.0),
    ("REJECT", 3, -2.0),
    ("THREATEN", 3, -3.5),
    ("PROTEST", 4, -5.0),
    ("COERCE", 4, -7.0),
    ("ASSAULT", 4, -9.0),
];
const CHUNK: u64 = 500_000;
const OUTLETS: u64 = 3_000;
/// 1995-01-01 and the days of thirty years.
const FIRST_DAY: i32 = 9131;
const DAYS: u64 = 10_957;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", store, rows] => make(store, rows.parse()?),
        ["ask", store] => ask(store),
        _ => Err("usage: aggregates make STORE ROWS | aggregates ask STORE".into()),
    }
}

/// Numbers that look random, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// Small numbers are likelier, as some countries are oftener in the news.
    fn skewed(&mut self, sides: u64) -> u64 {
        let x = self.roll(1 << 20) as f64 / f64::from(1 << 20);
        (x * x * x * sides as f64) as u64
    }
}

fn code(n: u64) -> String {
    let letter = |n: u64| char::from(b'A' + (n % 26) as u8);
    [letter(n * 7 + 3), letter(n / 26 + n), letter(n * 11)].iter().collect()
}

fn make(location: &str, rows: u64) -> Result<(), Box<dyn Error>> {
    let mut store = Store::create(location, Options::default())?;
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut left = rows;
    while left > 0 {
        let count = left.min(CHUNK);
        store.append("dyads", &dyads(&mut dice, count)?)?;
        store.append("articles", &articles(&mut dice, count / 4)?)?;
        left -= count;
    }
    let begin = Instant::now();
    store.compact()?;
    writeln!(std::io::stdout(), "compacted in {:.1} s", begin.elapsed().as_secs_f64())?;
    Ok(())
}

fn dyads(dice: &mut Dice, count: u64) -> Result<RecordBatch, Box<dyn Error>> {
    let mut texts: [Vec<Option<String>>; 8] = std::array::from_fn(|_| Vec::new());
    let (mut quads, mut scales, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..count {
        let kind = TYPES[dice.roll(TYPES.len() as u64) as usize];
        let status = if dice.roll(100) < 85 { "actual" } else { "future" };
        let values = [
            Some(code(dice.skewed(220))),
            (dice.roll(20) > 0).then(|| code(dice.skewed(220))),
            Some(format!("{:016x}", dice.roll(u64::MAX))),
            Some(format!("{:016x}", dice.roll(u64::MAX))),
            Some("0123456789abcdef".to_owned()),
            Some(kind.0.to_owned()),
            Some(status.to_owned()),
            Some(format!("outlet-{}", dice.skewed(OUTLETS))),
        ];
        for (column, value) in texts.iter_mut().zip(values) {
            column.push(value);
        }
        quads.push(kind.1);
        scales.push(kind.2);
        days.push((dice.roll(50) > 0).then(|| FIRST_DAY + dice.roll(DAYS) as i32));
    }
    let [actor, recipient, event, article, run, kind, status, outlet] =
        texts.map(|column| Arc::new(StringArray::from(column)) as ArrayRef);
    let mutual = Arc::new(BooleanArray::from(vec![false; count as usize])) as ArrayRef;
    let columns = vec![
        actor,
        recipient,
        mutual,
        event,
        article,
        run,
        kind,
        Arc::new(Int64Array::from(quads)),
        Arc::new(Float64Array::from(scales)),
        status,
        Arc::new(Date32Array::from(days.clone())),
        Arc::new(Date32Array::from(days)),
        Arc::new(StringArray::from(vec!["day"; count as usize])),
        outlet,
    ];
    batch("dyads", columns)
}

fn articles(dice: &mut Dice, count: u64) -> Result<RecordBatch, Box<dyn Error>> {
    let table = TABLES.iter().find(|table| table.name == "articles").ok_or("no table")?;
    let rows = count as usize;
    let columns = table.columns.iter().map(|column| -> ArrayRef {
        match column.name {
            "id" | "key" => Arc::new((0..rows).map(|_| Some(format!("{:016x}", dice.roll(u64::MAX)))).collect::<StringArray>()),
            "site" => Arc::new((0..rows).map(|_| Some(format!("outlet-{}", dice.skewed(OUTLETS)))).collect::<StringArray>()),
            "published" => Arc::new((0..rows).map(|_| Some(FIRST_DAY + dice.roll(DAYS) as i32)).collect::<Date32Array>()),
            "text" | "origin" => Arc::new(StringArray::from(vec!["-"; rows])),
            _ => demarche_store::arrow::array::new_null_array(&column.kind.arrow(), rows),
        }
    });
    batch("articles", columns.collect())
}

fn batch(name: &str, columns: Vec<ArrayRef>) -> Result<RecordBatch, Box<dyn Error>> {
    let table = TABLES.iter().find(|table| table.name == name).ok_or("no table")?;
    Ok(RecordBatch::try_new(table.arrow(SCHEMA_VERSION), columns)?)
}

fn ask(location: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    let store = Store::open_read_only(location, Options::default())?;
    let mut times = Vec::new();
    for _ in 0..5 {
        let begin = Instant::now();
        // As DuckDB is asked: the sums over the whole table, which nobody needs as millions of rows in memory.
        let sums = "count(*), sum(events), sum(intensity), sum(quad1), sum(quad2), sum(quad3), sum(quad4), max(begin)";
        let answer = store.rows(&format!("SELECT {sums} FROM ({})", all_dyads_sql(Step::Month)))?;
        let rows = answer[0].column(0).as_primitive::<Int64Type>().value(0);
        times.push(begin.elapsed().as_secs_f64());
        writeln!(out, "all dyads by month: {rows} rows in {:.3} s", begin.elapsed().as_secs_f64())?;
    }
    times.sort_by(f64::total_cmp);
    writeln!(out, "median\t{:.3}", times[times.len() / 2])?;
    let mut slowest: f64 = 0.0;
    for n in 0..30 {
        let query = SeriesQuery::new(&code(n * 7 % 200), Some(&code(n * 13 % 150)), Step::Month);
        let begin = Instant::now();
        let series = store.series(&query)?;
        let took = begin.elapsed().as_secs_f64();
        slowest = slowest.max(took);
        let events: u64 = series.points.iter().map(|point| point.events).sum();
        writeln!(
            out,
            "{} {}: {events} events, {} months in {:.1} ms",
            query.actor,
            query.recipient.unwrap_or_default(),
            series.points.len(),
            took * 1e3
        )?;
    }
    writeln!(out, "slowest\t{slowest:.4}")?;
    Ok(())
}
