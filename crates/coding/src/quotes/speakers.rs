//! From the word next to the cue to the one who speaks.

use demarche_types::{Deprel, Document, EntityType, Number, TokenId, Upos};

use super::cues;
use super::{RawQuote, Speaker};

/// How many sentences back a pronoun may look without a coreference chain.
const REACH: u32 = 4;

/// Resolves pronouns in text order and marks outlets.
pub(super) fn resolve(doc: &Document<'_>, raw: &mut [RawQuote]) {
    for index in 0..raw.len() {
        if let Some(from) = raw[index].continues {
            raw[index].speaker = raw[from].speaker;
        } else if let Some(speaker) = raw[index].speaker
            && let Some(said) = speaker.said.filter(|&s| doc.token(s).upos == Upos::Pron)
        {
            // "I" inside a quotation is whoever is quoted.
            let first_person = matches!(doc.token(said).lemma.to_lowercase().as_str(), "i" | "me");
            let quoted = raw[..index].iter().rev().find(|q| first_person && q.covers(said)).and_then(|q| q.speaker?.head);
            let head = quoted.or_else(|| by_chain(doc, said)).or_else(|| by_recency(doc, said, &raw[..index]));
            raw[index].speaker = Some(match head {
                Some(head) => Speaker { head: Some(head), said: Some(said), span: doc.token(head).span },
                None => speaker,
            });
        }
        let head = raw[index].speaker.and_then(|s| s.head);
        raw[index].by_media = head.is_some_and(|h| cues::is_media(doc, h));
    }
}

/// The nearest name before a pronoun in its chain, else any name of the chain, else any noun before.
fn by_chain(doc: &Document<'_>, pronoun: TokenId) -> Option<TokenId> {
    let chain = doc.mention_at(pronoun).and_then(|m| doc.mentions[m.index()].chain)?;
    let of_chain =
        || doc.mentions.iter().filter(|m| m.chain == Some(chain) && m.head != pronoun && doc.token(m.head).upos != Upos::Pron);
    of_chain()
        .filter(|m| m.head < pronoun && m.named)
        .map(|m| m.head)
        .max()
        .or_else(|| of_chain().filter(|m| m.named).map(|m| m.head).min())
        .or_else(|| of_chain().filter(|m| m.head < pronoun).map(|m| m.head).max())
}

/// The speaker of the quotation just before, else the most recent subject that fits the pronoun.
fn by_recency(doc: &Document<'_>, pronoun: TokenId, before: &[RawQuote]) -> Option<TokenId> {
    let lemma = doc.token(pronoun).lemma.to_lowercase();
    let here = doc.sentence_of(pronoun).0;
    let near = |t: TokenId| t < pronoun && here - doc.sentence_of(t).0 <= REACH;
    let fits = |t: TokenId| {
        let token = doc.token(t);
        // "Everybody", "I": a pronoun is no antecedent.
        if token.upos == Upos::Pron {
            return false;
        }
        let kind = doc.mention_at(t).map(|m| doc.mentions[m.index()].kind);
        match lemma.as_str() {
            "he" | "she" => match kind {
                Some(kind) => kind == EntityType::Person && token.feats.number != Number::Plur,
                None => token.upos == Upos::Propn && doc.place_at(t).is_none() && !doc.actor_at(t).is_some_and(|a| a.is_media),
            },
            "they" => token.feats.number == Number::Plur,
            "it" => match kind {
                Some(kind) => kind == EntityType::Organization,
                None => token.upos == Upos::Propn,
            },
            _ => false,
        }
    };
    let recent = (0..pronoun.0).rev().map(TokenId).take_while(|&t| near(t)).find(|&t| {
        matches!(doc.token(t).deprel, Deprel::Nsubj | Deprel::NsubjPass) && fits(t) && !before.iter().any(|q| q.covers(t))
    });
    let speaker = before.iter().rev().filter_map(|q| q.speaker?.head).find(|&h| near(h) && fits(h));
    // Whoever was subject or spoke last, whichever stands nearer.
    recent.max(speaker)
}
