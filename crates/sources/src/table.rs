//! CSV and TSV, row by row.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use demarche_ingest::Place;
use encoding_rs::Encoding;
use serde_json::{Map, Value};

use crate::failure::{Failure, Reason};
use crate::page::{Media, Page};
use crate::read::{Flow, Name, Out};
use crate::stream::{self, Leash, Stream};

/// Reads a table with a header. Each row is a record with the columns that the mapping names, or that have names which
/// records have.
pub(crate) fn read(name: &Name, stream: Stream, delimiter: Option<u8>, head: &[u8], out: &mut Out<'_>) -> Flow {
    let packed = stream.packed.clone();
    let delimiter = delimiter.unwrap_or_else(|| guess_delimiter(head));
    let (leash, taken) = Leash::new(stream.utf8(encoding(head)), "row", out.settings.limits.record);
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(leash);
    let columns: Vec<String> = match reader.byte_headers() {
        Ok(header) => header.iter().map(|field| text(field.trim_ascii())).collect(),
        Err(error) => return out.give_up(name, reason(error, packed.get())),
    };
    if columns.iter().all(String::is_empty) {
        return out.skip(name, Reason::Empty { what: "table" });
    }
    let plan = match out.settings.mapping.plan(&columns) {
        Ok(plan) => plan,
        Err(reason) => return out.give_up(name, reason),
    };
    // The reader counts a line when it passes its line feed, which of CR LF is behind the row.
    let late = u64::from(head.split_inclusive(|b| *b == b'\n').next().is_some_and(|line| line.ends_with(b"\r\n")));
    let mut row = ByteRecord::new();
    let mut is_empty = true;
    loop {
        taken.set(0);
        match reader.read_byte_record(&mut row) {
            Ok(false) => {
                if is_empty {
                    out.pass("table without rows");
                }
                return Flow::Continue(());
            }
            Ok(true) => is_empty = false,
            Err(error) => return out.give_up(name, reason(error, packed.get())),
        }
        let line = row.position().map_or(0, csv::Position::line) + late;
        let named = name.line(line);
        if row.len() != columns.len() {
            let reason = Reason::Ragged { found: row.len() as u64, expected: columns.len() as u64 };
            let place = Place { line: Some(line), ..name.place() };
            out.fail(Failure::new(&named.key, place, reason))?;
            continue;
        }
        let mut record = Map::new();
        for (at, column) in &plan {
            let value = text(row.get(*at).unwrap_or_default());
            if !value.is_empty() {
                record.entry(column.name().to_owned()).or_insert(Value::String(value));
            }
        }
        out.page(Page::new(&named, Value::Object(record).to_string().into_bytes(), Media::Record(Some(line))))?;
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The delimiter that stands most often in the first line.
fn guess_delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|b| **b == delimiter).count();
    // Of equals the last wins, so the most common one stands last.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// The encoding of a table that is not UTF-8, guessed from its first bytes.
fn encoding(head: &[u8]) -> Option<&'static Encoding> {
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // A character that is cut at the end of the head.
        Err(error) => error.error_len().is_none(),
    };
    if is_utf8 {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, false);
    Some(detector.guess(None, Utf8Detection::Deny))
}

fn reason(error: csv::Error, at: u64) -> Reason {
    match error.into_kind() {
        ErrorKind::Io(error) => stream::reason("table", error, at),
        kind => Reason::Corrupt { what: "table", detail: csv_detail(&kind), at: Some(at) },
    }
}

fn csv_detail(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::Utf8 { err, .. } => err.to_string(),
        ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} fields instead of {expected_len}"),
        _ => "cannot be read as rows".to_owned(),
    }
}
