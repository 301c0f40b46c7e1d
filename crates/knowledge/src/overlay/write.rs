//! Rows as CSV.

use super::schema::{Row, Table};

/// The line that names the columns of a table, with its line feed.
pub fn csv_header(table: Table) -> String {
    line(table.columns().iter().map(|column| column.name), b',')
}

/// A row as a line of CSV, with its line feed.
pub fn csv_row(row: &Row) -> String {
    line(row.cells.iter().map(String::as_str), b',')
}

/// Cells as a line of CSV in another order or with another separator, such as that of a file that is there already.
pub fn csv_line<'a>(cells: impl Iterator<Item = &'a str>, separator: u8) -> String {
    line(cells, separator)
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, separator: u8) -> String {
    let special = |c: char| c == char::from(separator) || matches!(c, '"' | '\n' | '\r');
    let mut out = String::new();
    for (nth, cell) in cells.enumerate() {
        if nth > 0 {
            out.push(char::from(separator));
        }
        // A line that opens with a hash would be a comment.
        if cell.contains(special) || nth == 0 && cell.starts_with('#') {
            out.push('"');
            out += &cell.replace('"', "\"\"");
            out.push('"');
        } else {
            out += cell;
        }
    }
    out.push('\n');
    out
}
