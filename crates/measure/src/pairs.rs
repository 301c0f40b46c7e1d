//! Sentences with two parties marked: what one does to the other.

use demarche::coding::{RelationGuess, relation_of};
use demarche::types::{Document, Span, TokenId};
use demarche::{Failure, Pipeline, Worker};
use demarche_eval::annotated::{Covered, Linked};
use demarche_eval::relations::{Example, Prediction};

use crate::marked;
use crate::paragraph;

/// The relation that the program sees between the parties of one example. The pipeline must read every sentence: the gate knows nothing of given parties.
pub fn guess(pipeline: &Pipeline, worker: &mut Worker, example: &Example) -> Result<RelationGuess, Failure> {
    let article = paragraph(&example.id, &example.sentence, None);
    // A row without marks still gets an answer: no party is then where it should be.
    let nowhere = Span::new(0, 0);
    let (source, target) = (example.source.unwrap_or(nowhere), example.target.unwrap_or(nowhere));
    pipeline.try_read(&article, worker, |reading| relation_of(&reading.document, pipeline.coder(), source, target))
}

/// A guess as what is scored.
pub fn prediction(example: &Example, guess: &RelationGuess) -> Prediction {
    Prediction { id: example.id.clone(), root: guess.root.as_str().into(), quad: guess.root.quad() }
}

/// What the marked parties of one example are linked to: an entity, a code, sectors, or nothing.
pub fn covered(pipeline: &Pipeline, worker: &mut Worker, example: &Example) -> Result<Vec<Covered>, Failure> {
    let article = paragraph(&example.id, &example.sentence, None);
    pipeline.try_read(&article, worker, |reading| {
        let parties = [example.source, example.target].into_iter().flatten();
        parties.map(|span| party(&reading.document, span)).collect()
    })
}

/// What marked words are linked to: at their head, else by their last link inside.
fn party(document: &Document<'_>, span: Span) -> Covered {
    let words = span.of(document.text()).to_owned();
    let word = |head: TokenId| document.token(head).span;
    let head = marked::head(document, span);
    let at_head = head.and_then(|head| document.actors.iter().find(|l| word(l.head) == head));
    // Events too take a party that is nobody for what qualifies it: "Khashoggi's death".
    let is_known = |l: &&demarche::types::ActorLink| {
        l.actor.code.is_some() || !l.actor.sectors.is_empty() || l.actor.identifier_id.is_some()
    };
    let inside = || document.actors.iter().filter(|l| span.contains(word(l.head))).find(is_known);
    let entity = |l: &demarche::types::ActorLink| l.actor.identifier_id.as_ref().map(ToString::to_string);
    // States that are named together are known, all of them.
    let link =
        |l: &demarche::types::ActorLink| Linked { code: l.first_code().map(|c| c.0.to_string()), ..marked::link(document, l) };
    let known = at_head.filter(is_known).or_else(inside).map(|l| (link(l), entity(l)));
    // A town that is acted upon is taken for its country, as events take it.
    let place = || {
        let link = document.places.iter().rfind(|p| span.contains(word(p.head)))?;
        let code = Some(link.place.country.0.to_string()).filter(|c| !c.is_empty());
        let id = link.place.geonames.map(|id| id.to_string()).or_else(|| link.place.unit.as_ref().map(ToString::to_string));
        Some((Linked { head: word(link.head), code, sectors: vec![] }, id.or(Some(link.place.name.clone()))))
    };
    let found = known.or_else(place);
    Covered::new(words, found.as_ref().map(|(l, e)| (l, e.clone())))
}
