//! Actors: country and first sector of every mention.

use demarche_types::{CountryCode, Span};

use super::read::{Annotated, Gold, GoldActor};
use super::{Report, overlapping};
use crate::report::{Row, Score};

/// What the program says of a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The head word.
    pub head: Span,
    /// Country or code of a body.
    pub code: Option<String>,
    /// Sectors, the main one first.
    pub sectors: Vec<String>,
}

/// Compares actors. `head_of` gives the head word of marked words. The scores: `code and sector` (country and first sector), `code`,
/// `sector`; a mention that the program has not linked is not among those of the system.
pub fn actors<'a>(
    articles: impl IntoIterator<Item = (&'a str, &'a Annotated, &'a [Linked], &'a dyn Fn(Span) -> Option<Span>)>,
) -> Report {
    let (mut both, mut code, mut sector) = (Score::default(), Score::default(), Score::default());
    let mut differences = Vec::new();
    for (name, article, links, head_of) in articles {
        for mark in &article.marks {
            let Gold::Actor(gold) = &mark.gold else { continue };
            let at_head = head_of(mark.span).and_then(|head| links.iter().find(|l| l.head == head));
            // Where the tree has another head, the words' last mention is meant.
            let found = at_head.or_else(|| {
                let inside = links.iter().filter(|l| mark.span.contains(l.head));
                inside.max_by_key(|l| l.head.start).or_else(|| overlapping(links, mark.span, |l| l.head))
            });
            let same_code = found.is_some_and(|l| l.code == gold.code);
            // The code of a body that is no state's says what it is; gold names a sector beside it only for a branch.
            let body = gold.sectors.is_empty() && gold.code.as_deref().is_some_and(|c| CountryCode::NON_STATE.contains(&c));
            let same_sector = found.is_some_and(|l| body && same_code || l.sectors.first() == gold.sectors.first());
            let linked = usize::from(found.is_some());
            code.add(Score::new(1, linked, usize::from(same_code)));
            sector.add(Score::new(1, linked, usize::from(same_sector)));
            both.add(Score::new(1, linked, usize::from(same_code && same_sector)));
            if !(same_code && same_sector) {
                let words = mark.span.of(&article.text).replace('\n', " ");
                let told = found.map_or_else(|| "none".to_owned(), |l| shown(l.code.as_deref(), &l.sectors));
                let GoldActor { code, sectors } = gold;
                differences.push(format!("{name}: {words}: {}, found {told}", shown(code.as_deref(), sectors)));
            }
        }
    }
    let scores = vec![Row::new("code and sector", both), Row::new("code", code), Row::new("sector", sector)];
    Report { what: "actors", scores, differences }
}

fn shown(code: Option<&str>, sectors: &[String]) -> String {
    let sectors = if sectors.is_empty() { "-".to_owned() } else { sectors.join(" ") };
    format!("{} {sectors}", code.unwrap_or("-"))
}
