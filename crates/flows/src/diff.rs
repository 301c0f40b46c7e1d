//! What two runs over the same articles coded differently.
//!
//! Events are told apart by article and trigger. One that only the later run has is gained, one that only the earlier has lost; of one that both
//! have, what differs is named. Only articles that both runs coded are compared.

use std::collections::BTreeMap;

use demarche_records::Event;
use demarche_store::{Run, Store, StoreError};

use crate::corrections::layer_of;
use crate::rows::{RecordError, Rows, Text, event_of};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Only the later run has it.
    Gained,
    /// Only the earlier run has it.
    Lost,
    /// Both have it, and differ.
    Changed,
}

impl Fate {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Changed => "changed",
        }
    }
}

/// An event that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What became of it.
    pub fate: Fate,
    /// The fields that differ, in the order of the record; empty unless changed.
    pub fields: Vec<&'static str>,
    /// As the earlier run has it.
    pub before: Option<Box<Event>>,
    /// As the later run has it.
    pub after: Option<Box<Event>>,
}

impl Change {
    /// Why, as far as the records tell: the rule of the run that has it, or both where they differ.
    pub fn cause(&self) -> String {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) if before.coder.rule != after.coder.rule => {
                format!("{} -> {}", before.coder.rule, after.coder.rule)
            }
            (_, Some(event)) | (Some(event), None) => event.coder.rule.clone(),
            (None, None) => String::new(),
        }
    }

    /// The event, as the run has it that has one; the later where both do.
    pub fn event(&self) -> Option<&Event> {
        self.after.as_deref().or(self.before.as_deref())
    }
}

/// The counts of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// What the two runs were coded with.
    pub runs: [Run; 2],
    /// Articles that both coded.
    pub articles: u64,
    /// Events that are alike.
    pub same: u64,
    /// Gained, lost and changed, by type (the later run's, for changed ones).
    pub types: BTreeMap<(Fate, String), u64>,
    /// Fields that changed.
    pub fields: BTreeMap<&'static str, u64>,
    /// Rules behind the changes, by fate.
    pub causes: BTreeMap<(Fate, String), u64>,
}

impl Difference {
    /// What the runs differ in: names of the parts of their stamps.
    pub fn parts(&self) -> Vec<&'static str> {
        let [one, two] = &self.runs;
        // What differs in the corrections upon it is the same program.
        let program = |run: &Run| layer_of(run).map_or_else(|| run.version.clone(), |(base, _)| base.version);
        let corrections = |run: &Run| layer_of(run).map_or_else(String::new, |(_, number)| number.to_string());
        let (versions, layers) = ([one, two].map(program), [one, two].map(corrections));
        let parts = [
            ("program", &versions[0], &versions[1]),
            ("model", &one.model, &two.model),
            ("ontology", &one.ontology, &two.ontology),
            ("lexicon", &one.lexicon, &two.lexicon),
            ("knowledge", &one.knowledge, &two.knowledge),
            ("corrections", &layers[0], &layers[1]),
        ];
        parts.into_iter().filter(|(_, a, b)| a != b).map(|(name, ..)| name).collect()
    }
}

/// Why runs cannot be compared.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum DiffError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("no run {name} in this store; `demarche query \"SELECT * FROM runs\"` lists them")]
    NoRun { name: String },
    #[error("{name} begins the names of several runs; give more of it")]
    Ambiguous { name: String },
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// Compares two runs, each named by the beginning of its identifier; every change is handed to `each`.
pub fn diff(store: &Store, one: &str, two: &str, each: &mut dyn FnMut(Change)) -> Result<Difference, DiffError> {
    let (one, two) = (find(store, one)?, find(store, two)?);
    let ids = [one.0.as_str(), two.0.as_str()];
    let mut found = Difference { runs: [one.1.clone(), two.1.clone()], ..Difference::default() };
    let both = format!(
        "(SELECT a.article FROM codings a JOIN codings b ON a.article = b.article WHERE a.run = '{}' AND b.run = '{}')",
        ids[0], ids[1]
    );
    for rows in store.rows(&format!("SELECT CAST(count(*) AS VARCHAR) FROM {both}"))? {
        if rows.num_rows() > 0 {
            found.articles = Text::of(&rows, 0).at(0).and_then(|n| n.parse().ok()).unwrap_or(0);
        }
    }
    let of = |run: &str| {
        let sql =
            format!("SELECT article, record FROM events_all WHERE run = '{run}' AND article IN {both} ORDER BY article, id");
        store.query(&sql, &[]).map(|answer| Events(Rows::new(answer)))
    };
    let (mut before, mut after) = (of(ids[0])?, of(ids[1])?);
    let (mut left, mut right) = (before.article()?, after.article()?);
    loop {
        let (a, b) = match (left.take(), right.take()) {
            (None, None) => break,
            (Some(a), Some(b)) if a.0 == b.0 => {
                (left, right) = (before.article()?, after.article()?);
                (a.1, b.1)
            }
            (Some(a), b) if b.as_ref().is_none_or(|b| a.0 < b.0) => {
                (left, right) = (before.article()?, b);
                (a.1, vec![])
            }
            (a, Some(b)) => {
                (left, right) = (a, after.article()?);
                (vec![], b.1)
            }
            (Some(a), None) => {
                left = before.article()?;
                (a.1, vec![])
            }
        };
        compare(a, b, &mut found, each);
    }
    Ok(found)
}

fn find(store: &Store, name: &str) -> Result<(String, Run), DiffError> {
    let known = |c: char| c.is_ascii_hexdigit();
    if name.is_empty() || !name.chars().all(known) {
        return Err(DiffError::NoRun { name: name.to_owned() });
    }
    let sql = format!("SELECT run, version, model, ontology, lexicon, knowledge FROM runs WHERE run LIKE '{name}%'");
    let mut runs = vec![];
    for rows in store.rows(&sql)? {
        let columns = [0, 1, 2, 3, 4, 5].map(|column| Text::of(&rows, column));
        for row in 0..rows.num_rows() {
            let [run, version, model, ontology, lexicon, knowledge] =
                columns.each_ref().map(|column| column.at(row).unwrap_or_default().to_owned());
            runs.push((run, Run { version, model, ontology, lexicon, knowledge }));
        }
    }
    match runs.len() {
        0 => Err(DiffError::NoRun { name: name.to_owned() }),
        1 => Ok(runs.remove(0)),
        _ => Err(DiffError::Ambiguous { name: name.to_owned() }),
    }
}

/// Events article by article.
struct Events(Rows<2>);

type OfArticle = (String, Vec<Event>);

impl Events {
    /// The events of the next article that has some.
    fn article(&mut self) -> Result<Option<OfArticle>, DiffError> {
        let Some(row) = self.0.next() else { return Ok(None) };
        let [article, record] = row?.map(Option::unwrap_or_default);
        let mut events = vec![event_of(&article, &record)?];
        while let Some(row) = self.0.next() {
            let row = row?;
            if row[0].as_deref() != Some(article.as_str()) {
                self.0.put_back(row);
                break;
            }
            let [_, record] = row.map(Option::unwrap_or_default);
            events.push(event_of(&article, &record)?);
        }
        Ok(Some((article, events)))
    }
}

fn compare(before: Vec<Event>, after: Vec<Event>, found: &mut Difference, each: &mut dyn FnMut(Change)) {
    let mut old: BTreeMap<[u32; 2], Vec<Event>> = BTreeMap::new();
    for event in before {
        old.entry(event.spans.trigger).or_default().push(event);
    }
    let mut changes = vec![];
    for event in after {
        let at = event.spans.trigger;
        let twin = old.get_mut(&at).and_then(|events| {
            // Of several events at one word the one of the same type is meant.
            let same = events.iter().position(|old| old.event == event.event).or((!events.is_empty()).then_some(0));
            same.map(|n| events.remove(n))
        });
        match twin {
            None => changes.push((at, Change { fate: Fate::Gained, fields: vec![], before: None, after: Some(Box::new(event)) })),
            Some(twin) => {
                let fields = differing(&twin, &event);
                if fields.is_empty() {
                    found.same += 1;
                } else {
                    changes.push((
                        at,
                        Change { fate: Fate::Changed, fields, before: Some(Box::new(twin)), after: Some(Box::new(event)) },
                    ));
                }
            }
        }
    }
    for (at, events) in old {
        changes.extend(
            events
                .into_iter()
                .map(|event| (at, Change { fate: Fate::Lost, fields: vec![], before: Some(Box::new(event)), after: None })),
        );
    }
    changes.sort_by_key(|(at, change)| (*at, change.fate));
    for (_, change) in changes {
        let kind = change.event().map_or_else(String::new, |event| event.event.clone());
        *found.types.entry((change.fate, kind)).or_default() += 1;
        *found.causes.entry((change.fate, change.cause())).or_default() += 1;
        for field in &change.fields {
            *found.fields.entry(field).or_default() += 1;
        }
        each(change);
    }
}

/// The fields in which two readings of one event differ. Confidence and the coder's stamp are no content; article and identifier are the same.
fn differing(one: &Event, two: &Event) -> Vec<&'static str> {
    // No field can be forgotten: one that is added must be named here.
    let Event {
        id: _,
        article: _,
        event,
        mode,
        context,
        quad_code,
        event_scale,
        act,
        cameo,
        actor,
        recipient,
        status,
        date,
        enddate,
        date_precision,
        date_basis,
        date_text,
        event_loc,
        attribution,
        magnitude,
        text,
        spans,
        confidence: _,
        coder: _,
    } = one;
    let dates = (date, enddate, date_precision, date_basis, date_text);
    let checks = [
        ("event", (event, quad_code) != (&two.event, &two.quad_code)),
        ("mode", *mode != two.mode),
        ("context", *context != two.context),
        ("cameo", *cameo != two.cameo),
        ("act", *act != two.act),
        ("actor", *actor != two.actor),
        ("recipient", *recipient != two.recipient),
        ("status", *status != two.status),
        ("date", dates != (&two.date, &two.enddate, &two.date_precision, &two.date_basis, &two.date_text)),
        ("event_loc", *event_loc != two.event_loc),
        ("attribution", *attribution != two.attribution),
        ("magnitude", *magnitude != two.magnitude),
        ("event_scale", *event_scale != two.event_scale),
        ("spans", (text, spans) != (&two.text, &two.spans)),
    ];
    checks.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
