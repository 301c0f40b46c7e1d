//! What a check found, and how it is told.

use std::fmt;

/// Examples kept of each finding.
pub(crate) const EXAMPLES: usize = 3;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Number of the last commit.
    pub commits: u64,
    /// The tables.
    pub tables: Vec<TableReport>,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Files that no table refers to: left by writers that were stopped, or replaced by compaction.
    pub unused_files: usize,
    /// Their size.
    pub unused_bytes: u64,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// Its name.
    pub name: &'static str,
    /// Its rows.
    pub rows: u64,
    /// Its files.
    pub files: usize,
    /// Their size.
    pub bytes: u64,
    /// Hash of its content, whatever the order of its rows and their files.
    pub hash: String,
    /// Whether it follows from the pages alone.
    pub derived: bool,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub table: String,
    /// What.
    pub what: String,
    /// How often.
    pub count: u64,
    /// The first of them.
    pub examples: Vec<String>,
    /// What can be done about it.
    pub next_step: Option<&'static str>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn sound(&self) -> bool {
        self.findings.is_empty()
    }

    /// One hash over all tables that follow from the pages.
    pub fn hash(&self) -> String {
        let words: Vec<String> = self
            .tables
            .iter()
            .filter(|table| table.derived)
            .map(|table| format!("{} {} {}", table.name, table.rows, table.hash))
            .collect();
        format!("{:032x}", xxhash_rust::xxh3::xxh3_128(words.join("\n").as_bytes()))
    }
}

impl Report {
    /// Adds what is wrong with some things of a table.
    pub(crate) fn add(&mut self, table: &str, what: &str, mut examples: Vec<String>, next_step: Option<&'static str>) {
        let count = examples.len() as u64;
        examples.truncate(EXAMPLES);
        self.findings.push(Finding { examples, next_step, ..Finding::of(table, what, count) });
    }
}

impl Finding {
    pub(crate) fn of(table: &str, what: impl Into<String>, count: u64) -> Self {
        Self { table: table.to_owned(), what: what.into(), count, examples: Vec::new(), next_step: None }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<15} {:>12} {:>7} {:>14}  content", "table", "rows", "files", "bytes")?;
        for table in &self.tables {
            writeln!(f, "{:<15} {:>12} {:>7} {:>14}  {}", table.name, table.rows, table.files, table.bytes, table.hash)?;
        }
        let commits = if self.commits == 1 { "commit" } else { "commits" };
        writeln!(f, "\n{} {commits}; content of all tables {}", self.commits, self.hash())?;
        if self.unused_files > 0 {
            let (files, are) = if self.unused_files == 1 { ("file", "is") } else { ("files", "are") };
            writeln!(
                f,
                "{} {files} of {} bytes {are} in no table, which is harmless; `demarche store vacuum` removes what is old enough",
                self.unused_files, self.unused_bytes
            )?;
        }
        if self.sound() {
            return writeln!(f, "nothing is wrong");
        }
        let (things, are) = if self.findings.len() == 1 { ("thing", "is") } else { ("things", "are") };
        writeln!(f, "\n{} {things} {are} wrong:", self.findings.len())?;
        for finding in &self.findings {
            write!(f, "  {}: {} ({})", finding.table, finding.what, finding.count)?;
            if !finding.examples.is_empty() {
                write!(f, ", such as {}", finding.examples.join(", "))?;
            }
            writeln!(f)?;
            if let Some(next_step) = finding.next_step {
                writeln!(f, "    {next_step}")?;
            }
        }
        Ok(())
    }
}
