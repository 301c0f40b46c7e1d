//! Relations between a marked source and a marked target: Binary, Quad and Root macro-F1.
//!
//! The file is tab-separated with a header line; columns are found by name and may stand in any
//! order: `id`, `sentence`, `marked_sentence` (`<s>source</s>`, `<t>target</t>`), `root`, `quad`.
//! Macro-F1 is the unweighted mean over the classes that occur in gold or prediction, as the
//! literature computes it. Binary asks whether the relation is a conflict (quad 3 or 4).

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use demarche_types::Span;
use serde::Serialize;

use crate::report::{Row, Score, Table, json, percent, rounded};

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// Identifier.
    pub id: String,
    /// The sentence without marks.
    pub sentence: String,
    /// The source's words in `sentence`, when they are marked.
    pub source: Option<Span>,
    /// The target's words in `sentence`, when they are marked.
    pub target: Option<Span>,
    /// Class of the sixteen (in the older naming fifteen).
    pub root: String,
    /// Quad class, 1 to 4.
    pub quad: u8,
}

/// What a system says of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// Identifier of the row.
    pub id: String,
    /// Predicted root.
    pub root: String,
    /// Predicted quad class.
    pub quad: u8,
}

/// What is wrong with a file, and on which line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum RelationError {
    #[error("the file is empty: a header line with the columns id, sentence, marked_sentence, root, quad is needed")]
    Empty,
    #[error("line 1: the header has no column `{0}`")]
    NoColumn(&'static str),
    #[error("line {line}: {found} columns where the header has {expected}")]
    Columns { line: usize, found: usize, expected: usize },
    #[error("line {line}: the quad class `{found}` is not 1, 2, 3 or 4")]
    Quad { line: usize, found: String },
    #[error("line {line}: the mark {mark} has no partner")]
    Mark { line: usize, mark: &'static str },
    #[error("{gold} rows but {predictions} predictions")]
    Count { gold: usize, predictions: usize },
    #[error("row {row}: the prediction is for `{found}`, the row is `{expected}`")]
    Order { row: usize, expected: String, found: String },
}

/// Scores of one level of classes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Level {
    /// "Binary", "Quad" or "Root".
    pub name: String,
    /// Every class that occurs in gold or prediction, in order.
    pub classes: Vec<Row>,
    /// Rows whose class is right.
    pub correct: usize,
    /// All rows.
    pub rows: usize,
}

/// How often one root was taken for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Root in gold.
    pub gold: String,
    /// Root predicted.
    pub predicted: String,
    /// How often.
    pub count: usize,
}

/// Relation scores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationReport {
    /// Binary, Quad, Root.
    pub levels: Vec<Level>,
    /// Wrong roots, the most frequent first.
    pub confusions: Vec<Confusion>,
}

/// Reads a file. The marked sentence is optional; so are the columns `source` and `target`, which are not read.
pub fn read_tsv(text: &str) -> Result<Vec<Example>, RelationError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
    let header: Vec<&str> = lines.next().ok_or(RelationError::Empty)?.1.split('\t').collect();
    let find = |name: &str| header.iter().position(|&h| h == name);
    let column = |name: &'static str| find(name).ok_or(RelationError::NoColumn(name));
    let (id, sentence, root, quad) = (column("id")?, column("sentence")?, column("root")?, column("quad")?);
    let marked = find("marked_sentence");
    let mut examples = Vec::new();
    for (index, line_text) in lines {
        let line = index + 1;
        let cells: Vec<&str> = line_text.split('\t').collect();
        if cells.len() != header.len() {
            return Err(RelationError::Columns { line, found: cells.len(), expected: header.len() });
        }
        let quad_class = match cells[quad] {
            "1" => 1,
            "2" => 2,
            "3" => 3,
            "4" => 4,
            other => return Err(RelationError::Quad { line, found: other.to_owned() }),
        };
        let unmarked = marked.map(|m| unmark(cells[m], line)).transpose()?.filter(|u| !u.text.is_empty());
        let unmarked = unmarked.unwrap_or_else(|| Unmarked { text: cells[sentence].to_owned(), source: None, target: None });
        examples.push(Example {
            line,
            id: cells[id].to_owned(),
            sentence: unmarked.text,
            source: unmarked.source,
            target: unmarked.target,
            root: cells[root].to_owned(),
            quad: quad_class,
        });
    }
    Ok(examples)
}

/// Predictions as a tab-separated file with a header line, one row a prediction.
pub fn predictions_tsv(predictions: &[Prediction]) -> String {
    let mut out = String::from("id\troot\tquad\n");
    for p in predictions {
        out += &format!("{}\t{}\t{}\n", p.id, p.root, p.quad);
    }
    out
}

/// Scores predictions, which stand in the order of the rows.
pub fn score(gold: &[Example], predictions: &[Prediction]) -> Result<RelationReport, RelationError> {
    if gold.len() != predictions.len() {
        return Err(RelationError::Count { gold: gold.len(), predictions: predictions.len() });
    }
    for (row, (example, prediction)) in gold.iter().zip(predictions).enumerate() {
        if example.id != prediction.id {
            let (expected, found) = (example.id.clone(), prediction.id.clone());
            return Err(RelationError::Order { row: row + 1, expected, found });
        }
    }
    let pairs = || gold.iter().zip(predictions);
    let binary = |quad: u8| if quad >= 3 { "conflict" } else { "cooperation" }.to_owned();
    let levels = vec![
        level("Binary", pairs().map(|(g, p)| (binary(g.quad), binary(p.quad))).collect()),
        level("Quad", pairs().map(|(g, p)| (g.quad.to_string(), p.quad.to_string())).collect()),
        level("Root", pairs().map(|(g, p)| (g.root.clone(), p.root.clone())).collect()),
    ];
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (g, p) in pairs().filter(|(g, p)| g.root != p.root) {
        *counts.entry((&g.root, &p.root)).or_default() += 1;
    }
    let mut confusions: Vec<Confusion> = counts
        .into_iter()
        .map(|((gold, predicted), count)| Confusion { gold: gold.to_owned(), predicted: predicted.to_owned(), count })
        .collect();
    confusions.sort_by_key(|c| std::cmp::Reverse(c.count));
    Ok(RelationReport { levels, confusions })
}

impl Level {
    /// Unweighted mean of the classes' F1.
    pub fn macro_f1(&self) -> f64 {
        let sum: f64 = self.classes.iter().map(|row| row.score.f1()).sum();
        if self.classes.is_empty() { 0.0 } else { sum / self.classes.len() as f64 }
    }

    /// Share of rows whose class is right.
    pub fn accuracy(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { self.correct as f64 / self.rows as f64 }
    }
}

impl RelationReport {
    /// Macro-F1 of a level.
    pub fn macro_f1(&self, name: &str) -> Option<f64> {
        self.levels.iter().find(|level| level.name == name).map(Level::macro_f1)
    }

    /// The report as JSON.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Scored<'a> {
            macro_f1: f64,
            accuracy: f64,
            #[serde(flatten)]
            level: &'a Level,
        }
        #[derive(Serialize)]
        struct Report<'a> {
            levels: Vec<Scored<'a>>,
            confusions: &'a [Confusion],
        }
        let scored = |level| Scored { macro_f1: rounded(Level::macro_f1(level)), accuracy: rounded(level.accuracy()), level };
        json(&Report { levels: self.levels.iter().map(scored).collect(), confusions: &self.confusions })
    }
}

impl fmt::Display for RelationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(&["level", "macro-F1", "accuracy", "classes", "rows"]);
        for level in &self.levels {
            table.row(vec![
                level.name.clone(),
                percent(level.macro_f1()),
                percent(level.accuracy()),
                level.classes.len().to_string(),
                level.rows.to_string(),
            ]);
        }
        writeln!(f, "{table}")?;
        for level in &self.levels {
            let mut table = Table::new(&[level.name.as_str(), "precision", "recall", "F1", "n"]);
            for Row { name, score } in &level.classes {
                table.row(vec![
                    name.clone(),
                    percent(score.precision()),
                    percent(score.recall()),
                    percent(score.f1()),
                    score.gold.to_string(),
                ]);
            }
            writeln!(f, "{table}")?;
        }
        let mut table = Table::new(&["gold -> predicted", "n"]);
        for c in &self.confusions {
            table.row(vec![format!("{} -> {}", c.gold, c.predicted), c.count.to_string()]);
        }
        table.fmt(f)
    }
}

fn level(name: &str, pairs: Vec<(String, String)>) -> Level {
    let classes: BTreeSet<&String> = pairs.iter().flat_map(|(g, p)| [g, p]).collect();
    let count = |test: &dyn Fn(&(String, String)) -> bool| pairs.iter().filter(|&pair| test(pair)).count();
    let rows = classes
        .into_iter()
        .map(|class| {
            let score =
                Score::new(count(&|(g, _)| g == class), count(&|(_, p)| p == class), count(&|(g, p)| g == class && p == class));
            Row::new(class.clone(), score)
        })
        .collect();
    Level { name: name.to_owned(), classes: rows, correct: count(&|(g, p)| g == p), rows: pairs.len() }
}

struct Unmarked {
    text: String,
    source: Option<Span>,
    target: Option<Span>,
}

/// Takes the marks out of a sentence. They may nest; the first pair of each kind counts.
fn unmark(marked: &str, line: usize) -> Result<Unmarked, RelationError> {
    const MARKS: [&str; 4] = ["<s>", "</s>", "<t>", "</t>"];
    let mut text = String::new();
    let mut places = [None; 4];
    let mut rest = marked;
    while !rest.is_empty() {
        if let Some(mark) = MARKS.iter().position(|m| rest.starts_with(m)) {
            places[mark].get_or_insert(text.len());
            rest = &rest[MARKS[mark].len()..];
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            text.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    let pair = |open: usize| match (places[open], places[open + 1]) {
        (Some(start), Some(end)) if start <= end => Ok(Some(Span::new(start, end))),
        (None, None) => Ok(None),
        (Some(_), _) => Err(RelationError::Mark { line, mark: MARKS[open] }),
        (None, Some(_)) => Err(RelationError::Mark { line, mark: MARKS[open + 1] }),
    };
    let (source, target) = (pair(0)?, pair(2)?);
    Ok(Unmarked { text, source, target })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "quad\troot\tid\tsentence\tmarked_sentence\n\
                        3\tACCUSE\ta\tNorland blames Sudland.\t<s>Norland</s> blames <t>Sudland</t>.\n\
                        1\tAGREE\tb\tThe mayor of X agrees.\tThe <s>mayor of <t>X</t></s> agrees.\n\
                        3\tREJECT\tc\tNo.\tNo.\n4\tASSAULT\td\tBoom.\tBoom.\n";

    fn guess(id: &str, root: &str, quad: u8) -> Prediction {
        Prediction { id: id.to_owned(), root: root.to_owned(), quad }
    }

    #[test]
    fn columns_are_found_by_name_and_marks_are_taken_out() {
        let rows = read_tsv(FILE).expect("the file is well formed");
        assert_eq!(rows[0].sentence, "Norland blames Sudland.");
        let words = |row: &Example, span: Option<Span>| span.map(|s| s.of(&row.sentence).to_owned());
        assert_eq!(words(&rows[0], rows[0].target).as_deref(), Some("Sudland"));
        assert_eq!(words(&rows[1], rows[1].source).as_deref(), Some("mayor of X"));
        assert_eq!(words(&rows[1], rows[1].target).as_deref(), Some("X"));
        assert_eq!((rows[2].source, rows[2].line), (None, 4));
    }

    #[test]
    fn macro_f1_counts_classes_of_either_side() {
        let rows = read_tsv(FILE).expect("the file is well formed");
        let guesses = [guess("a", "ACCUSE", 3), guess("b", "CONSULT", 1), guess("c", "ACCUSE", 3), guess("d", "ASSAULT", 4)];
        let report = score(&rows, &guesses).expect("one prediction a row");
        // Roots: ACCUSE 2/3, AGREE 0, ASSAULT 1, CONSULT 0, REJECT 0 -> (2/3 + 1) / 5.
        assert!((report.macro_f1("Root").expect("scored") - (2.0 / 3.0 + 1.0) / 5.0).abs() < 1e-12);
        assert_eq!(report.macro_f1("Quad"), Some(1.0));
        assert_eq!(report.macro_f1("Binary"), Some(1.0));
        let confused: Vec<_> = report.confusions.iter().map(|c| (c.gold.as_str(), c.predicted.as_str())).collect();
        assert_eq!(confused, [("AGREE", "CONSULT"), ("REJECT", "ACCUSE")]);
    }

    #[test]
    fn predictions_are_written_a_row_each() {
        assert_eq!(predictions_tsv(&[guess("a", "AID", 2)]), "id\troot\tquad\na\tAID\t2\n");
    }

    #[test]
    fn errors_name_their_line() {
        let of = |text: &str| read_tsv(text).expect_err("the file is broken").to_string();
        assert_eq!(of("id\tsentence\tquad\n"), "line 1: the header has no column `root`");
        let header = "id\tsentence\troot\tquad\n";
        assert_eq!(of(&format!("{header}1\tx\tAID\t5\n")), "line 2: the quad class `5` is not 1, 2, 3 or 4");
        assert_eq!(of(&format!("{header}1\tx\n")), "line 2: 2 columns where the header has 4");
        let rows = read_tsv(FILE).expect("the file is well formed");
        assert!(matches!(score(&rows, &[]), Err(RelationError::Count { gold: 4, predictions: 0 })));
    }
}
