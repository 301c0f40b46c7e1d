//! Prints how long the embedded knowledge base takes to load, and how much it holds.

use std::time::Instant;

fn main() -> Result<(), demarche_knowledge::KnowledgeError> {
    let mut best = f64::MAX;
    let mut size = (0, 0, 0, 0);
    for _ in 0..10 {
        let start = Instant::now();
        size = demarche_knowledge::Knowledge::embedded()?.size();
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
    }
    let mut out = std::io::stdout().lock();
    let _ = std::io::Write::write_fmt(&mut out, format_args!("{best:.1} ms, {size:?}\n"));
    Ok(())
}
