//! The pipeline as a library: one article, many articles, records, explanations.

mod cases;
mod events;
mod figures;
mod records;

use std::ops::ControlFlow;

use demarche::types::{Article, RejectReason, SentenceId};
use demarche::{Explanation, Pipeline, Reading, Recorder, Source, Stage, Worker, ingest};

fn pipeline() -> Pipeline {
    Pipeline::embedded().expect("the data that ship with the program are sound")
}

fn article(origin: &str, text: &str) -> Article {
    let mut articles = ingest::read(&Source::new(origin, text.as_bytes()));
    articles.next().expect("a text is one article").expect("the text can be read")
}

/// Texts in which something, or nothing, is to be coded, with characters of one to four bytes.
fn texts() -> Vec<Article> {
    let texts = [
        "Chile condemned Peru on Monday.",
        "Côte d’Ivoire’s president “flew” to Türkiye – on 3 May 2024 – for talks. 😀 Ghana criticised the visit.",
        "Nothing happened.",
        "\u{feff}…",
        "According to Reuters, Norway’s foreign minister said: “We will not send troops to Mali.”",
    ];
    (0..30).map(|n| article(&format!("{n}.txt"), texts[n % texts.len()])).collect()
}

#[test]
fn stages_pass_in_order() {
    let (pipeline, mut worker) = (pipeline(), Worker::default());
    let article = article("a.txt", "Chile condemned Peru on Monday.");
    let mut stages = vec![];
    let timed = pipeline.read_timed(&article, &mut worker, |stage| stages.push(stage)).coded;
    assert_eq!(stages, [Stage::Language, Stage::Knowledge, Stage::Coding]);
    assert_eq!(timed, pipeline.code(&article, &mut worker), "a clock changes nothing");
    assert_eq!(timed.events.len(), 1);
}

#[test]
fn many_articles_come_back_in_order_and_alike_on_any_number_of_threads() {
    let pipeline = pipeline();
    let run = |threads: usize| {
        let mut seen = vec![];
        let broken = std::iter::once(Err("broken"));
        let inputs = texts().into_iter().map(Ok).chain(broken);
        pipeline.code_many(inputs, threads, |result| {
            seen.push(result.map(|coded| coded.expect("no text makes the program fail")));
            ControlFlow::Continue(())
        });
        seen
    };
    let one = run(1);
    assert_eq!(one.len(), 31);
    assert_eq!(one[30], Err("broken"));
    let origins: Vec<&str> = one.iter().flatten().map(|coded| coded.article.origin.as_str()).collect();
    assert_eq!(origins, (0..30).map(|n| format!("{n}.txt")).collect::<Vec<_>>());
    assert_eq!(run(4), one);
}

#[test]
fn a_panic_is_told_and_the_worker_goes_on() {
    let (pipeline, mut worker) = (pipeline(), Worker::default());
    let article = article("a.txt", "Chile condemned Peru on Monday.");
    let failure = pipeline.try_read(&article, &mut worker, |_| panic!("number {}", 7)).expect_err("the panic is caught");
    assert_eq!((failure.origin.as_str(), failure.message.as_str()), ("a.txt", "number 7"));
    assert_eq!(pipeline.code(&article, &mut worker).events.len(), 1);
}

#[test]
fn records_point_at_characters() {
    let (pipeline, mut worker) = (pipeline(), Worker::default());
    let mut checked = 0;
    for article in texts() {
        let reading = pipeline.read(&article, &mut worker);
        let recorder = Recorder::new(&reading.document, pipeline.stamp());
        let chars: Vec<char> = article.text.chars().collect();
        let mut check = |[start, end]: [u32; 2], words: &str| {
            assert_eq!(chars[start as usize..end as usize].iter().collect::<String>(), words);
            checked += 1;
        };
        for event in reading.coded.events.iter().map(|e| recorder.event(e)) {
            check(event.spans.sentence, event.text);
            event.actor.iter().chain(&event.recipient).for_each(|p| check(p.span, p.entity_text));
        }
        reading.coded.quotes.iter().map(|q| recorder.quote(q)).for_each(|q| check(q.span, q.text));
        reading.coded.rejects.iter().map(|r| recorder.reject(r)).for_each(|r| check(r.span, r.text));
    }
    assert!(checked > 30, "only {checked} spans were checked");
}

#[test]
fn every_sentence_and_event_can_be_explained() {
    let (pipeline, mut worker) = (pipeline(), Worker::default());
    for article in texts() {
        let reading = pipeline.read(&article, &mut worker);
        for sentence in (0..reading.document.sentences.len()).map(SentenceId::from) {
            let text = Explanation::of_sentence(&pipeline, &reading, sentence).to_string();
            assert!(text.starts_with("Sentence\n"), "{text}");
        }
        for event in &reading.coded.events {
            let text = Explanation::of_event(&pipeline, &reading, event).to_string();
            assert!(text.contains(&format!("rule {}", event.rule)), "{text}");
        }
    }
}

const COLUMNS: &str = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n";

#[test]
fn a_users_own_rows_overrule_the_model() {
    let text = article("a.txt", "France condemned Turkey on Monday.");
    let code = |rows: Option<&str>| {
        let pipeline = pipeline();
        let pipeline = match rows {
            Some(rows) => pipeline.with_rows("own", &format!("{COLUMNS}{rows}\n")).expect("the rows can be read"),
            None => pipeline,
        };
        let coded = pipeline.code(&text, &mut Worker::default());
        coded
            .events
            .iter()
            .map(|e| (e.kind.as_str().to_owned(), e.rule.to_string(), e.actors.len(), e.recipients.len()))
            .collect::<Vec<_>>()
    };
    let shipped = code(None);
    assert_eq!(shipped.len(), 1);
    assert_eq!(shipped[0].0, "ACCUSE");
    let own = code(Some("condemn.v\tactor=subj recipient=obj\tTHREATEN\t\t130\t\t\t"));
    assert_eq!(own, [("THREATEN".to_owned(), "own:condemn.v".to_owned(), 1, 1)]);
    assert_eq!(code(Some("condemn.v\t\tNONE\t\t\t\t\t")), [], "a row of no event silences the model");
    // A row whose condition does not hold changes nothing.
    assert_eq!(code(Some("condemn.v obj:house\t\tNONE\t\t\t\t\t")), shipped);
}

#[test]
fn a_row_that_cannot_be_read_is_named() {
    let error =
        pipeline().with_rows("own", &format!("{COLUMNS}condemn.v\tactor=subj\tSHOUT\t\t\t\t\t\n")).err().expect("no such type");
    assert!(error.to_string().starts_with("own.tsv:2: "), "{error}");
}

#[test]
fn a_sentence_that_the_gate_holds_back_is_kept_as_a_reject_and_its_neighbours_are_read() {
    let (gated, mut worker) = (pipeline(), Worker::default());
    let calm = "The food was great and the staff were very friendly, so we will definitely be back.";
    let article = article("a.txt", &format!("Chile condemned Peru on Monday. {calm} Norway praised Ghana on Tuesday."));
    let reading = gated.read(&article, &mut worker);
    let held: Vec<u32> = reading.document.held.iter().map(|(id, _)| id.0).collect();
    assert_eq!(held, [1]);
    let rejects = reading.coded.rejects.iter().filter(|r| matches!(r.reason, RejectReason::Held(_)));
    assert_eq!(rejects.map(|r| r.span.of(&article.text)).collect::<Vec<_>>(), [calm]);
    let every = pipeline().every_sentence();
    let all = every.read(&article, &mut worker);
    assert!(all.document.held.is_empty());
    assert_eq!(reading.coded.events, all.coded.events, "the neighbours are read as ever");
    let spans = |reading: &Reading<'_>| reading.document.tokens.iter().map(|t| t.span).collect::<Vec<_>>();
    assert_eq!(spans(&reading), spans(&all), "words are cut alike");
    assert_eq!(reading.document.tokens.iter().filter(|t| t.head.is_none()).count(), 3, "every sentence has one root");
}
