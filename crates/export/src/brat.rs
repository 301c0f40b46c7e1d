//! brat: the text of each article, and beside it the events with their triggers and parties.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use demarche_records::{Article, Event};
use sha2::{Digest, Sha256};

use crate::formats::Outcome;
use crate::labels::label;
use crate::tables::ONTOLOGY;
use crate::text::line;
use crate::{Account, Codebook, ExportError, FileEntry, Manifest, Options};

/// An article with its text and events.
#[derive(Clone, Debug)]
pub struct Document {
    /// The article.
    pub article: Article,
    /// Its own text, into which the records' places point.
    pub text: String,
    /// Its events.
    pub events: Vec<Event>,
}

/// Exports articles with their events into a folder: `ID.txt` and `ID.ann` each, and `annotation.conf`. One article is held at a time.
pub fn export_brat<E>(
    documents: impl IntoIterator<Item = Result<Document, E>>,
    options: Options<'_>,
    folder: &Path,
) -> Result<Manifest, ExportError>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let codebook = options.codebook;
    let mut account = Account::open(options, folder)?;
    let waiting = tempfile::Builder::new()
        .prefix(".demarche-")
        .suffix(".partial")
        .tempdir_in(folder)
        .map_err(ExportError::write(folder))?;
    let mut files: Vec<FileEntry> = Vec::new();
    let mut names = HashSet::new();
    let mut labels = BTreeSet::new();
    let mut put = |name: String, rows: u64, text: &str| -> Result<(), ExportError> {
        std::fs::write(waiting.path().join(&name), text).map_err(ExportError::write(&folder.join(&name)))?;
        let sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        files.push(FileEntry { name, rows, bytes: text.len() as u64, sha256, columns: Vec::new() });
        Ok(())
    };
    for (number, document) in (1..).zip(documents) {
        let document = document.map_err(|error| ExportError::Read { number, source: error.into() })?;
        let name = file_name(&document.article.id);
        if !names.insert(name.clone()) {
            let fault = format!("its article {} was given twice", document.article.id);
            return Err(ExportError::Record { id: document.events.first().map_or(name, |event| event.id.clone()), fault });
        }
        let mut page = Page::new(&document.text);
        for event in &document.events {
            if account.admit(event).is_some() {
                labels.insert(page.event(event, codebook)?);
                account.enter(event, Outcome::Written { by_publication: false });
            }
        }
        put(format!("{name}.txt"), 1, &document.text)?;
        put(format!("{name}.ann"), page.events, &page.out)?;
    }
    put("annotation.conf".to_owned(), 0, &configuration(&labels))?;
    account.withdraw_manifest()?;
    for file in &files {
        let path = folder.join(&file.name);
        std::fs::rename(waiting.path().join(&file.name), &path).map_err(ExportError::write(&path))?;
    }
    drop(waiting);
    account.close(files)
}

/// An article's identifier as the name of a file. One that says more than letters, digits, dots and dashes can is marked by its hash.
fn file_name(id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !id.is_empty() && id.len() <= 100 && id.chars().all(plain) && !id.starts_with('.') {
        return id.to_owned();
    }
    let kept: String = id.chars().filter(|c| plain(*c) && *c != '.').take(40).collect();
    format!("{kept}-{:016x}", xxhash_rust::xxh3::xxh3_64(id.as_bytes()))
}

/// The annotations of one text.
struct Page {
    text: Vec<char>,
    out: String,
    /// Spans that have an annotation, with their types.
    spans: Vec<(String, [u32; 2])>,
    events: u64,
    marks: usize,
}

impl Page {
    fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), out: String::new(), spans: Vec::new(), events: 0, marks: 0 }
    }

    /// Writes an event, and gives its label.
    fn event(&mut self, event: &Event, codebook: Codebook) -> Result<String, ExportError> {
        let label = label(event, codebook)?;
        let trigger = self.span(label.event, event.spans.trigger, event, true)?;
        let mut arguments = String::new();
        for (role, parties) in [("Actor", &event.actor), ("Recipient", &event.recipient)] {
            for (index, party) in parties.iter().enumerate() {
                let number = if index == 0 { String::new() } else { (index + 1).to_string() };
                let mark = self.span("Party", party.span, event, false)?;
                arguments += &format!(" {role}{number}:{mark}");
            }
        }
        for (role, span) in [("Place", event.spans.place), ("Date", event.spans.date)] {
            if let Some(span) = span {
                let mark = self.span(role, span, event, false)?;
                arguments += &format!(" {role}:{mark}");
            }
        }
        self.events += 1;
        let number = self.events;
        self.out += &format!("E{number}\t{}:{trigger}{arguments}\n", label.event);
        self.mark(&format!("Status E{number} {}", event.status.name()));
        if let Some(mode) = label.modes.first() {
            self.mark(&format!("Mode E{number} {mode}"));
        }
        self.out += &format!("#{number}\tAnnotatorNotes E{number}\t{} CAMEO {}\n", line(&event.id), event.cameo);
        Ok(label.event.to_owned())
    }

    fn mark(&mut self, text: &str) {
        self.marks += 1;
        self.out += &format!("A{}\t{text}\n", self.marks);
    }

    /// The annotation of a span. Events have triggers of their own, other spans are annotated once.
    fn span(&mut self, kind: &str, span: [u32; 2], event: &Event, own: bool) -> Result<String, ExportError> {
        let known = self.spans.iter().position(|(k, s)| !own && k == kind && *s == span);
        if let Some(at) = known {
            return Ok(format!("T{}", at + 1));
        }
        let outside = || ExportError::Record {
            id: event.id.clone(),
            fault: format!("its places {}-{} lie outside the text that was given", span[0], span[1]),
        };
        let words = self.text.get(span[0] as usize..span[1] as usize).filter(|words| !words.is_empty()).ok_or_else(outside)?;
        // An annotation may not run over the end of a line, so it is parted there.
        let mut parts: Vec<(usize, String)> = Vec::new();
        let mut at = span[0] as usize;
        for piece in words.split(|c| *c == '\n') {
            if !piece.is_empty() {
                parts.push((at, piece.iter().collect()));
            }
            at += piece.len() + 1;
        }
        let places: Vec<String> = parts.iter().map(|(at, piece)| format!("{at} {}", at + piece.chars().count())).collect();
        let words: Vec<&str> = parts.iter().map(|(_, piece)| piece.as_str()).collect();
        self.spans.push((kind.to_owned(), span));
        let id = format!("T{}", self.spans.len());
        self.out += &format!("{id}\t{kind} {}\t{}\n", places.join(";"), words.join(" "));
        Ok(id)
    }
}

/// The configuration with which brat shows the annotations.
fn configuration(labels: &BTreeSet<String>) -> String {
    let mut out = "[entities]\nParty\nPlace\nDate\n\n[relations]\n\n[events]\n".to_owned();
    for label in labels {
        out += &format!("{label}\tActor*:Party, Recipient*:Party, Place?:Place, Date?:Date\n");
    }
    out += "\n[attributes]\nStatus\tArg:<EVENT>, Value:actual|historical|future|hypothetical|negated\n";
    let modes: Vec<&str> = ONTOLOGY.modes.iter().copied().collect();
    out + &format!("Mode\tArg:<EVENT>, Value:{}\n", modes.join("|"))
}
