//! Rows of the tables, made of records.

use std::collections::{BTreeMap, BTreeSet};

use deltalake::arrow::array::RecordBatch;
use demarche_records::{Attribution, Event, Fact, Party, Quote, Record, Reject, Relation};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::StoreError;
use crate::addition::Coding;
use crate::batch::{Batch, Coded, Page, PageStatus, Run};
use crate::cells::{Cell, Rows};
use crate::schema::table;

/// Types of event that two or more parties do together: without a recipient, each is the other's.
pub const MUTUAL: &[&str] = &["AGREE", "CONSULT", "COOPERATE"];

/// All rows of a batch, by table. A new run comes with its place among the runs.
pub(crate) fn of_batch(batch: &Batch, new_run: Option<usize>) -> Result<BTreeMap<&'static str, RecordBatch>, StoreError> {
    let mut sheets = Sheets::new();
    let run = batch.run.id();
    let mut coded_any = false;
    for page in &batch.pages {
        sheets.page(page);
        for coded in &page.articles {
            sheets.article(&page.key, coded);
            if page.status == PageStatus::Coded {
                sheets.coding(&run, &coded.article.id, &coded.records)?;
                coded_any = true;
            }
        }
    }
    if let (Some(position), true) = (new_run, coded_any) {
        sheets.run(&batch.run, position);
    }
    sheets.finish()
}

/// The rows of one table that a store would keep of what a run coded, without a store and in the order of articles and records; none where the table has none.
pub fn rows_of(name: &str, run: &str, articles: &[(String, Vec<Record>)]) -> Result<Option<RecordBatch>, StoreError> {
    let mut sheets = Sheets { only: Some(name), ..Sheets::new() };
    for (article, records) in articles {
        sheets.coding(run, article, records)?;
    }
    sheets.rows.remove(name).map(Rows::finish_as_pushed).transpose()
}

/// Rows of new codings of articles that the store has. New runs get the places from that one on, in their order.
pub(crate) fn of_codings(codings: &[Coding], first: usize) -> Result<BTreeMap<&'static str, RecordBatch>, StoreError> {
    let mut sheets = Sheets::new();
    let mut place = first;
    for coding in codings {
        let id = coding.run.id();
        for (article, records) in &coding.articles {
            sheets.coding(&id, article, records)?;
        }
        if coding.new {
            sheets.run(&coding.run, place);
            place += 1;
        }
    }
    sheets.finish()
}

struct Sheets<'a> {
    rows: BTreeMap<&'static str, Rows>,
    /// The only table that is asked for.
    only: Option<&'a str>,
}

impl Sheets<'_> {
    fn new() -> Self {
        Self { rows: BTreeMap::new(), only: None }
    }

    fn wants(&self, name: &str) -> bool {
        self.only.is_none_or(|only| only == name)
    }

    fn of(&mut self, name: &str) -> &mut Rows {
        let table = table(name).expect("a table of the schema");
        self.rows.entry(table.name).or_insert_with(|| Rows::new(table))
    }

    fn finish(self) -> Result<BTreeMap<&'static str, RecordBatch>, StoreError> {
        let full = self.rows.into_iter().filter(|(_, rows)| !rows.is_empty());
        full.map(|(name, rows)| Ok((name, rows.finish()?))).collect()
    }

    fn page(&mut self, page: &Page) {
        let ids = page.articles.iter().map(|coded| &coded.article.id).chain(&page.repeats);
        let ids: Vec<String> = ids.cloned().collect();
        self.of("sources").push([
            ("key", (&page.key).into()),
            ("fingerprint", (&page.fingerprint).into()),
            ("status", page.status.as_str().into()),
            ("reason", (&page.reason).into()),
            ("next_step", (&page.next_step).into()),
            ("articles", (&ids).into()),
            ("bytes", page.bytes.map(|bytes| bytes as i64).into()),
        ]);
    }

    fn article(&mut self, key: &str, coded: &Coded) {
        let row = &coded.article;
        self.of("articles").push([
            ("id", (&row.id).into()),
            ("key", key.into()),
            ("url", (&row.url).into()),
            ("title", (&row.title).into()),
            ("byline", (&row.byline).into()),
            ("site", (&row.site).into()),
            ("section", (&row.section).into()),
            ("published", row.published.into()),
            ("published_basis", (&row.published_basis).into()),
            ("language", (&row.language).into()),
            ("language_confidence", row.language_confidence.into()),
            ("text", (&row.text).into()),
            ("blocks", (&row.blocks).into()),
            ("origin", (&row.origin).into()),
            ("duplicate_of", (&row.duplicate_of).into()),
            ("near_duplicate_of", (&row.near_duplicate_of).into()),
            ("similarity", row.similarity.into()),
            ("wire", (&row.wire).into()),
            ("words", row.words.map(i64::from).into()),
            ("signature", (&row.signature).into()),
        ]);
        for (position, &[start, end]) in coded.sentences.iter().enumerate() {
            let text: String = row.text.chars().skip(start as usize).take((end.saturating_sub(start)) as usize).collect();
            self.of("sentences").push([
                ("article", (&row.id).into()),
                ("position", (position as i64).into()),
                ("span_start", start.into()),
                ("span_end", end.into()),
                ("text", text.into()),
            ]);
        }
    }

    fn run(&mut self, run: &Run, position: usize) {
        self.of("runs").push([
            ("run", run.id().into()),
            ("version", (&run.version).into()),
            ("model", (&run.model).into()),
            ("ontology", (&run.ontology).into()),
            ("lexicon", (&run.lexicon).into()),
            ("knowledge", (&run.knowledge).into()),
            ("position", (position as i64).into()),
        ]);
    }

    fn coding(&mut self, run: &str, article: &str, records: &[Record]) -> Result<(), StoreError> {
        if self.wants("codings") {
            self.of("codings").push([("article", article.into()), ("run", run.into())]);
        }
        for record in records {
            let of = match record {
                Record::Event(event) => &event.article.id,
                Record::Quote(quote) => &quote.article.id,
                Record::Relation(relation) => &relation.article.id,
                Record::Fact(fact) => &fact.article.id,
                Record::Reject(reject) => &reject.article.id,
            };
            if of != article {
                return Err(StoreError::ForeignRecord { article: article.to_owned(), of: of.clone() });
            }
            let json = serde_json::to_string(record).map_err(|e| StoreError::Record { article: of.clone(), source: e })?;
            match record {
                Record::Event(event) => self.event(run, event, json),
                Record::Quote(quote) => self.quote(run, quote, json),
                Record::Relation(relation) => self.relation(run, relation, json),
                Record::Fact(fact) => self.fact(run, fact, json),
                Record::Reject(reject) => self.reject(run, reject, json),
            }
        }
        Ok(())
    }

    fn event(&mut self, run: &str, event: &Event, json: String) {
        if self.wants("events") {
            self.told(run, event, json);
        }
        if self.wants("event_actors") {
            self.parties(run, event);
        }
        if self.wants("dyads") {
            self.pairs(run, event);
        }
    }

    fn told(&mut self, run: &str, event: &Event, json: String) {
        let place = event.event_loc.as_ref();
        let (actor, recipient) = (event.actor.first(), event.recipient.first());
        let code = |party: Option<&Party>| party.and_then(|party| party.code.clone());
        let sector = |party: Option<&Party>| party.and_then(|party| party.sector.first().cloned());
        let told: Option<&Attribution> = event.attribution.first();
        let sizes = &event.magnitude;
        self.of("events").push([
            ("id", (&event.id).into()),
            ("article", (&event.article.id).into()),
            ("run", run.into()),
            ("event", (&event.event).into()),
            ("mode", (&event.mode).into()),
            ("context", (&event.context).into()),
            ("quad_code", i64::from(event.quad_code).into()),
            ("event_scale", event.event_scale.into()),
            ("act", (&event.act).into()),
            ("cameo", (&event.cameo).into()),
            ("status", word(&event.status).into()),
            ("date", event.date.into()),
            ("enddate", event.enddate.into()),
            ("date_precision", event.date_precision.as_ref().map(word).into()),
            ("date_basis", word(&event.date_basis).into()),
            ("place_name", place.map(|place| place.name.clone()).into()),
            ("place_country", place.and_then(|place| place.country.clone()).into()),
            ("place_admin1", place.and_then(|place| place.admin1.clone()).into()),
            ("lat", place.and_then(|place| place.lat).into()),
            ("lon", place.and_then(|place| place.lon).into()),
            ("geonames", place.and_then(|place| place.geonames).map(i64::from).into()),
            ("place_precision", place.map(|place| word(&place.precision)).into()),
            ("confidence", event.confidence.into()),
            ("dead", sizes.dead.into()),
            ("injured", sizes.injured.into()),
            ("size", sizes.size.into()),
            ("missing", sizes.missing.into()),
            ("arrested", sizes.arrested.into()),
            ("kidnapped", sizes.kidnapped.into()),
            ("displaced", sizes.displaced.into()),
            ("troops", sizes.troops.into()),
            ("money", sizes.money.into()),
            ("currency", (&sizes.currency).into()),
            ("actor1_code", code(actor).into()),
            ("actor1_sector", sector(actor).into()),
            ("recipient1_code", code(recipient).into()),
            ("recipient1_sector", sector(recipient).into()),
            ("speaker", told.and_then(|told| told.speaker.clone()).into()),
            ("speaker_code", told.and_then(|told| told.speaker_code.clone()).into()),
            ("via", told.and_then(|told| told.via.clone()).into()),
            ("published", event.article.published.into()),
            ("outlet", (&event.article.source).into()),
            ("text", (&event.text).into()),
            ("span_start", event.spans.sentence[0].into()),
            ("span_end", event.spans.sentence[1].into()),
            ("rule", (&event.coder.rule).into()),
            ("record", json.into()),
        ]);
    }

    fn parties(&mut self, run: &str, event: &Event) {
        for (role, parties) in [("actor", &event.actor), ("recipient", &event.recipient)] {
            for (position, party) in parties.iter().enumerate() {
                self.of("event_actors").push([
                    ("event", (&event.id).into()),
                    ("article", (&event.article.id).into()),
                    ("run", run.into()),
                    ("role", role.into()),
                    ("position", (position as i64).into()),
                    ("code", (&party.code).into()),
                    ("sectors", (&party.sector).into()),
                    ("text", (&party.entity_text).into()),
                    ("identifier_id", (&party.identifier_id).into()),
                    ("identifier_text", (&party.identifier_text).into()),
                    ("office", (&party.office).into()),
                    ("basis", word(&party.basis).into()),
                    ("span_start", party.span[0].into()),
                    ("span_end", party.span[1].into()),
                ]);
            }
        }
    }

    fn pairs(&mut self, run: &str, event: &Event) {
        for (actor, recipient, mutual) in dyads(event) {
            self.of("dyads").push([
                ("actor", actor.into()),
                ("recipient", recipient.map(str::to_owned).into()),
                ("mutual", mutual.into()),
                ("event", (&event.id).into()),
                ("article", (&event.article.id).into()),
                ("run", run.into()),
                ("event_type", (&event.event).into()),
                ("quad_code", i64::from(event.quad_code).into()),
                ("event_scale", event.event_scale.into()),
                ("status", word(&event.status).into()),
                ("date", event.date.into()),
                ("enddate", event.enddate.into()),
                ("date_precision", event.date_precision.as_ref().map(word).into()),
                ("outlet", (&event.article.source).into()),
            ]);
        }
    }

    fn quote(&mut self, run: &str, quote: &Quote, json: String) {
        self.of("quotes").push([
            ("id", (&quote.id).into()),
            ("article", (&quote.article.id).into()),
            ("run", run.into()),
            ("speaker", (&quote.speaker).into()),
            ("speaker_code", (&quote.speaker_code).into()),
            ("via", (&quote.via).into()),
            ("cue", (&quote.cue).into()),
            ("denied", quote.denied.into()),
            ("kind", word(&quote.kind).into()),
            ("text", (&quote.text).into()),
            ("span_start", quote.span[0].into()),
            ("span_end", quote.span[1].into()),
            ("events", Cell::Texts(quote.events.iter().map(|id| id.0.to_string()).collect())),
            ("published", quote.article.published.into()),
            ("outlet", (&quote.article.source).into()),
            ("record", json.into()),
        ]);
    }

    fn relation(&mut self, run: &str, relation: &Relation, json: String) {
        // Relations carry no identifier of their own; their content names them.
        let id = format!("{:016x}", xxh3_64(json.as_bytes()));
        self.of("relations").push([
            ("id", id.into()),
            ("article", (&relation.article.id).into()),
            ("run", run.into()),
            ("subject_code", (&relation.subject.code).into()),
            ("subject_text", (&relation.subject.entity_text).into()),
            ("subject_id", (&relation.subject.identifier_id).into()),
            ("relation", word(&relation.relation).into()),
            ("object_code", (&relation.object.code).into()),
            ("object_text", (&relation.object.entity_text).into()),
            ("object_id", (&relation.object.identifier_id).into()),
            ("since", relation.since.into()),
            ("until", relation.until.into()),
            ("text", (&relation.evidence.text).into()),
            ("span_start", relation.evidence.span[0].into()),
            ("span_end", relation.evidence.span[1].into()),
            ("record", json.into()),
        ]);
    }

    fn fact(&mut self, run: &str, fact: &Fact, json: String) {
        self.of("facts").push([
            ("id", (&fact.id).into()),
            ("article", (&fact.article.id).into()),
            ("run", run.into()),
            ("subject_code", (&fact.subject.code).into()),
            ("subject_text", (&fact.subject.entity_text).into()),
            ("measure", (&fact.measure).into()),
            ("value", fact.value.0.into()),
            ("low", fact.low.into()),
            ("high", fact.high.into()),
            ("hedge", fact.hedge.as_ref().map(word).into()),
            ("unit", (&fact.unit).into()),
            ("kind", fact.kind.as_ref().map(word).into()),
            ("text", (&fact.text).into()),
            ("span_start", fact.span[0].into()),
            ("span_end", fact.span[1].into()),
            ("record", json.into()),
        ]);
    }

    fn reject(&mut self, run: &str, reject: &Reject, json: String) {
        self.of("rejects").push([
            ("id", (&reject.id).into()),
            ("article", (&reject.article.id).into()),
            ("run", run.into()),
            ("reason", (&reject.reason).into()),
            ("detail", (&reject.detail).into()),
            ("rule", (&reject.rule).into()),
            ("text", (&reject.text).into()),
            ("span_start", reject.span[0].into()),
            ("span_end", reject.span[1].into()),
            ("record", json.into()),
        ]);
    }
}

/// Pairs of codes of an event: every actor with every recipient; of a mutual event without a recipient every two
/// actors, both ways; else every actor with nobody.
pub(crate) fn dyads(event: &Event) -> Vec<(&str, Option<&str>, bool)> {
    fn codes(parties: &[Party]) -> BTreeSet<&str> {
        parties.iter().filter_map(|party| party.code.as_deref()).collect()
    }
    let (actors, recipients) = (codes(&event.actor), codes(&event.recipient));
    if !recipients.is_empty() {
        let pairs = actors.iter().flat_map(|actor| recipients.iter().map(move |recipient| (*actor, Some(*recipient), false)));
        return pairs.collect();
    }
    if event.recipient.is_empty() && actors.len() > 1 && MUTUAL.contains(&event.event.as_str()) {
        let pairs = actors.iter().flat_map(|one| actors.iter().map(move |other| (*one, Some(*other), true)));
        return pairs.filter(|(one, other, _)| Some(*one) != *other).collect();
    }
    actors.into_iter().map(|actor| (actor, None, false)).collect()
}

/// The word that stands for a variant in a record.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
