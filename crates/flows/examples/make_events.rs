//! Makes a store of invented events, to measure what looks at many.
//!
//!     make_events STORE EVENTS
//!
//! Each article tells five events and two quotes. Words follow Zipf's law, countries and outlets are skewed as those of the news are.

use std::error::Error;
use std::io::Write as _;

use demarche_records::Record;
use demarche_store::{ArticleRow, Batch, Coded, Options, Page, PageStatus, Run, Store};
use serde_json::{Value, json};

const TYPES: &[(&str, u8, f64)] = &[
    ("AGREE", 1, 2.5),
    ("CONSULT", 1, 2.5),
    ("SUPPORT", 1, 5.0),
    ("CONCEDE", 1, 4.5),
    ("COOPERATE", 2, 9.5),
    ("AID", 2, 10.0),
    ("RETREAT", 2, 6.5),
    ("REQUEST", 3, 0.0),
    ("ACCUSE", 3, -3.0),
    ("REJECT", 3, -2.0),
    ("THREATEN", 3, -3.5),
    ("PROTEST", 4, -5.0),
    ("SANCTION", 4, -6.0),
    ("MOBILIZE", 4, -5.5),
    ("COERCE", 4, -7.0),
    ("ASSAULT", 4, -9.0),
];
const STATUSES: &[&str] = &["actual", "actual", "actual", "actual", "actual", "historical", "future", "hypothetical", "negated"];
const COUNTRIES: &[&str] = &[
    "USA", "RUS", "CHN", "UKR", "ISR", "IRN", "PSE", "GBR", "FRA", "DEU", "IND", "PAK", "TUR", "SYR", "SAU", "YEM", "JPN", "KOR",
    "PRK", "TWN", "AFG", "IRQ", "LBN", "EGY", "SDN", "ETH", "SOM", "KEN", "NGA", "MLI", "NER", "COD", "RWA", "UGA", "ZAF", "MOZ",
    "VEN", "COL", "MEX", "BRA", "ARG", "CHL", "PER", "BOL", "PRY", "CUB", "HTI", "CAN", "POL", "HUN", "SRB", "XKX", "GRC", "CYP",
    "ARM", "AZE", "GEO", "KAZ", "UZB", "MMR", "THA", "VNM", "PHL", "IDN", "MYS", "AUS", "NZL", "LKA", "BGD", "NPL", "UNO", "EUR",
    "IGO", "NGO", "IMG",
];
const SECTORS: &[&str] = &["GOV", "MIL", "COP", "REB", "CVL", "OPP", "LEG", "JUD"];
const CONTEXTS: &[&str] =
    &["military", "diplomatic", "economic", "legal", "election", "human_rights", "territory", "terrorism", "migration", "health"];
/// Articles of a commit.
const TOGETHER: u64 = 4_000;
/// 2016-01-01 and the days of ten years.
const FIRST: i64 = 16_801;
const DAYS: u64 = 3_653;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [location, events] = arguments.as_slice() else { return Err("usage: make_events STORE EVENTS".into()) };
    let articles = events.parse::<u64>()?.div_ceil(5);
    let mut store = Store::create(location, Options::default())?;
    let run = Run {
        version: "0".into(),
        model: "made".into(),
        ontology: "PLOVER 2.0".into(),
        lexicon: "made".into(),
        knowledge: "made".into(),
    };
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut made = 0;
    while made < articles {
        let count = TOGETHER.min(articles - made);
        let pages = (0..count).map(|n| page(&mut dice, made + n)).collect::<Result<Vec<_>, _>>()?;
        store.commit(Batch { run: run.clone(), pages })?;
        made += count;
        writeln!(std::io::stderr(), "{made} of {articles} articles")?;
    }
    store.compact()?;
    Ok(())
}

/// Numbers that look random, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// Small numbers are likelier.
    fn skewed(&mut self, sides: u64) -> u64 {
        let x = self.roll(1 << 20) as f64 / f64::from(1 << 20);
        (x * x * sides as f64) as u64
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let sides = list.len() as u64;
        list[self.skewed(sides) as usize]
    }

    fn id(&mut self) -> String {
        format!("{:016x}", self.roll(u64::MAX))
    }

    /// A word of some 20,000, the first of them much likelier.
    fn word(&mut self) -> String {
        let x = self.roll(1 << 20) as f64 / f64::from(1 << 20);
        let mut n = (20_000_f64.powf(x)) as u64;
        let mut word = String::new();
        while n > 0 {
            word.push_str(["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu"][(n % 10) as usize]);
            n /= 10;
        }
        word
    }

    fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..24).map(|_| self.word()).collect();
        format!("{}.", words.join(" "))
    }
}

fn page(dice: &mut Dice, n: u64) -> Result<Page, Box<dyn Error>> {
    let id = dice.id();
    let day = FIRST + dice.roll(DAYS) as i64;
    let published = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day))?;
    let outlet = format!("Outlet {}", dice.skewed(2_000));
    let title = dice.sentence();
    let article = json!({
        "id": id, "url": null, "title": title, "published": published, "source": outlet, "language": "en", "published_basis": "record", "origin": format!("made:{n}"),
    });
    let mut text = title.clone();
    let mut records = vec![];
    for _ in 0..5 {
        let sentence = dice.sentence();
        let begin = text.chars().count() as u32 + 2;
        text += "\n\n";
        text += &sentence;
        records.push(serde_json::from_value::<demarche_records::Event>(event(dice, &article, published, begin, &sentence))?);
    }
    let mut all: Vec<Record> = records.into_iter().map(|event| Record::Event(Box::new(event))).collect();
    for _ in 0..2 {
        let said = dice.sentence();
        let begin = text.chars().count() as u32 + 2;
        text += "\n\n";
        text += &said;
        let end = begin + said.chars().count() as u32;
        let quote = json!({
            "id": dice.id(), "article": article, "speaker": format!("Speaker {}", dice.skewed(5_000)), "speaker_code": dice.of(COUNTRIES), "via": null, "cue": "say",
            "denied": false, "kind": "indirect", "text": said, "span": [begin, end], "events": [],
        });
        all.push(Record::Quote(serde_json::from_value(quote)?));
    }
    let row = ArticleRow {
        id,
        title: Some(title),
        site: Some(outlet),
        published: Some(published),
        language: Some("en".to_owned()),
        text,
        origin: format!("made:{n}"),
        words: Some(200),
        ..ArticleRow::default()
    };
    Ok(Page {
        key: format!("made:{n}"),
        fingerprint: format!("{n:016x}"),
        status: PageStatus::Coded,
        reason: None,
        next_step: None,
        bytes: None,
        articles: vec![Coded { article: row, records: all, sentences: vec![] }],
        repeats: vec![],
    })
}

fn event(dice: &mut Dice, article: &Value, published: jiff::civil::Date, begin: u32, sentence: &str) -> Value {
    let (kind, quad, scale) = TYPES[dice.roll(TYPES.len() as u64) as usize];
    let end = begin + sentence.chars().count() as u32;
    let party = |dice: &mut Dice| {
        let name = format!("Party {}", dice.skewed(8_000));
        json!({
            "code": dice.of(COUNTRIES), "sector": [dice.of(SECTORS)], "entity_text": name, "identifier_id": null, "identifier_text": null, "office": null,
            "span": [begin, begin + 3], "basis": "alias",
        })
    };
    let actor = party(dice);
    let recipient: Vec<Value> = (0..u64::from(dice.roll(5) > 0)).map(|_| party(dice)).collect();
    let place = (dice.roll(10) < 6).then(|| {
        let n = dice.skewed(4_000);
        let (lat, lon) = ((n * 7_919 % 12_000) as f64 / 100.0 - 55.0, (n * 104_729 % 34_000) as f64 / 100.0 - 170.0);
        json!({
            "name": format!("Town {n}"), "country": COUNTRIES[n as usize % 70], "admin1": null, "lat": lat, "lon": lon, "geonames": n, "precision": "city", "basis": "sentence",
            "unit": null, "chosen": "sole", "alternatives": [],
        })
    });
    let date = (dice.roll(12) > 0).then_some(published);
    let dead = (kind == "ASSAULT" && dice.roll(3) == 0).then(|| 1 + dice.skewed(60));
    json!({
        "id": dice.id(), "article": article, "event": kind, "mode": [], "context": [dice.of(CONTEXTS)], "quad_code": quad, "event_scale": scale, "act": null, "cameo": "010",
        "actor": [actor], "recipient": recipient, "status": STATUSES[dice.roll(STATUSES.len() as u64) as usize], "date": date, "enddate": date,
        "date_precision": date.map(|_| "day"), "date_basis": if date.is_some() { "publication" } else { "unknown" }, "date_text": null, "event_loc": place, "attribution": [],
        "magnitude": { "dead": dead, "injured": null, "size": null, "missing": null, "arrested": null, "kidnapped": null, "displaced": null, "troops": null, "money": null, "currency": null, "figures": [] },
        "text": sentence, "spans": { "sentence": [begin, end], "trigger": [begin, begin + 3], "date": null, "place": null },
        "confidence": dice.roll(100) as f64 / 100.0,
        "coder": { "version": "0", "model": "made", "ontology": "PLOVER 2.0", "lexicon": "made", "knowledge": "made", "rule": "made" },
    })
}
