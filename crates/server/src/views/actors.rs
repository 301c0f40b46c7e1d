//! Actors and dyads.

use demarche_index::filter::EVENT_FIELDS;
use demarche_index::{Filter, Sort};
use demarche_store::quoted;
use serde::Serialize;
use utoipa::ToSchema;

use super::Listed;
use crate::fault::Fault;
use crate::params::Params;
use crate::state::{App, View};

/// An actor.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ActorRow {
    /// Country or non-state code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Events that it is a party of.
    pub events: u32,
    /// Of these, as actor.
    pub as_actor: u32,
    /// Of these, as recipient.
    pub as_recipient: u32,
}

/// Those that are parties of events, the busiest first. `q` is the beginning of a name or code.
pub(crate) fn list(app: &App, view: &View, params: &Params) -> Result<Listed<ActorRow>, Fault> {
    let sought = params.get("q").map(str::to_lowercase);
    let rest = params.without("q");
    let filter = rest.filter(EVENT_FIELDS, &["offset"])?;
    let actors = view.index.actors(&view.index.select(Sort::Event, &filter)?);
    let row = |actor: demarche_index::pairs::Active| ActorRow {
        name: app.labels.label("party", &actor.code),
        code: actor.code,
        events: actor.events,
        as_actor: actor.as_actor,
        as_recipient: actor.as_recipient,
    };
    let wanted = |row: &ActorRow| {
        sought
            .as_ref()
            .is_none_or(|sought| row.name.to_lowercase().contains(sought) || row.code.to_lowercase().starts_with(sought))
    };
    let mut rows: Vec<ActorRow> = actors.into_iter().map(row).filter(wanted).collect();
    let total = rows.len();
    let begin = if params.get("cursor").is_some() { "cursor" } else { "offset" };
    let (offset, limit) = (params.number(begin, 0, 0, 1_000_000)?, params.limit()?);
    let next = (offset + limit < total).then(|| (offset + limit).to_string());
    rows = rows.into_iter().skip(offset).take(limit).collect();
    Ok(Listed { total, words: "Actors".to_owned(), next, rows })
}

/// What a party had to do with another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Partner {
    /// Code of the other.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Events between them.
    pub events: u32,
    /// Of these, cooperation.
    pub cooperation: u32,
    /// Of these, conflict.
    pub conflict: u32,
    /// Sum of their scores.
    pub intensity: f64,
}

/// A lasting relation that articles tell.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RelationRow {
    pub subject: String,
    pub relation: String,
    pub object: String,
    pub since: Option<String>,
    pub until: Option<String>,
    pub text: String,
    pub article: String,
}

/// Somebody who acted for a party.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Role {
    /// Name.
    pub name: String,
    /// Office.
    pub office: Option<String>,
    /// First and last day of events under it.
    pub first: Option<String>,
    pub last: Option<String>,
    /// Events.
    pub events: u32,
}

/// An actor with its partners, relations and people.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ActorPage)]
pub(crate) struct Whole {
    pub code: String,
    pub name: String,
    pub events: u32,
    pub partners: Vec<Partner>,
    pub relations: Vec<RelationRow>,
    pub roles: Vec<Role>,
}

const PARTNERS: usize = 30;
const RELATIONS: usize = 50;
const ROLES: usize = 50;

/// Whether a text can be the code of a party.
pub(crate) fn sound(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// An actor.
pub(crate) fn actor(app: &App, view: &View, code: &str, params: &Params) -> Result<Whole, Fault> {
    let none = || Fault::missing("actor", code);
    if !sound(code) || view.index.table(Sort::Event).column("party").and_then(|column| column.number(code)).is_none() {
        return Err(none());
    }
    let mut filter: Filter = params.filter_only(EVENT_FIELDS).filter(EVENT_FIELDS, &[])?;
    filter.fields.insert("party", demarche_index::filter::Chosen { any: vec![code.to_owned()], none: vec![] });
    let selected = view.index.select(Sort::Event, &filter)?;
    let partners = view.index.partners(&selected, code, PARTNERS).into_iter().map(|edge| Partner {
        name: app.labels.label("party", &edge.target),
        code: edge.target,
        events: edge.events,
        cooperation: edge.cooperation,
        conflict: edge.conflict,
        intensity: edge.intensity,
    });
    let of = quoted(code);
    let relations = relations(view, &format!("subject_code = {of} OR object_code = {of}"))?;
    let sql = format!(
        "SELECT a.identifier_text, a.office, CAST(min(e.date) AS VARCHAR), CAST(max(e.date) AS VARCHAR), CAST(count(DISTINCT a.event) AS VARCHAR) \
         FROM event_actors a JOIN events e ON a.event = e.id AND a.run = e.run WHERE a.code = {of} AND a.identifier_text IS NOT NULL AND a.office IS NOT NULL \
         GROUP BY 1, 2 ORDER BY count(DISTINCT a.event) DESC, 1, 2 LIMIT {ROLES}"
    );
    let roles = view.store.strings::<5>(&sql)?.into_iter().map(|[name, office, first, last, events]| Role {
        name: name.unwrap_or_default(),
        office,
        first,
        last,
        events: events.and_then(|events| events.parse().ok()).unwrap_or(0),
    });
    Ok(Whole {
        code: code.to_owned(),
        name: app.labels.label("party", code),
        events: selected.rows.count() as u32,
        partners: partners.collect(),
        relations,
        roles: roles.collect(),
    })
}

/// Relations that two parties have to each other.
pub(crate) fn relations_between(view: &View, a: &str, b: &str) -> Result<Vec<RelationRow>, Fault> {
    let [a, b] = [a, b].map(quoted);
    relations(view, &format!("subject_code = {a} AND object_code = {b} OR subject_code = {b} AND object_code = {a}"))
}

fn relations(view: &View, wanted: &str) -> Result<Vec<RelationRow>, Fault> {
    let sql = format!(
        "SELECT subject_text, relation, object_text, CAST(since AS VARCHAR), CAST(until AS VARCHAR), text, article FROM relations \
         WHERE {wanted} ORDER BY relation, subject_text, id LIMIT {RELATIONS}"
    );
    let rows = view.store.strings::<7>(&sql)?.into_iter().map(|row| {
        let [subject, relation, object, since, until, text, article] = row;
        let own = Option::unwrap_or_default;
        RelationRow {
            subject: own(subject),
            relation: own(relation),
            object: own(object),
            since,
            until,
            text: own(text),
            article: own(article),
        }
    });
    Ok(rows.collect())
}
