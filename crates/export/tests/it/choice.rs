//! Which events are exported, and what is told of those that are not.

use demarche_export::{Facts, Filter, Format, Options, Reports};

use crate::{events, everything, run};

#[test]
fn only_what_is_told_as_having_happened_is_exported_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = run(events(), Options::new(Format::Jsonl), folder.path());
    let actual = events().iter().filter(|event| event.status == demarche_types::Status::Actual).count() as u64;
    assert_eq!((manifest.events.written, manifest.query.status), (actual, vec!["actual".to_owned()]));
    assert_eq!(manifest.events.left_out["status negated"], 1);
    assert_eq!(manifest.events.left_out.values().sum::<u64>(), events().len() as u64 - actual);
    let text = std::fs::read_to_string(folder.path().join("events.jsonl")).unwrap();
    let kept: Vec<_> = events().into_iter().filter(|event| event.status == demarche_types::Status::Actual).collect();
    let read: Vec<_> = demarche_export::events(text.as_bytes()).map(Result::unwrap).collect();
    assert_eq!(read, kept);
}

#[test]
fn a_filter_is_asked_of_events_of_the_status_only_and_named_in_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let mut asked = Vec::new();
    let mut days = std::collections::HashSet::new();
    let keep = |event: &demarche_records::Event| {
        asked.push(event.status);
        days.insert(event.date)
    };
    let filter = Filter { name: "one-a-day".to_owned(), keep: Box::new(keep) };
    let options = Options { filter: Some(filter), asked: Some("cameo LIKE '1%'".to_owned()), ..Options::new(Format::Csv) };
    let manifest = run(events(), options, folder.path());
    assert!(asked.iter().all(|status| *status == demarche_types::Status::Actual) && !asked.is_empty());
    let dropped = manifest.events.left_out["filter one-a-day"];
    assert_eq!(manifest.events.written + dropped, asked.len() as u64);
    assert_eq!((manifest.query.filter.as_deref(), manifest.query.asked.as_deref()), (Some("one-a-day"), Some("cameo LIKE '1%'")));
}

#[test]
fn reports_of_one_event_are_one_row_of_gdelt_and_several_mentions() {
    let folder = tempfile::tempdir().unwrap();
    let some: Vec<_> =
        events().into_iter().filter(|event| event.recipient.len() == 1 && event.actor.len() == 1).take(3).collect();
    let lead = some[0].id.clone();
    let facts = |_: &demarche_records::Event| Facts {
        reports: Some(Reports { lead: lead.clone(), mentions: 3, sources: 2, articles: 3 }),
        sentence: Some(2),
        length: Some(900),
    };
    let options = Options { facts: Some(Box::new(facts)), ..everything(Format::Gdelt) };
    let manifest = run(some, options, folder.path());
    assert_eq!((manifest.files[0].rows, manifest.files[1].rows), (1, 3));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let events = read("20260315180000.export.CSV");
    let row: Vec<&str> = events.trim_end().split('\t').collect();
    assert_eq!(row[31..34], ["3", "2", "3"]);
    for mention in read("20260315180000.mentions.CSV").lines() {
        let mention: Vec<&str> = mention.split('\t').collect();
        assert_eq!((mention[0], mention[6], mention[12]), (row[0], "2", "900"));
    }
}

#[test]
fn without_a_moment_files_and_rows_have_the_days_of_publication() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = run(events(), Options::new(Format::Gdelt), folder.path());
    assert_eq!(manifest.files[0].name, "20260311000000.export.CSV");
    let text = std::fs::read_to_string(folder.path().join("20260311000000.export.CSV")).unwrap();
    let added: std::collections::BTreeSet<&str> = text.lines().map(|line| line.split('\t').nth(59).unwrap()).collect();
    assert!(added.contains("20250806000000") && added.contains("20260309000000"), "{added:?}");
}

#[test]
fn what_has_no_date_or_party_is_left_out_of_formats_that_need_one() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = run(events(), everything(Format::Icews), folder.path());
    assert_eq!(manifest.events.left_out["no date of event or publication"], 2);
    assert_eq!(manifest.events.left_out["no actor and no recipient"], 1);
    let manifest = run(events(), everything(Format::Csv), folder.path());
    assert!(manifest.events.left_out.is_empty());
}
