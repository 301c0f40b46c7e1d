//! The tables: their columns, in which version of the schema each column came, and how rows are laid out in files.
//!
//! A later version may only add tables, and columns that may be empty; opening an older store for writing adds them.
//! Whatever else changes needs a new table.

use std::sync::Arc;

use deltalake::arrow::datatypes::{DataType, Field, Schema, SchemaRef};

/// Version of the schema that this program writes.
pub const SCHEMA_VERSION: u32 = 2;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A whole number of 64 bits.
    Int,
    /// A number.
    Float,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// It is never null.
    pub required: bool,
    /// Version of the schema that brought it.
    pub since: u32,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, in SQL and as a folder.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Columns that order the rows of a file; files are pruned by them.
    pub order: &'static [&'static str],
    /// Its rows follow from the pages alone, so that two stores of the same pages have the same ones.
    pub derived: bool,
}

const fn must(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: true, since: 1 }
}

const fn may(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: false, since: 1 }
}

/// The column, brought by a later version of the schema.
const fn since(version: u32, column: Column) -> Column {
    Column { since: version, ..column }
}

use Kind::{Bool, Bytes, Date, Float, Int, Text, Texts};

/// All tables, in the order in which a batch reaches them: what is pointed at comes before what points.
pub const TABLES: &[Table] = &[
    Table {
        name: "runs",
        about: "one row for each coder: version of the program and hashes of what it coded with",
        columns: &[
            must("run", Text),
            must("version", Text),
            must("model", Text),
            must("ontology", Text),
            must("lexicon", Text),
            must("knowledge", Text),
            must("position", Int),
        ],
        order: &["run"],
        derived: true,
    },
    Table {
        name: "uses",
        about: "one row for each time that a user made the coding of an earlier run count again",
        columns: &[must("run", Text), must("position", Int)],
        order: &["position"],
        derived: false,
    },
    Table {
        name: "articles",
        about: "one row an article",
        columns: &[
            must("id", Text),
            must("key", Text),
            may("url", Text),
            may("title", Text),
            may("byline", Text),
            may("site", Text),
            may("section", Text),
            may("published", Date),
            may("published_basis", Text),
            may("language", Text),
            may("language_confidence", Float),
            must("text", Text),
            may("blocks", Text),
            must("origin", Text),
            may("duplicate_of", Text),
            may("near_duplicate_of", Text),
            may("similarity", Float),
            may("wire", Text),
            may("words", Int),
            may("signature", Bytes),
        ],
        order: &["published", "site", "id"],
        derived: true,
    },
    Table {
        name: "codings",
        about: "one row for each article and run that coded it, also where nothing was found",
        columns: &[must("article", Text), must("run", Text)],
        order: &["article", "run"],
        derived: true,
    },
    Table {
        name: "events",
        about: "one row an event and run; `text` is its sentence, `record` the whole record as JSON",
        columns: &[
            must("id", Text),
            must("article", Text),
            must("run", Text),
            must("event", Text),
            must("mode", Texts),
            must("context", Texts),
            must("quad_code", Int),
            must("event_scale", Float),
            may("act", Text),
            may("cameo", Text),
            must("status", Text),
            may("date", Date),
            may("enddate", Date),
            may("date_precision", Text),
            must("date_basis", Text),
            may("place_name", Text),
            may("place_country", Text),
            may("place_admin1", Text),
            may("lat", Float),
            may("lon", Float),
            may("geonames", Int),
            may("place_precision", Text),
            must("confidence", Float),
            may("dead", Float),
            may("injured", Float),
            may("size", Float),
            may("missing", Float),
            may("arrested", Float),
            may("kidnapped", Float),
            may("displaced", Float),
            may("troops", Float),
            may("money", Float),
            may("currency", Text),
            may("actor1_code", Text),
            may("actor1_sector", Text),
            may("recipient1_code", Text),
            may("recipient1_sector", Text),
            may("speaker", Text),
            may("speaker_code", Text),
            may("via", Text),
            may("published", Date),
            may("outlet", Text),
            must("text", Text),
            must("span_start", Int),
            must("span_end", Int),
            must("rule", Text),
            must("record", Text),
        ],
        order: &["actor1_code", "recipient1_code", "date", "id"],
        derived: true,
    },
    Table {
        name: "event_actors",
        about: "one row for each party of an event",
        columns: &[
            must("event", Text),
            must("article", Text),
            must("run", Text),
            must("role", Text),
            must("position", Int),
            may("code", Text),
            must("sectors", Texts),
            must("text", Text),
            may("identifier_id", Text),
            may("identifier_text", Text),
            may("office", Text),
            must("basis", Text),
            must("span_start", Int),
            must("span_end", Int),
        ],
        order: &["code", "event", "role", "position"],
        derived: true,
    },
    Table {
        name: "dyads",
        about: "one row for each pair of codes in an event, for series; of a mutual event each pair stands both ways",
        columns: &[
            must("actor", Text),
            may("recipient", Text),
            must("mutual", Bool),
            must("event", Text),
            must("article", Text),
            must("run", Text),
            must("event_type", Text),
            must("quad_code", Int),
            must("event_scale", Float),
            must("status", Text),
            may("date", Date),
            may("enddate", Date),
            may("date_precision", Text),
            may("outlet", Text),
        ],
        order: &["actor", "recipient", "date", "event"],
        derived: true,
    },
    Table {
        name: "quotes",
        about: "one row for what somebody said",
        columns: &[
            must("id", Text),
            must("article", Text),
            must("run", Text),
            may("speaker", Text),
            may("speaker_code", Text),
            may("via", Text),
            may("cue", Text),
            must("denied", Bool),
            must("kind", Text),
            must("text", Text),
            must("span_start", Int),
            must("span_end", Int),
            must("events", Texts),
            may("published", Date),
            may("outlet", Text),
            must("record", Text),
        ],
        order: &["speaker_code", "published", "id"],
        derived: true,
    },
    Table {
        name: "relations",
        about: "one row for a lasting relation that an article tells",
        columns: &[
            must("id", Text),
            must("article", Text),
            must("run", Text),
            may("subject_code", Text),
            must("subject_text", Text),
            may("subject_id", Text),
            must("relation", Text),
            may("object_code", Text),
            must("object_text", Text),
            may("object_id", Text),
            may("since", Date),
            may("until", Date),
            must("text", Text),
            must("span_start", Int),
            must("span_end", Int),
            must("record", Text),
        ],
        order: &["relation", "subject_id", "id"],
        derived: true,
    },
    Table {
        name: "facts",
        about: "one row for something that an article states in a number",
        columns: &[
            must("id", Text),
            must("article", Text),
            must("run", Text),
            may("subject_code", Text),
            must("subject_text", Text),
            must("measure", Text),
            must("value", Float),
            may("low", Float),
            may("high", Float),
            may("hedge", Text),
            must("unit", Text),
            may("kind", Text),
            must("text", Text),
            must("span_start", Int),
            must("span_end", Int),
            must("record", Text),
        ],
        order: &["measure", "subject_code", "id"],
        derived: true,
    },
    Table {
        name: "rejects",
        about: "one row for what was not coded, with the reason",
        columns: &[
            must("id", Text),
            must("article", Text),
            must("run", Text),
            must("reason", Text),
            may("detail", Text),
            may("rule", Text),
            must("text", Text),
            must("span_start", Int),
            must("span_end", Int),
            must("record", Text),
        ],
        order: &["reason", "article", "id"],
        derived: true,
    },
    Table {
        name: "sentences",
        about: "one row a sentence, where they were asked for",
        columns: &[
            must("article", Text),
            must("position", Int),
            must("span_start", Int),
            must("span_end", Int),
            must("text", Text),
        ],
        order: &["article", "position"],
        derived: true,
    },
    Table {
        name: "event_clusters",
        about: "one row an event: the real-world event that it is a report of, and why it was counted there",
        columns: &[
            must("cluster_id", Text),
            must("event", Text),
            must("article", Text),
            must("run", Text),
            may("reason", Text),
            may("score", Float),
        ],
        order: &["cluster_id", "event"],
        derived: true,
    },
    Table {
        name: "clusters",
        about: "one row for each real-world event: what its reports tell together, and in what they differ",
        columns: &[
            must("cluster_id", Text),
            must("lead", Text),
            must("event", Text),
            must("mode", Texts),
            must("context", Texts),
            must("quad_code", Int),
            must("event_scale", Float),
            must("status", Text),
            may("date", Date),
            may("enddate", Date),
            may("date_precision", Text),
            may("date_told", Bool),
            may("actor", Text),
            must("actors", Texts),
            may("recipient", Text),
            must("recipients", Texts),
            may("place_name", Text),
            may("place_country", Text),
            may("lat", Float),
            may("lon", Float),
            may("dead_low", Float),
            may("dead_high", Float),
            may("dead_latest", Float),
            may("injured_low", Float),
            may("injured_high", Float),
            may("injured_latest", Float),
            may("size_low", Float),
            may("size_high", Float),
            must("reports", Int),
            must("articles", Int),
            must("sources", Int),
            must("outlets", Texts),
            may("first_published", Date),
            may("last_published", Date),
            must("confidence", Float),
            must("record", Text),
        ],
        order: &["actor", "recipient", "date", "cluster_id"],
        derived: true,
    },
    Table {
        name: "decisions",
        about: "one row for what a user decided about clusters",
        columns: &[must("id", Text), must("kind", Text), must("events", Texts), may("note", Text)],
        order: &["id"],
        derived: true,
    },
    Table {
        name: "corrections",
        about: "one row for what a reviewer decided about an event, or took back; the rows of the last run have it applied",
        columns: &[
            since(2, must("id", Text)),
            since(2, must("position", Int)),
            since(2, must("action", Text)),
            since(2, must("event", Text)),
            since(2, must("article", Text)),
            since(2, may("changes", Text)),
            since(2, may("note", Text)),
            since(2, may("forgets", Text)),
            since(2, must("base_run", Text)),
            since(2, must("base_event", Text)),
            since(2, must("trigger_start", Int)),
            since(2, must("trigger_end", Int)),
            since(2, must("text", Text)),
        ],
        order: &["position"],
        derived: false,
    },
    Table {
        name: "ingests",
        about: "one row for each time that pages were taken in; tells of the work, not of the news",
        columns: &[
            must("id", Text),
            may("began", Text),
            may("ended", Text),
            must("sources", Texts),
            must("coded", Int),
            must("duplicate", Int),
            must("rejected", Int),
            must("failed", Int),
        ],
        order: &["began"],
        derived: false,
    },
    Table {
        name: "inputs",
        about: "one row for each file or address read to its end: by what a later run knows that it need not be read again",
        columns: &[
            must("key", Text),
            must("settings", Text),
            may("bytes", Int),
            may("modified", Text),
            may("etag", Text),
            may("last_modified", Text),
        ],
        order: &["key"],
        derived: false,
    },
    Table {
        name: "sources",
        about: "one row a page seen, and what became of it",
        columns: &[
            must("key", Text),
            must("fingerprint", Text),
            must("status", Text),
            may("reason", Text),
            may("next_step", Text),
            must("articles", Texts),
            may("bytes", Int),
        ],
        order: &["status", "key"],
        derived: true,
    },
];

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

impl Kind {
    /// The type in Arrow. Delta knows no view types and names the element of a list `element`.
    pub fn arrow(self) -> DataType {
        match self {
            Text => DataType::Utf8,
            Texts => DataType::List(Arc::new(Field::new("element", DataType::Utf8, true))),
            Int => DataType::Int64,
            Float => DataType::Float64,
            Bool => DataType::Boolean,
            Date => DataType::Date32,
            Bytes => DataType::Binary,
        }
    }
}

impl Table {
    /// Version of the schema that brought the table.
    pub fn since(&self) -> u32 {
        self.columns.iter().map(|column| column.since).min().unwrap_or(1)
    }

    /// Columns of that version of the schema.
    pub fn columns_of(&self, version: u32) -> impl Iterator<Item = &'static Column> + use<> {
        self.columns.iter().filter(move |column| column.since <= version)
    }

    /// The schema in Arrow at that version.
    pub fn arrow(&self, version: u32) -> SchemaRef {
        let field = |column: &Column| Field::new(column.name, column.kind.arrow(), !column.required);
        Arc::new(Schema::new(self.columns_of(version).map(field).collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_added_later_may_be_null() {
        for table in TABLES {
            for column in table.columns {
                assert!(column.since <= SCHEMA_VERSION, "{}.{}", table.name, column.name);
                let added = column.since > table.since();
                assert!(!(column.required && added), "{}.{} was added and is required", table.name, column.name);
            }
        }
    }

    #[test]
    fn order_names_columns() {
        for table in TABLES {
            for name in table.order {
                assert!(table.columns.iter().any(|column| column.name == *name), "{}.{name}", table.name);
            }
        }
    }
}
