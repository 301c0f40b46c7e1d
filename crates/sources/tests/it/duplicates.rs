//! Likeness of articles, against likeness that is counted.

use std::collections::BTreeSet;

use demarche_sources::duplicates::{BYTES, Index, Signature, Signer, THRESHOLD};

const STORY: &str = "The foreign ministers of both states met in the border town of Lisse on Monday and agreed to reopen the \
    bridge that was closed in March after a quarrel about fishing rights. A spokesman for the province said that lorries \
    would be let through from Thursday on, while travellers would have to wait until the customs house was repaired. \
    Opposition parties called the agreement a surrender and announced a march through the capital for the weekend.";

/// Words that look random and are the same every time.
fn words(seed: u64, count: usize) -> Vec<String> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    (0..count).map(|_| format!("w{}", next() % 5000)).collect()
}

fn jaccard(a: &[String], b: &[String]) -> f64 {
    let runs = |words: &[String]| words.windows(4).map(|run| run.join(" ")).collect::<BTreeSet<_>>();
    let (a, b) = (runs(a), runs(b));
    a.intersection(&b).count() as f64 / a.union(&b).count() as f64
}

#[test]
fn signatures_are_the_same_in_all_versions() {
    let signature = Signature::of(STORY);
    assert_eq!(format!("{:032x}", signature.exact), "e9ebaebc5b64775d7fb8bbb808a404cb");
    let bands: Vec<String> = signature.bands().take(3).map(|band| format!("{band:016x}")).collect();
    assert_eq!(bands, ["4724c28262e82c45", "6f17be9fd65cb3a0", "4424598cc555ec47"]);
}

#[test]
fn case_punctuation_and_spacing_make_no_difference() {
    let shouted = STORY.to_uppercase().replace(". ", " -- ").replace(' ', "\n ");
    assert_eq!(Signature::of(STORY), Signature::of(&shouted));
    assert_ne!(Signature::of(STORY).exact, Signature::of(&STORY.replace("Monday", "Tuesday")).exact);
    assert_ne!(Signature::of("a bc").exact, Signature::of("ab c").exact);
}

#[test]
fn likeness_is_near_what_is_counted() {
    let signer = Signer::new();
    let mut error = 0.0_f64;
    let mut sum = 0.0;
    let mut count = 0.0;
    for seed in 0..200 {
        let one = words(seed, 300);
        let mut other = one.clone();
        for (at, word) in words(seed + 1000, (seed as usize % 20) * 2).into_iter().enumerate() {
            other[at * 7] = word;
        }
        let truth = jaccard(&one, &other);
        let guess = signer.sign(&one.join(" ")).similarity(&signer.sign(&other.join(" ")));
        error = error.max((truth - guess).abs());
        sum += guess - truth;
        count += 1.0;
    }
    assert!(error < 0.2, "an error of {error}");
    assert!((sum / count).abs() < 0.02, "the guesses are off by {} on the average", sum / count);
}

#[test]
fn copies_with_edits_are_found_and_others_are_not() {
    let signer = Signer::new();
    let mut index = Index::new(10_000);
    for seed in 0..2000 {
        assert_eq!(index.place(&format!("a{seed}"), &signer.sign(&words(seed, 300).join(" "))), None);
    }
    let mut found = 0;
    for seed in 0..200 {
        let mut copy = words(seed, 300);
        copy[50] = "edited".into();
        copy[150] = "edited".into();
        copy.truncate(290);
        let signature = signer.sign(&copy.join(" "));
        if let Some(likeness) = index.query(&signature) {
            assert_eq!(likeness.key, format!("a{seed}"));
            assert!(!likeness.exact && likeness.similarity >= THRESHOLD);
            found += 1;
        }
    }
    assert!(found >= 198, "{found} of 200 were found");
    let same = index.query(&signer.sign(&words(7, 300).join("  ")));
    assert!(same.is_some_and(|same| same.exact && same.similarity == 1.0 && same.key == "a7"));
}

#[test]
fn short_texts_are_compared_word_for_word() {
    let mut index = Index::new(100);
    let one = Signature::of("Results will follow.");
    assert!(one.is_short());
    assert_eq!(index.place("a", &one), None);
    assert_eq!(index.place("b", &Signature::of("Results may follow.")), None);
    assert_eq!(index.place("c", &Signature::of("results will follow")).map(|same| same.key.to_owned()), Some("a".into()));
    assert!(Signature::of("").is_short());
}

#[test]
fn signatures_survive_a_store() {
    let signature = Signature::of(STORY);
    let bytes = signature.to_bytes();
    assert_eq!(bytes.len(), BYTES);
    assert_eq!(Signature::from_bytes(&bytes), Some(signature));
    assert_eq!(Signature::from_bytes(&bytes[1..]), None);
    assert_eq!(Signature::from_bytes(&[]), None);
}

#[test]
fn memory_is_bounded_and_the_latest_half_is_kept() {
    let signer = Signer::new();
    let mut index = Index::new(1000);
    let sign = |seed| signer.sign(&words(seed, 60).join(" "));
    let mut most = 0;
    for seed in 0..5000 {
        index.insert(&seed.to_string(), &sign(seed));
        most = most.max(index.memory());
        assert!(index.len() <= 1000);
    }
    assert!(most < 2_000_000, "{most} bytes");
    for seed in 4500..5000 {
        assert!(index.query(&sign(seed)).is_some_and(|same| same.exact), "{seed} is gone");
    }
    assert!(index.query(&sign(10)).is_none());
}
