use demarche_store::arrow::array::{AsArray as _, RecordBatch};
use demarche_store::{Cell, Options, PageStatus, Rows, Store, StoreError};

use crate::helpers::{content, create, filled, location, number, open};
use crate::pages::{article_id, batch, page, recoded, run_of};

#[test]
fn a_batch_is_read_back_after_opening_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    let done = store.commit(batch(0..40)).expect("a commit");
    assert_eq!(done.number, Some(1));
    assert_eq!((done.pages, done.known_pages, done.known_articles), (40, 0, 0));
    assert_eq!(done.rows["sources"], 40);
    drop(store);

    let store = open(folder.path());
    assert!(store.known(&page(7).key, &page(7).fingerprint));
    assert!(!store.known(&page(7).key, "another content"));
    assert!(!store.known(&page(40).key, &page(40).fingerprint));
    assert_eq!(number(&store, "SELECT count(*) FROM sources"), 40);
    let articles: usize = (0..40).map(|n| page(n).articles.len()).sum();
    assert_eq!(number(&store, "SELECT count(*) FROM articles"), articles as i64);
    let failed = (0..40).filter(|n| page(*n).status == PageStatus::Failed).count();
    assert_eq!(number(&store, "SELECT count(*) FROM sources WHERE status = 'failed'"), failed as i64);
    assert_eq!(number(&store, "SELECT count(*) FROM runs"), 1);
}

#[test]
fn what_the_store_has_is_not_written_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 30);
    let before = store.check().expect("a check");
    let again = store.commit(batch(0..30)).expect("a commit");
    assert_eq!((again.number, again.pages, again.known_pages), (None, 0, 30));
    let half = store.commit(batch(20..40)).expect("a commit");
    assert_eq!((half.pages, half.known_pages), (10, 10));
    let once = tempfile::tempdir().expect("a folder");
    let straight = filled(once.path(), 40).check().expect("a check");
    let after = store.check().expect("a check");
    assert_ne!(before.hash(), after.hash());
    assert_eq!(content(&after), content(&straight));
}

#[test]
fn the_same_page_twice_in_a_batch_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    let done = store.commit(batch([3, 4, 3])).expect("a commit");
    assert_eq!((done.pages, done.known_pages), (2, 1));
    assert_eq!(number(&store, "SELECT count(*) FROM sources"), 2);
}

#[test]
fn an_article_that_comes_from_two_pages_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    store.commit(batch([3])).expect("a commit");
    let mut other = batch([3]);
    other.pages[0].key = "mirror/3.html".into();
    let done = store.commit(other).expect("a commit");
    assert_eq!((done.pages, done.known_articles), (1, 1));
    assert_eq!(number(&store, "SELECT count(*) FROM articles"), 1);
    assert_eq!(number(&store, "SELECT count(*) FROM sources WHERE status = 'duplicate'"), 1);
    assert!(store.check().expect("a check").sound());
}

#[test]
fn two_handles_learn_from_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut one = create(folder.path());
    let mut two = open(folder.path());
    one.commit(batch(0..10)).expect("a commit");
    let done = two.commit(batch(5..15)).expect("a commit");
    assert_eq!((done.number, done.pages, done.known_pages), (Some(2), 5, 5));
    let done = one.commit(batch(0..20)).expect("a commit");
    assert_eq!((done.number, done.pages, done.known_pages), (Some(3), 5, 15));
    let report = one.check().expect("a check");
    assert!(report.sound(), "{report}");
    let straight = tempfile::tempdir().expect("a folder");
    assert_eq!(content(&report), content(&filled(straight.path(), 20).check().expect("a check")));
}

#[test]
fn a_second_coding_stands_beside_the_first_and_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 20);
    let events = number(&store, "SELECT count(*) FROM events");
    let articles: Vec<u64> = (0..20).filter(|n| page(*n).status == PageStatus::Coded).collect();
    let later = run_of("lexicon-2");
    let some: Vec<_> = articles.iter().take(5).map(|n| recoded(*n)).collect();
    let done = store.commit_coding(&later, some.clone()).expect("a commit");
    assert_eq!(done.rows["events"], 5);
    let again = store.commit_coding(&later, some).expect("a commit");
    assert_eq!((again.number, again.known_articles), (None, 5));
    assert!(store.known_coding(&article_id(articles[0]), &later.id()));

    assert_eq!(number(&store, "SELECT count(*) FROM events"), events);
    assert_eq!(number(&store, "SELECT count(*) FROM events_all"), events + 5);
    assert_eq!(number(&store, &format!("SELECT count(*) FROM events WHERE run = '{}'", later.id())), 5);
    // An article in which the later run finds nothing shows nothing.
    store.commit_coding(&later, vec![(article_id(articles[6]), vec![])]).expect("a commit");
    assert_eq!(number(&store, "SELECT count(*) FROM events"), events - 1);
    assert_eq!(number(&store, "SELECT max(position) FROM runs"), 1);
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
}

/// A cluster of all events, as the tables `event_clusters` and `clusters` have it.
fn clustered(store: &Store, cluster: &str) -> [RecordBatch; 2] {
    let (mut members, mut clusters) = (Rows::of("event_clusters").expect("a table"), Rows::of("clusters").expect("a table"));
    let mut lead = None;
    for batch in store
        .rows("SELECT arrow_cast(id, 'Utf8'), arrow_cast(article, 'Utf8'), arrow_cast(run, 'Utf8') FROM events ORDER BY id")
        .expect("rows")
    {
        let columns = [0, 1, 2].map(|column| batch.column(column).as_string::<i32>());
        for row in 0..batch.num_rows() {
            let [event, article, run] = columns.map(|column| column.value(row));
            lead.get_or_insert(event.to_owned());
            members.push([
                ("cluster_id", cluster.into()),
                ("event", event.into()),
                ("article", article.into()),
                ("run", run.into()),
                ("reason", "alike".into()),
                ("score", Cell::Float(Some(1.0))),
            ]);
        }
    }
    crate::helpers::push_cluster(&mut clusters, cluster, &lead.expect("an event"), ["KEN", "PER"], None);
    [members.finish().expect("rows"), clusters.finish().expect("rows")]
}

#[test]
fn tables_are_replaced_together_in_one_commit() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 10);
    for (cluster, other) in [("a", "b"), ("b", "a")] {
        let [members, clusters] = clustered(&store, cluster);
        let before = store.last_commit();
        store.replace_all(&[("event_clusters", &[members]), ("clusters", &[clusters])]).expect("a commit");
        assert_eq!(store.last_commit(), before + 1);
        let events = number(&store, "SELECT count(*) FROM events");
        assert_eq!(number(&store, &format!("SELECT count(*) FROM event_clusters WHERE cluster_id = '{cluster}'")), events);
        assert_eq!(number(&store, "SELECT count(*) FROM clusters"), 1);
        for table in ["event_clusters", "clusters"] {
            assert_eq!(number(&store, &format!("SELECT count(*) FROM {table} WHERE cluster_id = '{other}'")), 0, "{table}");
        }
        let report = store.check().expect("a check");
        assert!(report.sound(), "{report}");
    }
    // One of them alone leaves them at odds, which the check tells.
    let [members, _] = clustered(&store, "c");
    store.replace("event_clusters", &[members]).expect("a commit");
    let report = store.check().expect("a check");
    let tables: Vec<&str> = report.findings.iter().map(|finding| finding.table.as_str()).collect();
    assert!(tables.contains(&"event_clusters") && tables.contains(&"clusters"), "{report}");
}

#[test]
fn a_record_of_another_article_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    let mut batch = batch([3]);
    batch.pages[0].articles[0].article.id = "somebody else".into();
    let error = store.commit(batch).expect_err("a foreign record");
    assert!(matches!(error, StoreError::ForeignRecord { .. }), "{error}");
    assert_eq!(store.last_commit(), 0);
}

#[test]
fn a_reader_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path(), 10));
    let mut reader = Store::open_read_only(&location(folder.path()), Options::default()).expect("a store");
    assert_eq!(number(&reader, "SELECT count(*) FROM sources"), 10);
    assert!(matches!(reader.commit(batch(10..12)), Err(StoreError::ReadOnly { .. })));
    open(folder.path()).commit(batch(10..12)).expect("a commit");
    reader.refresh().expect("a refresh");
    assert_eq!(number(&reader, "SELECT count(*) FROM sources"), 12);
}
