use std::collections::BTreeMap;

use demarche_store::{SeriesQuery, Step, Store};
use jiff::civil::Date;

use crate::helpers::filled;
use crate::pages::page;

/// What the pages say, counted here: of each dyad and month the actual and dated events and their scores.
fn expected(pages: u64, actor: &str, recipient: &str) -> BTreeMap<Date, (u64, f64)> {
    let mut months = BTreeMap::new();
    for n in 0..pages {
        for coded in page(n).articles {
            for record in coded.records {
                let demarche_records::Record::Event(event) = record else { continue };
                let is = |parties: &[demarche_records::Party], code: &str| {
                    parties.iter().any(|party| party.code.as_deref() == Some(code))
                };
                let actual = serde_json::to_value(event.status).expect("JSON") == "actual";
                if let (true, true, true, Some(day)) =
                    (actual, is(&event.actor, actor), is(&event.recipient, recipient), event.date)
                {
                    let month: &mut (u64, f64) = months.entry(day.first_of_month()).or_default();
                    month.0 += 1;
                    month.1 += event.event_scale;
                }
            }
        }
    }
    months
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = filled(folder.path(), 300);
    (folder, store)
}

#[test]
fn months_are_counted_with_their_denominators_and_without_gaps() {
    let (_folder, store) = store();
    let expected = expected(300, "IRN", "ISR");
    assert!(expected.len() > 3, "the pages have too few events: {expected:?}");
    let series = store.series(&SeriesQuery::new("IRN", Some("ISR"), Step::Month)).expect("a series");
    let told: BTreeMap<Date, (u64, f64)> = series
        .points
        .iter()
        .filter(|point| point.events > 0)
        .map(|point| (point.begin, (point.events, point.intensity)))
        .collect();
    assert_eq!(told, expected);
    for pair in series.points.windows(2) {
        assert_eq!(pair[0].begin.checked_add(jiff::Span::new().months(1)).expect("a day"), pair[1].begin);
    }
    for point in &series.points {
        assert_eq!(point.quads.iter().sum::<u64>(), point.events);
        assert!(point.reports <= point.events && point.all_articles >= point.reports, "{point:?}");
        assert_eq!(point.all_outlets, 4);
        let published =
            (0..300u64).filter(|n| crate::pages::published(*n).first_of_month() == point.begin && !page(*n).articles.is_empty());
        assert_eq!(point.all_articles, published.count() as u64, "{}", point.begin);
    }
    let point = series.points.iter().find(|point| point.events > 0).expect("events");
    assert_eq!(point.per_article(), Some(point.events as f64 / point.all_articles as f64));
    assert!((point.quad_shares().expect("events").iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn both_ways_is_the_sum_of_both() {
    let (_folder, store) = store();
    let count = |query: &SeriesQuery| store.series(query).expect("a series").points.iter().map(|point| point.events).sum::<u64>();
    let there = count(&SeriesQuery::new("IRN", Some("ISR"), Step::Week));
    let back = count(&SeriesQuery::new("ISR", Some("IRN"), Step::Week));
    let both = SeriesQuery { both_ways: true, ..SeriesQuery::new("IRN", Some("ISR"), Step::Week) };
    assert!(there > 0 && back > 0);
    assert_eq!(count(&both), there + back);
}

#[test]
fn statuses_days_and_undated_events() {
    let (_folder, store) = store();
    let any = SeriesQuery { status: vec![], ..SeriesQuery::new("KEN", None, Step::Day) };
    let all = store.series(&any).expect("a series");
    let actual = store.series(&SeriesQuery::new("KEN", None, Step::Day)).expect("a series");
    let sum = |series: &demarche_store::Series| series.points.iter().map(|point| point.events).sum::<u64>();
    assert!(sum(&all) > sum(&actual));
    assert!(all.undated > 0);
    let kenya = crate::helpers::number(&store, "SELECT count(*) FROM events WHERE actor1_code = 'KEN'") as u64;
    assert_eq!(sum(&all) + all.undated, kenya);
    let (from, to) = (jiff::civil::date(2024, 2, 1), jiff::civil::date(2024, 2, 10));
    let some = store.series(&SeriesQuery { from: Some(from), to: Some(to), ..any }).expect("a series");
    assert_eq!(some.points.len(), 10);
    assert_eq!(
        sum(&some),
        all.points.iter().filter(|point| (from..=to).contains(&point.begin)).map(|point| point.events).sum::<u64>()
    );
}
