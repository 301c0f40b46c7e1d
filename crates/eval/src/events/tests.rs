use super::*;
use crate::records::read_jsonl;

fn report(gold: &str, system: &str) -> EventReport {
    let read = |lines: &str| Records::of(read_jsonl(lines).expect("the lines are well formed"));
    let (gold, system) = (read(gold), read(system));
    score(&[Unit { name: "x", text: None, gold: &gold, system: &system }])
}

fn counts(report: &EventReport, name: &str) -> (usize, usize, usize) {
    let score = report.get(name).expect("the row exists");
    (score.gold, score.system, score.correct)
}

/// A record: trigger, type, actor, recipient, then further fields.
fn event(at: usize, kind: &str, actor: &str, recipient: &str, more: &str) -> String {
    let sentence = at / 100 * 100;
    let list = |codes: &str| {
        codes
            .split('+')
            .filter(|c| !c.is_empty())
            .map(|c| format!("{{\"code\":\"{c}\",\"sector\":[]}}"))
            .collect::<Vec<_>>()
            .join(",")
    };
    format!(
        "{{\"event\":\"{kind}\",\"trigger\":[{at},{}],\"sentence\":[{sentence},{}],\"actor\":[{}],\"recipient\":[{}]{}{more}}}\n",
        at + 5,
        sentence + 100,
        list(actor),
        list(recipient),
        if more.is_empty() { "" } else { "," },
    )
}

#[test]
fn the_same_records_score_in_full() {
    let gold = event(10, "ACCUSE", "CHN", "USA", "\"mode\":[\"disapprove\"],\"status\":\"actual\",\"date\":\"2025-06-13\"")
        + &event(110, "CONSULT", "IRN", "CHN", "\"status\":\"historical\",\"date\":null");
    let report = report(&gold, &gold);
    for row in &report.scores {
        assert_eq!((row.score.gold, row.score.system), (row.score.correct, row.score.correct), "{}", row.name);
    }
    assert_eq!(counts(&report, "found"), (2, 2, 2));
    assert!(report.missed.is_empty() && report.spurious.is_empty());
}

#[test]
fn missing_and_spurious_events_count_in_every_field() {
    let gold =
        event(10, "ACCUSE", "CHN", "USA", "\"status\":\"actual\"") + &event(110, "AID", "USA", "UKR", "\"status\":\"actual\"");
    let system = event(10, "ACCUSE", "CHN", "USA+ISR", "\"status\":\"future\"") + &event(310, "ASSAULT", "RUS", "", "");
    let report = report(&gold, &system);
    assert_eq!(counts(&report, "found"), (2, 2, 1));
    assert_eq!(counts(&report, "actor"), (2, 2, 1));
    assert_eq!(counts(&report, "recipient"), (2, 2, 1));
    assert_eq!(counts(&report, "status"), (2, 1, 0));
    assert_eq!(report.missed[0].event, "AID");
    assert_eq!(report.spurious[0].event, "ASSAULT");
}

#[test]
fn another_type_is_found_but_wrong() {
    let report = report(&event(10, "ACCUSE", "CHN", "USA", ""), &event(12, "REJECT", "CHN", "USA", ""));
    assert_eq!(counts(&report, "found"), (1, 1, 1));
    assert_eq!(counts(&report, "event type"), (1, 1, 0));
    let types: Vec<_> = report.types.iter().map(|r| (r.name.as_str(), r.score.gold, r.score.system)).collect();
    assert_eq!(types, [("ACCUSE", 1, 0), ("REJECT", 0, 1)]);
}

#[test]
fn another_trigger_of_the_same_sentence_will_do() {
    let same = report(&event(10, "ACCUSE", "CHN", "USA", ""), &event(40, "ACCUSE", "CHN", "USA", ""));
    assert_eq!(counts(&same, "event type"), (1, 1, 1));
    let elsewhere = report(&event(10, "ACCUSE", "CHN", "USA", ""), &event(140, "ACCUSE", "CHN", "USA", ""));
    assert_eq!(counts(&elsewhere, "event type"), (1, 1, 0));
    let others = report(&event(10, "ACCUSE", "CHN", "USA", ""), &event(40, "ACCUSE", "IRN", "ISR", ""));
    assert_eq!(counts(&others, "event type"), (1, 1, 0));
}

#[test]
fn one_event_of_a_group_is_enough_and_more_are_free() {
    let gold = event(10, "CONSULT", "IRN", "CHN", "\"group\":\"visit\"")
        + &event(110, "CONSULT", "IRN", "CHN", "\"group\":\"visit\",\"optional\":true");
    assert_eq!(counts(&report(&gold, &event(110, "CONSULT", "IRN", "CHN", "")), "found"), (1, 1, 1));
    assert_eq!(counts(&report(&gold, &gold), "found"), (1, 1, 1));
    assert_eq!(counts(&report(&gold, ""), "found"), (1, 0, 0));
}

#[test]
fn optional_events_count_neither_way() {
    let gold = event(10, "SANCTION", "USA", "IRN", "\"optional\":true");
    assert_eq!(counts(&report(&gold, ""), "found"), (0, 0, 0));
    assert_eq!(counts(&report(&gold, &gold), "found"), (0, 0, 0));
}

#[test]
fn alternatives_are_right() {
    let also = r#""mode":["ceasefire"],"status":"actual","date":null,"also":{"event":["CONCEDE"],"mode":[[]],"status":["historical"],"date":["2025-06-26"],"parties":[{"actor":[{"code":"IRN"}],"recipient":[{"code":"ISR"}]}]}"#;
    let gold = event(10, "RETREAT", "IRN+ISR", "", also);
    let system = event(10, "CONCEDE", "IRN", "ISR", "\"status\":\"historical\",\"date\":\"2025-06-26\"");
    let good = report(&gold, &system);
    for name in ["event type", "status", "date", "actor", "recipient"] {
        assert_eq!(counts(&good, name), (1, 1, 1), "{name}");
    }
    assert_eq!(counts(&good, "mode"), (0, 0, 0));
    let dated = report(&gold, &event(10, "RETREAT", "IRN+ISR", "", "\"date\":\"2025-06-13\""));
    assert_eq!(counts(&dated, "date"), (1, 1, 0));
}

#[test]
fn split_records_of_one_trigger_are_joined() {
    let gold = event(10, "ACCUSE", "CHN", "ISR+USA", "");
    let system = event(10, "ACCUSE", "CHN", "ISR", "") + &event(10, "ACCUSE", "CHN", "USA", "");
    let report = report(&gold, &system);
    assert_eq!(counts(&report, "found"), (1, 1, 1));
    assert_eq!(counts(&report, "recipient"), (2, 2, 2));
    assert_eq!(counts(&report, "actor"), (1, 1, 1));
}

#[test]
fn a_year_is_not_its_first_day() {
    let gold =
        event(10, "ASSAULT", "IND", "CHN", "\"date\":\"2020-01-01\",\"enddate\":\"2020-12-31\",\"date_precision\":\"year\"");
    let day = report(&gold, &event(10, "ASSAULT", "IND", "CHN", "\"date\":\"2020-01-01\""));
    assert_eq!(counts(&day, "date"), (1, 1, 0));
    assert_eq!(counts(&report(&gold, &gold), "date"), (1, 1, 1));
}

#[test]
fn furniture_and_outlets_are_told() {
    let gold = "{\"kind\":\"furniture\",\"span\":[0,50]}\n{\"kind\":\"outlet\",\"span\":[200,206]}\n";
    let system = event(10, "CONSULT", "IRN", "", "")
        + "{\"event\":\"ACCUSE\",\"trigger\":[210,213],\"actor\":[{\"code\":\"CHN\",\"span\":[195,206]}]}\n";
    let report = report(gold, &system);
    assert_eq!((report.in_furniture, report.outlets_as_parties), (1, 1));
}

#[test]
fn records_without_places_are_paired_by_type_and_party() {
    let gold = r#"{"text":"A.","event":"ACCUSE","actor":[{"code":"CHN"}],"recipient":[{"code":"USA"}],"status":"actual"}"#;
    let system = event(10, "ACCUSE", "CHN", "USA", "\"status\":\"actual\"");
    assert_eq!(counts(&report(gold, &system), "event type"), (1, 1, 1));
}
