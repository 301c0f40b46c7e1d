//! Corrections: seen by all that reads, there after recoding, gone when taken back.

use std::ops::ControlFlow;

use demarche::Pipeline;
use demarche::types::Status;
use demarche_flows::corrections::{self, Action, Changes, CorrectionError, PartyAs, State, When, Where};
use demarche_flows::{diff, recode, stored};
use demarche_store::Store;

use crate::ingest::{Desk, PIPELINE, cells, content};

const TEXT: &str = "Lima\n\nPeru condemned Chile on Monday over fishing rights. Norway applauded Chad on Tuesday.\n\
                    Police in Kenya arrested two opposition leaders. \"We will sue,\" the leaders said.\n";
const ROWS: &str = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n\
    applaud.v\tactor=subj recipient=obj|of|by|poss\tACCUSE\tdisapprove\t111\tACCUSE\t\t{A:Norway} [applauded] {R:Chad}.\n";

/// A store with an article, and another one that nobody corrects.
fn filled() -> (Desk, Store) {
    let mut desk = Desk::new();
    desk.put("a.txt", TEXT);
    desk.put("b.txt", "Ghana thanked Kenya on Friday for its help.");
    let mut store = desk.store("s");
    desk.afresh(&mut store);
    (desk, store)
}

/// The event of that type in the second line of the article.
fn id(store: &Store, kind: &str) -> String {
    let told = "(text LIKE '%condemned%' OR text LIKE '%applauded%')";
    cells(store, &format!("SELECT id FROM events WHERE event = '{kind}' AND {told}")).remove(0)
}

fn of(store: &Store, id: &str, what: &str) -> Vec<String> {
    cells(store, &format!("SELECT CAST({what} AS VARCHAR) FROM events WHERE id = '{id}'"))
}

fn change(changes: Changes) -> Action {
    Action::Change(Box::new(changes))
}

fn to_type(kind: &str) -> Changes {
    Changes { event: Some(kind.to_owned()), ..Changes::default() }
}

fn again(pipeline: &Pipeline, store: &mut Store) -> recode::Recoded {
    recode(pipeline, store, 1, &mut |_| ControlFlow::Continue(())).expect("the store can be written")
}

fn own() -> Pipeline {
    Pipeline::embedded().expect("sound data").with_rows("own", ROWS).expect("sound rows")
}

/// Everything that counts, without what says by which run.
fn seen(store: &Store) -> Vec<String> {
    let tables = ["events", "quotes", "relations", "facts", "rejects"];
    tables.iter().flat_map(|table| cells(store, &format!("SELECT record FROM {table} ORDER BY article, id"))).collect()
}

#[test]
fn what_is_changed_is_seen_by_all_that_reads() {
    let (_desk, mut store) = filled();
    let accused = id(&store, "ACCUSE");
    let (events, articles) = (cells(&store, "SELECT count(*) FROM events"), cells(&store, "SELECT count(*) FROM articles"));
    let party = |code: &str, sector: &[&str], text: Option<&str>| PartyAs {
        code: Some(code.to_owned()),
        sector: sector.iter().map(|s| (*s).to_owned()).collect(),
        text: text.map(str::to_owned),
    };
    let day = "2025-06-23".parse().expect("a day");
    let changes = Changes {
        event: Some("THREATEN".to_owned()),
        mode: Some(vec!["violence".to_owned()]),
        status: Some(Status::Future),
        actor: Some(vec![party("CHL", &[], None), party("KEN", &["COP"], Some("Police in Kenya"))]),
        recipient: Some(vec![party("PER", &[], None)]),
        date: Some(When { date: Some(day), ..When::default() }),
        place: Some(Where {
            name: Some("Lima".to_owned()),
            country: Some("PER".to_owned()),
            lat: Some(-12.0),
            lon: Some(-77.0),
            ..Where::default()
        }),
    };
    let done = corrections::correct(&mut store, &accused[..8], change(changes), Some("as told")).expect("it is there");
    let after = done.after.expect("it is an event");
    assert_eq!((done.correction.position, done.known, done.run.is_some()), (1, false, true));
    assert_eq!((after.id.as_str(), after.quad_code, after.act.as_deref()), (accused.as_str(), 3, None));
    assert_eq!((after.event_scale, after.cameo.as_str(), after.confidence), (-3.5, "138", 1.0));
    let words: Vec<&str> = after.actor.iter().chain(&after.recipient).map(|party| party.entity_text.as_str()).collect();
    assert_eq!(words, ["Chile", "Police in Kenya", "Peru"], "{after:?}");

    assert_eq!(
        of(&store, &accused, "event || status || actor1_code || recipient1_code || date"),
        ["THREATENfutureCHLPER2025-06-23"]
    );
    assert!(of(&store, &accused, "rule")[0].starts_with("corrected event,mode,status,actor,recipient,date,place by 00000001-"));
    assert_eq!(
        cells(&store, &format!("SELECT actor || '>' || recipient FROM dyads WHERE event = '{accused}' ORDER BY 1")),
        ["CHL>PER", "KEN>PER"]
    );
    let told: Vec<_> =
        stored::events(&store, &stored::Choice::default()).expect("events").map(|told| told.expect("a record").event).collect();
    assert!(told.contains(&after), "exports do not see it");
    let mut query = demarche_store::SeriesQuery::new("CHL", None, demarche_store::Step::Month);
    query.status.clear();
    assert_eq!(store.series(&query).expect("a series").points.iter().map(|point| point.events).sum::<u64>(), 1);
    assert_eq!(
        (cells(&store, "SELECT count(*) FROM events"), cells(&store, "SELECT count(*) FROM articles")),
        (events, articles)
    );
    content(&mut store);

    // The two runs differ in the corrections alone.
    let runs = cells(&store, "SELECT run FROM runs ORDER BY position");
    let mut fields = vec![];
    let found = diff(&store, &runs[0], &runs[1], &mut |change| fields.extend(change.fields)).expect("two runs");
    assert_eq!((found.articles, found.parts()), (1, vec!["corrections"]));
    assert!(fields.contains(&"event") && fields.contains(&"actor"), "{fields:?}");
}

#[test]
fn rejected_accepted_twice_corrected_and_taken_back() {
    let (_desk, mut store) = filled();
    let (before, accused) = (seen(&store), id(&store, "ACCUSE"));
    let commits = store.last_commit();
    let accepted = corrections::correct(&mut store, &accused, Action::Accept, None).expect("it is there");
    assert_eq!((accepted.run, store.last_commit(), seen(&store)), (None, commits + 1, before.clone()));
    // The same again is the same.
    assert!(corrections::correct(&mut store, &accused, Action::Accept, None).expect("it is there").known);
    assert_eq!(store.last_commit(), commits + 1);

    let rejected = corrections::correct(&mut store, &accused, Action::Reject, Some("no such thing")).expect("it is there");
    assert_eq!((of(&store, &accused, "id").len(), rejected.after), (0, None));
    let told = cells(&store, &format!("SELECT reason || ': ' || detail FROM rejects WHERE id = '{accused}'"));
    assert_eq!(told, [format!("corrected: ACCUSE by {}: no such thing", rejected.correction.id)]);
    content(&mut store);

    // A rejected event can be named; a later decision wins, field by field.
    corrections::correct(&mut store, &accused, change(to_type("REQUEST")), None).expect("it is there");
    let negated = Changes { status: Some(Status::Negated), ..Changes::default() };
    let negated = corrections::correct(&mut store, &accused, change(negated), None).expect("it is there");
    assert_eq!(of(&store, &accused, "event || status || cameo || quad_code"), ["REQUESTnegated0203"]);
    assert_eq!(cells(&store, &format!("SELECT count(*) FROM rejects WHERE id = '{accused}'")), ["0"]);
    let states: Vec<State> = corrections::listed(&store).expect("they can be read").into_iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Overruled, State::Overruled, State::Holds, State::Holds]);
    let own = corrections::of_event(&store, &accused).expect("they can be read");
    assert_eq!(own.iter().map(|one| one.action.name()).collect::<Vec<_>>(), ["accept", "reject", "change", "change"]);
    let mut lines = vec![];
    assert_eq!(corrections::jsonl(&store, &mut lines).expect("they can be written"), 4);
    let lines = String::from_utf8(lines).expect("text");
    let read: Vec<corrections::Listed> = lines.lines().map(|line| serde_json::from_str(line).expect("a correction")).collect();
    assert_eq!(read, corrections::listed(&store).expect("they can be read"));
    content(&mut store);

    corrections::forget(&mut store, &negated.correction.id[..8]).expect("it is there");
    assert_eq!(of(&store, &accused, "event || status"), ["REQUESTactual"]);
    for kept in corrections::all(&store).expect("they can be read") {
        corrections::forget(&mut store, &kept.id).expect("it is there");
    }
    assert_eq!((seen(&store), corrections::all(&store).expect("none").len()), (before, 0));
    assert_eq!(cells(&store, "SELECT count(*) FROM corrections"), ["8"], "what was taken back is not forgotten");
    // A number is not used twice.
    let next = corrections::correct(&mut store, &accused, Action::Accept, None).expect("it is there");
    assert_eq!(next.correction.position, 9);
    content(&mut store);
}

#[test]
fn recoding_and_taking_in_again_respect_them() {
    let (mut desk, mut store) = filled();
    let (accused, lauded) = (id(&store, "ACCUSE"), id(&store, "SUPPORT"));
    corrections::correct(&mut store, &accused, change(to_type("THREATEN")), None).expect("it is there");
    corrections::correct(&mut store, &lauded, Action::Reject, None).expect("it is there");
    let corrected = seen(&store);
    assert_eq!(desk.afresh(&mut store).progress.coded, 0);
    assert_eq!(seen(&store), corrected);

    // Applauding is an accusation now: the event that was rejected is not there any more, the other one is.
    let own = own();
    let done = again(&own, &mut store);
    assert_eq!((done.corrections, done.taken_up), (2, false));
    assert_eq!(done.unmatched.iter().map(|one| one.event.as_str()).collect::<Vec<_>>(), [lauded.as_str()]);
    assert_eq!(of(&store, &accused, "event"), ["THREATEN"]);
    let states: Vec<State> = corrections::listed(&store).expect("they can be read").into_iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Holds, State::Unmatched]);
    content(&mut store);

    // A correction that is made now holds in the earlier run too, once that counts again.
    let negated = Changes { status: Some(Status::Negated), ..Changes::default() };
    corrections::correct(&mut store, &accused, change(negated), None).expect("it is there");
    let done = again(&PIPELINE, &mut store);
    assert_eq!((done.known, done.taken_up, done.unmatched.len()), (2, true, 0));
    assert_eq!(of(&store, &accused, "event || status"), ["THREATENnegated"]);
    assert!(of(&store, &lauded, "event").is_empty());
    let commits = store.last_commit();
    assert!(!again(&PIPELINE, &mut store).taken_up);
    assert_eq!((store.last_commit(), corrections::reapply(&mut store).expect("it can be written").articles), (commits, 0));

    // An event that was corrected to what it is coded as now is the same one, and keeps its name.
    corrections::correct(&mut store, &lauded, change(to_type("ACCUSE")), None).expect("it is there");
    let done = again(&own, &mut store);
    assert_eq!((done.unmatched.len(), of(&store, &lauded, "event")), (0, vec!["ACCUSE".to_owned()]));
    content(&mut store);
}

#[test]
fn two_programs_correct_at_once_and_nothing_is_lost() {
    let (desk, mut store) = filled();
    let mut other = desk.store("s");
    let (accused, lauded) = (id(&store, "ACCUSE"), id(&store, "SUPPORT"));
    corrections::correct(&mut store, &accused, change(to_type("THREATEN")), None).expect("it is there");
    // The other has read the store before that.
    corrections::correct(&mut other, &lauded, change(to_type("CONCEDE")), None).expect("it is there");
    store.refresh().expect("it can be read");
    assert_eq!((of(&store, &accused, "event"), of(&store, &lauded, "event")), (vec!["THREATEN".into()], vec!["CONCEDE".into()]));
    assert_eq!(corrections::all(&store).expect("two").iter().map(|one| one.position).collect::<Vec<_>>(), [1, 2]);
    content(&mut store);
}

#[test]
fn joined_reports_stay_joined_but_for_what_was_changed() {
    let (_desk, mut store) = filled();
    demarche_flows::corroborate::corroborate(&mut store).expect("reports");
    let accused = id(&store, "ACCUSE");
    let joined = "SELECT count(*) FROM event_clusters";
    let all: usize = cells(&store, joined)[0].parse().expect("a number");
    corrections::correct(&mut store, &accused, change(to_type("THREATEN")), None).expect("it is there");
    assert_eq!(cells(&store, joined), [(all - 1).to_string()]);
    assert_eq!(stored::not_joined(&store).expect("a number"), 1);
    content(&mut store);
    demarche_flows::corroborate::corroborate(&mut store).expect("reports");
    assert_eq!((cells(&store, joined), stored::not_joined(&store).expect("a number")), (vec![all.to_string()], 0));
    assert_eq!(cells(&store, "SELECT count(*) FROM clusters WHERE event = 'THREATEN'"), ["1"]);
    content(&mut store);
}

#[test]
fn corrected_articles_are_given_with_the_events_that_they_have_now() {
    let (_desk, mut store) = filled();
    for event in cells(&store, "SELECT id FROM events WHERE text LIKE 'Ghana%'") {
        corrections::correct(&mut store, &event, Action::Reject, None).expect("it is there");
    }
    let accused = id(&store, "ACCUSE");
    corrections::correct(&mut store, &accused, change(to_type("THREATEN")), None).expect("it is there");
    let documents = corrections::documents(&store).expect("they can be read");
    let mut events: Vec<usize> = documents.iter().map(|(_, _, events)| events.len()).collect();
    events.sort_unstable();
    let of_article = cells(&store, "SELECT count(*) FROM events")[0].parse().expect("a number");
    assert_eq!(events, [0, of_article]);
    assert!(
        documents
            .iter()
            .any(|(_, text, events)| text.contains("condemned") && events.iter().any(|event| event.event == "THREATEN"))
    );
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let (_desk, mut store) = filled();
    let (accused, commits) = (id(&store, "ACCUSE"), store.last_commit());
    let party = |code: &str| vec![PartyAs { code: Some(code.to_owned()), ..PartyAs::default() }];
    for (changes, words) in [
        (to_type("PROTESTS"), "did you mean PROTEST?"),
        (Changes { mode: Some(vec!["disaprove".to_owned()]), ..Changes::default() }, "did you mean disapprove?"),
        (Changes { mode: Some(vec!["riot".to_owned()]), ..to_type("ASSAULT") }, "modes of ASSAULT are"),
        (Changes { actor: Some(party("IRM")), ..Changes::default() }, "did you mean"),
        (
            Changes {
                date: Some(When { enddate: Some("2025-01-01".parse().expect("a day")), ..When::default() }),
                ..Changes::default()
            },
            "first day",
        ),
    ] {
        let error = corrections::correct(&mut store, &accused, change(changes), None).expect_err("it cannot be");
        let told = format!("{error}; {}", error.next_step().unwrap_or_default());
        assert!(matches!(error, CorrectionError::Illegal { .. }) && told.contains(words), "{words}: {told}");
    }
    let error =
        |store: &mut Store, event: &str, action| corrections::correct(store, event, action, None).expect_err("it cannot be");
    assert!(matches!(error(&mut store, &accused, change(Changes::default())), CorrectionError::Nothing));
    for event in ["0000000000000000", "", "'; --", "zz%"] {
        assert!(matches!(error(&mut store, event, Action::Accept), CorrectionError::NoEvent { .. }), "{event}");
    }
    assert!(matches!(corrections::forget(&mut store, "1").expect_err("there is none"), CorrectionError::NoCorrection { .. }));
    assert_eq!(store.last_commit(), commits);
}
