//! A store read into tables and texts.

use std::collections::HashMap;

use demarche_records::{Event, Quote};
use demarche_store::{Store, Text, arrow};
use jiff::civil::Date;

use arrow::array::{AsArray as _, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};

use crate::IndexError;
use crate::rows::{ArticleRow, EventRow, PartyRow, PlaceRow, QuoteRow};
use crate::table::{NO_DAY, Table};
use crate::text::{Entry, Sort, Writer};

/// The three tables of what is looked at.
pub(crate) struct Tables {
    pub(crate) events: Table,
    pub(crate) quotes: Table,
    pub(crate) articles: Table,
}

/// The event of the world that a report belongs to.
#[derive(Clone, Copy)]
struct Cluster {
    id: u64,
    leads: bool,
    reports: u32,
    sources: u32,
}

/// Told while it works: what is read, and how many rows.
pub type Heard<'a> = &'a (dyn Fn(&'static str, usize) + Sync);

/// Reads the store. With a writer the texts are taken in too.
pub(crate) fn read(store: &Store, writer: Option<&Writer>, heard: Heard<'_>) -> Result<Tables, IndexError> {
    let clusters = clusters(store)?;
    let mut counts: HashMap<u64, [u32; 2]> = HashMap::new();
    let events = events(store, writer, &clusters, &mut counts, heard)?;
    let quotes = quotes(store, writer, &mut counts, heard)?;
    let articles = articles(store, writer, &counts, heard)?;
    Ok(Tables { events, quotes, articles })
}

fn clusters(store: &Store) -> Result<HashMap<u64, Cluster>, IndexError> {
    let sql = "SELECT c.event, c.cluster_id, k.lead, k.reports, k.sources FROM event_clusters c JOIN clusters k ON c.cluster_id = k.cluster_id";
    let mut found = HashMap::new();
    for rows in store.query(sql, &[])? {
        let rows = rows?;
        let [event, cluster, lead] = [0, 1, 2].map(|column| Text::of(&rows, column));
        let (reports, sources) = (whole(&rows, 3), whole(&rows, 4));
        for row in 0..rows.num_rows() {
            let Some(id) = event.at(row) else { continue };
            let leads = lead.at(row) == Some(id);
            let cluster = Cluster {
                id: number_of(cluster.at(row).unwrap_or_default()),
                leads,
                reports: reports[row].max(0) as u32,
                sources: sources[row].max(0) as u32,
            };
            found.insert(number_of(id), cluster);
        }
    }
    Ok(found)
}

const EVENT_WORDS: &[&str] = &[
    "event",
    "mode",
    "context",
    "quad",
    "status",
    "actor",
    "actor_sector",
    "actor_name",
    "recipient",
    "recipient_sector",
    "recipient_name",
    "party",
    "country",
    "place_precision",
    "outlet",
    "language",
    "speaker",
    "date_basis",
    "date_precision",
];
const EVENT_NUMBERS: &[&str] = &["scale", "confidence", "dead", "reports", "sources", "published", "leads", "days"];

fn events(
    store: &Store,
    writer: Option<&Writer>,
    clusters: &HashMap<u64, Cluster>,
    counts: &mut HashMap<u64, [u32; 2]>,
    heard: Heard<'_>,
) -> Result<Table, IndexError> {
    let mut table = Table::new(EVENT_WORDS, EVENT_NUMBERS, &["article", "cluster"]);
    for rows in store.query("SELECT record FROM events", &[])? {
        let rows = rows?;
        let records = Text::of(&rows, 0);
        for row in 0..rows.num_rows() {
            let Some(text) = records.at(row) else { continue };
            let event: Event = serde_json::from_str(text).map_err(|source| IndexError::Record { table: "events", source })?;
            let cluster = clusters.get(&number_of(&event.id)).copied();
            let article = number_of(&event.article.id);
            counts.entry(article).or_default()[0] += 1;
            if let Some(writer) = writer {
                let shown = shown(&event, cluster);
                let row = serde_json::to_vec(&shown).map_err(|source| IndexError::Record { table: "events", source })?;
                writer.add(&Entry {
                    sort: Sort::Event,
                    id: number_of(&event.id),
                    text: &event.text,
                    title: event.article.title.as_deref(),
                    outlet: event.article.source.as_deref(),
                    row: &row,
                })?;
            }
            push_event(&mut table, &event, cluster, article);
        }
        heard("events", table.len());
    }
    table.sort();
    Ok(table)
}

fn push_event(table: &mut Table, event: &Event, cluster: Option<Cluster>, article: u64) {
    table.ids.push(number_of(&event.id));
    table.days.push(day_of(event.date));
    let quad = event.quad_code.to_string();
    let place = event.event_loc.as_ref();
    let precision = place.and_then(|place| name_of(&place.precision));
    let (basis, exact) = (name_of(&event.date_basis), event.date_precision.as_ref().and_then(name_of));
    let speakers = event.attribution.iter().filter_map(|who| who.speaker_code.as_deref());
    let codes = |parties: &'_ [demarche_records::Party]| -> Vec<String> {
        parties.iter().filter_map(|party| party.code.clone()).collect()
    };
    let sectors = |parties: &[demarche_records::Party]| -> Vec<String> {
        parties.iter().flat_map(|party| party.sector.iter().cloned()).collect()
    };
    let names =
        |parties: &[demarche_records::Party]| -> Vec<String> { parties.iter().map(party_name).map(str::to_owned).collect() };
    let (actors, recipients) = (codes(&event.actor), codes(&event.recipient));
    let both: Vec<String> = actors.iter().chain(&recipients).cloned().collect();
    let (actor_sectors, recipient_sectors) = (sectors(&event.actor), sectors(&event.recipient));
    let (actor_names, recipient_names) = (names(&event.actor), names(&event.recipient));
    for (name, column) in &mut table.words {
        let mut many = |words: &[String]| column.push(words.iter().map(String::as_str));
        match *name {
            "event" => column.push([event.event.as_str()]),
            "mode" => many(&event.mode),
            "context" => many(&event.context),
            "quad" => column.push([quad.as_str()]),
            "status" => column.push([event.status.name()]),
            "actor" => many(&actors),
            "actor_sector" => many(&actor_sectors),
            "actor_name" => many(&actor_names),
            "recipient" => many(&recipients),
            "recipient_sector" => many(&recipient_sectors),
            "recipient_name" => many(&recipient_names),
            "party" => many(&both),
            "country" => column.push(place.and_then(|place| place.country.as_deref())),
            "place_precision" => column.push(precision.as_deref()),
            "outlet" => column.push(event.article.source.as_deref()),
            "language" => column.push(event.article.language.as_deref()),
            "speaker" => column.push(speakers.clone()),
            "date_basis" => column.push(basis.as_deref()),
            _ => column.push(exact.as_deref()),
        }
    }
    let days = event.date.zip(event.enddate).map(|(from, to)| (day_of(Some(to)) - day_of(Some(from))) as f32);
    for (name, column) in &mut table.numbers {
        column.push(match *name {
            "scale" => event.event_scale as f32,
            "confidence" => event.confidence as f32,
            "dead" => event.magnitude.dead.map_or(f32::NAN, |dead| dead.0 as f32),
            "reports" => cluster.map_or(1.0, |cluster| cluster.reports as f32),
            "sources" => cluster.map_or(1.0, |cluster| cluster.sources as f32),
            "published" => event.article.published.map_or(f32::NAN, |day| day_of(Some(day)) as f32),
            "leads" => f32::from(u8::from(cluster.is_none_or(|cluster| cluster.leads))),
            _ => days.unwrap_or(0.0),
        });
    }
    table.sites.push(place_of(event).as_ref());
    for (name, column) in &mut table.links {
        column.push(if *name == "article" { article } else { cluster.map_or(0, |cluster| cluster.id) });
    }
}

/// Where an event was, as it is shown.
fn place_of(event: &Event) -> Option<PlaceRow> {
    event.event_loc.as_ref().map(|place| PlaceRow {
        name: place.name.clone(),
        country: place.country.clone(),
        admin1: place.admin1.clone(),
        lat: place.lat,
        lon: place.lon,
        precision: name_of(&place.precision),
    })
}

/// The row of an event as it is shown.
fn shown(event: &Event, cluster: Option<Cluster>) -> EventRow {
    let parties = |parties: &[demarche_records::Party]| -> Vec<PartyRow> {
        let one = |party: &demarche_records::Party| PartyRow {
            code: party.code.clone(),
            sectors: party.sector.clone(),
            name: party_name(party).to_owned(),
            text: party.entity_text.clone(),
        };
        parties.iter().map(one).collect()
    };
    EventRow {
        id: event.id.clone(),
        date: event.date,
        enddate: event.enddate,
        date_precision: event.date_precision.as_ref().and_then(name_of),
        date_basis: name_of(&event.date_basis),
        published: event.article.published,
        event: event.event.clone(),
        mode: event.mode.clone(),
        context: event.context.clone(),
        quad_code: event.quad_code,
        event_scale: event.event_scale,
        status: event.status.name().to_owned(),
        actors: parties(&event.actor),
        recipients: parties(&event.recipient),
        place: place_of(event),
        outlet: event.article.source.clone(),
        title: event.article.title.clone(),
        article: event.article.id.clone(),
        text: event.text.clone(),
        trigger: trigger(event),
        dead: event.magnitude.dead.map(|number| number.0),
        injured: event.magnitude.injured.map(|number| number.0),
        confidence: event.confidence,
        speaker: event.attribution.first().and_then(|who| who.speaker.clone()),
        cluster: cluster.map(|cluster| id_of(cluster.id)),
        reports: cluster.map_or(1, |cluster| cluster.reports),
        sources: cluster.map_or(1, |cluster| cluster.sources),
    }
}

/// Where the trigger stands in the sentence.
fn trigger(event: &Event) -> Option<[u32; 2]> {
    let ([begin, end], [start, stop]) = (event.spans.sentence, event.spans.trigger);
    (begin <= start && stop <= end).then(|| [start - begin, stop - begin])
}

fn quotes(
    store: &Store,
    writer: Option<&Writer>,
    counts: &mut HashMap<u64, [u32; 2]>,
    heard: Heard<'_>,
) -> Result<Table, IndexError> {
    let words = ["speaker", "speaker_name", "cue", "via", "kind", "outlet", "language"];
    let mut table = Table::new(&words, &["published"], &["article"]);
    for rows in store.query("SELECT record FROM quotes", &[])? {
        let rows = rows?;
        let records = Text::of(&rows, 0);
        for row in 0..rows.num_rows() {
            let Some(text) = records.at(row) else { continue };
            let quote: Quote = serde_json::from_str(text).map_err(|source| IndexError::Record { table: "quotes", source })?;
            let (id, article) = (number_of(&quote.id), number_of(&quote.article.id));
            counts.entry(article).or_default()[1] += 1;
            let kind = name_of(&quote.kind).unwrap_or_default();
            if let Some(writer) = writer {
                let shown = QuoteRow {
                    id: quote.id.clone(),
                    article: quote.article.id.clone(),
                    title: quote.article.title.clone(),
                    speaker: quote.speaker.clone(),
                    speaker_code: quote.speaker_code.clone(),
                    via: quote.via.clone(),
                    cue: quote.cue.clone(),
                    denied: quote.denied,
                    kind: kind.clone(),
                    text: quote.text.clone(),
                    span: quote.span,
                    events: quote.events.iter().map(|event| event.0.to_string()).collect(),
                    published: quote.article.published,
                    outlet: quote.article.source.clone(),
                };
                let row = serde_json::to_vec(&shown).map_err(|source| IndexError::Record { table: "quotes", source })?;
                let (title, outlet) = (quote.speaker.as_deref(), quote.article.source.as_deref());
                writer.add(&Entry { sort: Sort::Quote, id, text: &quote.text, title, outlet, row: &row })?;
            }
            table.ids.push(id);
            table.days.push(day_of(quote.article.published));
            let cells = [
                quote.speaker_code.as_deref(),
                quote.speaker.as_deref(),
                quote.cue.as_deref(),
                quote.via.as_deref(),
                Some(kind.as_str()),
                quote.article.source.as_deref(),
                quote.article.language.as_deref(),
            ];
            for ((_, column), cell) in table.words.iter_mut().zip(cells) {
                column.push(cell);
            }
            table.numbers[0].1.push(quote.article.published.map_or(f32::NAN, |day| day_of(Some(day)) as f32));
            table.links[0].1.push(article);
        }
        heard("quotes", table.len());
    }
    table.sort();
    Ok(table)
}

fn articles(
    store: &Store,
    writer: Option<&Writer>,
    counts: &HashMap<u64, [u32; 2]>,
    heard: Heard<'_>,
) -> Result<Table, IndexError> {
    let mut coded = std::collections::HashSet::new();
    for rows in store.query("SELECT DISTINCT article FROM codings", &[])? {
        let rows = rows?;
        let ids = Text::of(&rows, 0);
        coded.extend((0..rows.num_rows()).filter_map(|row| ids.at(row).map(number_of)));
    }
    let text = if writer.is_some() { "text" } else { "''" };
    let sql = format!(
        "SELECT id, title, url, site, byline, CAST(published AS VARCHAR), published_basis, language, wire, near_duplicate_of, origin, words, {text} \
         FROM articles"
    );
    let words = ["outlet", "language", "wire", "copy", "coded"];
    let mut table = Table::new(&words, &["published", "events", "quotes", "words"], &[]);
    for rows in store.query(&sql, &[])? {
        let rows = rows?;
        let cells: [Text; 11] = std::array::from_fn(|column| Text::of(&rows, column));
        let (lengths, texts) = (whole(&rows, 11), Text::of(&rows, 12));
        for (row, length) in lengths.into_iter().enumerate() {
            let own = |column: usize| cells[column].at(row).map(str::to_owned);
            let id = own(0).unwrap_or_default();
            let number = number_of(&id);
            let [events, quotes] = counts.get(&number).copied().unwrap_or_default();
            let published: Option<Date> = cells[5].at(row).and_then(|day| day.parse().ok());
            let shown = ArticleRow {
                id,
                title: own(1),
                url: own(2),
                outlet: own(3),
                byline: own(4),
                published,
                published_basis: own(6),
                language: own(7),
                words: length.max(0) as u32,
                events,
                quotes,
                wire: own(8),
                near_duplicate_of: own(9),
                origin: own(10).unwrap_or_default(),
                coded: coded.contains(&number),
            };
            if let Some(writer) = writer {
                let json = serde_json::to_vec(&shown).map_err(|source| IndexError::Record { table: "articles", source })?;
                let (title, outlet) = (shown.title.as_deref(), shown.outlet.as_deref());
                let text = texts.at(row).unwrap_or_default();
                writer.add(&Entry { sort: Sort::Article, id: number, text, title, outlet, row: &json })?;
            }
            table.ids.push(number);
            table.days.push(day_of(published));
            let copy = if shown.near_duplicate_of.is_some() { "copy" } else { "first" };
            let was = if shown.coded { "coded" } else { "not coded" };
            let cells = [shown.outlet.as_deref(), shown.language.as_deref(), shown.wire.as_deref(), Some(copy), Some(was)];
            for ((_, column), cell) in table.words.iter_mut().zip(cells) {
                column.push(cell);
            }
            let numbers =
                [published.map_or(f32::NAN, |day| day_of(Some(day)) as f32), events as f32, quotes as f32, shown.words as f32];
            for ((_, column), number) in table.numbers.iter_mut().zip(numbers) {
                column.push(number);
            }
        }
        heard("articles", table.len());
    }
    table.sort();
    Ok(table)
}

/// What a party is called: its entry of the knowledge base, or else its words.
fn party_name(party: &demarche_records::Party) -> &str {
    party.identifier_text.as_deref().unwrap_or(&party.entity_text)
}

/// A value of an enum by its name in records.
fn name_of<T: serde::Serialize>(value: &T) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Some(name),
        _ => None,
    }
}

/// Identifiers are 16 hexadecimal digits; others are kept apart by their hash.
pub(crate) fn number_of(id: &str) -> u64 {
    if id.len() == 16
        && let Ok(number) = u64::from_str_radix(id, 16)
    {
        return number;
    }
    xxhash_rust::xxh3::xxh3_64(id.as_bytes())
}

/// The identifier of a number.
pub(crate) fn id_of(number: u64) -> String {
    format!("{number:016x}")
}

/// Days since 1970.
pub(crate) fn day_of(day: Option<Date>) -> i32 {
    day.map_or(NO_DAY, demarche_store::day_of)
}

/// The day of a number.
pub(crate) fn date_of(number: i32) -> Option<Date> {
    demarche_store::date_of(number).filter(|_| number != NO_DAY)
}

/// A column of whole numbers; 0 where there is none.
fn whole(rows: &RecordBatch, column: usize) -> Vec<i64> {
    let Ok(numbers) = cast(rows.column(column), &DataType::Int64) else { return vec![0; rows.num_rows()] };
    numbers.as_primitive::<Int64Type>().iter().map(Option::unwrap_or_default).collect()
}
