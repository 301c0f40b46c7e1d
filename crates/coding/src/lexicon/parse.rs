//! Reading lexicon rows.

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{Context, EventType, Mode};

use crate::codebook::Root;

use super::{Constraint, Entry, Filler, HeadPos, LexiconFile, Place, Role, Slot};

/// A row that cannot be read, with its place.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct LexiconError {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// What is wrong and what is expected.
    pub message: String,
}

type Classes = BTreeMap<CompactString, Vec<CompactString>>;

/// The rows of a tab-separated file: line number and columns. Comments and the header are passed over.
fn rows<'a>(file: &LexiconFile<'a>) -> impl Iterator<Item = (u32, Vec<&'a str>)> {
    let content = |(_, line): &(usize, &str)| !line.trim().is_empty() && !line.starts_with('#');
    file.text.lines().enumerate().filter(content).skip(1).map(|(n, line)| (n as u32 + 1, line.split('\t').collect()))
}

pub(super) fn classes(files: &[LexiconFile<'_>]) -> Result<Classes, LexiconError> {
    let mut classes = Classes::new();
    for file in files {
        for (line, columns) in rows(file) {
            let [name, words] = columns[..] else {
                return Err(error(file, line, format!("a class has 2 columns (class, words), not {}", columns.len())));
            };
            classes.insert(name.into(), words.split('|').map(CompactString::from).collect());
        }
    }
    Ok(classes)
}

/// The columns of a file of rows, as its first line names them.
const COLUMNS: &str = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample";

pub(super) fn entries(file: &LexiconFile<'_>, classes: &Classes) -> Result<Vec<Entry>, LexiconError> {
    let first = file.text.lines().enumerate().find(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    match first {
        Some((_, line)) if line.trim_end() == COLUMNS => {}
        other => {
            let line = other.map_or(1, |(index, _)| index as u32 + 1);
            return Err(error(file, line, format!("the first line must name the columns: {}", COLUMNS.replace('\t', ", "))));
        }
    }
    rows(file).map(|(line, columns)| entry(file, line, &columns, classes).map_err(|m| error(file, line, m))).collect()
}

/// A row of a table of status cues.
pub(crate) struct StatusRow<'a> {
    file: &'a str,
    line: u32,
    /// First column.
    pub(crate) kind: &'a str,
    /// Second column.
    pub(crate) pattern: &'a str,
    /// Lemma and part of speech of a governing word; `None` for a word or run of words as printed.
    pub(crate) head: Option<(CompactString, char)>,
    /// Conditions of a governing word.
    pub(crate) constraints: Vec<Constraint>,
}

impl StatusRow<'_> {
    /// A fault of this row.
    pub(crate) fn error(&self, message: String) -> LexiconError {
        LexiconError { file: format!("{}.tsv", self.file), line: self.line, message }
    }
}

/// Reads the rows of a table of status cues: kind, pattern, note.
pub(crate) fn status_rows<'a>(
    file: &LexiconFile<'a>,
    class_files: &[LexiconFile<'_>],
) -> Result<Vec<StatusRow<'a>>, LexiconError> {
    let classes = classes(class_files)?;
    rows(file)
        .map(|(line, columns)| {
            let [kind, pattern, _note] = columns[..] else {
                return Err(error(file, line, format!("a row has 3 columns (kind, pattern, note), not {}", columns.len())));
            };
            let mut words = pattern.split(' ');
            let first = words.next().unwrap_or("");
            let pos = |pos: &str| match pos {
                "v" | "n" | "a" => pos.chars().next(),
                _ => None,
            };
            let head = first.rsplit_once('.').and_then(|(lemma, p)| Some((CompactString::from(lemma), pos(p)?)));
            let conditions = words.filter(|_| head.is_some());
            let constraints =
                conditions.map(|w| constraint(w, &classes)).collect::<Result<_, _>>().map_err(|m| error(file, line, m))?;
            Ok(StatusRow { file: file.name, line, kind, pattern, head, constraints })
        })
        .collect()
}

fn error(file: &LexiconFile<'_>, line: u32, message: String) -> LexiconError {
    LexiconError { file: format!("{}.tsv", file.name), line, message }
}

fn entry(file: &LexiconFile<'_>, line: u32, columns: &[&str], classes: &Classes) -> Result<Entry, String> {
    let [pattern, frame, kind, mode, cameo, root, contexts, example] = columns[..] else {
        return Err(format!("a row has 8 columns separated by tabs, not {}", columns.len()));
    };
    let mut words = pattern.split_whitespace();
    let head = words.next().ok_or("the pattern is empty")?;
    let (lemma, pos) =
        head.rsplit_once('.').ok_or_else(|| format!("`{head}` has no part of speech; write {head}.v, .n or .a"))?;
    let pos = match pos {
        "v" => HeadPos::Verb,
        "n" => HeadPos::Noun,
        "a" => HeadPos::Adjective,
        other => return Err(format!("`.{other}` is no part of speech; use .v, .n or .a")),
    };
    let kind = match kind {
        "NONE" => None,
        name => Some(EventType::parse(name).ok_or_else(|| format!("`{name}` is no event type and not NONE"))?),
    };
    let (mut actor, mut recipient) = (Role::new(), Role::new());
    for part in frame.split_whitespace() {
        match part.split_once('=') {
            Some(("actor", slots)) => actor = role(slots)?,
            Some(("recipient", slots)) => recipient = role(slots)?,
            _ => return Err(format!("`{part}` is no part of a frame; write actor=... or recipient=...")),
        }
    }
    let root = match root {
        "" => None,
        name => Some(Root::parse(name).ok_or_else(|| format!("`{name}` is no root of the 2016 edition"))?),
    };
    let list = |text: &str| text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(CompactString::from).collect::<Vec<_>>();
    Ok(Entry {
        id: format!("{}:{}", file.name, pattern).into(),
        line,
        lemma: lemma.into(),
        pos,
        constraints: words.map(|w| constraint(w, classes)).collect::<Result<_, _>>()?,
        actor,
        recipient,
        kind,
        mode: Some(mode).filter(|m| !m.is_empty()).map(|m| Mode(m.into())),
        cameo: cameo.into(),
        root,
        contexts: list(contexts).into_iter().map(Context).collect(),
        example: example.to_string(),
        own: false,
    })
}

fn constraint(text: &str, classes: &Classes) -> Result<Constraint, String> {
    let (negated, body) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    let (place, fillers) = body.split_once(':').ok_or_else(|| format!("`{text}` is no condition; write slot:word"))?;
    let place = match place {
        "prt" => Place::Particle,
        "mod" => Place::Modifier,
        "comp" => Place::Complement,
        name => Place::Slot(slot(name)?),
    };
    let mut out = vec![];
    for word in fillers.split('|') {
        match word.strip_prefix('#') {
            Some(class) => {
                let words = classes.get(class).ok_or_else(|| format!("there is no class `{class}`"))?;
                out.extend(words.iter().cloned().map(Filler::Lemma));
            }
            None if word == "*" => out.push(Filler::Any),
            None if word == "@actor" => out.push(Filler::Actor),
            None if word.is_empty() => return Err(format!("`{text}` names an empty word")),
            None => out.push(Filler::Lemma(word.into())),
        }
    }
    Ok(Constraint { place, fillers: out, negated })
}

fn role(text: &str) -> Result<Role, String> {
    text.split('|').map(|group| group.split('+').map(slot).collect()).collect()
}

fn slot(name: &str) -> Result<Slot, String> {
    Ok(match name {
        "" => return Err("a slot has no name".into()),
        "subj" => Slot::Subj,
        "obj" => Slot::Obj,
        "iobj" => Slot::Iobj,
        "comp.recipient" => Slot::CompRecipient,
        other => match other.strip_prefix("comp.") {
            Some(inner) => Slot::Comp(Box::new(slot(inner)?)),
            None if other.chars().all(|c| c.is_ascii_lowercase() || c == '_') => Slot::Prep(other.into()),
            None => return Err(format!("`{other}` is no slot")),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;
    use super::*;

    fn read(row: &str) -> Result<Lexicon, LexiconError> {
        let text = format!("pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n{row}");
        let classes = LexiconFile { name: "classes", text: "class\twords\npact\tdeal|treaty" };
        Lexicon::read(&[classes], &[LexiconFile { name: "t", text: &text }])
    }

    #[test]
    fn a_row_is_read_whole() {
        let lexicon = read("sign.v obj:#pact !with:*\tactor=subj+with recipient=on|to\tSUPPORT\t\t057\t\t\t{A:X} [signed].")
            .expect("reads");
        let entry = &lexicon.entries()[0];
        assert_eq!(entry.id, "t:sign.v obj:#pact !with:*");
        assert_eq!(entry.constraints[0].fillers, [Filler::Lemma("deal".into()), Filler::Lemma("treaty".into())]);
        assert!(entry.constraints[1].negated);
        assert_eq!(entry.actor, vec![vec![Slot::Subj, Slot::Prep("with".into())]]);
        assert_eq!(entry.weight(), 3);
    }

    #[test]
    fn faults_name_their_place() {
        for (row, fault) in [
            ("sign.v\tactor=subj\tSUPPORT", "8 columns"),
            ("sign\tactor=subj\tSUPPORT\t\t\t\t\t", "no part of speech"),
            ("sign.v obj:#pcat\tactor=subj\tSUPPORT\t\t\t\t\t", "no class `pcat`"),
            ("sign.v\tagent=subj\tSUPPORT\t\t\t\t\t", "no part of a frame"),
            ("sign.v\tactor=subj\tSUPORT\t\t\t\t\t", "no event type"),
        ] {
            let message = read(row).expect_err("a fault").to_string();
            assert!(message.starts_with("t.tsv:2: ") && message.contains(fault), "{message}");
        }
    }
}
