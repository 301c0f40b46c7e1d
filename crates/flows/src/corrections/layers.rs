//! Layers: runs that hold corrected codings, on top of the run that the program coded with.
//!
//! The first layer of a run has the corrected codings of its articles; what is corrected in one of these again goes to the second, and so on, as the
//! coding of an article by a run is written once. So there are as many layers as the most corrected article has had corrections.

use std::collections::{BTreeMap, BTreeSet};

use demarche_records::Record;
use demarche_store::{Addition, CodedArticles, Rows, Run, Store, StoreError, arrow};

use super::apply::{self, Group};
use super::{Correction, CorrectionError, list, unreadable};

use arrow::array::RecordBatch;

/// What parts the version of the program from the number of the layer.
pub const LAYER: &str = "+corrected.";

/// Tables of records.
const TABLES: [&str; 5] = ["events", "quotes", "relations", "facts", "rejects"];

/// The number of the layer that a run is, with the run that it lies upon; none of a run that is no layer.
pub fn layer_of(run: &Run) -> Option<(Run, u32)> {
    let (version, number) = run.version.rsplit_once(LAYER)?;
    Some((Run { version: version.to_owned(), ..run.clone() }, number.parse().ok()?))
}

/// The first layer upon a run.
pub(crate) fn first_upon(run: &Run) -> Run {
    upon(run, 1)
}

fn upon(run: &Run, number: u32) -> Run {
    Run { version: format!("{}{LAYER}{number}", run.version), ..run.clone() }
}

/// The runs of a store.
#[derive(Debug)]
pub(crate) struct Layers {
    runs: BTreeMap<String, Known>,
}

#[derive(Debug)]
struct Known {
    run: Run,
    /// Its place; of several that coded an article the one with the greatest counts.
    place: i64,
    /// The run that it lies upon, and its number; of a run that is no layer, itself and 0.
    base: String,
    number: u32,
}

impl Layers {
    pub(crate) fn read(store: &Store) -> Result<Self, StoreError> {
        let sql = "SELECT r.run, r.version, r.model, r.ontology, r.lexicon, r.knowledge, p.place FROM runs r JOIN \
                   (SELECT run, max(position) AS place FROM (SELECT run, position FROM runs UNION ALL SELECT run, position FROM uses) \
                   GROUP BY run) p ON r.run = p.run";
        let mut runs = BTreeMap::new();
        for row in store.strings::<7>(sql)? {
            let [id, version, model, ontology, lexicon, knowledge, place] = row.map(Option::unwrap_or_default);
            let run = Run { version, model, ontology, lexicon, knowledge };
            let (base, number) = layer_of(&run).map_or_else(|| (id.clone(), 0), |(base, number)| (base.id(), number));
            runs.insert(id, Known { run, place: place.parse().unwrap_or(0), base, number });
        }
        Ok(Self { runs })
    }

    /// Of some runs the one that counts, as the views of the store have it.
    fn last<'a>(&'a self, runs: impl Iterator<Item = &'a String>) -> Option<(&'a String, &'a Known)> {
        runs.filter_map(|id| self.runs.get_key_value(id)).max_by_key(|(id, known)| (known.place, *id))
    }

    /// The run that counts where several coded an article, without regard to layers, and its place.
    pub(crate) fn current(&self) -> Option<(&str, i64)> {
        let bases = self.runs.iter().filter(|(_, known)| known.number == 0);
        bases.max_by_key(|(id, known)| (known.place, *id)).map(|(id, known)| (id.as_str(), known.place))
    }

    /// A run and its layers, the lowest first.
    fn family(&self, base: &str) -> Vec<&str> {
        let mut family: Vec<(u32, &str)> =
            self.runs.iter().filter(|(_, known)| known.base == base).map(|(id, known)| (known.number, id.as_str())).collect();
        family.sort_unstable();
        family.into_iter().map(|(_, id)| id).collect()
    }
}

/// Makes a run count again with its layers, if a run came later that is none of them; gives the rows of `uses` that do it.
pub(crate) fn lift(store: &Store, base: &str) -> Result<Option<RecordBatch>, StoreError> {
    let layers = Layers::read(store)?;
    let others = layers.runs.values().filter(|known| known.base != base).map(|known| known.place).max();
    let own = layers.runs.get(base).map(|known| known.place);
    if own.is_none() || others < own {
        return Ok(None);
    }
    let most = layers.runs.values().map(|known| known.place).max().unwrap_or(0);
    let mut rows = Rows::of("uses")?;
    for (place, run) in (most + 1..).zip(layers.family(base)) {
        rows.push([("run", run.into()), ("position", place.into())]);
    }
    rows.finish().map(Some)
}

/// The event whose identifier begins so, with its article: one that counts, or that counted before it was rejected.
pub(super) fn find(store: &Store, id: &str) -> Result<(String, String), CorrectionError> {
    let none = || CorrectionError::NoEvent { id: id.to_owned() };
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(none());
    }
    let sql = format!("SELECT id, article, run FROM events_all WHERE id LIKE '{id}%'");
    let found: Vec<[String; 3]> = store.strings::<3>(&sql)?.into_iter().map(|row| row.map(Option::unwrap_or_default)).collect();
    let layers = Layers::read(store)?;
    let articles = found.iter().map(|[_, article, _]| article.clone()).collect();
    let coded = codings(store, &layers, &articles, None)?;
    let counts = |[_, article, run]: &[String; 3]| {
        let base = |run: &String| layers.runs.get(run).map(|known| &known.base);
        coded.get(article).is_some_and(|coded| base(run) == Some(&coded.base))
    };
    let known: BTreeSet<(String, String)> =
        found.into_iter().filter(counts).map(|[event, article, _]| (event, article)).collect();
    let exact = known.iter().find(|(event, _)| event == id);
    match (exact, known.len()) {
        (Some(one), _) => Ok(one.clone()),
        (None, 0 | 1) => known.into_iter().next().ok_or_else(none),
        (None, _) => Err(CorrectionError::Ambiguous { id: id.to_owned() }),
    }
}

/// By what an article was coded.
struct CodedBy {
    base: String,
    /// The run whose coding counts among those of the base and its layers.
    top: String,
    /// Number of the highest layer that has the article.
    highest: u32,
}

/// By what some articles were coded: as it counts, or by a run and its layers.
fn codings(
    store: &Store,
    layers: &Layers,
    articles: &BTreeSet<String>,
    base: Option<&str>,
) -> Result<BTreeMap<String, CodedBy>, StoreError> {
    if articles.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut runs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in store.strings::<2>(&format!("SELECT article, run FROM codings WHERE article IN ({})", list(articles)))? {
        let [article, run] = row.map(Option::unwrap_or_default);
        runs.entry(article).or_default().push(run);
    }
    let coded = |runs: &Vec<String>| {
        let base = match base {
            Some(base) => base.to_owned(),
            None => layers.last(runs.iter())?.1.base.clone(),
        };
        let own = |run: &&String| layers.runs.get(*run).is_some_and(|known| known.base == base);
        let top = layers.last(runs.iter().filter(own))?.0.clone();
        let numbers = runs.iter().filter(own).filter_map(|run| layers.runs.get(run)).map(|known| known.number);
        let highest = numbers.max().unwrap_or(0);
        Some(CodedBy { base, top, highest })
    };
    Ok(runs.iter().filter_map(|(article, runs)| Some((article.clone(), coded(runs)?))).collect())
}

/// An article as the program coded it, with the corrections of its events.
#[derive(Debug)]
pub(super) struct Of {
    pub(super) article: String,
    pub(super) text: String,
    /// The run that coded it, without layers.
    pub(super) base: String,
    /// The run whose coding counts.
    top: String,
    highest: u32,
    /// As coded.
    pub(super) records: Vec<Record>,
    pub(super) groups: Vec<Group>,
}

impl Of {
    pub(super) fn one(store: &Store, article: &str, corrections: &[Correction]) -> Result<Self, CorrectionError> {
        let layers = Layers::read(store)?;
        let found = Self::many(store, &layers, &BTreeSet::from([article.to_owned()]), corrections, None)?;
        found.into_iter().next().ok_or_else(|| unreadable(article, "it was not coded"))
    }

    /// Some articles, in their order; those that were not coded, or not by that run, are left out.
    pub(super) fn many(
        store: &Store,
        layers: &Layers,
        articles: &BTreeSet<String>,
        corrections: &[Correction],
        base: Option<&str>,
    ) -> Result<Vec<Self>, CorrectionError> {
        let coded = codings(store, layers, articles, base)?;
        let wanted = coded.iter().map(|(article, coded)| (article.clone(), coded.base.clone())).collect();
        let mut records = records(store, &wanted)?;
        let mut texts = texts(store, &wanted)?;
        let of = coded.into_iter().map(|(article, coded)| {
            let records = records.remove(&article).unwrap_or_default();
            let own = corrections.iter().filter(|correction| correction.article == article).cloned().collect();
            let groups = apply::groups(&records, own);
            let text = texts.remove(&article).unwrap_or_default();
            Self { article, text, base: coded.base, top: coded.top, highest: coded.highest, records, groups }
        });
        Ok(of.collect())
    }
}

fn texts(store: &Store, articles: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, StoreError> {
    if articles.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!("SELECT id, text FROM articles WHERE id IN ({})", list(&articles.keys().cloned().collect()));
    let rows = store.strings::<2>(&sql)?.into_iter();
    Ok(rows.map(|row| row.map(Option::unwrap_or_default)).map(|[id, text]| (id, text)).collect())
}

/// The records of some articles, each by a run.
fn records(store: &Store, wanted: &BTreeMap<String, String>) -> Result<BTreeMap<String, Vec<Record>>, CorrectionError> {
    let mut found: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(found);
    }
    let runs: BTreeSet<String> = wanted.values().cloned().collect();
    let (articles, runs) = (list(&wanted.keys().cloned().collect()), list(&runs));
    for table in TABLES {
        let sql = format!(
            "SELECT article, run, record FROM {table}_all WHERE article IN ({articles}) AND run IN ({runs}) ORDER BY article, id"
        );
        for row in store.strings::<3>(&sql)? {
            let [article, run, record] = row.map(Option::unwrap_or_default);
            if wanted.get(&article) == Some(&run) {
                let record = Record::read(&record).map_err(|error| unreadable(&article, error))?;
                found.entry(article).or_default().push(record);
            }
        }
    }
    Ok(found)
}

/// Codings that are to be written.
#[derive(Debug, Default)]
pub(super) struct Plan {
    codings: BTreeMap<u32, BTreeMap<String, (Run, CodedArticles)>>,
    /// Clusters of events that stay as they are: cluster, event, article, run, reason, score.
    clusters: Vec<[Option<String>; 6]>,
}

impl Plan {
    /// What is to be written so that the articles are as their corrections have it.
    pub(super) fn of(store: &Store, layers: &Layers, articles: &[Of]) -> Result<Self, CorrectionError> {
        let layered = articles.iter().filter(|of| of.top != of.base);
        let tops = layered.map(|of| (of.article.clone(), of.top.clone())).collect();
        let now = records(store, &tops)?;
        let mut plan = Self::default();
        // Of articles that get a layer: the run that counts now, the layer, and the events that stay as they are.
        let mut moved: BTreeMap<&str, (&str, String, BTreeSet<String>)> = BTreeMap::new();
        for of in articles {
            let wanted = apply::coding(&of.records, &of.groups, &of.text);
            let now = if of.top == of.base { Some(of.records.as_slice()) } else { now.get(&of.article).map(Vec::as_slice) };
            let (before, after) = (lines(&of.article, now.unwrap_or_default())?, lines(&of.article, &wanted)?);
            if before == after {
                continue;
            }
            let Some(base) = layers.runs.get(&of.base) else { continue };
            let place = layers.runs.get(&of.top).map_or(0, |known| known.place);
            // A new run takes its place after all others.
            let counts = |run: &Run| layers.runs.get(&run.id()).is_none_or(|known| known.place > place);
            let free = (of.highest + 1..).map(|number| (number, upon(&base.run, number))).find(|(_, run)| counts(run));
            let Some((number, run)) = free else { continue };
            let stay = before.intersection(&after).filter_map(|(id, _)| id.clone()).collect();
            moved.insert(&of.article, (&of.top, run.id(), stay));
            let coding = plan.codings.entry(number).or_default().entry(run.id()).or_insert_with(|| (run, vec![]));
            coding.1.push((of.article.clone(), wanted));
        }
        if !moved.is_empty() {
            let ids = list(&moved.keys().map(|article| (*article).to_owned()).collect());
            let sql =
                format!("SELECT cluster_id, event, article, run, reason, score FROM event_clusters_all WHERE article IN ({ids})");
            for [cluster, event, article, run, reason, score] in store.strings::<6>(&sql)? {
                let Some((top, layer, stay)) = article.as_deref().and_then(|article| moved.get(article)) else { continue };
                if run.as_deref() == Some(*top) && event.as_ref().is_some_and(|event| stay.contains(event)) {
                    plan.clusters.push([cluster, event, article, Some(layer.clone()), reason, score]);
                }
            }
        }
        Ok(plan)
    }

    /// How many articles get a layer.
    pub(super) fn articles(&self) -> usize {
        self.codings.values().flat_map(BTreeMap::values).map(|(_, articles)| articles.len()).sum()
    }

    /// The layers, the lowest first.
    pub(super) fn runs(&self) -> impl Iterator<Item = &Run> {
        self.codings.values().flat_map(BTreeMap::values).map(|(run, _)| run)
    }

    /// All that is to be written in one commit, with some rows beside it.
    pub(super) fn addition(self, mut rows: Vec<(&'static str, RecordBatch)>) -> Result<Addition, StoreError> {
        if !self.clusters.is_empty() {
            let mut joined = Rows::of("event_clusters")?;
            for [cluster, event, article, run, reason, score] in self.clusters {
                joined.push([
                    ("cluster_id", cluster.into()),
                    ("event", event.into()),
                    ("article", article.into()),
                    ("run", run.into()),
                    ("reason", reason.into()),
                    ("score", score.and_then(|score| score.parse::<f64>().ok()).into()),
                ]);
            }
            rows.push(("event_clusters", joined.finish()?));
        }
        let codings = self.codings.into_values().flat_map(BTreeMap::into_values).collect();
        Ok(Addition { codings, rows })
    }
}

/// Records as they are written, whatever their order; events with their identifiers.
fn lines(article: &str, records: &[Record]) -> Result<BTreeSet<(Option<String>, String)>, CorrectionError> {
    let line = |record: &Record| {
        let id = if let Record::Event(event) = record { Some(event.id.clone()) } else { None };
        serde_json::to_string(record).map(|line| (id, line)).map_err(|error| unreadable(article, error))
    };
    records.iter().map(line).collect()
}
