//! From the model's frames to candidates, with the lexicon beside them.
//!
//! The model decides which words tell an event, the act, its parties and its status. A row of the lexicon that fits the same word is named as
//! the rule where it agrees; where it does not, it is kept as the alternative that lost. A user's own row wins over the model.

use compact_str::{CompactString, format_compact};
use demarche_types::{
    Actor, Attribution, AttributionKind, Deprel, Document, EventDate, EventType, Frame, FrameRole, LinkBasis, Participant, Place,
    Reject, RejectReason, SentenceId, Span, Status, Step, TokenId, Upos,
};

use crate::acts::Act;
use crate::codebook::Root;
use crate::dates::of_mention;
use crate::events::{self, Candidate, Scene};
use crate::participants::{is_coded, participant, same_party};
use crate::triggers::Trigger;
use crate::{slots, tree};

/// Probability from which an event has a context.
const CONTEXT: f32 = 0.3;
/// Probability from which a word tells an event: where the F1 of triggers with types is highest on text that is kept for choosing.
const EVENT: f32 = 0.65;
/// What a row of the lexicon that fits the word multiplies the odds of an event by (on text like the corpus that changes nothing; elsewhere the rows
/// are a second opinion) ...
const ROW: f32 = 2.0;
/// ... a row of a sense that is no event ...
const SENSE: f32 = 0.25;
/// ... and what it multiplies the odds of its type by.
const ROW_TYPE: f32 = 2.0;

fn times(p: f32, factor: f32) -> f32 {
    p * factor / (p * factor + 1.0 - p)
}

/// The candidates of a sentence that the model has read.
pub(crate) fn build(scene: &Scene<'_>, sentence: SentenceId, found: Vec<Trigger>, rejects: &mut Vec<Reject>) -> Vec<Candidate> {
    let doc = scene.doc;
    let (own, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|t| scene.coder.lexicon.entries()[t.entry].own);
    let ruled: Vec<TokenId> = own.iter().flat_map(|t| [Some(t.token), t.slots.support]).flatten().collect();
    let mut unread = vec![];
    let mut lexical = events::build(scene, found, &mut unread);
    let mut out = vec![];
    for frame in doc.frames_of(sentence).iter().filter(|f| !ruled.contains(&f.trigger)) {
        let at = doc.token(frame.trigger).span;
        let beside = lexical.iter().position(|c| c.trigger == frame.trigger || c.slots.support == Some(frame.trigger));
        let event = match beside {
            Some(_) => times(frame.event, ROW),
            None if unread.iter().any(|r| r.span == at) => times(frame.event, SENSE),
            None => frame.event,
        };
        if event >= EVENT {
            let beside = beside.map(|at| lexical.remove(at));
            out.extend(candidate(scene, frame, beside));
        }
    }
    for c in lexical {
        let told = doc.frame_of(c.trigger).map_or(0.0, |f| f.event);
        let why = format_compact!("the model sees no event in it ({:.0} %)", 100.0 * told);
        rejects.push(Reject { span: doc.token(c.trigger).span, reason: RejectReason::Sense(why), rule: Some(c.rule) });
    }
    // Blocking senses are told where the model agrees with them.
    rejects.extend(unread.into_iter().filter(|r| !out.iter().any(|c: &Candidate| doc.token(c.trigger).span == r.span)));
    for mut c in events::build(scene, own, rejects) {
        if let Some(frame) = doc.frame_of(c.trigger) {
            lend(scene, frame, &mut c);
        }
        out.push(c);
    }
    out.sort_by_key(|c| c.trigger);
    out
}

/// Parties that the model sees, where a user's row found none.
fn lend(scene: &Scene<'_>, frame: &Frame, c: &mut Candidate) {
    if c.actors.is_empty() {
        c.actors = parties(scene, frame, FrameRole::Actor);
    }
    if c.recipients.is_empty() {
        c.recipients = parties(scene, frame, FrameRole::Recipient);
    }
    c.recipients.retain(|r| !c.actors.iter().any(|a| same_party(a, r)));
}

/// Types with their probabilities, best first.
fn types(scene: &Scene<'_>, frame: &Frame) -> Vec<(EventType, f32)> {
    let mut sums: Vec<(EventType, f32)> = vec![];
    for (act, p) in frame.acts.iter().filter_map(|(name, p)| Some((scene.coder.acts.get(name)?, *p))) {
        match sums.iter_mut().find(|(kind, _)| *kind == act.kind) {
            Some((_, sum)) => *sum += p,
            None => sums.push((act.kind, p)),
        }
    }
    best_first(&mut sums);
    sums
}

/// Sorts types by their share.
fn best_first(types: &mut [(EventType, f32)]) {
    types.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
}

/// Gives the share of one type to another.
fn join(types: &mut Vec<(EventType, f32)>, from: EventType, to: EventType) {
    let share = types.iter().filter(|(kind, _)| [from, to].contains(kind)).map(|(_, share)| share).sum();
    types.retain(|(kind, _)| ![from, to].contains(kind));
    types.push((to, share));
    best_first(types);
}

/// The act: the likeliest of the likeliest type.
fn act<'s>(scene: &Scene<'s>, frame: &Frame, kind: EventType) -> Option<&'s Act> {
    frame.acts.iter().filter_map(|(name, _)| scene.coder.acts.get(name)).find(|act| act.kind == kind)
}

fn candidate(scene: &Scene<'_>, frame: &Frame, beside: Option<Candidate>) -> Option<Candidate> {
    let doc = scene.doc;
    let read = types(scene, frame);
    let mut types = read.clone();
    if let Some(row) = &beside {
        let own = types.iter_mut().find(|(kind, _)| *kind == row.kind);
        if let Some((_, share)) = own {
            let factor = 1.0 / (1.0 + (ROW_TYPE - 1.0) * *share);
            *share *= ROW_TYPE;
            types.iter_mut().for_each(|(_, share)| *share *= factor);
            best_first(&mut types);
        }
    }
    let &(kind, _) = types.first()?;
    let alone = |kind: EventType| read.iter().find(|(other, _)| *other == kind).map_or(0.0, |(_, share)| *share);
    let mut likely = alone(kind);
    let mut act = act(scene, frame, kind)?;
    let (status, why) = match (frame.best_status(), scene.coder.status.undone(doc, frame.trigger)) {
        ((Status::Actual, _), Some(cue)) => (cue.status, format!("{:?} by {}", cue.status, cue.why)),
        ((status, sure), _) => (status, format!("{status:?} by the model ({:.0} %)", 100.0 * sure)),
    };
    let mut steps = vec![Step {
        what: "trigger",
        why: format!(
            "\u{201c}{}\u{201d}: the model reads {} ({:.0} %)",
            doc.form(frame.trigger),
            act.name,
            100.0 * likely * frame.event
        ),
    }];
    if status == Status::Future
        && let Some(promise) = scene.coder.acts.promised(act)
    {
        steps.push(Step { what: "type", why: format!("a future {} is AGREE", kind.as_str()) });
        act = promise;
        likely += if act.kind == kind { 0.0 } else { alone(act.kind) };
        join(&mut types, kind, act.kind);
    }
    if let Some(row) = &beside {
        let why = if row.kind == act.kind { "agrees" } else { "lost" };
        steps.push(Step { what: "lexicon", why: format!("row {} ({}) {why}", row.rule, row.kind.as_str()) });
    }
    steps.push(Step { what: "status", why: why.to_lowercase() });
    let actors = parties(scene, frame, FrameRole::Actor);
    let mut recipients = parties(scene, frame, FrameRole::Recipient);
    recipients.retain(|r| !actors.iter().any(|a| same_party(a, r)));
    steps.extend(events::party_steps(doc, &actors, &recipients));
    let rule = match &beside {
        Some(row) if row.kind == act.kind => row.rule.clone(),
        _ => format_compact!("act:{}", act.name),
    };
    let slots = beside.as_ref().map_or_else(|| slots::of(doc, frame.trigger), |row| row.slots.clone());
    let date = date(scene, frame, status, beside.as_ref());
    let told = scene.coder.variants.told(doc, frame.trigger, act);
    Some(Candidate {
        trigger: frame.trigger,
        slots,
        kind: act.kind,
        mode: act.mode.clone(),
        cameo: told.cameo,
        rule,
        contexts: frame
            .contexts
            .iter()
            .filter(|(_, p)| *p >= CONTEXT)
            .map(|(name, _)| demarche_types::Context(name.clone()))
            .collect(),
        actors,
        recipients,
        status,
        date,
        steps,
        read: Some(Read { root: told.root, act: act.name.clone(), confidence: likely * frame.event, types }),
    })
}

/// What of a candidate comes from the model.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// Root of the 2016 edition.
    pub(crate) root: Root,
    /// The act.
    pub(crate) act: CompactString,
    /// Probability of event and type, as the model has it without the rows.
    pub(crate) confidence: f32,
    /// Types with their probabilities as they were weighed, best first.
    pub(crate) types: Vec<(EventType, f32)>,
}

/// The participants of a role: one for every span that has a head that can be one.
pub(crate) fn parties(scene: &Scene<'_>, frame: &Frame, role: FrameRole) -> Vec<Participant> {
    let doc = scene.doc;
    let mut out: Vec<Participant> = vec![];
    for (start, end) in spans(scene, frame, role) {
        let Some(found) = party(scene, start, end) else { continue };
        if out.iter().any(|p| p.head == found.head) {
            continue;
        }
        // "The delegations of Sudan and Chad": one phrase, and two parties.
        let inner = events::others_by_phrase(doc, found.head, &found);
        out.extend(peoples(doc, found));
        out.extend(inner);
    }
    // "Chad and Mali signed, and both pledged": a pronoun that stands for nobody known adds nothing to those who are named.
    if out.iter().any(|p| is_coded(&p.actor)) {
        out.retain(|p| is_coded(&p.actor) || !matches!(doc.token(p.head).upos, Upos::Pron | Upos::Det));
    }
    out
}

/// "Indian and Chinese troops" are two parties, "Indian" and "Chinese troops".
fn peoples(doc: &Document<'_>, mut first: Participant) -> Vec<Participant> {
    let whole = first.span;
    let mut others = events::others_by_adjective(doc, first.head, &first);
    others.retain(|other| whole.contains(other.span) && other.span.start > whole.start);
    others.sort_by_key(|other| other.head);
    // Where each further party begins, and where what stands before it ends: at the "and" or comma that joins it, if the tree has one there.
    let mut before = whole.start;
    let mut cuts: Vec<u32> = vec![];
    for other in &others {
        let joins = doc.children(other.head).map(|c| doc.token(c)).filter(|t| matches!(t.deprel, Deprel::Cc | Deprel::Punct));
        let join = joins.map(|t| t.span.start).filter(|at| *at > before && *at < other.span.start).min();
        cuts.push(join.unwrap_or(other.span.start));
        before = other.span.start;
    }
    cuts.push(whole.end);
    let until = |start: u32, end: u32| start + Span { start, end }.of(doc.text()).trim_end().len() as u32;
    first.span.end = until(whole.start, cuts[0]);
    for (other, &cut) in others.iter_mut().zip(&cuts[1..]) {
        other.span.end = until(other.span.start, cut);
    }
    [vec![first], others].concat()
}

/// The spans of a role, put right by the tree: whole phrases, one for each party that is joined to another.
fn spans(scene: &Scene<'_>, frame: &Frame, role: FrameRole) -> Vec<(TokenId, TokenId)> {
    let doc = scene.doc;
    let mut joined: Vec<(TokenId, TokenId)> = vec![];
    for (start, end) in frame.spans(role) {
        let (start, end) = whole(doc, start, end);
        match joined.last_mut() {
            // Two runs of one phrase ("forty", "six wounded").
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined.into_iter().flat_map(|(start, end)| parts(doc, start, end)).filter(|(start, end)| start < end).collect()
}

/// A run of words without the little words at its ends, and with the noun that its last word waits for.
fn whole(doc: &Document<'_>, start: TokenId, end: TokenId) -> (TokenId, TokenId) {
    let upos = |t: u32| doc.token(TokenId(t)).upos;
    let (mut start, mut end) = (start.0, end.0);
    // "At least three members" keeps its "at".
    let measure = |t: u32| t + 1 < end && matches!(doc.form(TokenId(t + 1)), "least" | "most");
    let strips =
        |t: u32| matches!(upos(t), Upos::Punct | Upos::Adp | Upos::Cconj) && doc.form(TokenId(t)) != "\u{201c}" && !measure(t);
    while start < end && strips(start) {
        start += 1;
    }
    while start < end && matches!(upos(end - 1), Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Part) {
        end -= 1;
    }
    for _ in 0..MOST_STEPS {
        let Some(last) = end.checked_sub(1).filter(|last| *last >= start).map(|last| doc.token(TokenId(last))) else { break };
        let waits = matches!(last.deprel, Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Compound | Deprel::Case);
        match last.head {
            Some(head) if waits && head.0 >= end && head.0 < end + MOST_WORDS => end = head.0 + 1,
            _ => break,
        }
    }
    (TokenId(start), TokenId(end))
}

/// How often a phrase may be led on to the noun that it waits for, and how far.
const MOST_STEPS: usize = 3;
const MOST_WORDS: u32 = 4;

/// The joined parties of a span: "the Pope and the Canadians" are two.
fn parts(doc: &Document<'_>, start: TokenId, end: TokenId) -> Vec<(TokenId, TokenId)> {
    let Some(head) = tree::head_of(doc, start, end) else { return vec![(start, end)] };
    let inside = |t: &TokenId| *t > head && *t < end;
    let named = |t: &TokenId| matches!(doc.token(*t).upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let mut out = vec![];
    let mut begin = start;
    for conjunct in doc.children(head).filter(|c| doc.token(*c).deprel == Deprel::Conj).filter(inside).filter(named) {
        let join = doc.children(conjunct).find(|c| *c > begin && matches!(doc.token(*c).deprel, Deprel::Cc | Deprel::Punct));
        let Some(join) = join.filter(|j| *j < conjunct) else { continue };
        let mut stop = join;
        while stop.0 > begin.0 && doc.token(TokenId(stop.0 - 1)).upos == Upos::Punct {
            stop = TokenId(stop.0 - 1);
        }
        out.push((begin, stop));
        begin = TokenId(join.0 + 1);
        while begin < end && matches!(doc.token(begin).upos, Upos::Cconj | Upos::Punct) {
            begin = TokenId(begin.0 + 1);
        }
    }
    out.push((begin, end));
    out
}

/// The participant that a span names. What the knowledge base does not know is a party all the same, without a code.
pub(crate) fn party(scene: &Scene<'_>, start: TokenId, end: TokenId) -> Option<Participant> {
    let doc = scene.doc;
    let head = tree::head_of(doc, start, end)?;
    let span = doc.span_of(start, end);
    let punctuation = doc.token(head).deprel == Deprel::Punct;
    let mut within = (start.0..end.0).map(TokenId).filter_map(|t| participant(doc, t));
    let found = participant(doc, head).or_else(|| within.find(|p| punctuation && is_coded(&p.actor) && span.contains(p.span)));
    found.map(|p| Participant { span, ..p }).or_else(|| {
        let possible =
            matches!(doc.token(head).upos, Upos::Pron | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det | Upos::X);
        possible.then(|| Participant { span, head, actor: Actor::default(), basis: LinkBasis::Named, name: None })
    })
}

/// Where the model's words of place are, when the gazetteer knows them.
pub(crate) fn place(scene: &Scene<'_>, frame: &Frame) -> Option<(Place, Span)> {
    let doc = scene.doc;
    frame.spans(FrameRole::Place).into_iter().find_map(|(start, end)| {
        let head = tree::head_of(doc, start, end)?;
        // "Goma airport in eastern Congo": the most exact of the places that the words name.
        let named = (start.0..end.0).map(TokenId).filter_map(|t| doc.place_at(t));
        let link = named.min_by_key(|link| link.place.precision).or_else(|| events::inner_place(doc, head))?;
        Some((link.place.clone(), link.span))
    })
}

/// Who says so, by the model.
pub(crate) fn attribution(scene: &Scene<'_>, frame: &Frame) -> Option<Attribution> {
    let doc = scene.doc;
    let first = |role| frame.spans(role).into_iter().next();
    let of = |role| first(role).and_then(|(start, end)| party(scene, start, end));
    let (speaker, outlet) = (of(FrameRole::Speaker), of(FrameRole::Outlet));
    // An outlet that says so itself is the channel.
    let speaker = speaker.filter(|s| outlet.as_ref().is_none_or(|o| o.head != s.head));
    if speaker.is_none() && outlet.is_none() {
        return None;
    }
    let cue = first(FrameRole::Cue).map(|(start, end)| doc.span_of(start, end));
    Some(Attribution { speaker, cue, via: outlet, kind: AttributionKind::Indirect })
}

/// The date that the model's words of time give, or else that of the grammar.
fn date(scene: &Scene<'_>, frame: &Frame, status: Status, beside: Option<&Candidate>) -> EventDate {
    let doc = scene.doc;
    for (start, end) in frame.spans(FrameRole::Date) {
        let span = doc.span_of(start, end);
        if let Some(mention) = scene.dates.iter().find(|m| m.span.overlaps(span)) {
            return of_mention(mention);
        }
    }
    match beside {
        Some(row) if row.date.span.is_none() => row.date.clone(),
        _ => events::undated(scene, frame.trigger, status),
    }
}
