//! Dictionaries of PETRARCH and its kin: actors and agents.
//!
//! An actor is a name, further names after `+`, and codes in brackets, each for a time; on one line or on several. An agent is a phrase, its
//! plural in braces, and a code that begins with `~`; `!SET!` in it stands for each word of a set. `#` and `;` open comments.

mod agents;
mod codes;
mod names;

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use super::{Context, Log, Sink, Tally, row};
use crate::base::{country_id, slug};
use crate::overlay::Table;
use agents::Agents;

/// Reads dictionaries of actors and agents. What one has said, a later one does not say again.
pub struct Importer<'c> {
    context: Context<'c>,
    agents: Agents,
    entry: Option<Entry>,
    /// Where the names of all entries so far stand.
    seen: BTreeMap<String, String>,
    /// The file that is being read, as rows have it.
    source: String,
}

impl<'c> Importer<'c> {
    /// An importer that has read nothing.
    pub fn new(context: Context<'c>) -> Self {
        Self { context, agents: Agents::new(context.catalog), entry: None, seen: BTreeMap::new(), source: String::new() }
    }

    /// Reads a dictionary. `source` is what rows have as their source, before the line.
    pub fn read(&mut self, reader: &mut dyn BufRead, source: &str, sink: &mut dyn Sink) -> io::Result<Tally> {
        self.source = source.to_owned();
        let mut log = Log::new(sink);
        log.lines(reader, |log, line, text| self.line(log, line, text))?;
        self.close(&mut log)?;
        Ok(log.finish())
    }
}

/// An actor, as far as its lines have been read.
#[derive(Clone)]
struct Entry {
    line: u64,
    raw: String,
    /// Its further lines, each with what it is.
    lines: Vec<(u64, &'static str, String)>,
    /// Further names, with their lines.
    aliases: Vec<(u64, String)>,
    codes: Vec<(u64, String)>,
}

/// A code of an entry with the days for which it is good.
struct Term {
    meaning: codes::Meaning,
    since: String,
    until: String,
}

impl Importer<'_> {
    fn line(&mut self, log: &mut Log<'_>, line: u64, text: &str) -> io::Result<()> {
        let content = text.split(['#', ';']).next().unwrap_or_default().trim();
        if content.is_empty() {
            log.kind(if text.trim().is_empty() { "blank" } else { "comment" });
            return Ok(());
        }
        if content.starts_with("<ISSUE") {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "this is a dictionary of issues, which names no actors and no agents",
            ));
        }
        if self.agents.is_set(content) {
            log.kind("set");
            return Ok(());
        }
        let (before, rest) = content.find('[').map_or((content, ""), |at| content.split_at(at));
        if rest.starts_with("[~") || before.contains('{') || self.agents.has_set(before) {
            self.close(log)?;
            let source = format!("{}:{line}", self.source);
            return self.agents.read(log, self.context, line, &source, before, rest);
        }
        let codes = bracketed(rest);
        let (codes, is_open) = match codes {
            Ok(codes) => (codes, false),
            Err(codes) => (codes, true),
        };
        if is_open {
            log.part(line, "a bracket that is not closed", rest)?;
        }
        let codes = codes.into_iter().map(|code| (line, code));
        if before.is_empty() {
            match &mut self.entry {
                Some(entry) => {
                    entry.codes.extend(codes);
                    entry.lines.push((line, "code", content.to_owned()));
                }
                None => log.skip(line, "a code without a name", content)?,
            }
        } else if let Some(alias) = before.strip_prefix('+') {
            match &mut self.entry {
                Some(entry) => {
                    // Two names sometimes share a line.
                    entry.aliases.extend(alias.split("+_").map(|alias| (line, alias.to_owned())));
                    entry.codes.extend(codes);
                    entry.lines.push((line, "alias", content.to_owned()));
                }
                None => log.skip(line, "an alias without a name", content)?,
            }
        } else {
            self.close(log)?;
            self.entry =
                Some(Entry { line, raw: before.trim().to_owned(), lines: vec![], aliases: vec![], codes: codes.collect() });
        }
        Ok(())
    }

    /// Writes the entry whose lines have all been read.
    fn close(&mut self, log: &mut Log<'_>) -> io::Result<()> {
        let Some(entry) = self.entry.take() else { return Ok(()) };
        let terms = self.terms(log, &entry)?;
        let reason = match terms.last() {
            None if entry.codes.is_empty() => Some("a name without a code"),
            None => Some("a name none of whose codes can be used"),
            Some(last) if last.meaning.is_state => return self.country(log, &entry, &terms),
            Some(_) => None,
        };
        match reason {
            Some(reason) => skip_all(log, &entry, reason),
            None => self.actor(log, &entry, terms),
        }
    }

    /// What can be used of the codes of an entry.
    fn terms(&self, log: &mut Log<'_>, entry: &Entry) -> io::Result<Vec<Term>> {
        let mut terms: Vec<Term> = Vec::new();
        for (line, cell) in &entry.codes {
            let (code, days) = cell.split_once(char::is_whitespace).unwrap_or((cell, ""));
            let Some((since, until)) = codes::days(days) else {
                log.part(*line, "a malformed date", cell)?;
                continue;
            };
            let meaning = match codes::read(code, false, self.context.catalog) {
                Ok(meaning) => meaning,
                Err(reason) => {
                    log.part(*line, reason, cell)?;
                    continue;
                }
            };
            if meaning.code.is_none() {
                log.part(*line, "a code that names no state and no body", cell)?;
                continue;
            }
            for part in &meaning.unknown {
                log.part(*line, "a part of a code that is not known", &format!("{part} in {code}"))?;
            }
            if since.is_empty() && until.is_empty() && terms.iter().any(|t| t.since.is_empty() && t.until.is_empty()) {
                log.part(*line, "a second code without a date", cell)?;
                continue;
            }
            let same = |t: &Term| t.since == since && t.until == until && t.meaning == meaning;
            if terms.iter().any(same) {
                log.part(*line, "a code that stands twice", cell)?;
                continue;
            }
            terms.push(Term { meaning, since, until });
        }
        Ok(terms)
    }

    /// Names of a country. The names that ship say more, such as which is an adjective; others are parts of the country.
    fn country(&mut self, log: &mut Log<'_>, entry: &Entry, terms: &[Term]) -> io::Result<()> {
        let Some(Term { meaning, .. }) = terms.last() else { return Ok(()) };
        let code = meaning.code.as_deref().unwrap_or_default();
        log.kind("entry");
        entry.lines.iter().for_each(|(_, kind, _)| {
            if *kind == "code" {
                log.kind("code")
            }
        });
        let own = std::iter::once((entry.line, entry.raw.clone()));
        for (line, raw) in own.chain(entry.aliases.iter().cloned()) {
            let is_first = line == entry.line;
            let name = match names::read(&raw, false) {
                Ok(name) => name.text,
                Err(reason) if is_first => {
                    log.part(line, reason, &raw)?;
                    continue;
                }
                Err(reason) => {
                    log.skip(line, reason, &raw)?;
                    continue;
                }
            };
            let is_known = self.context.catalog.has_name(&name);
            let is_said = self.seen.insert(format!("{code} {}", crate::fold::fold(&name)), format!("{}:{line}", self.source));
            let reason = match is_said {
                _ if is_known => Some("a name of a country that is known already"),
                Some(_) => Some("a name that stood before"),
                None => None,
            };
            match reason {
                Some(reason) if is_first => log.part(line, reason, &name)?,
                Some(reason) => log.skip(line, reason, &name)?,
                None => {
                    let source = format!("{}:{line}", self.source);
                    let cells = [
                        ("id", country_id(code)),
                        ("kind", "region".to_owned()),
                        ("name", name),
                        ("code", code.to_owned()),
                        ("source", source),
                    ];
                    log.row(row(Table::Actors, &cells))?;
                    if !is_first {
                        log.kind("alias");
                    }
                }
            }
        }
        Ok(())
    }

    fn actor(&mut self, log: &mut Log<'_>, entry: &Entry, terms: Vec<Term>) -> io::Result<()> {
        let is_dated = terms.iter().any(|term| !term.since.is_empty() || !term.until.is_empty());
        let of_state = terms.iter().any(|term| term.meaning.sectors.iter().any(|s| matches!(*s, "GOV" | "ELI" | "LEG" | "JUD")));
        let printed = match names::read(&entry.raw, true) {
            Ok(name) => name,
            Err(reason) => return skip_all(log, entry, reason),
        };
        let is_person = (is_dated || of_state && terms.len() > 1) && names::may_be_person(&printed.text);
        let name = names::read(&entry.raw, is_person).unwrap_or(printed);
        if self.context.new_only && self.context.catalog.has_name(&name.text) {
            return skip_all(log, entry, "a name that is known already");
        }
        let id = format!("pet.{}", slug(&name.text));
        if let Some(place) = self.seen.get(&id) {
            let raw = format!("{} at {place}", entry.raw);
            return skip_all(log, &Entry { raw, ..entry.clone() }, "an entry whose name stood before");
        }
        self.seen.insert(id.clone(), format!("{}:{}", self.source, entry.line));
        log.kind("entry");
        entry.lines.iter().for_each(|(_, kind, _)| {
            if *kind == "code" {
                log.kind("code")
            }
        });
        let mut spellings: Vec<String> = name.short.clone().into_iter().collect();
        let mut told = None;
        for (line, raw) in &entry.aliases {
            let alias = match names::read(raw, is_person) {
                Ok(alias) => alias,
                Err(reason) if told == Some(*line) => {
                    log.part(*line, reason, raw)?;
                    continue;
                }
                Err(reason) => {
                    log.skip(*line, reason, raw)?;
                    told = Some(*line);
                    continue;
                }
            };
            let key = crate::fold::fold(&alias.text);
            let is_there = spellings.iter().chain([&name.text]).any(|other| crate::fold::fold(other) == key);
            let is_known = self.context.new_only && self.context.catalog.has_name(&alias.text);
            let reason = match (is_there, is_known) {
                (true, _) => Some("a spelling that the entry has already"),
                (_, true) => Some("a spelling that is known already"),
                _ => None,
            };
            match reason {
                Some(reason) => log.part(*line, reason, &alias.text)?,
                None => spellings.extend([alias.text.replace('|', " ")].into_iter().chain(alias.short)),
            }
            if told != Some(*line) {
                log.kind("alias");
                told = Some(*line);
            }
        }
        for (nth, term) in terms.iter().enumerate() {
            let cells = [
                ("id", id.clone()),
                ("kind", if is_person { "person" } else { "body" }.to_owned()),
                ("name", name.text.replace('|', " ")),
                ("aliases", if nth == 0 { spellings.join("|") } else { String::new() }),
                ("code", term.meaning.code.clone().unwrap_or_default()),
                ("sectors", term.meaning.sectors.join(" ")),
                ("since", term.since.clone()),
                ("until", term.until.clone()),
                ("source", format!("{}:{}", self.source, entry.line)),
            ];
            log.row(row(Table::Actors, &cells))?;
        }
        Ok(())
    }
}

/// Leaves out an entry with all its lines.
fn skip_all(log: &mut Log<'_>, entry: &Entry, reason: &str) -> io::Result<()> {
    log.skip(entry.line, reason, &entry.raw)?;
    for (line, _, text) in &entry.lines {
        log.skip(*line, "a line of an entry that was left out", text)?;
    }
    Ok(())
}

/// The contents of brackets; an error with what could be read where the last is not closed.
fn bracketed(text: &str) -> Result<Vec<String>, Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(length) = rest[open..].find(']') else { return Err(found) };
        let code = rest[open + 1..open + length].trim();
        if !code.is_empty() {
            found.push(code.to_owned());
        }
        rest = &rest[open + length + 1..];
    }
    Ok(found)
}
