//! Datelines: "CAIRO (Reuters) —" says where a report was written. Its place acts in nothing.

use std::ops::Range;

use demarche_types::{CountryCode, TokenId, Upos};

use super::{Linker, Made, is_calendar};
use crate::base::Entry;
use crate::fold::shouts;
use crate::tree;

/// A dateline is over after so many words.
const LONGEST: u32 = 16;

impl Linker<'_, '_, '_> {
    /// Finds the dateline of every sentence that opens the article or a block.
    pub(super) fn find_datelines(&mut self) {
        for index in 0..self.doc.sentences.len() {
            if (index == 0 || self.doc.sentences[index].opens_block)
                && let Some(tokens) = self.dateline(index)
            {
                tokens.clone().for_each(|t| self.in_dateline[t as usize] = true);
                self.datelines.push(tokens);
            }
        }
    }

    /// Takes the actor links of datelines away and keeps their countries, one a dateline. Outlets stay.
    pub(super) fn silence_datelines(&mut self) {
        for tokens in self.datelines.clone() {
            let mut country: Option<CountryCode> = None;
            for index in tokens.map(|t| t as usize) {
                let token = TokenId::from(index);
                if self.slots[index].as_ref().is_some_and(|s| s.is_media) {
                    continue;
                }
                let slot = self.slots[index].take();
                let named = slot.filter(|s| matches!(s.made, Made::Country(_))).and_then(|s| s.actor.code);
                country = country.or_else(|| self.place(token).map(|p| p.place.country.clone())).or(named);
                self.silent[index] = true;
            }
            self.dateline_countries.extend(country);
        }
    }

    /// The tokens of a sentence's dateline: a place, perhaps a country, a date and an agency, then a dash; after
    /// capitals a colon will do.
    fn dateline(&self, sentence: usize) -> Option<Range<u32>> {
        let doc = self.doc;
        let sentence = &doc.sentences[sentence];
        let all = sentence.tokens.clone();
        let form = |t: u32| doc.form(TokenId(t));
        let apart = |t: u32| t > all.start && doc.tokens[t as usize - 1].span.end < doc.tokens[t as usize].span.start;
        let joins = |t: u32| form(t) == "-" && !apart(t);
        let mut at = all.start;
        while at < all.end && at < all.start + 6 && (self.may_be_dateline_word(TokenId(at)) || at > all.start && joins(at)) {
            at += 1;
        }
        let place = all.start..at;
        if place.is_empty() {
            return None;
        }
        let (mut dated, mut agency, mut depth) = (false, false, 0_i32);
        let mut colon = false;
        loop {
            if at >= all.end || at > all.start + LONGEST {
                return None;
            }
            let (word, token) = (form(at), doc.token(TokenId(at)));
            let inner = depth > 0;
            match word {
                "—" | "–" | "―" | "--" | "---" => break,
                "-" if apart(at) => break,
                ":" => {
                    colon = true;
                    break;
                }
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                "," | "." | "/" => {}
                _ if is_calendar(word) => dated = true,
                _ if token.upos == Upos::Num || word.starts_with(|c: char| c.is_ascii_digit()) => {}
                _ if self.name_is_outlet(word) => agency |= inner,
                _ if inner || word.starts_with(char::is_uppercase) => {}
                _ => return None,
            }
            at += 1;
        }
        let text = doc.span_of(TokenId(place.start), TokenId(place.end)).of(doc.text());
        let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            && text.chars().count() > 2
            && !shouts(sentence.span.of(doc.text()));
        let opens = (at + 1..all.end).map(form).find(|w| tree::is_word(w)).is_none_or(|w| w.starts_with(char::is_uppercase));
        let known = self.names_a_place(text);
        let holds = if colon { capitals && known } else { dated || agency || known && (capitals || opens) };
        holds.then_some(all.start..at)
    }

    fn may_be_dateline_word(&self, token: TokenId) -> bool {
        let form = self.doc.form(token);
        form.starts_with(char::is_uppercase)
            && !is_calendar(form)
            && (self.doc.token(token).upos == Upos::Propn || form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase))
    }

    fn name_is_outlet(&self, word: &str) -> bool {
        self.base.names.lookup(word).iter().any(|a| Self::is_outlet(&self.base.entries[a.entry as usize]))
    }

    fn names_a_place(&self, text: &str) -> bool {
        let country = |id: u32| matches!(self.base.entries[id as usize], Entry::Country { .. });
        self.base.gazetteers.iter().any(|g| !g.lookup(text).is_empty())
            || self.base.names.lookup(text).iter().any(|a| country(a.entry))
    }
}
