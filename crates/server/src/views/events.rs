//! Events: lists, facets, histogram, series, map, network.

use demarche_index::filter::EVENT_FIELDS;
use demarche_index::time::{Course, Histogram};
use demarche_index::{EventRow, Filter, Selected, Sort};
use serde::Serialize;
use utoipa::ToSchema;

use super::Listed;
use crate::fault::Fault;
use crate::params::{Params, words};
use crate::state::{App, View};

/// Values of a facet that are listed where nothing is said.
pub(crate) const VALUES: usize = 12;
/// Actors of a network where nothing is said, and at most.
const NODES: usize = 40;
const MOST_NODES: usize = 400;

/// A list of events.
pub(crate) fn list(app: &App, view: &View, params: &Params) -> Result<Listed<EventRow>, Fault> {
    let filter = params.filter(EVENT_FIELDS, &[])?;
    let selected = view.index.select(Sort::Event, &filter)?;
    list_of(app, view, &selected, &filter, params)
}

/// A list of what a filter has chosen.
pub(crate) fn list_of(
    app: &App,
    view: &View,
    selected: &Selected,
    filter: &Filter,
    params: &Params,
) -> Result<Listed<EventRow>, Fault> {
    let order = params.order(view.index.table(Sort::Event))?;
    Listed::of(view, selected, order, params, words(filter, &app.labels))
}

/// A value of a facet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Value {
    /// As it stands in the records.
    pub value: String,
    /// In words.
    pub label: String,
    /// Events that have it and that the rest of the filter chooses.
    pub count: u32,
    /// Whether the filter asks for it.
    pub selected: bool,
    /// Whether the filter asks for events without it.
    pub excluded: bool,
}

/// Values of a field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Facet {
    /// The field.
    pub field: String,
    /// What it is called.
    pub title: String,
    /// The values that most events have.
    pub values: Vec<Value>,
    /// Values that are not listed.
    pub others: u32,
}

/// Facets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Facets {
    /// Events chosen.
    pub total: usize,
    /// Field by field.
    pub facets: Vec<Facet>,
}

/// How many of the chosen rows have each value.
pub(crate) fn facets_of(
    app: &App,
    view: &View,
    selected: &Selected,
    filter: &Filter,
    fields: &[(&'static str, &str)],
    most: usize,
) -> Facets {
    let facets = fields.iter().filter_map(|field| view.index.facet(selected, filter, *field, most));
    let facets = facets.map(|facet| Facet {
        values: facet
            .values
            .into_iter()
            .map(|value| Value {
                label: app.labels.label(&facet.field, &value.value),
                value: value.value,
                count: value.count,
                selected: value.selected,
                excluded: value.excluded,
            })
            .collect(),
        field: facet.field,
        title: facet.title,
        others: facet.others,
    });
    Facets { facets: facets.collect(), total: selected.rows.count() }
}

/// Facets of events.
pub(crate) fn facets(app: &App, view: &View, params: &Params) -> Result<Facets, Fault> {
    let filter = params.filter(EVENT_FIELDS, &["fields", "values"])?;
    let most = params.number("values", VALUES, 1, 1_000)?;
    let selected = view.index.select(Sort::Event, &filter)?;
    let Some(named) = params.get("fields") else { return Ok(facets_of(app, view, &selected, &filter, EVENT_FIELDS, most)) };
    let field = |name: &str| EVENT_FIELDS.iter().find(|(field, _)| *field == name).copied();
    let fields: Result<Vec<_>, Fault> = named
        .split(',')
        .map(|name| field(name.trim()).ok_or_else(|| Fault::parameter(format!("fields={name}: there is no such field"))))
        .collect();
    let mut fields = fields?;
    let mut seen = std::collections::BTreeSet::new();
    fields.retain(|(name, _)| seen.insert(*name));
    Ok(facets_of(app, view, &selected, &filter, &fields, most))
}

/// Events by time.
pub(crate) fn histogram(_: &App, view: &View, params: &Params) -> Result<Histogram, Fault> {
    let filter = params.filter(EVENT_FIELDS, &["by"])?;
    let selected = view.index.select(Sort::Event, &filter)?;
    Ok(view.index.histogram(&selected, params.step()?))
}

/// A series.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Titled {
    /// What it shows, in words.
    pub title: String,
    #[serde(flatten)]
    pub course: Course,
}

/// What an actor does to a recipient, or all that is chosen, by time.
pub(crate) fn series(app: &App, view: &View, params: &Params) -> Result<Titled, Fault> {
    // Here these two name a pair; elsewhere they choose among the parties of an event.
    let (actor, recipient) = (params.get("actor"), params.get("recipient"));
    let rest = params.without("actor").without("recipient");
    let mut filter = rest.filter(EVENT_FIELDS, &["by", "direction"])?;
    // As among the events: the one acts, to the other it is done.
    let direction = params.get("direction").unwrap_or("from");
    if !["to", "from", "both"].contains(&direction) {
        return Err(Fault::parameter(format!("direction={direction}: to, from or both is wanted")));
    }
    if let (Some(party), None) = (actor, recipient) {
        let field = match direction {
            "from" => "actor",
            "to" => "recipient",
            _ => "party",
        };
        filter.fields.entry(field).or_default().any.push(party.to_owned());
    }
    let mut rows = view.index.select(Sort::Event, &filter)?.rows;
    let name = |code: &str| app.labels.label("party", code);
    let title = match (actor, recipient) {
        (Some(a), Some(b)) => {
            let (chosen, title) = match direction {
                "from" => (view.index.dyad(a, b), format!("What {} did to {}", name(a), name(b))),
                "to" => (view.index.dyad(b, a), format!("What {} did to {}", name(b), name(a))),
                _ => (view.index.dyad_both(a, b), format!("What {} and {} did to each other", name(a), name(b))),
            };
            rows.and(&chosen);
            title
        }
        (Some(a), None) => match direction {
            "from" => format!("What {} did", name(a)),
            "to" => format!("What was done to {}", name(a)),
            _ => format!("Events with {}", name(a)),
        },
        (None, Some(b)) => {
            filter.fields.entry("recipient").or_default().any.push(b.to_owned());
            rows.and(&view.index.select(Sort::Event, &filter)?.rows);
            format!("What was done to {}", name(b))
        }
        (None, None) => words(&filter, &app.labels),
    };
    Ok(Titled { title, course: view.index.course(&rows, params.step()?) })
}

/// A spot of the map.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Spot {
    #[serde(flatten)]
    pub spot: demarche_index::map::Spot,
    /// `bbox` of its events.
    pub key: String,
    /// Its country in words.
    pub country_name: Option<String>,
}

/// Spots of the map.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Places {
    /// The spots, those of most events first.
    pub clusters: Vec<Spot>,
    /// Events that have a place with coordinates, whatever part of the map is shown.
    pub located: u32,
    /// Events that have none, whatever part of the map is shown.
    pub unlocated: u32,
}

/// Where events were.
pub(crate) fn places(app: &App, view: &View, params: &Params) -> Result<Places, Fault> {
    let mut filter = params.filter(EVENT_FIELDS, &["zoom"])?;
    let zoom = params.number("zoom", 2, 0, usize::from(demarche_index::map::FINEST))? as u8;
    let spots = view.index.spots(&view.index.select(Sort::Event, &filter)?, zoom);
    // Those without a place lie in no part of the map.
    let (located, unlocated) = if filter.bounds.take().is_some() {
        let all = view.index.select(Sort::Event, &filter)?.rows.count() as u32;
        filter.located = Some(true);
        let located = view.index.select(Sort::Event, &filter)?.rows.count() as u32;
        (located, all - located)
    } else {
        (spots.located, spots.unlocated)
    };
    let clusters = spots.clusters.into_iter().map(|spot| Spot {
        key: spot.bounds.map(|degrees| degrees.to_string()).join(","),
        country_name: spot.country.as_deref().map(|code| app.labels.label("country", code)),
        spot,
    });
    Ok(Places { clusters: clusters.collect(), located, unlocated })
}

/// An actor of a network.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Node {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Events that it is a party of.
    pub events: u32,
    /// `country` or `group`.
    pub kind: &'static str,
}

/// A network.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Network {
    /// Actors, the busiest first.
    pub nodes: Vec<Node>,
    /// What they had to do with each other.
    pub edges: Vec<demarche_index::pairs::Edge>,
    /// Actors that are left out.
    pub hidden_nodes: u32,
    /// Edges that are left out with them.
    pub hidden_edges: u32,
}

/// Who had to do with whom.
pub(crate) fn network(app: &App, view: &View, params: &Params) -> Result<Network, Fault> {
    let filter = params.filter(EVENT_FIELDS, &["most"])?;
    let most = params.number("most", NODES, 1, MOST_NODES)?;
    let found = view.index.network(&view.index.select(Sort::Event, &filter)?, most);
    let node = |node: demarche_index::pairs::Node| Node {
        name: app.labels.label("party", &node.code),
        kind: if app.labels.is_country(&node.code) { "country" } else { "group" },
        code: node.code,
        events: node.events,
    };
    Ok(Network {
        nodes: found.nodes.into_iter().map(node).collect(),
        edges: found.edges,
        hidden_nodes: found.hidden_nodes,
        hidden_edges: found.hidden_edges,
    })
}
