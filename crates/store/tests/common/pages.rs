//! Pages made by number: the same number gives the same page. For tests and examples.

use demarche_records::Record;
use demarche_store::{ArticleRow, Batch, Coded, Page, PageStatus, Run};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const STATES: &[(&str, &str)] = &[
    ("Iran", "IRN"),
    ("Israel", "ISR"),
    ("Kenya", "KEN"),
    ("Peru", "PER"),
    ("Norway", "NOR"),
    ("Ghana", "GHA"),
    ("Chile", "CHL"),
];
const ACTS: &[(&str, &str, u8, f64)] =
    &[("accused", "ACCUSE", 3, -3.0), ("praised", "SUPPORT", 1, 5.0), ("bombed", "ASSAULT", 4, -9.5), ("aided", "AID", 2, 10.0)];
const OUTLETS: &[&str] = &["Harbour Post", "Valley Courier", "Coast Daily", "Northern Mail"];

pub(crate) fn run() -> Run {
    run_of("lexicon-1")
}

pub(crate) fn run_of(lexicon: &str) -> Run {
    Run {
        version: "0.1.0".into(),
        model: "model-1".into(),
        ontology: "plover 2.0".into(),
        lexicon: lexicon.into(),
        knowledge: "knowledge-1".into(),
    }
}

pub(crate) fn batch(numbers: impl IntoIterator<Item = u64>) -> Batch {
    Batch { run: run(), pages: numbers.into_iter().map(page).collect() }
}

pub(crate) fn article_id(n: u64) -> String {
    format!("{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

pub(crate) fn published(n: u64) -> Date {
    date(2024, 1, 1).saturating_add(((n % 700) as i64).days())
}

/// Of seventeen pages one can't be read, one repeats the article before it, one is in another language.
pub(crate) fn page(n: u64) -> Page {
    let mut page = Page {
        key: format!("crawl/{n:07}.html"),
        fingerprint: format!("{:016x}", n.wrapping_mul(0xff51_afd7_ed55_8ccd)),
        status: PageStatus::Coded,
        reason: None,
        next_step: None,
        bytes: Some(1000 + n % 977),
        articles: vec![],
        repeats: vec![],
    };
    match n % 17 {
        5 => {
            page.status = PageStatus::Failed;
            page.reason = Some("the page is cut off".into());
            page.next_step = Some("Fetch it again".into());
        }
        9 => {
            page.status = PageStatus::Duplicate;
            page.repeats = vec![article_id(n - 1)];
        }
        13 => {
            page.status = PageStatus::Rejected;
            page.reason = Some("the language is not read".into());
            page.articles = vec![Coded { records: vec![], ..coded(n) }];
        }
        _ => page.articles = vec![coded(n)],
    }
    page
}

pub(crate) fn coded(n: u64) -> Coded {
    let (text, values) = text_and_records(n, 1);
    let records = values.into_iter().map(|value| Record::read(&value.to_string()).expect("a record")).collect();
    let article = ArticleRow {
        id: article_id(n),
        url: Some(format!("https://news.example/{n}")),
        title: Some(format!("Report {n}")),
        site: Some(OUTLETS[(n % 4) as usize].into()),
        published: Some(published(n)),
        published_basis: Some("meta".into()),
        language: Some("en".into()),
        language_confidence: Some(0.98),
        words: Some(text.split(' ').count() as u32),
        text,
        origin: format!("crawl/{n:07}.html"),
        ..ArticleRow::default()
    };
    Coded { article, records, sentences: vec![] }
}

/// The records of a page as another lexicon codes them: with other types.
pub(crate) fn recoded(n: u64) -> (String, Vec<Record>) {
    let (_, values) = text_and_records(n, 2);
    (article_id(n), values.into_iter().map(|value| Record::read(&value.to_string()).expect("a record")).collect())
}

fn text_and_records(n: u64, shift: u64) -> (String, Vec<Value>) {
    let (actor, actor_code) = STATES[(n % 7) as usize];
    let (recipient, recipient_code) = STATES[((n / 7 + n + 1) % 7) as usize];
    let (verb, _, _, _) = ACTS[(n % 4) as usize];
    let (_, kind, quad, scale) = ACTS[((n + shift - 1) % 4) as usize];
    // Letters beyond ASCII, so that characters and bytes differ.
    let first = format!("{actor} {verb} {recipient} near Ødegård on day {n}.");
    let said = "“We will go on,” the minister said.";
    let text = format!("Menü – Home\n{first} {said} In all 12 people were hurt.");
    let at = |part: &str| -> Value {
        let byte = text.find(part).expect("part of the text");
        let start = text[..byte].chars().count();
        json!([start, start + part.chars().count()])
    };
    let article = json!({
        "id": article_id(n), "url": format!("https://news.example/{n}"), "title": format!("Report {n}"),
        "published": published(n).to_string(), "source": OUTLETS[(n % 4) as usize], "language": "en",
        "published_basis": "meta", "origin": format!("crawl/{n:07}.html"),
    });
    let party = |name: &str, code: &str, span: Value| {
        json!({"code": code, "sector": ["GOV"], "entity_text": name, "identifier_id": code, "identifier_text": name,
            "office": null, "span": span, "basis": "alias"})
    };
    let recipient_span = {
        let byte = text.find(&format!("{recipient} near")).expect("part of the text");
        let start = text[..byte].chars().count();
        json!([start, start + recipient.chars().count()])
    };
    let id = format!("{:016x}", n.wrapping_mul(0xc4ce_b9fe_1a85_ec53).wrapping_add(shift));
    let event = json!({
        "id": id, "article": article, "event": kind, "mode": [], "context": ["military", "diplomatic"], "quad_code": quad,
        "event_scale": scale, "act": verb, "cameo": "112", "actor": [party(actor, actor_code, at(actor))],
        "recipient": [party(recipient, recipient_code, recipient_span)],
        "status": if n % 10 == 3 { "future" } else { "actual" },
        "date": if n % 19 == 4 { Value::Null } else { json!(published(n).to_string()) },
        "enddate": null, "date_precision": if n % 19 == 4 { Value::Null } else { json!("day") },
        "date_basis": "publication", "date_text": null,
        "event_loc": {"name": "Ødegård", "country": "NOR", "admin1": null, "lat": 59.5, "lon": 10.25, "geonames": null,
            "precision": "city", "basis": "sentence", "unit": null, "chosen": "sole", "alternatives": []},
        "attribution": [], "magnitude": {"dead": null, "injured": 12, "size": null, "missing": null, "arrested": null,
            "kidnapped": null, "displaced": null, "troops": null, "money": null, "currency": null, "figures": []},
        "text": first, "spans": {"sentence": at(&first), "trigger": at(verb), "date": null, "place": at("Ødegård")},
        "confidence": 0.75,
        "coder": {"version": "0.1.0", "model": "model-1", "ontology": "plover 2.0", "lexicon": "lexicon-1",
            "knowledge": "knowledge-1", "rule": "act:accuse"},
    });
    let quote = json!({
        "id": format!("{:016x}", n.wrapping_mul(0xbf58_476d_1ce4_e5b9)), "article": article, "speaker": "the minister",
        "speaker_code": actor_code, "via": null, "cue": "say", "denied": false, "kind": "direct",
        "text": "We will go on", "span": at("We will go on"), "events": [id],
    });
    let fact = json!({
        "id": format!("{:016x}", n.wrapping_mul(0x94d0_49bb_1331_11eb)), "article": article,
        "subject": party("people", actor_code, at("people")), "measure": "people hurt", "value": 12, "low": null, "high": null,
        "hedge": null, "unit": "people", "kind": "injured", "comparison": null, "period": null, "source": null,
        "text": "12", "span": at("12 people").as_array().map(|span| json!([span[0], span[0].as_u64().unwrap_or(0) + 2])),
        "sentence": at("In all 12 people were hurt."), "rule": "count",
    });
    let relation = json!({
        "article": article, "subject": party(actor, actor_code, at(actor)), "relation": "member-of",
        "object": party(recipient, recipient_code, at(recipient)), "since": null, "until": null,
        "evidence": {"text": first, "span": at(&first)},
    });
    let reject = json!({
        "id": format!("{:016x}", n.wrapping_mul(0xd6e8_feb8_6659_fd93)), "article": article, "span": at("Menü – Home"),
        "text": "Menü – Home", "reason": "furniture", "detail": "navigation", "rule": null,
    });
    let mut records = vec![event, quote, fact, reject];
    if n.is_multiple_of(5) {
        records.push(relation);
    }
    (text, records)
}
