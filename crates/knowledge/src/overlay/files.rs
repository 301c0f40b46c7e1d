//! The files of an overlay as rows: CSV, TSV, TOML.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use super::schema::{Row, Table};

/// A file of an overlay.
#[derive(Clone, Copy, Debug)]
pub struct OverlayFile<'a> {
    /// Its path, as it is told in messages. The name says which table it holds and in which form.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// How the cells of a file are told apart.
enum Form {
    /// By this byte. For commas, semicolons do too: some spreadsheets write them.
    Delimited(u8),
    Toml,
}

/// Reads the rows of a file. What cannot be read becomes a fault, and the rest is read all the same.
pub(crate) fn read(file: OverlayFile<'_>, faults: &mut Vec<Fault>) -> Vec<Row> {
    let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let form = match ending.to_ascii_lowercase().as_str() {
        "csv" => Form::Delimited(b','),
        "tsv" | "tab" => Form::Delimited(b'\t'),
        "toml" => Form::Toml,
        _ => {
            let next = "save it as .csv (UTF-8), .tsv or .toml";
            faults.push(Fault::file(file.path, "the ending says no form of tables", next));
            return vec![];
        }
    };
    let Ok(text) = std::str::from_utf8(file.bytes) else {
        let before = &file.bytes[..std::str::from_utf8(file.bytes).map_or_else(|e| e.valid_up_to(), |_| 0)];
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        faults.push(Fault::line(file.path, line, "not UTF-8 text", "save it as UTF-8 (in spreadsheets: CSV UTF-8)"));
        return vec![];
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let path: Arc<str> = file.path.into();
    match form {
        Form::Toml => toml_rows(&path, &text, faults),
        Form::Delimited(delimiter) => match table_of(stem) {
            Some(table) => delimited_rows(&path, table, &text, delimiter, faults),
            None => {
                let message = format!("the name {name:?} says no table");
                let next = format!("begin it with {}, for example actors.csv or actors-mine.csv", names());
                faults.push(Fault::file(file.path, message, next));
                vec![]
            }
        },
    }
}

/// The table that the name of a file begins with.
pub(crate) fn table_of(stem: &str) -> Option<Table> {
    Table::named(&stem.split(['-', '_', '.', ' ']).next().unwrap_or_default().to_lowercase())
}

fn names() -> String {
    let names: Vec<&str> = Table::ALL.iter().map(|t| t.name()).collect();
    names.join(", ")
}

fn columns_of(table: Table) -> String {
    let names: Vec<&str> = table.columns().iter().map(|c| c.name).collect();
    format!("the columns of {} are {}", table.name(), names.join(", "))
}

fn delimited_rows(path: &Arc<str>, table: Table, text: &str, delimiter: u8, faults: &mut Vec<Fault>) -> Vec<Row> {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default();
    let delimiter = if delimiter == b',' && !first.contains(',') && first.contains(';') { b';' } else { delimiter };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut header: Option<Vec<Option<usize>>> = None;
    let mut rows = Vec::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        // The reader tells where a record ends; cells may spread over lines.
        let breaks = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let line = (reader.position().line() as usize).saturating_sub(1 + breaks);
        if record.iter().all(str::is_empty) {
            continue;
        }
        let Some(columns) = &header else {
            match read_header(path, table, line, &record, faults) {
                Some(columns) => header = Some(columns),
                None => return vec![],
            }
            continue;
        };
        if record.len() != columns.len() && record.iter().skip(columns.len()).any(|cell| !cell.is_empty()) {
            let message = format!("a row of {} cells where the first line names {} columns", record.len(), columns.len());
            faults.push(Fault::line(path, line, message, "put cells that hold the separator in double quotes"));
            continue;
        }
        let mut row = Row { file: path.clone(), line, ..Row::new(table, &[]) };
        for (cell, at) in record.iter().zip(columns) {
            if let Some(at) = at {
                row.set(table.columns()[*at].name, cell);
            }
        }
        rows.push(row);
    }
    if header.is_none() {
        faults.push(Fault::file(path, "no line that names the columns", columns_of(table)));
    }
    rows
}

/// The columns that the first line names, as positions in the table's own order. Empty names at its end are passed over.
fn read_header(
    path: &str,
    table: Table,
    line: usize,
    record: &csv::StringRecord,
    faults: &mut Vec<Fault>,
) -> Option<Vec<Option<usize>>> {
    let before = faults.len();
    let names: Vec<String> = record.iter().map(|name| name.trim().to_lowercase()).collect();
    let mut columns = Vec::new();
    for (nth, name) in names.iter().enumerate() {
        let at = table.position(name);
        if at.is_none() && !name.is_empty() {
            faults.push(Fault::cell(path, line, name, "no such column", columns_of(table)));
        } else if at.is_some() && names[..nth].contains(name) {
            faults.push(Fault::cell(path, line, name, "the column stands twice", "name each column once"));
        }
        columns.push(at);
    }
    for column in table.columns().iter().filter(|c| c.needed && !names.iter().any(|n| n == c.name)) {
        faults.push(Fault::line(path, line, format!("the column {} is missing", column.name), columns_of(table)));
    }
    (faults.len() == before).then_some(columns)
}

fn toml_rows(path: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Vec<Row> {
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let document = match DeTable::parse(text) {
        Ok(document) => document.into_inner(),
        Err(error) => {
            let line = line_of(error.span().map_or(0, |span| span.start));
            let next = "write tables as [[actors]] and cells as name = \"...\"";
            faults.push(Fault::line(path, line, format!("not TOML: {}", error.message()), next));
            return vec![];
        }
    };
    let mut rows = Vec::new();
    for (key, value) in document {
        let line = line_of(key.span().start);
        let Some(table) = Table::named(key.get_ref()) else {
            faults.push(Fault::cell(path, line, key.get_ref(), "no such table", format!("the tables are {}", names())));
            continue;
        };
        let DeValue::Array(entries) = value.into_inner() else {
            let next = format!("write [[{0}]] before each row", table.name());
            faults.push(Fault::line(path, line, format!("{} is no list of rows", table.name()), next));
            continue;
        };
        for entry in entries {
            let line = line_of(entry.span().start);
            let DeValue::Table(cells) = entry.into_inner() else {
                faults.push(Fault::line(path, line, "not a row", format!("write [[{}]] before each row", table.name())));
                continue;
            };
            let mut row = Row { file: path.clone(), line, ..Row::new(table, &[]) };
            for (column, value) in cells {
                let at = line_of(column.span().start);
                if table.position(column.get_ref()).is_none() {
                    faults.push(Fault::cell(path, at, column.get_ref(), "no such column", columns_of(table)));
                    continue;
                }
                match toml_cell(column.get_ref(), value.get_ref()) {
                    Some(cell) => row.set(column.get_ref(), &cell),
                    None => {
                        let next = "write a text, a number, a date, or a list of texts";
                        faults.push(Fault::cell(path, at, column.get_ref(), "the value cannot be read", next));
                    }
                }
            }
            rows.push(row);
        }
    }
    // Tables come in the order of their names; rows of one table in that of the file.
    rows.sort_by_key(|row| (row.table, row.line));
    rows
}

fn toml_cell(column: &str, value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(|item| toml_cell(column, item.get_ref())).collect();
            Some(texts?.join(if column == "aliases" { "|" } else { " " }))
        }
        DeValue::Boolean(_) | DeValue::Table(_) => None,
    }
}
