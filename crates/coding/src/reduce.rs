//! The codebook's rules for several triggers in one sentence: what absorbs what, what is dropped and why.

use compact_str::CompactString;
use demarche_types::{
    Coded, Deprel, Document, EventType, Mode, Reject, RejectReason, Status, Step, Token, TokenId, Upos, VerbForm,
};

use crate::events::{Candidate, Scene, has_party};
use crate::participants::{is_coded, same_party};
use crate::slots::preposition;
use crate::tree;

/// Keeps what the codebook codes of one sentence's candidates; the rest become rejects with their reason.
pub(crate) fn sentence(scene: &Scene<'_>, mut candidates: Vec<Candidate>, rejects: &mut Vec<Reject>) -> Vec<Candidate> {
    let doc = scene.doc;
    for candidate in &mut candidates {
        convert(doc, candidate);
    }
    let mut reasons: Vec<Option<RejectReason>> = vec![None; candidates.len()];
    let mut absorbed_by: Vec<(usize, usize)> = vec![];
    for outer in 0..candidates.len() {
        for inner in 0..candidates.len() {
            if outer != inner && reasons[inner].is_none() && reasons[outer].is_none() {
                reasons[inner] = absorbed(doc, &candidates[outer], &candidates[inner]);
                if matches!(reasons[inner], Some(RejectReason::Subsumed(_))) && candidates[outer].kind == candidates[inner].kind {
                    absorbed_by.push((outer, inner));
                }
            }
        }
    }
    // "talks hosted by X and attended by Y" are one meeting of X and Y.
    for outer in 0..candidates.len() {
        for inner in 0..candidates.len() {
            if outer != inner
                && reasons[outer].is_none()
                && reasons[inner].is_none()
                && one_meeting(doc, &candidates[outer], &candidates[inner])
            {
                reasons[inner] = Some(RejectReason::Subsumed(candidates[outer].rule.clone()));
                let more = candidates[inner].actors.clone();
                let own = &mut candidates[outer].actors;
                let new: Vec<_> = more.into_iter().filter(|a| !own.iter().any(|o| same_party(o, a))).collect();
                own.extend(new);
            }
        }
    }
    // What an absorbed trigger knew of the parties is kept where the absorbing one lacks it.
    for (outer, inner) in absorbed_by {
        inherit(&mut candidates, outer, inner);
    }
    borrow_parties(doc, &mut candidates);
    let mut kept: Vec<Candidate> = vec![];
    for (candidate, reason) in candidates.into_iter().zip(reasons) {
        let reason = reason.or_else(|| refused(scene, &candidate)).or_else(|| repeated(doc, &kept, &candidate));
        match reason {
            Some(reason) => {
                let span = doc.token(candidate.trigger).span;
                rejects.push(Reject { span, reason, rule: Some(candidate.rule) });
            }
            None => kept.push(candidate),
        }
    }
    kept
}

/// "The first visit by an Indian minister to China since a border clash": an old fight that names nobody, and that an event
/// between two is counted from, was between these two.
fn borrow_parties(doc: &Document<'_>, candidates: &mut [Candidate]) {
    for index in 0..candidates.len() {
        let own = &candidates[index];
        let since = preposition(doc, own.trigger).is_some_and(|p| p == "since");
        if own.kind != EventType::Assault || !own.actors.is_empty() || !own.recipients.is_empty() || !since {
            continue;
        }
        let counted = tree::ancestors(doc, own.trigger).skip(1).find_map(|a| candidates.iter().position(|c| c.trigger == a));
        let Some(other) = counted.map(|i| &candidates[i]) else { continue };
        let parties: Vec<_> = other.actors.iter().chain(&other.recipients).filter(|p| is_coded(&p.actor)).cloned().collect();
        if parties.len() == 2 {
            let why = "the parties of the event that is counted from it".to_owned();
            candidates[index].steps.push(Step { what: "actor", why });
            candidates[index].actors = parties;
        }
    }
}

/// Whether a verb is told as what somebody will not do.
pub(crate) fn will_not(doc: &Document<'_>, trigger: TokenId) -> bool {
    let not = |t: TokenId| matches!(doc.token(t).lemma.as_str(), "not" | "never");
    has_will(doc, trigger) && doc.children(trigger).any(not)
}

/// "will", "would" or the "wo" of "won't" stands at the verb.
fn has_will(doc: &Document<'_>, verb: TokenId) -> bool {
    let will = |t: TokenId| doc.token(t).deprel == Deprel::Aux && matches!(doc.token(t).lemma.as_str(), "will" | "would" | "wo");
    doc.children(verb).any(will)
}

/// A future CONSULT, SUPPORT, COOPERATE or AID is AGREE, a refused one REJECT (codebook, AGREE and REJECT).
fn convert(doc: &Document<'_>, c: &mut Candidate) {
    // The model was taught the same, and reads act and status together.
    if c.read.is_some() {
        return;
    }
    // "will not release them" is a refusal, and as such it happened.
    if c.status == Status::Negated && c.kind.quad() as u8 <= 2 && has_will(doc, c.trigger) {
        c.steps.push(Step { what: "type", why: format!("a refusal of {} is REJECT", c.kind.as_str()) });
        (c.kind, c.cameo, c.mode, c.status) = (EventType::Reject, "120".into(), None, Status::Actual);
    }
    let planned = c.status == Status::Future;
    if planned && matches!(c.kind, EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid) {
        c.steps.push(Step { what: "type", why: format!("a future {} is AGREE", c.kind.as_str()) });
        (c.kind, c.cameo) = match c.kind {
            EventType::Consult => (EventType::Agree, "036".into()),
            EventType::Aid => (EventType::Agree, "033".into()),
            EventType::Cooperate => (EventType::Agree, "031".into()),
            _ => (EventType::Agree, "030".into()),
        };
        c.mode = None::<Mode>;
    }
}

/// Verbs that tell what an attack did.
const OUTCOMES: &[&str] = &[
    "kill", "wound", "injure", "hurt", "maim", "destroy", "damage", "slay", "burn", "level", "flatten", "hit", "strike", "wreck",
    "disperse", "scatter",
];

/// Whether `outer` absorbs `inner`: its complement, its object, or a weaker word for the same act.
fn absorbed(doc: &Document<'_>, outer: &Candidate, inner: &Candidate) -> Option<RejectReason> {
    use EventType::{Accuse, Agree, Assault, Concede, Mobilize, Protest, Reject as Refuse, Request, Threaten};
    let subsumed = || Some(RejectReason::Subsumed(outer.rule.clone()));
    let content = outer.slots.comps.iter().any(|&c| within_clause(doc, inner.trigger, c));
    // A request, promise, refusal or threat is coded by itself, not by what it is about.
    if matches!(outer.kind, Agree | Request | Refuse | Threaten | Concede | Protest) && content {
        return subsumed();
    }
    // "accused Iran of attacking", "of the bombing of": the allegation is the event, whatever it is about.
    let claim = outer.mode.as_ref().is_some_and(|m| m.0 == "allege" || m.0 == "investigate");
    let about = |(p, t): &(CompactString, TokenId)| {
        matches!(p.as_str(), "of" | "for" | "over" | "in" | "into" | "about") && within_clause(doc, inner.trigger, *t)
    };
    if outer.kind == Accuse && claim && (content || outer.slots.preps.iter().any(about)) {
        return subsumed();
    }
    // "jailed for sending weapons": what somebody is punished for is not told as news.
    let reason = outer.slots.comps.iter().any(|&c| {
        preposition(doc, c).is_some_and(|p| matches!(p.as_str(), "for" | "of" | "over")) && within_clause(doc, inner.trigger, c)
    });
    if reason && matches!(outer.kind, EventType::Sanction | EventType::Coerce) {
        return subsumed();
    }
    let object = outer.slots.obj.contains(&inner.trigger)
        || outer
            .slots
            .preps
            .iter()
            .any(|(p, t)| *t == inner.trigger && matches!(p.as_str(), "for" | "to" | "of" | "against" | "over" | "with"));
    if object && matches!(outer.kind, Agree | Request | Refuse | Threaten | Concede) {
        return subsumed();
    }
    if object && outer.kind == Protest {
        return subsumed();
    }
    // "strikes killed five": the killing is the strike's.
    let same_act = outer.kind == inner.kind;
    if same_act && outer.kind == Assault && inner.slots.subj.contains(&outer.trigger) {
        return subsumed();
    }
    if same_act && outer.kind == Assault && is_outcome(doc, outer, inner) {
        return subsumed();
    }
    // The same act named twice, one word hanging on the other.
    let hangs = doc.token(inner.trigger).head == Some(outer.trigger)
        && !matches!(doc.token(inner.trigger).deprel, Deprel::Conj | Deprel::Advcl | Deprel::Parataxis);
    // A visit for talks is one CONSULT.
    if same_act && hangs && (outer.mode == inner.mode || outer.kind == EventType::Consult) {
        return subsumed();
    }
    if outer.kind == Assault && inner.kind == Mobilize && has_party(outer) {
        return Some(RejectReason::Codebook("a MOBILIZE reported inside an ASSAULT is dropped".into()));
    }
    None
}

/// Whether `inner` tells what the attack of `outer` did: "shelled the town, killing six", "shelled a market, where eleven
/// were wounded", "fired tear gas to disperse them".
fn is_outcome(doc: &Document<'_>, outer: &Candidate, inner: &Candidate) -> bool {
    let token = doc.token(inner.trigger);
    let participle = matches!(token.deprel, Deprel::Advcl | Deprel::Xcomp)
        && token.head == Some(outer.trigger)
        && token.feats.verb_form != VerbForm::Fin
        && preposition(doc, inner.trigger).is_none_or(|p| p == "to" || p == "by");
    let there = token.deprel == Deprel::AclRelcl
        && token.head.is_some_and(|noun| outer.slots.obj.iter().any(|&o| tree::under(doc, noun, o)))
        && doc.children(inner.trigger).any(|c| doc.token(c).lemma == "where");
    (participle || there) && OUTCOMES.contains(&token.lemma.as_str())
}

/// Whether a token lies in the clause headed by `root`, coordinated heads included, without entering another finite clause.
fn within_clause(doc: &Document<'_>, token: TokenId, root: TokenId) -> bool {
    let mut at = token;
    for ancestor in tree::ancestors(doc, token) {
        // "urged both to show restraint and offered to mediate": a finite verb is not joined to an infinitive.
        if ancestor != token && tree::strange_conjunct(doc, at) {
            return false;
        }
        if ancestor == root {
            return true;
        }
        if ancestor != token && matches!(doc.token(at).deprel, Deprel::Advcl | Deprel::AclRelcl | Deprel::Parataxis) {
            return false;
        }
        at = ancestor;
    }
    false
}

/// Whether two words that are joined tell of one meeting: both have it for their object.
fn one_meeting(doc: &Document<'_>, outer: &Candidate, inner: &Candidate) -> bool {
    let joined = doc.token(inner.trigger).deprel == Deprel::Conj && doc.token(inner.trigger).head == Some(outer.trigger);
    let consult = outer.kind == EventType::Consult && inner.kind == EventType::Consult && outer.status == inner.status;
    joined && consult && outer.slots.obj.iter().any(|o| inner.slots.obj.contains(o))
}

fn inherit(candidates: &mut [Candidate], outer: usize, inner: usize) {
    let (actors, recipients) = (candidates[inner].actors.clone(), candidates[inner].recipients.clone());
    let own = &mut candidates[outer];
    if !own.recipients.iter().any(|r| is_coded(&r.actor))
        && (own.recipients.is_empty() || recipients.iter().any(|r| is_coded(&r.actor)))
    {
        own.recipients = recipients.into_iter().filter(|r| !own.actors.iter().any(|a| same_party(a, r))).collect();
    }
    if own.actors.is_empty() {
        own.actors = actors.into_iter().filter(|a| !own.recipients.iter().any(|r| same_party(a, r))).collect();
    }
}

/// The codebook's own conditions, and those of political news.
fn refused(scene: &Scene<'_>, c: &Candidate) -> Option<RejectReason> {
    // The model tells political parties from others by itself, also those that no table knows.
    if c.read.is_some() {
        let nobody = c.actors.is_empty() && c.recipients.is_empty();
        return nobody.then_some(RejectReason::NoPoliticalActor);
    }
    if !has_party(c) {
        return Some(RejectReason::NoPoliticalActor);
    }
    if scene.coder.ontology.needs_recipient(c.kind) && c.recipients.is_empty() && c.actors.len() < 2 {
        let group =
            c.actors.iter().any(|a| a.actor.code.as_ref().is_some_and(|x| matches!(x.0.as_str(), "IGO" | "UNO" | "EUR" | "NGO")));
        // A reciprocal row names no recipient: the other party is there, though the sentence does not tell it.
        let reciprocal = scene.coder.lexicon.entry(&c.rule).is_some_and(|e| e.recipient.is_empty());
        if !group && !reciprocal {
            return Some(RejectReason::NoRecipient);
        }
    }
    None
}

/// The same type with the same parties, told twice in one sentence.
fn repeated(doc: &Document<'_>, kept: &[Candidate], c: &Candidate) -> Option<RejectReason> {
    let close = |a: TokenId, b: TokenId| tree::under(doc, a, b) || tree::under(doc, b, a);
    let parties = |c: &Candidate| -> Vec<CompactString> {
        let codes = c
            .actors
            .iter()
            .chain(&c.recipients)
            .filter_map(|p| p.actor.identifier_id.clone().or_else(|| p.actor.code.as_ref().map(|c| c.0.clone())));
        let mut codes: Vec<_> = codes.collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let twin = kept
        .iter()
        .find(|k| k.kind == c.kind && k.status == c.status && close(k.trigger, c.trigger) && parties(k) == parties(c))?;
    // Two verbs of one clause chain are two acts ("criticised ... and condemned ...").
    let both_verbs = doc.token(twin.trigger).upos == Upos::Verb && doc.token(c.trigger).upos == Upos::Verb;
    (!both_verbs).then(|| RejectReason::Subsumed(twin.rule.clone()))
}

const SPORT: &[&str] = &[
    "coach",
    "goalkeeper",
    "striker",
    "midfielder",
    "defender",
    "goal",
    "match",
    "innings",
    "wicket",
    "tournament",
    "league",
    "championship",
    "quarterback",
    "touchdown",
    "penalty",
    "semi-final",
    "semifinal",
    "quarterfinal",
    "playoff",
    "referee",
    "halftime",
    "midfield",
    "cup",
    "batsman",
    "bowler",
    "medal",
    "stadium",
    "fixture",
    "kick-off",
    "equaliser",
    "equalizer",
    "season",
    "team",
    "player",
    "squad",
    "final",
    "score",
    "game",
    "win",
    "defeat",
    "title",
    "fan",
    "race",
    "lap",
    "set",
    "seed",
    "serve",
    "ball",
    "pitch",
    "winger",
    "manager",
];

const SPORT_SURE: &[&str] = &[
    "goalkeeper",
    "striker",
    "midfielder",
    "innings",
    "wicket",
    "quarterback",
    "touchdown",
    "semi-final",
    "semifinal",
    "quarterfinal",
    "playoff",
    "halftime",
    "midfield",
    "batsman",
    "bowler",
    "equaliser",
    "equalizer",
    "kick-off",
    "winger",
];

/// The subject that makes an article no political news, when section or words say so.
pub(crate) fn topic(doc: &Document<'_>) -> Option<CompactString> {
    let section = doc.article.section.as_deref().unwrap_or("").to_lowercase();
    if ["sport", "football", "soccer", "cricket", "tennis", "rugby"]
        .iter()
        .any(|s| section.split(|c: char| !c.is_alphanumeric()).any(|w| w.trim_end_matches('s') == *s))
    {
        return Some("sport".into());
    }
    // In sentences that were not read a long word without a capital is taken for one of these, and an ending for a plural.
    let unread = |t: &&Token| t.upos == Upos::X && t.lemma.len() > 3 && t.lemma.starts_with(char::is_lowercase);
    let nouns = || doc.tokens.iter().filter(|t| matches!(t.upos, Upos::Noun | Upos::Verb) || unread(t));
    let is = |t: &Token, word: &str| t.lemma == word || unread(&t) && t.lemma.strip_suffix('s') == Some(word);
    let count = |list: &[&str]| nouns().filter(|t| list.iter().any(|word| is(t, word))).count();
    let (all, sport, sure) = (nouns().count(), count(SPORT), count(SPORT_SURE));
    // One content word in nine from the playing field, and at least two that belong nowhere else.
    (sure >= 2 && sport * 9 >= all).then(|| "sport".into())
}

/// Turns every event of an off-topic article into a reject.
pub(crate) fn drop_off_topic(coded: &mut Coded, topic: &str) {
    for event in std::mem::take(&mut coded.events) {
        coded.rejects.push(Reject { span: event.trigger, reason: RejectReason::Topic(topic.into()), rule: Some(event.rule) });
    }
}
