use std::process::Stdio;
use std::time::Duration;

use crate::helpers::{committer, content, filled, location, open};

const PAGES: u64 = 240;

/// Numbers that look random, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn killing_the_writer_at_twenty_moments_loses_and_doubles_nothing() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let straight = filled(one.path(), PAGES).check().expect("a check");
    let place = location(&two.path().join("store"));
    let mut dice = Dice(5);
    let mut killed = 0;
    for _ in 0..60 {
        let mut child = committer(&place, PAGES, 4).stderr(Stdio::inherit()).spawn().expect("the example runs");
        std::thread::sleep(Duration::from_millis(20 + dice.roll(700)));
        if child.try_wait().expect("a child").is_some() {
            break;
        }
        child.kill().expect("killed");
        child.wait().expect("a child");
        killed += 1;
        if killed == 20 {
            break;
        }
    }
    assert!(killed == 20, "only {killed} moments were before the end: the test needs more pages");
    assert!(committer(&place, PAGES, 4).status().expect("the example runs").success());
    let report = open(&two.path().join("store")).check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(content(&report), content(&straight));
}

#[test]
fn two_writers_of_the_same_pages_double_nothing() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let straight = filled(one.path(), 60).check().expect("a check");
    let place = location(&two.path().join("store"));
    let mut writers = [
        committer(&place, 60, 7).spawn().expect("the example runs"),
        committer(&place, 60, 5).spawn().expect("the example runs"),
        committer(&place, 60, 11).arg("reverse").spawn().expect("the example runs"),
    ];
    for writer in &mut writers {
        assert!(writer.wait().expect("a child").success());
    }
    let report = open(&two.path().join("store")).check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(content(&report), content(&straight));
}
