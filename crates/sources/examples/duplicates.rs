//! What it costs to find duplicates among many articles: `cargo run --release -p demarche-sources --example duplicates`.

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::time::Instant;

use demarche_sources::duplicates::{Index, Signer};

/// A number that looks random and is the same every time.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 20
}

/// An article of about 350 words, few of them rare, with furniture that many others have.
fn article(seed: u64) -> Vec<String> {
    let mut state = seed;
    let mut words: Vec<String> = "sign up for our newsletter and read more of our work".split(' ').map(str::to_owned).collect();
    for _ in 0..340 {
        let rank = next(&mut state) % 20_000;
        words.push(format!("w{}", rank * rank / 20_000));
    }
    words
}

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(200_000);
    let signer = Signer::new();
    let mut index = Index::new(1_000_000);
    let (mut found, mut missed, mut wrong) = (0, 0, 0);
    let mut signing = 0.0;
    let mut finding = 0.0;
    let step = (count / 10).max(1);
    for at in 0..count {
        // Every fifth article is an earlier one with eight words changed.
        let copied = (at % 5 == 4).then(|| at - 1 - (at / 5) % 3);
        let mut words = article(copied.unwrap_or(at));
        if copied.is_some() {
            for change in 0..8 {
                words[20 + change * 40] = format!("edit{at}");
            }
        }
        let text = words.join(" ");
        let start = Instant::now();
        let signature = signer.sign(&text);
        signing += start.elapsed().as_secs_f64();
        let start = Instant::now();
        let likeness = index.place(&at.to_string(), &signature).map(|likeness| likeness.key.to_owned());
        finding += start.elapsed().as_secs_f64();
        match (copied, likeness) {
            (Some(copied), Some(key)) if key == copied.to_string() => found += 1,
            (Some(_), None) => missed += 1,
            (_, Some(_)) => wrong += 1,
            (None, None) => {}
        }
        if (at + 1) % step == 0 {
            println!(
                "{:>9} articles: {:6.1} us to sign, {:5.2} us to find and put in, {:4} bytes an article in the index",
                at + 1,
                signing / step as f64 * 1e6,
                finding / step as f64 * 1e6,
                index.memory() / index.len()
            );
            (signing, finding) = (0.0, 0.0);
        }
    }
    println!("copies found {found}, missed {missed}, wrong {wrong}");
}
