//! Agents: phrases, their plurals, and sets of words that stand for each other.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::super::row;
use super::super::{Context, Log};
use super::{bracketed, codes};
use crate::catalog::Catalog;
use crate::overlay::Table;

/// The sets of a dictionary, and the phrases that it has had so far.
pub(super) struct Agents {
    sets: BTreeMap<String, Vec<String>>,
    /// Kinds of the phrases that ship.
    kinds: BTreeMap<String, String>,
    seen: BTreeSet<String>,
}

impl Agents {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut kinds = BTreeMap::new();
        for row in catalog.rows().iter().filter(|row| row.table == Table::Agents && row.cell("kind") != "portfolio") {
            kinds.entry(row.cell("phrase").to_owned()).or_insert_with(|| row.cell("kind").to_owned());
        }
        Self { sets: BTreeMap::new(), kinds, seen: BTreeSet::new() }
    }

    /// Whether a line names the words of a set, which are then known.
    pub(super) fn is_set(&mut self, content: &str) -> bool {
        let Some((name, words)) = content.split_once('=') else { return false };
        let name = name.trim();
        let is_name = name.len() > 2 && name.starts_with('!') && name.ends_with('!');
        if is_name {
            let words = words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
            self.sets.insert(name.trim_matches('!').to_owned(), words);
        }
        is_name
    }

    /// Whether a set is named in a text.
    pub(super) fn has_set(&self, text: &str) -> bool {
        self.sets.keys().any(|name| text.contains(&format!("!{name}!")))
    }

    /// Reads the line of an agent: what stands before its code, and the code.
    pub(super) fn read(
        &mut self,
        log: &mut Log<'_>,
        context: Context<'_>,
        line: u64,
        source: &str,
        before: &str,
        code: &str,
    ) -> io::Result<()> {
        let content = format!("{before}{code}");
        let Some(code) = bracketed(code).ok().and_then(|codes| codes.into_iter().next()) else {
            let reason = if code.is_empty() { "a phrase without a code" } else { "a bracket that is not closed" };
            return log.skip(line, reason, &content);
        };
        let meaning = match codes::read(code.trim_start_matches('~'), true, context.catalog) {
            Ok(meaning) => meaning,
            Err(reason) => return log.skip(line, reason, &content),
        };
        if meaning.sectors.is_empty() {
            return log.skip(line, "a code without a sector", &content);
        }
        for part in &meaning.unknown {
            log.part(line, "a part of a code that is not known", &format!("{part} in {code}"))?;
        }
        let (phrase, plural) =
            before.split_once('{').map_or((before, ""), |(phrase, rest)| (phrase, rest.trim_end().trim_end_matches('}')));
        let mut phrases = match self.expanded(phrase) {
            Ok(phrases) => phrases,
            Err(set) => return log.skip(line, "a set that has no words", &set),
        };
        match self.expanded(plural) {
            Ok(plurals) => phrases.extend(plurals),
            Err(set) => log.part(line, "a set that has no words", &set)?,
        }
        let phrases: Vec<String> = phrases.iter().map(|phrase| plain(phrase)).filter(|phrase| !phrase.is_empty()).collect();
        if phrases.iter().any(|phrase| phrase.contains('\u{fffd}')) {
            return log.skip(line, "damaged characters", &content);
        }
        let mut written = 0;
        let mut reason = "no letters";
        for phrase in &phrases {
            let key = crate::fold::fold(phrase);
            let known = context.new_only && context.catalog.has_phrase(phrase);
            if key.is_empty() || known || !self.seen.insert(key) {
                reason = if known { "a phrase that is known already" } else { "a phrase that stood before" };
                continue;
            }
            let cells = [
                ("phrase", phrase.clone()),
                ("sectors", meaning.sectors.join(" ")),
                ("kind", self.kind(phrase)),
                ("source", source.to_owned()),
            ];
            log.row(row(Table::Agents, &cells))?;
            written += 1;
        }
        if written == 0 {
            return log.skip(line, reason, &content);
        }
        log.kind("entry");
        if written < phrases.len() {
            log.part(line, reason, &content)?;
        }
        Ok(())
    }

    /// A text with each word of the first set in its place, and so on for further sets. The error is a set without words.
    fn expanded(&self, text: &str) -> Result<Vec<String>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(vec![]);
        }
        let mut parts = text.splitn(3, '!');
        let (Some(before), Some(name), Some(after)) = (parts.next(), parts.next(), parts.next()) else {
            return Ok(vec![text.to_owned()]);
        };
        // A set inside a longer word is the word's own letters, which were taken for the set: "AD!MINIST!RATIVE".
        if after.starts_with(char::is_alphabetic) {
            return self.expanded(&format!("{before}{name}{after}"));
        }
        let words = self.sets.get(name).filter(|words| !words.is_empty()).ok_or_else(|| format!("!{name}!"))?;
        let mut out = Vec::new();
        for rest in self.expanded(after)?.into_iter().chain(after.trim().is_empty().then(String::new)) {
            // Words run on or not as the line has it.
            let gap = if after.starts_with([' ', '_']) { " " } else { "" };
            out.extend(words.iter().map(|word| format!("{before}{word}{gap}{rest}")));
        }
        Ok(out)
    }

    /// What a phrase is: as the tables that ship have it, or its longest end or beginning that they have.
    fn kind(&self, phrase: &str) -> String {
        let words: Vec<&str> = phrase.split(' ').collect();
        let ends = (0..words.len()).map(|from| words[from..].join(" "));
        let heads = words.iter().position(|word| matches!(*word, "of" | "for" | "in")).map(|at| words[..at].join(" "));
        let known = heads.into_iter().chain(ends).find_map(|part| self.kind_of(&part));
        known.unwrap_or_else(|| "group".to_owned())
    }

    fn kind_of(&self, phrase: &str) -> Option<String> {
        let word = match phrase {
            "minister" | "ministers" => return Some("office".to_owned()),
            "ministry" | "ministries" => return Some("institution".to_owned()),
            phrase => phrase,
        };
        self.kinds.get(word).or_else(|| self.kinds.get(word.strip_suffix('s')?)).cloned()
    }
}

/// A phrase in small letters, with single spaces.
fn plain(phrase: &str) -> String {
    let spaced = phrase.replace('_', " ").to_lowercase();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches(',').to_owned()
}
