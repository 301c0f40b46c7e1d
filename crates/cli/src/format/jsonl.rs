//! JSON Lines: one record a line, in the order of the text, kind by kind.

use demarche::{Pipeline, Reading, Recorder};
use serde::Serialize;

use super::{Formatter, Kind};

pub(super) fn article(formatter: &Formatter, pipeline: &Pipeline, reading: &Reading<'_>) -> String {
    let recorder = Recorder::new(&reading.document, pipeline.stamp()).in_codebook(pipeline.coder(), formatter.codebook);
    let coded = &reading.coded;
    let mut out = String::new();
    for kind in [Kind::Events, Kind::Quotes, Kind::Relations, Kind::Facts, Kind::Rejects] {
        if !formatter.emits(kind) {
            continue;
        }
        match kind {
            Kind::Events => coded.events.iter().for_each(|e| line(&mut out, &recorder.event(e))),
            Kind::Quotes => coded.quotes.iter().for_each(|q| line(&mut out, &recorder.quote(q))),
            Kind::Relations => coded.relations.iter().for_each(|r| line(&mut out, &recorder.relation(r))),
            Kind::Facts => coded.facts.iter().for_each(|f| line(&mut out, &recorder.fact(f))),
            Kind::Rejects => coded.rejects.iter().for_each(|r| line(&mut out, &recorder.reject(r))),
        }
    }
    out
}

/// Records hold strings and finite numbers only, so writing one cannot fail; should it ever, the line says so.
fn line<T: Serialize>(out: &mut String, record: &T) {
    match serde_json::to_string(record) {
        Ok(json) => out.push_str(&json),
        Err(error) => out.push_str(&format!("{{\"error\":{}}}", serde_json::Value::from(error.to_string()))),
    }
    out.push('\n');
}
