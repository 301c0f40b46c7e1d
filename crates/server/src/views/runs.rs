//! What was taken in and what coded it: runs, sources, coverage, rejects, differences.

use demarche_flows::{corrections, diff};
use demarche_index::filter::EVENT_FIELDS;
use demarche_index::pages::Order;
use demarche_index::time::Histogram;
use demarche_index::{EventRow, Filter, Sort};
use demarche_store::quoted;
use serde::Serialize;
use utoipa::ToSchema;

use super::Listed;
use super::articles::RejectRow;
use super::record::sound;
use crate::fault::Fault;
use crate::params::{Params, words};
use crate::state::{App, View};

/// A coder that coded articles of the store.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RunRow {
    pub run: String,
    pub version: String,
    pub model: String,
    pub ontology: String,
    pub lexicon: String,
    pub knowledge: String,
    /// Articles that it coded.
    pub articles: u64,
    /// Events that it found in them.
    pub events: u64,
}

/// A time that pages were taken in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct IngestRow {
    pub began: Option<String>,
    pub ended: Option<String>,
    pub coded: u64,
    pub duplicate: u64,
    pub rejected: u64,
    pub failed: u64,
}

/// Pages of the same fate.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SourceRow {
    /// What became of them.
    pub status: String,
    /// Why.
    pub reason: Option<String>,
    /// How many.
    pub count: u64,
}

/// An outlet with what it published.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OutletRow {
    pub outlet: String,
    pub articles: u32,
    pub events: u32,
}

/// A stretch of time with what was published in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Month {
    #[schema(value_type = String, format = Date)]
    pub begin: jiff::civil::Date,
    pub articles: u32,
    pub events: u32,
}

/// What is covered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Coverage {
    pub articles: u32,
    /// Articles that were coded; the others are of another language, or could not be.
    pub coded: u32,
    /// Articles by month of publication, with the events that they tell.
    pub by_month: Vec<Month>,
}

/// Runs and sources.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RunsPage)]
pub(crate) struct Whole {
    pub runs: Vec<RunRow>,
    pub ingests: Vec<IngestRow>,
    pub sources: Vec<SourceRow>,
    pub coverage: Coverage,
    pub outlets: Vec<OutletRow>,
}

const OUTLETS: usize = 100;
const INGESTS: usize = 50;

/// Runs and sources.
pub(crate) fn whole(_: &App, view: &View, params: &Params) -> Result<Whole, Fault> {
    params.only(&[])?;
    let count = |text: Option<String>| text.and_then(|text| text.parse().ok()).unwrap_or(0);
    let sql = "SELECT r.run, r.version, r.model, r.ontology, r.lexicon, r.knowledge, CAST(coalesce(c.n, 0) AS VARCHAR), CAST(coalesce(e.n, 0) AS VARCHAR) \
               FROM runs r LEFT JOIN (SELECT run, count(*) AS n FROM codings GROUP BY run) c ON r.run = c.run \
               LEFT JOIN (SELECT run, count(*) AS n FROM events_all GROUP BY run) e ON r.run = e.run ORDER BY r.position, r.run";
    let runs = view.store.strings::<8>(sql)?.into_iter().map(|row| {
        let [run, version, model, ontology, lexicon, knowledge, articles, events] = row;
        let own = Option::unwrap_or_default;
        RunRow {
            run: own(run),
            version: own(version),
            model: own(model),
            ontology: own(ontology),
            lexicon: own(lexicon),
            knowledge: own(knowledge),
            articles: count(articles),
            events: count(events),
        }
    });
    let text = |name: &str| format!("CAST({name} AS VARCHAR)");
    let sql = format!(
        "SELECT began, ended, {}, {}, {}, {} FROM ingests ORDER BY began DESC LIMIT {INGESTS}",
        text("coded"),
        text("duplicate"),
        text("rejected"),
        text("failed")
    );
    let ingests =
        view.store.strings::<6>(&sql)?.into_iter().map(|[began, ended, coded, duplicate, rejected, failed]| IngestRow {
            began,
            ended,
            coded: count(coded),
            duplicate: count(duplicate),
            rejected: count(rejected),
            failed: count(failed),
        });
    let sql = "SELECT status, reason, CAST(count(*) AS VARCHAR) FROM sources GROUP BY status, reason ORDER BY count(*) DESC, status, reason LIMIT 100";
    let sources = view.store.strings::<3>(sql)?.into_iter().map(|[status, reason, n]| SourceRow {
        status: status.unwrap_or_default(),
        reason,
        count: count(n),
    });
    let all = Filter::default();
    let articles = view.index.select(Sort::Article, &all)?;
    let table = view.index.table(Sort::Article);
    let facet = |field| view.index.facet(&articles, &all, (field, ""), OUTLETS);
    let coded = facet("coded")
        .and_then(|facet| facet.values.into_iter().find(|value| value.value == "coded"))
        .map_or(0, |value| value.count);
    let by_month: Histogram = view.index.histogram(&articles, Some(demarche_store::Step::Month));
    let (events, outlets) = (table.number("events"), table.column("outlet"));
    let mut of_outlet = vec![0_u32; outlets.map_or(0, demarche_index::table::Words::different)];
    let mut of_month = std::collections::BTreeMap::new();
    for (row, told) in events.iter().enumerate() {
        if let Some(number) = outlets.and_then(|outlets| outlets.at(row).first()) {
            of_outlet[*number as usize] += *told as u32;
        }
        let bin = by_month.bins.partition_point(|bin| demarche_store::day_of(bin.begin) <= table.days[row]);
        if let Some(bin) = bin.checked_sub(1).and_then(|bin| by_month.bins.get(bin)) {
            *of_month.entry(bin.begin).or_insert(0_u32) += *told as u32;
        }
    }
    let outlets = facet("outlet").into_iter().flat_map(|facet| facet.values).map(|value| OutletRow {
        events: outlets.and_then(|outlets| outlets.number(&value.value)).map_or(0, |number| of_outlet[number as usize]),
        outlet: value.value,
        articles: value.count,
    });
    let by_month = by_month.bins.iter().map(|bin| Month {
        begin: bin.begin,
        articles: bin.count,
        events: of_month.get(&bin.begin).copied().unwrap_or(0),
    });
    Ok(Whole {
        runs: runs.collect(),
        ingests: ingests.collect(),
        sources: sources.collect(),
        coverage: Coverage { articles: table.len() as u32, coded, by_month: by_month.collect() },
        outlets: outlets.collect(),
    })
}

/// Rejects of the same reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Reason {
    pub reason: String,
    pub count: u64,
}

/// What was not coded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Rejects {
    pub total: u64,
    pub reasons: Vec<Reason>,
    pub next: Option<String>,
    pub rows: Vec<RejectRow>,
}

/// What was not coded, by reason.
pub(crate) fn rejects(_: &App, view: &View, params: &Params) -> Result<Rejects, Fault> {
    params.only(&["reason", "article", "limit", "cursor"])?;
    let mut wanted = vec![];
    for name in ["reason", "article"] {
        if let Some(value) = params.get(name) {
            wanted.push(format!("{name} = {}", quoted(value)));
        }
    }
    let limit = params.limit()?;
    let reasons = view
        .store
        .strings::<2>("SELECT reason, CAST(count(*) AS VARCHAR) FROM rejects GROUP BY reason ORDER BY count(*) DESC, reason")?;
    let reasons: Vec<Reason> = reasons
        .into_iter()
        .map(|[reason, n]| Reason { reason: reason.unwrap_or_default(), count: n.and_then(|n| n.parse().ok()).unwrap_or(0) })
        .collect();
    let filter = |wanted: &[String]| if wanted.is_empty() { String::new() } else { format!(" WHERE {}", wanted.join(" AND ")) };
    let total = match (params.get("reason"), params.get("article")) {
        (None, None) => reasons.iter().map(|reason| reason.count).sum(),
        (Some(named), None) => reasons.iter().find(|reason| reason.reason == named).map_or(0, |reason| reason.count),
        _ => {
            let sql = format!("SELECT CAST(count(*) AS VARCHAR) FROM rejects{}", filter(&wanted));
            view.store.strings::<1>(&sql)?.into_iter().next().and_then(|[n]| n?.parse().ok()).unwrap_or(0)
        }
    };
    if let Some(cursor) = params.get("cursor") {
        let parts: Vec<&str> = cursor.split('~').collect();
        let [reason, article, id] = parts.as_slice() else {
            return Err(Fault::parameter("cursor: take it as it stands in `next` of the page before"));
        };
        if !sound(article) || !sound(id) {
            return Err(Fault::parameter("cursor: take it as it stands in `next` of the page before"));
        }
        let [reason, article, id] = [reason, article, id].map(|part| quoted(part));
        wanted.push(format!(
            "(reason > {reason} OR (reason = {reason} AND (article > {article} OR (article = {article} AND id > {id}))))"
        ));
    }
    let sql = format!(
        "SELECT id, article, reason, detail, rule, text FROM rejects{} ORDER BY reason, article, id LIMIT {}",
        filter(&wanted),
        limit + 1
    );
    let mut rows: Vec<RejectRow> = vec![];
    for [id, article, reason, detail, rule, text] in view.store.strings::<6>(&sql)? {
        let article = article.unwrap_or_default();
        let title = match view.index.row_of(Sort::Article, &article) {
            Some(row) => view.index.shown::<demarche_index::ArticleRow>(Sort::Article, row)?.title,
            None => None,
        };
        let own = Option::unwrap_or_default;
        rows.push(RejectRow { id: own(id), article, title, reason: own(reason), detail, rule, text: own(text) });
    }
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| format!("{}~{}~{}", row.reason, row.article, row.id));
    Ok(Rejects { total, reasons, next, rows })
}

/// An event that two runs coded differently.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Changed {
    /// `gained`, `lost` or `changed`.
    pub fate: &'static str,
    /// What differs.
    pub parts: Vec<&'static str>,
    /// What of the coder changed.
    pub cause: String,
    /// The event.
    pub event: String,
    /// Its type.
    pub kind: String,
    /// Its sentence.
    pub text: String,
    /// Its article.
    pub article: String,
}

/// What two runs coded differently.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Difference {
    pub gained: u64,
    pub lost: u64,
    pub changed: u64,
    /// The first of them.
    pub rows: Vec<Changed>,
}

const CHANGES: usize = 500;

/// What two runs coded differently.
pub(crate) fn difference(_: &App, view: &View, params: &Params) -> Result<Difference, Fault> {
    params.only(&["a", "b"])?;
    let (Some(one), Some(two)) = (params.get("a"), params.get("b")) else {
        return Err(Fault::parameter("a and b name the runs that are compared, as /api/runs lists them"));
    };
    let mut rows = vec![];
    let (mut gained, mut lost, mut changed) = (0, 0, 0);
    let compared = diff(&view.store, one, two, &mut |change| {
        let fate = change.fate.name();
        match fate {
            "gained" => gained += 1,
            "lost" => lost += 1,
            _ => changed += 1,
        }
        if let (true, Some(event)) = (rows.len() < CHANGES, change.event()) {
            rows.push(Changed {
                fate,
                parts: change.fields.clone(),
                cause: change.cause(),
                event: event.id.clone(),
                kind: event.event.clone(),
                text: event.text.clone(),
                article: event.article.id.clone(),
            });
        }
    });
    compared.map_err(|error| Fault::parameter(error.to_string()))?;
    Ok(Difference { gained, lost, changed, rows })
}

/// Events that a reviewer should look at first: those that the coder was least sure of, without those that were decided.
pub(crate) fn queue(app: &App, view: &View, params: &Params) -> Result<Listed<EventRow>, Fault> {
    let filter = params.filter(EVENT_FIELDS, &[])?;
    let mut selected = view.index.select(Sort::Event, &filter)?;
    let decided = corrections::all(&view.store)?;
    for row in decided.iter().filter_map(|correction| view.index.row_of(Sort::Event, &correction.event)) {
        selected.rows.remove(row);
    }
    let order = if params.get("sort").is_some() { params.order(view.index.table(Sort::Event))? } else { LEAST_SURE };
    Listed::of(view, &selected, order, params, words(&filter, &app.labels))
}

const LEAST_SURE: Order = Order { by: Some("confidence"), up: true };
