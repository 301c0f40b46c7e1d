use std::collections::BTreeMap;

use demarche_store::{Cell, Options, Rows, SeriesQuery, Step, Store, StoreError};
use jiff::civil::{Date, date};

use crate::helpers::{create, filled, location, push_cluster};
use crate::pages::{batch, page};

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
        assert!(point.articles <= point.events && point.all_articles >= point.articles, "{point:?}");
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
    assert_eq!(sum(&all) + all.undated + all.coarse, kenya);
    let (from, to) = (jiff::civil::date(2024, 2, 1), jiff::civil::date(2024, 2, 10));
    let some = store.series(&SeriesQuery { from: Some(from), to: Some(to), ..any }).expect("a series");
    assert_eq!(some.points.len(), 10);
    assert_eq!(
        sum(&some),
        all.points.iter().filter(|point| (from..=to).contains(&point.begin)).map(|point| point.events).sum::<u64>()
    );
}

#[test]
fn what_counts_are_divided_by_is_of_the_same_days() {
    let (_folder, store) = store();
    let (from, to) = (date(2024, 2, 10), date(2024, 2, 20));
    let month = SeriesQuery { from: Some(from), to: Some(to), ..SeriesQuery::new("KEN", None, Step::Month) };
    let series = store.series(&month).expect("a series");
    let published = (0..300u64).filter(|n| (from..=to).contains(&crate::pages::published(*n)) && !page(*n).articles.is_empty());
    assert_eq!(series.points.len(), 1);
    assert_eq!(series.points[0].all_articles, published.count() as u64);
}

#[test]
fn what_was_published_is_counted_anew_when_more_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 150);
    let mut reader = Store::open_read_only(&location(folder.path()), Options::default()).expect("a store");
    let month = SeriesQuery::new("IRN", Some("ISR"), Step::Month);
    let all = |store: &Store, query: &SeriesQuery| {
        store.series(query).expect("a series").points.iter().map(|point| point.all_articles).sum::<u64>()
    };
    let (before, again) = (all(&reader, &month), all(&reader, &month));
    assert!(before > 0 && before == again);
    store.commit(batch(150..300)).expect("a commit");
    // Who has not looked still sees events and articles of one time.
    assert_eq!(all(&reader, &month), before);
    reader.refresh().expect("a look");
    let (_other, whole) = self::store();
    assert_eq!(all(&reader, &month), all(&whole, &month), "the store has more articles now");
    assert_eq!(all(&store, &month), all(&whole, &month));
    store.compact().expect("compacted");
    assert_eq!(all(&store, &month), all(&whole, &month));
    // Each length of step, and each stretch of days, is counted by itself.
    let days = SeriesQuery { by: Step::Day, ..month.clone() };
    assert_eq!(all(&store, &SeriesQuery { by: Step::Year, ..month.clone() }), 300 - empty());
    assert!(all(&store, &days) <= all(&store, &month));
    let (from, to) = (date(2024, 2, 10), date(2024, 2, 20));
    assert!(all(&store, &SeriesQuery { from: Some(from), to: Some(to), ..month }) < before);
}

/// Pages of the first three hundred that hold no article.
fn empty() -> u64 {
    (0..300u64).filter(|n| page(*n).articles.is_empty()).count() as u64
}

#[test]
fn dates_less_exact_than_a_step_are_left_out_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    // Five accusations: of a day, a week, a month, a year, and of a time across two months.
    let dates = [
        ("2024-03-04", "2024-03-04", "day"),
        ("2024-03-04", "2024-03-10", "range"),
        ("2024-03-01", "2024-03-31", "month"),
        ("2024-01-01", "2024-12-31", "year"),
        ("2024-03-20", "2024-05-02", "range"),
    ];
    let numbers = (0..200u64).filter(|n| page(*n).articles.first().is_some_and(|coded| !coded.records.is_empty()));
    let numbers: Vec<u64> = numbers.filter(|n| n % 7 == 2 && n % 10 != 3).take(dates.len()).collect();
    let mut pages = batch(numbers);
    for (page, (first, last, precision)) in pages.pages.iter_mut().zip(dates) {
        for record in &mut page.articles[0].records {
            if let demarche_records::Record::Event(event) = record {
                event.date = Some(first.parse().expect("a day"));
                event.enddate = Some(last.parse().expect("a day"));
                event.date_precision = Some(serde_json::from_value(precision.into()).expect("a word"));
            }
        }
    }
    store.commit(pages).expect("a commit");
    for (step, counted) in [(Step::Day, 1), (Step::Week, 2), (Step::Month, 3), (Step::Year, 5)] {
        let series = store.series(&SeriesQuery::new("KEN", None, step)).expect("a series");
        let events: u64 = series.points.iter().map(|point| point.events).sum();
        assert_eq!((events, series.coarse), (counted, 5 - counted), "{step}");
    }
}

#[test]
fn joined_events_count_once() {
    let (_folder, mut store) = store();
    let query = SeriesQuery { joined: true, ..SeriesQuery::new("IRN", Some("ISR"), Step::Month) };
    let error = store.series(&query).expect_err("nothing was joined");
    assert!(matches!(error, StoreError::NotJoined { .. }) && error.to_string().contains("`demarche corroborate"), "{error}");

    // All reports of Iran about Israel are of one event; another one is of April, one the other way round.
    let reports = "FROM events WHERE actor1_code = 'IRN' AND recipient1_code = 'ISR' AND status = 'actual'";
    let mut members = Rows::of("event_clusters").expect("a table");
    let sql = format!("SELECT arrow_cast(id, 'Utf8'), arrow_cast(article, 'Utf8'), arrow_cast(run, 'Utf8') {reports}");
    let mut told = 0;
    for rows in store.rows(&sql).expect("rows") {
        use demarche_store::arrow::array::AsArray as _;
        let columns = [0, 1, 2].map(|column| rows.column(column).as_string::<i32>());
        for row in 0..rows.num_rows() {
            let [event, article, run] = columns.map(|column| column.value(row));
            told += 1;
            members.push([
                ("cluster_id", "march".into()),
                ("event", event.into()),
                ("article", article.into()),
                ("run", run.into()),
                ("reason", "alike".into()),
                ("score", Cell::Float(Some(1.0))),
            ]);
        }
    }
    assert!(told > 1, "one report is no test");
    let mut clusters = Rows::of("clusters").expect("a table");
    push_cluster(&mut clusters, "march", "x", ["IRN", "ISR"], Some(date(2024, 3, 7)));
    push_cluster(&mut clusters, "april", "x", ["IRN", "ISR"], Some(date(2024, 4, 7)));
    push_cluster(&mut clusters, "back", "x", ["ISR", "IRN"], Some(date(2024, 4, 8)));
    push_cluster(&mut clusters, "never", "x", ["IRN", "ISR"], None);
    let (members, clusters) = (members.finish().expect("rows"), clusters.finish().expect("rows"));
    store.replace_all(&[("event_clusters", &[members]), ("clusters", &[clusters])]).expect("a commit");
    let counts = |query: &SeriesQuery| {
        let series = store.series(query).expect("a series");
        let points = series.points.iter().map(|p| (p.begin.month(), p.events, p.articles)).collect::<Vec<_>>();
        (points, series.undated)
    };
    assert_eq!(counts(&query), (vec![(3, 1, told), (4, 1, 0)], 1));
    assert_eq!(counts(&SeriesQuery { both_ways: true, ..query.clone() }), (vec![(3, 1, told), (4, 2, 0)], 1));
    assert_eq!(counts(&SeriesQuery { recipient: None, ..query }), (vec![(3, 1, told), (4, 1, 0)], 1));
}
