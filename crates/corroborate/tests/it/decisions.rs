//! What a user has decided holds for what comes later.

use demarche_corroborate::{Corroborator, Decision, Reason};
use demarche_types::EventId;

use crate::lines::Line;

/// The same attack, told by one more paper.
fn told(id: &str, town: &str) -> Line {
    let place = if town == "Odesa" { "Odesa UKR 46.48,30.73" } else { "Sumy UKR 50.91,34.80" };
    Line::read(&format!(
        "{id} | 2025-03-04 | Paper {id} | ASSAULT assault-aerial aerial | RUS:MIL > UKR:CVL | 2025-03-03 | {place} | dead 5 | actual | \
         Russian jets bombed a fuel depot in {town} on Monday, killing five people."
    ))
}

fn event(id: &str) -> EventId {
    EventId(id.into())
}

fn clusters(all: &mut Corroborator) -> Vec<String> {
    let ids = |cluster: &demarche_corroborate::Cluster| {
        cluster.members.iter().map(|member| member.event.0.as_str()).collect::<Vec<_>>().join(" ")
    };
    all.clusters().iter().map(ids).collect()
}

fn with(lines: &[Line]) -> Corroborator {
    let mut all = Corroborator::default();
    all.add(lines.iter().map(Line::report));
    all
}

#[test]
fn a_split_holds_when_reports_come() {
    let mut all = with(&[told("a", "Sumy"), told("b", "Sumy"), told("c", "Sumy")]);
    assert_eq!(clusters(&mut all), ["a b c"]);
    let decision = all.split(&event("b")).expect("it was with others");
    assert_eq!(decision, Decision::Split { event: event("b"), from: vec![event("a"), event("c")] });
    assert_eq!(clusters(&mut all), ["a c", "b"]);
    // A new report is like all three. It goes to one of the two clusters and does not bring them together.
    all.add([told("d", "Sumy").report()]);
    let seen = clusters(&mut all);
    assert!(seen == ["a c d", "b"] || seen == ["a c", "b d"], "{seen:?}");
    // Nobody to be split from.
    let mut alone = with(&[told("a", "Sumy")]);
    assert_eq!(alone.split(&event("a")), None);
    assert_eq!(alone.split(&event("x")), None);
}

#[test]
fn a_merge_holds_when_reports_come() {
    let mut all = with(&[told("a", "Sumy"), told("b", "Sumy"), told("x", "Odesa"), told("y", "Odesa")]);
    assert_eq!(clusters(&mut all), ["a b", "x y"]);
    all.merge(&event("a"), &event("y")).expect("both are known");
    assert_eq!(clusters(&mut all), ["a b x y"]);
    let whole = all.clusters();
    assert!(whole[0].members[1..].iter().all(|member| matches!(&member.reason, Reason::Decided { .. })), "{whole:?}");
    all.add([told("c", "Odesa").report(), told("d", "Sumy").report()]);
    let later = clusters(&mut all);
    assert!(
        later.iter().any(|cluster| ["a", "b", "x", "y"].iter().all(|id| cluster.split(' ').any(|other| other == *id))),
        "{later:?}"
    );
}

#[test]
fn decisions_of_an_earlier_run_hold_from_the_first_report() {
    let mut all = Corroborator::default();
    all.decide(Decision::Split { event: event("a"), from: vec![event("b")] });
    all.decide(Decision::Merge { events: vec![event("b"), event("x")] });
    all.add([told("x", "Odesa").report()]);
    assert_eq!(clusters(&mut all), ["x"]);
    all.add([told("a", "Sumy").report(), told("b", "Sumy").report()]);
    assert_eq!(clusters(&mut all), ["a", "b x"]);
    // The last word counts.
    all.merge(&event("a"), &event("b")).expect("both are known");
    assert_eq!(clusters(&mut all), ["a b x"]);
}

#[test]
fn records_of_one_article_can_be_split_and_merged() {
    let line = |id: &str, sentence: &str| {
        Line::read(&format!(
            "{id} | 2025-03-04 | Post article=one | ASSAULT assault-aerial aerial | RUS:MIL > UKR:CVL | 2025-03-03 | Sumy UKR 50.91,34.80 | dead 5 | actual | {sentence}"
        ))
    };
    let lines = [
        line("a", "Russian jets bombed a depot in Sumy, killing five."),
        line("b", "Jets bombed the Sumy depot on Monday, and five died."),
    ];
    let mut all = with(&lines);
    assert_eq!(clusters(&mut all), ["a b"]);
    all.split(&event("b")).expect("it was with another");
    assert_eq!(clusters(&mut all), ["a", "b"]);
    all.merge(&event("b"), &event("a")).expect("both are known");
    assert_eq!(clusters(&mut all), ["a b"]);
}
