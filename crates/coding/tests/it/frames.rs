//! Events from what a model reads, with the lexicon beside it.

use demarche_coding::Coder;
use demarche_types::{Event, Participant};

use crate::common::{Case, Parts, check};

fn line(event: &Event, text: &str) -> String {
    let words = |list: &[Participant]| list.iter().map(|p| p.span.of(text)).collect::<Vec<_>>().join(" + ");
    let status = format!("{:?}", event.status).to_lowercase();
    let speaker = event.attribution.iter().filter_map(|a| a.speaker.as_ref()).map(|p| format!(" by {}", p.span.of(text)));
    format!(
        "{status} {} {} [{}] {} -> {}{}\n",
        event.kind.as_str(),
        event.act.as_deref().unwrap_or("-"),
        event.rule,
        words(&event.actors),
        words(&event.recipients),
        speaker.collect::<String>()
    )
}

fn render(case: &Case) -> String {
    let parts = Parts::new(&case.input, None);
    let doc = parts.document();
    let coder = Coder::embedded().expect("the tables that ship are sound");
    let coder = match case.field("row") {
        Some(row) => {
            let head = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample";
            coder
                .with_rows("own", &format!("{head}\n{}\n", row.split('|').map(str::trim).collect::<Vec<_>>().join("\t")))
                .expect("the row can be read")
        }
        None => coder,
    };
    coder.code(&doc).events.iter().map(|e| line(e, doc.text())).collect()
}

#[test]
fn cases_are_coded_as_expected() {
    check("frames", 7, render);
}
