//! Names by longest match.

use std::collections::BTreeMap;
use std::ops::Range;

use demarche_types::{CountryCode, Deprel, EntityType, LinkBasis, SentenceId, TokenId, Upos};

use super::{Linker, Made, Name, Slot, actor_of};
use crate::base::{AgentKind, BodyKind, CountryForm, Entry};
use crate::fold::{case_fits, shouts};
use crate::index::{Alias, Index};
use crate::{places, tree};

/// Acronyms that are words in a line that shouts.
const SHOUTED_WORDS: &[&str] = &[
    "aids", "am", "an", "as", "care", "da", "is", "it", "ice", "map", "mas", "pa", "pan", "pas", "petra", "sana", "saba", "tap",
    "us", "who",
];

impl Linker<'_, '_, '_> {
    /// Finds every name, settles what ambiguous ones mean, and fills the slots of their heads.
    pub(super) fn find_names(&mut self) {
        for sentence in 0..self.doc.sentences.len() {
            self.sentence_names(SentenceId::from(sentence));
        }
        let certain = self.certain_codes();
        let unit = |name: &&Name| matches!(name.entries.as_slice(), [id] if matches!(self.base.entries[*id as usize], Entry::Country { form: CountryForm::Unit, .. }));
        self.units_named = self.names.iter().filter(unit).count();
        for index in 0..self.names.len() {
            self.order_entries(index, &certain);
            self.fill(index);
        }
    }

    fn sentence_names(&mut self, id: SentenceId) {
        let sentence = &self.doc.sentences[id.index()];
        let shouting = shouts(sentence.span.of(self.doc.text()));
        let end = sentence.tokens.end;
        let mut at = sentence.tokens.start;
        while at < end {
            let Some((tokens, entries)) = self.longest(at, end, shouting) else {
                at += 1;
                continue;
            };
            let head = tree::head_of(self.doc, tokens.clone());
            for token in tokens.clone() {
                self.named[token as usize] = Some(self.names.len());
            }
            at = tokens.end;
            self.names.push(Name { tokens, head, entries });
        }
    }

    /// The longest name that begins at a token and passes every check.
    fn longest(&self, start: u32, end: u32, shouting: bool) -> Option<(Range<u32>, Vec<u32>)> {
        let mut best = None;
        for_each_match(&self.base.names, self.doc, start..end, |tokens, aliases| {
            let text = self.doc.span_of(TokenId(tokens.start), TokenId(tokens.end)).of(self.doc.text());
            let mut entries: Vec<u32> = aliases
                .iter()
                .filter(|a| case_fits(&a.form, text, shouting) && self.may_stand(a, &tokens, text, shouting))
                .map(|a| a.entry)
                .collect();
            entries.dedup();
            if !entries.is_empty() {
                best = Some((tokens, entries));
            }
        });
        best
    }

    /// Whether part of speech and neighbours allow the reading.
    fn may_stand(&self, alias: &Alias, tokens: &Range<u32>, text: &str, shouting: bool) -> bool {
        let doc = self.doc;
        let head = tree::head_of(doc, tokens.clone());
        let upos = doc.token(head).upos;
        let entry = &self.base.entries[alias.entry as usize];
        let single = tokens.len() == 1;
        if single {
            // A word of a longer name is not a name of its own: "Jordan" in "Michael Jordan".
            let run = tree::name_run(doc, head);
            // What stands in a dateline is no part of a name, whatever the parser joins.
            let apart = |t: TokenId| self.in_dateline[t.index()] || self.in_dateline[head.index()];
            let stranger = |t: &TokenId| {
                !tokens.contains(&t.0) && !apart(*t) && doc.token(*t).upos == Upos::Propn && !self.is_title_word(*t)
            };
            if run.len() > 1 && run.iter().any(stranger) {
                return false;
            }
        }
        let of_a_person = || single && self.is_of_a_person(head);
        match entry {
            Entry::Country { form: CountryForm::Capital | CountryForm::Unit, .. } if of_a_person() => return false,
            // A state is seldom anybody's name, so the model must see a person here.
            Entry::Country { form: CountryForm::Name, .. }
                if self.entity(head) == Some(EntityType::Person)
                    && doc.token(head).deprel != Deprel::NmodPoss
                    && of_a_person() =>
            {
                return false;
            }
            _ => {}
        }
        // What a dateline names is places and outlets: "GAO, Mali" is no accountability office.
        if self.in_dateline[head.index()] && !matches!(entry, Entry::Country { .. } | Entry::Body { kind: BodyKind::Media, .. }) {
            return false;
        }
        let acronym = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if shouting
            && single
            && upos != Upos::Propn
            && !text.contains('.')
            && SHOUTED_WORDS.contains(&text.to_lowercase().as_str())
        {
            return false;
        }
        match entry {
            Entry::Country { form: CountryForm::Unit | CountryForm::Capital, .. } | Entry::Person(_) if single => {
                upos == Upos::Propn
            }
            Entry::Country { .. } => {
                matches!(upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X) || (acronym && !shouting) || !single
            }
            // "The Australian minister" is no newspaper.
            Entry::Body { kind: BodyKind::Media, .. }
                if doc.token(TokenId(tokens.end - 1)).deprel == Deprel::Amod
                    && doc.token(TokenId(tokens.end - 1)).head.is_some_and(|h| h.0 >= tokens.end) =>
            {
                false
            }
            // The Liberation of "National Liberation Army" is no newspaper.
            Entry::Body { kind: BodyKind::Media, .. }
                if single
                    && matches!(doc.token(head).deprel, Deprel::Compound | Deprel::Amod)
                    && doc.token(head).head.is_some_and(|h| doc.token(h).upos == Upos::Propn) =>
            {
                false
            }
            _ if single && !acronym => {
                let opens = doc.sentences[doc.sentence_of(head).index()].tokens.start == tokens.start;
                upos == Upos::Propn || (!opens && matches!(upos, Upos::Noun | Upos::X) && !text.chars().all(char::is_lowercase))
            }
            _ => !matches!(upos, Upos::Verb | Upos::Aux) || !single || acronym,
        }
    }

    /// Whether a word is a title ("President", "Mr."), which may stand beside a surname.
    pub(super) fn is_title_word(&self, token: TokenId) -> bool {
        let form = self.doc.form(token);
        let lower = form.trim_end_matches('.').to_lowercase();
        matches!(
            lower.as_str(),
            "mr" | "mrs"
                | "ms"
                | "dr"
                | "sir"
                | "lord"
                | "lady"
                | "gen"
                | "col"
                | "lt"
                | "maj"
                | "capt"
                | "adm"
                | "sgt"
                | "sen"
                | "rep"
                | "gov"
                | "rev"
                | "prof"
                | "pres"
                | "saint"
                | "st"
                | "dame"
                | "baroness"
                | "count"
                | "president-elect"
        ) || !self.base.agents.lookup(form).is_empty()
    }

    /// Whether a word names an office that may stand before a body's name.
    pub(super) fn is_office(&self, token: TokenId) -> bool {
        let office = |a: &Alias| self.base.agent_entries[a.entry as usize].kind == AgentKind::Office;
        self.base.agents.lookup(self.doc.form(token)).iter().any(office)
    }

    /// How often each code is named by names that can mean one thing only.
    fn certain_codes(&self) -> BTreeMap<CountryCode, u32> {
        let mut counts = BTreeMap::new();
        for name in &self.names {
            let mut codes: Vec<CountryCode> = name
                .entries
                .iter()
                .filter_map(|&e| actor_of(self.base, &self.base.entries[e as usize], self.date).code)
                .collect();
            codes.dedup();
            if let [code] = codes.as_slice() {
                *counts.entry(code.clone()).or_insert(0) += 1;
            }
        }
        counts
    }

    /// Puts the likeliest entry of a name first: a whole personal name is a person; otherwise what the
    /// rest of the document speaks of; otherwise the plainest reading.
    fn order_entries(&mut self, index: usize, certain: &BTreeMap<CountryCode, u32>) {
        let name = &self.names[index];
        if name.entries.len() < 2 {
            return;
        }
        let adjective = self.doc.token(name.head).upos == Upos::Adj;
        let flat = tree::name_run(self.doc, name.head).len() > 1;
        let state = |&id: &u32| matches!(self.base.entries[id as usize], Entry::Country { form: CountryForm::Name, .. });
        let is_state = name.entries.iter().any(state);
        let mut ranked: Vec<(u32, u32, usize, u32)> = Vec::new();
        for (order, &id) in name.entries.iter().enumerate() {
            let entry = &self.base.entries[id as usize];
            let kind = match entry {
                Entry::Person(_) if flat => 0,
                Entry::Country { form: CountryForm::Name, .. } => 1 + u32::from(adjective),
                Entry::Country { form: CountryForm::Adjective, .. } => 2 - u32::from(adjective),
                Entry::Country { form: CountryForm::People | CountryForm::Short, .. } => 3,
                Entry::Person(_) => 4,
                Entry::Body { kind: BodyKind::Body, .. } => 5,
                Entry::Country { .. } => 6,
                Entry::Body { kind: BodyKind::Media, .. } => 7,
            };
            let support = actor_of(self.base, entry, self.date).code.and_then(|c| certain.get(&c).copied()).unwrap_or(0);
            // "Georgia" is the state of the Union where what stands before the comma says so, or other states stand by it.
            let is_unit = matches!(entry, Entry::Country { form: CountryForm::Unit, .. });
            let support = if is_unit && is_state && !self.follows_a_comma(name) && self.units_named < 2 { 0 } else { support };
            ranked.push((u32::from(support == 0), kind, order, id));
        }
        ranked.sort_unstable();
        self.names[index].entries = ranked.into_iter().map(|(.., id)| id).collect();
    }

    /// Whether a name stands after another and a comma: "Savannah, Georgia".
    fn follows_a_comma(&self, name: &Name) -> bool {
        let doc = self.doc;
        let sentence = &doc.sentences[doc.sentence_of(name.head).index()].tokens;
        name.tokens.start >= sentence.start + 2
            && doc.form(TokenId(name.tokens.start - 1)) == ","
            && doc.token(TokenId(name.tokens.start - 2)).upos == Upos::Propn
    }

    /// "The North" is a state where the document names it otherwise too.
    pub(super) fn drop_short_forms(&mut self) {
        let form = |base: &crate::base::Base, name: &Name| match &base.entries[name.entries[0] as usize] {
            Entry::Country { code, form, .. } => Some((code.clone(), *form == CountryForm::Short)),
            _ => None,
        };
        let named: Vec<CountryCode> =
            self.names.iter().filter_map(|n| form(self.base, n)).filter(|(_, short)| !short).map(|(code, _)| code).collect();
        for index in 0..self.names.len() {
            if let Some((code, true)) = form(self.base, &self.names[index])
                && !named.contains(&code)
            {
                self.slots[self.names[index].head.index()] = None;
                self.names[index].tokens.clone().for_each(|token| self.named[token as usize] = None);
            }
        }
    }

    /// "Hamid Karzai International Airport" is not he: a person's name inside a longer name that is nobody's.
    pub(super) fn drop_persons_inside_names(&mut self) {
        let doc = self.doc;
        for index in 0..self.names.len() {
            let (head, tokens) = (self.names[index].head, self.names[index].tokens.clone());
            let Some((Entry::Person(_), _)) = self.name_at(head) else { continue };
            let Some(whole) = doc.token(head).head.filter(|whole| whole.0 >= tokens.end && whole.0 < tokens.end + 3) else {
                continue;
            };
            let inside = matches!(doc.token(head).deprel, Deprel::Compound | Deprel::NmodUnmarked)
                && doc.token(whole).upos == Upos::Propn
                && doc.form(whole).starts_with(char::is_uppercase)
                && self.named[whole.index()].is_none()
                && self.base.agents.lookup(doc.form(whole)).is_empty()
                && self.entity(whole) != Some(EntityType::Person);
            if inside {
                self.slots[head.index()] = None;
                self.silent[head.index()] = true;
                tokens.for_each(|token| self.named[token as usize] = None);
            }
        }
    }

    /// "Paris, Texas" is no metonym of France, and "Lebanon, New Hampshire" no state.
    pub(super) fn drop_homonyms_of_capitals(&mut self) {
        for index in 0..self.names.len() {
            let (head, tokens) = (self.names[index].head, self.names[index].tokens.clone());
            let Some((Entry::Country { code, form, .. }, _)) = self.name_at(head) else { continue };
            if !matches!(form, CountryForm::Capital | CountryForm::Name) {
                continue;
            }
            let Some(beside) = places::neighbour_country(self, &tokens, head).filter(|beside| beside != code) else { continue };
            // States stand side by side in lists; only a unit, or a place of that name there, makes one a town.
            let words = self.doc.span_of(TokenId(tokens.start), TokenId(tokens.end)).of(self.doc.text());
            let is_there = || {
                self.base.gazetteers.iter().any(|g| g.lookup(words).iter().any(|r| r.own_name && r.site.country() == beside.0))
            };
            if *form == CountryForm::Capital || places::is_beside_unit(self, &tokens) && is_there() {
                self.slots[head.index()] = None;
                tokens.for_each(|token| self.named[token as usize] = None);
            }
        }
    }

    /// "Police in Georgia", written in Atlanta: where the document's places lie in the unit and none in the state, the unit is meant.
    pub(super) fn settle_units_by_places(&mut self) {
        for index in 0..self.names.len() {
            let entries = &self.names[index].entries;
            let country = |id: u32, wanted: CountryForm| match &self.base.entries[id as usize] {
                Entry::Country { code, form, .. } if *form == wanted => Some(code.clone()),
                _ => None,
            };
            let Some(state) = entries.first().and_then(|&id| country(id, CountryForm::Name)) else { continue };
            let Some((at, owner)) = entries.iter().enumerate().find_map(|(at, &id)| Some((at, country(id, CountryForm::Unit)?)))
            else {
                continue;
            };
            let (head, tokens) = (self.names[index].head, self.names[index].tokens.clone());
            let words = self.doc.span_of(TokenId(tokens.start), TokenId(tokens.end)).of(self.doc.text());
            let unit = self
                .base
                .gazetteers
                .iter()
                .flat_map(|g| g.lookup(words))
                .find(|r| r.own_name && r.site.is_unit() && r.site.country() == owner.0);
            let Some(unit) = unit.map(|r| r.site) else { continue };
            let inside = |p: &demarche_types::PlaceLink| {
                p.place
                    .unit
                    .as_deref()
                    .is_some_and(|code| code.strip_prefix(unit.unit()).is_some_and(|rest| rest.starts_with('.')))
            };
            let abroad = |p: &demarche_types::PlaceLink| {
                p.place.country == state && p.place.precision != demarche_types::PlacePrecision::Country
            };
            if !self.places.iter().any(inside) || self.places.iter().any(abroad) {
                continue;
            }
            self.names[index].entries.swap(0, at);
            self.fill(index);
            let place = unit.place(&self.base.gazetteers);
            if let Some(link) = self.places.iter_mut().find(|p| p.head == head) {
                link.place = place;
                link.basis = demarche_types::PlaceBasis::Document;
            }
        }
    }

    /// The Sudan of "Port Sudan" is a word of the city's name.
    pub(super) fn drop_countries_inside_places(&mut self) {
        for name in &self.names {
            let span = self.doc.span_of(TokenId(name.tokens.start), TokenId(name.tokens.end));
            // Places are ordered by head, and a place's head lies within a few words of any word of its name.
            let from = self.places.partition_point(|p| p.head.0 + 8 < name.tokens.start);
            let near = self.places[from..].iter().take_while(|p| p.head.0 < name.tokens.end + 8);
            // Bodies and persons stand inside a user's own places only.
            if near.into_iter().any(|p| p.span.contains(span) && p.span != span) {
                self.slots[name.head.index()] = None;
            }
        }
    }

    /// "Syrians", "two Chileans" are people; "the Chileans" stand for their state, and "British" before a noun only says whose it is.
    fn is_people(&self, head: TokenId) -> bool {
        let doc = self.doc;
        let attribute = matches!(doc.token(head).deprel, Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked);
        let child = |test: &dyn Fn(TokenId) -> bool| doc.children(head).any(test);
        let the = child(&|c| doc.token(c).deprel == Deprel::Det && doc.form(c).eq_ignore_ascii_case("the"));
        let told = child(&|c| matches!(doc.token(c).deprel, Deprel::Nummod | Deprel::Amod | Deprel::Compound));
        !attribute && (!the || told)
    }

    fn fill(&mut self, index: usize) {
        let name = &self.names[index];
        let Some(&id) = name.entries.first() else { return };
        let entry = &self.base.entries[id as usize];
        let span = self.doc.span_of(TokenId(name.tokens.start), TokenId(name.tokens.end));
        let mut actor = actor_of(self.base, entry, self.date);
        let made = match entry {
            Entry::Country { form, .. } => {
                if *form == CountryForm::People && actor.sectors.is_empty() && self.is_people(name.head) {
                    actor.sectors.push(demarche_types::Sector("CVL".into()));
                }
                Made::Country(*form)
            }
            Entry::Body { .. } => Made::Body,
            Entry::Person(_) => Made::Person,
        };
        let head = name.head.index();
        self.slots[head] =
            Some(Slot { actor, basis: LinkBasis::Alias, span, is_media: Self::is_outlet(entry), made, states: vec![] });
    }
}

/// Calls `each` with every match of an index that begins at the first token of a range, shortest first.
pub(crate) fn for_each_match(
    index: &Index,
    doc: &demarche_types::Document<'_>,
    range: Range<u32>,
    mut each: impl FnMut(Range<u32>, &[Alias]),
) {
    let Some(first) = doc.tokens.get(range.start as usize).filter(|t| tree::is_word(t.span.of(doc.text()))) else { return };
    // Several ways of reading: with a middle initial, and without it ("Gerald R. Ford").
    let mut walks = vec![index.walk()];
    let mut from = first.span.start;
    for token in range.clone() {
        let to = doc.tokens[token as usize].span.end;
        let Some(piece) = doc.text().get(from as usize..to as usize) else { return };
        let form = doc.tokens[token as usize].span.of(doc.text());
        let mut next: Vec<crate::index::Walk> = walks.iter().filter_map(|&walk| index.read(walk, piece)).collect();
        let aliases = next.iter().map(|&walk| index.matches(walk)).find(|found| !found.is_empty()).unwrap_or(&[]);
        // A token of punctuation adds nothing to a name and must not lengthen it; nor does a possessive: "Peru's" is no Perus.
        if tree::is_word(form) && !tree::is_clitic(form) && !aliases.is_empty() {
            each(range.start..token + 1, aliases);
        }
        if token > range.start && is_initial(form) {
            next.extend(walks.iter().filter_map(|&walk| index.read(walk, " ")));
        }
        if next.is_empty() {
            return;
        }
        walks.clear();
        for walk in next {
            if !walks.iter().any(|known| known.stands_with(&walk)) {
                walks.push(walk);
            }
        }
        from = to;
    }
}

/// "R." of "Gerald R. Ford".
fn is_initial(form: &str) -> bool {
    let mut chars = form.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.') && chars.next().is_none()
}
