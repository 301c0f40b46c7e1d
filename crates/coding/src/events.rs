//! Triggers to events: participants by frame, status, date, place, attribution, contexts.

use compact_str::{CompactString, format_compact};
use demarche_types::{
    Actor, Article, Attribution, AttributionKind, Context, CountryCode, DateBasis, Deprel, Document, EntityType, Event,
    EventDate, EventId, EventType, LinkBasis, Magnitude, Mode, Participant, Quad, Quote, Reject, RejectReason, Span, Status,
    Step, TokenId, Upos,
};
use jiff::civil::Date;

use crate::dates::{AttachContext, DateMention, Dateline};
use crate::learned::{self, Read};
use crate::lexicon::{Entry, Role};
use crate::participants::{is_coded, participant, same_party};
use crate::quotes::{CueKind, RawQuote, attribution_of};
use crate::slots::{Slots, preposition};
use crate::triggers::{self, Trigger};
use crate::{Coder, dates, tree};

/// What every stage of coding one document looks at.
pub(crate) struct Scene<'a> {
    pub(crate) coder: &'a Coder,
    pub(crate) doc: &'a Document<'a>,
    pub(crate) published: Option<Date>,
    pub(crate) dates: &'a [DateMention],
    pub(crate) dateline: Option<&'a Dateline>,
    pub(crate) quotes: &'a [RawQuote],
    /// Hash of the article's identifier and text, for the identifiers of its events.
    pub(crate) key: u64,
}

/// An event in the making.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) trigger: TokenId,
    pub(crate) slots: Slots,
    pub(crate) kind: EventType,
    pub(crate) mode: Option<Mode>,
    pub(crate) cameo: CompactString,
    pub(crate) rule: CompactString,
    pub(crate) contexts: Vec<Context>,
    pub(crate) actors: Vec<Participant>,
    pub(crate) recipients: Vec<Participant>,
    pub(crate) status: Status,
    pub(crate) date: EventDate,
    pub(crate) steps: Vec<Step>,
    /// What the model read, where it proposed the candidate.
    pub(crate) read: Option<Read>,
}

/// Makes candidates of a sentence's triggers; senses that are no event become rejects.
pub(crate) fn build(scene: &Scene<'_>, found: Vec<Trigger>, rejects: &mut Vec<Reject>) -> Vec<Candidate> {
    let doc = scene.doc;
    let heads: Vec<TokenId> = found.iter().map(|t| t.token).collect();
    let mut out = vec![];
    for trigger in found {
        let entry = &scene.coder.lexicon.entries()[trigger.entry];
        let Some(kind) = entry.kind else {
            rejects.push(Reject {
                span: doc.token(trigger.token).span,
                reason: RejectReason::Sense("no political sense of the word".into()),
                rule: Some(entry.id.clone()),
            });
            continue;
        };
        out.push(candidate(scene, trigger, entry, kind, &heads));
    }
    out
}

fn candidate(scene: &Scene<'_>, trigger: Trigger, entry: &Entry, kind: EventType, heads: &[TokenId]) -> Candidate {
    let doc = scene.doc;
    let (actors, recipients) = fill(doc, &trigger.slots, entry);
    let mut steps = vec![Step {
        what: "trigger",
        why: format!("\u{201c}{}\u{201d} by rule {} (line {})", doc.form(trigger.token), entry.id, entry.line),
    }];
    steps.extend(party_steps(doc, &actors, &recipients));
    // A row that asks for "not" has the negation in its meaning: "would not accept" is a refusal that happened.
    let found = scene.coder.status.of(doc, trigger.token, trigger.slots.support);
    let found = found.filter(|f| !(entry.asks_for_negation() && f.status == Status::Negated));
    let mut status = found.as_ref().map_or(Status::Actual, |f| f.status);
    if let Some(found) = found {
        steps.push(Step { what: "status", why: format!("{:?} by {}", found.status, found.why).to_lowercase() });
    }
    // "plan to meet": what is planned is a meeting, with its time (CAMEO 036, codebook AGREE).
    let verbs: Vec<TokenId> = trigger.consumed.iter().copied().filter(|&t| doc.token(t).upos == Upos::Verb).collect();
    if status == Status::Actual && kind == EventType::Agree && entry.cameo == "036" && !verbs.is_empty() {
        status = Status::Future;
        steps.push(Step { what: "status", why: format!("future: \u{201c}{}\u{201d} is still to come", doc.form(verbs[0])) });
    }
    let date = date_of(scene, &trigger, &verbs, heads, status);
    if let Some(historical) = date.span.and_then(|span| scene.dates.iter().find(|m| m.span == span)).filter(|m| m.historical)
        && status == Status::Actual
    {
        status = Status::Historical;
        steps.push(Step { what: "status", why: format!("historical by \u{201c}{}\u{201d}", historical.span.of(doc.text())) });
    }
    let later = date.start.zip(scene.published).is_some_and(|(start, published)| start > published);
    if later && status == Status::Actual && date.basis == DateBasis::Expression {
        status = Status::Future;
        steps.push(Step { what: "status", why: "future by its date, after publication".into() });
    }
    Candidate {
        trigger: trigger.token,
        slots: trigger.slots,
        kind,
        mode: entry.mode.clone(),
        cameo: entry.cameo.clone(),
        rule: entry.id.clone(),
        contexts: entry.contexts.clone(),
        actors,
        recipients,
        status,
        date,
        steps,
        read: None,
    }
}

/// Who takes part and how that is known, as steps.
pub(crate) fn party_steps(doc: &Document<'_>, actors: &[Participant], recipients: &[Participant]) -> Vec<Step> {
    let step =
        |what| move |p: &Participant| Step { what, why: format!("\u{201c}{}\u{201d}: {}", p.span.of(doc.text()), known_as(p)) };
    actors.iter().map(step("actor")).chain(recipients.iter().map(step("recipient"))).collect()
}

/// A participant's codes and how it came by them, in words.
fn known_as(p: &Participant) -> String {
    let codes: Vec<&str> =
        p.actor.code.iter().map(|c| c.0.as_str()).chain(p.actor.sectors.iter().map(|s| s.0.as_str())).collect();
    let basis = format!("{:?}", p.basis).to_lowercase();
    match (codes.is_empty(), &p.actor.code) {
        (true, _) => format!("no code, by {basis}"),
        (false, None) => format!("{}, no country, by {basis}", codes.join(" ")),
        (false, Some(_)) => format!("{}, by {basis}", codes.join(" ")),
    }
}

/// Actors and recipients by the frame of a row.
pub(crate) fn fill(doc: &Document<'_>, slots: &Slots, entry: &Entry) -> (Vec<Participant>, Vec<Participant>) {
    // An outlet reports what others do; but something may be done to it.
    let mut actors = role(doc, slots, &entry.actor, |t| doc.actor_at(t).is_some_and(|l| l.is_media));
    // "a bomb in Kabul": a thing does not act for the place where it is.
    actors.retain(|p| !(doc.token(p.head).deprel == Deprel::Nmod && is_where(doc, p.head) && !of_people(doc, p.head)));
    let taken: Vec<TokenId> = actors.iter().map(|p| p.head).collect();
    let mut recipients = role(doc, slots, &entry.recipient, |t| taken.contains(&t));
    recipients.retain(|r| !actors.iter().any(|a| same_party(a, r)));
    (actors, recipients)
}

/// "Delegations of Sudan and the rebels", "Turkish and Greek ministers": the parties joined to the one that a phrase stands for.
fn others_of(doc: &Document<'_>, filler: TokenId, first: &Participant) -> Vec<Participant> {
    let mut others = others_by_phrase(doc, filler, first);
    for other in others_by_adjective(doc, filler, first) {
        if !others.iter().any(|p| p.actor.code == other.actor.code) {
            others.push(other);
        }
    }
    others
}

/// What one party is, of another state.
fn of_state(code: CountryCode, like: &Actor) -> Actor {
    Actor { code: Some(code), sectors: like.sectors.clone(), office: like.office.clone(), ..Actor::default() }
}

/// "Turkish and Greek ministers": the parties of the further adjectives.
pub(crate) fn others_by_adjective(doc: &Document<'_>, filler: TokenId, first: &Participant) -> Vec<Participant> {
    let mut others: Vec<Participant> = vec![];
    let owned = doc.actor_at(filler).is_some_and(|link| !link.states.is_empty());
    let adjectives = doc.children(filler).filter(|&c| match doc.token(c).deprel {
        Deprel::Amod | Deprel::Compound => true,
        // "Turkey and Greece's ministers"
        Deprel::NmodPoss => owned,
        _ => false,
    });
    let joined = adjectives.flat_map(|c| doc.children(c).filter(|&g| doc.token(g).deprel == Deprel::Conj));
    for adjective in joined {
        let Some(code) = doc.actor_at(adjective).and_then(|l| l.actor.code.clone()) else { continue };
        if Some(&code) == first.actor.code.as_ref() || others.iter().any(|p| p.actor.code.as_ref() == Some(&code)) {
            continue;
        }
        let actor = of_state(code, &first.actor);
        let span = doc.token(adjective).span;
        others.push(Participant { span, head: adjective, actor, basis: LinkBasis::Composed, name: None });
    }
    others
}

/// "Delegations of Sudan and the rebels": the further parties of the of-phrase.
pub(crate) fn others_by_phrase(doc: &Document<'_>, filler: TokenId, first: &Participant) -> Vec<Participant> {
    let states = doc.actor_at(filler).map_or(&[][..], |link| link.states.as_slice());
    // "Troops from Niger and Chad" are of both.
    let of = |c: &TokenId| {
        doc.token(*c).deprel == Deprel::Nmod
            && preposition(doc, *c).is_some_and(|p| p == "of" || p == "from" && !states.is_empty())
    };
    let Some(inner) = doc.children(filler).find(of) else { return vec![] };
    let joined = doc.children(inner).filter(|&c| doc.token(c).deprel == Deprel::Conj);
    let mut others: Vec<Participant> = joined.filter_map(|c| participant(doc, c)).collect();
    for other in others.iter_mut().filter(|p| p.actor.code.as_ref().is_some_and(|code| states.contains(code))) {
        if let Some(code) = other.actor.code.take() {
            other.actor = of_state(code, &first.actor);
        }
        other.basis = LinkBasis::Composed;
    }
    others.retain(|p| is_coded(&p.actor) && p.actor.code != first.actor.code && !same_party(p, first));
    others
}

fn is_where(doc: &Document<'_>, phrase: TokenId) -> bool {
    preposition(doc, phrase).is_some_and(|p| WHERE.contains(&p.as_str()))
}

/// Whether a phrase hangs on a mention of people.
fn of_people(doc: &Document<'_>, phrase: TokenId) -> bool {
    let owner = doc.token(phrase).head.and_then(|h| doc.mention_at(h)).map(|m| doc.mentions[m.index()].kind);
    matches!(owner, Some(EntityType::Person | EntityType::Organization))
}

/// The first group of slots that yields a coded participant, or else the first that yields any.
fn role(doc: &Document<'_>, slots: &Slots, role: &Role, barred: impl Fn(TokenId) -> bool) -> Vec<Participant> {
    let mut fallback = vec![];
    for group in role {
        let mut found: Vec<Participant> = vec![];
        for slot in group {
            for token in triggers::fillers(doc, slots, slot) {
                let time = doc.mention_at(token).is_some_and(|m| doc.mentions[m.index()].kind == EntityType::Time);
                if time || barred(token) {
                    continue;
                }
                if let Some(p) = participant(doc, token).filter(|p| !found.iter().any(|f| f.head == p.head)) {
                    let others = others_of(doc, token, &p);
                    found.push(p);
                    found.extend(others);
                }
            }
        }
        if found.iter().any(|p| is_coded(&p.actor)) {
            // Beside a known party, an unknown phrase is more likely a thing than a party.
            found.retain(|p| is_coded(&p.actor) || doc.actor_at(p.head).is_some());
            return found;
        }
        if fallback.is_empty() {
            fallback = found;
        }
    }
    fallback
}

/// The date of what a trigger tells; `verbs` are the verbs of its pattern besides the head ("ordered to leave on Tuesday").
fn date_of(scene: &Scene<'_>, trigger: &Trigger, verbs: &[TokenId], heads: &[TokenId], status: Status) -> EventDate {
    let (support, trigger) = (trigger.slots.support, trigger.token);
    let context = |told_as_new| AttachContext {
        mentions: scene.dates,
        published: scene.published,
        dateline: scene.dateline,
        told_as_new,
        triggers: heads,
    };
    // News is told by a main verb in the past, or by its noun; background hangs deeper.
    let new = status == Status::Actual && told_as_new(scene.doc, support.unwrap_or(trigger));
    let told = |t: TokenId| Some(dates::attach(scene.doc, t, &context(false))).filter(|d| d.basis == DateBasis::Expression);
    // "ordered to leave on Tuesday" does not tell whether the order or the leaving is on Tuesday: a day to come is the leaving's.
    let new_day = |d: &EventDate| status != Status::Actual || d.start.zip(scene.published).is_none_or(|(start, p)| start <= p);
    if let Some(date) = told(trigger).or_else(|| verbs.iter().find_map(|&v| told(v)).filter(new_day)) {
        return date;
    }
    dates::attach(scene.doc, support.unwrap_or(trigger), &context(new))
}

/// The date of an event whose sentence gives it none: the day of the report, if it is told as news.
pub(crate) fn undated(scene: &Scene<'_>, trigger: TokenId, status: Status) -> EventDate {
    let told_as_new = status == Status::Actual && told_as_new(scene.doc, trigger);
    let context =
        AttachContext { mentions: &[], published: scene.published, dateline: scene.dateline, told_as_new, triggers: &[] };
    dates::attach(scene.doc, trigger, &context)
}

/// Whether a word tells the news of its sentence: its main verb, in a simple past or present perfect.
fn told_as_new(doc: &Document<'_>, word: TokenId) -> bool {
    let token = doc.token(word);
    // A conjunct is news where the verb that it is joined to is: not in "after gunmen crossed the border and killed".
    let content = |t: TokenId| matches!(doc.token(t).deprel, Deprel::Xcomp | Deprel::Ccomp);
    let outside = tree::strange_conjunct(doc, word) && doc.token(word).head.is_some_and(content);
    let joined = tree::ancestors(doc, word).skip(if outside { 2 } else { 0 });
    let first = joined.into_iter().find(|&t| doc.token(t).deprel != Deprel::Conj).unwrap_or(word);
    let main = matches!(doc.token(first).deprel, Deprel::Root | Deprel::Ccomp | Deprel::Parataxis);
    // "ruled that it had attacked", "has long opposed": what lies before the news, or goes on through it, is none.
    let lasting = ["long", "always", "repeatedly", "often", "traditionally", "consistently", "historically"];
    let earlier = doc.children(word).any(|c| match doc.token(c).deprel {
        Deprel::Aux => doc.form(c).eq_ignore_ascii_case("had"),
        Deprel::Advmod => lasting.contains(&doc.token(c).lemma.as_str()),
        Deprel::Advcl => preposition(doc, c).is_some_and(|p| p == "before"),
        _ => false,
    });
    let past = token.feats.tense == demarche_types::Tense::Past && token.upos == Upos::Verb;
    main && past && !earlier
}

/// Completes a candidate that is kept.
pub(crate) fn finish(scene: &Scene<'_>, c: Candidate) -> Event {
    let doc = scene.doc;
    let sentence = doc.sentence_of(c.trigger);
    let trigger = doc.token(c.trigger).span;
    let frame = c.read.as_ref().and_then(|_| doc.frame_of(c.trigger));
    let mut attribution = attribution(scene, c.trigger);
    if let Some(frame) = frame.filter(|_| attribution.is_empty()) {
        attribution.extend(learned::attribution(scene, frame));
    }
    let place = frame.and_then(|f| learned::place(scene, f)).or_else(|| place(doc, &c));
    let mut contexts = c.contexts.clone();
    if frame.is_none() {
        for context in scene.coder.contexts.of(doc, sentence) {
            if !contexts.contains(&context) && scene.coder.ontology.has_context(&context.0) {
                contexts.push(context);
            }
        }
    }
    let mode = c.mode.filter(|m| scene.coder.ontology.has_mode(c.kind, m));
    Event {
        id: event_id(scene, &trigger, c.kind),
        sentence,
        trigger,
        trigger_token: c.trigger,
        kind: c.kind,
        scale: scene.coder.ontology.score(c.kind, mode.as_ref()),
        confidence: match &c.read {
            Some(read) => read.confidence,
            None => confidence(scene, &c.actors, &c.recipients, &c.rule, c.kind),
        },
        root: c.read.as_ref().map_or_else(|| scene.coder.root_2016(&c.rule, &c.cameo, c.kind), |read| read.root).as_str().into(),
        act: c.read.as_ref().map(|read| read.act.clone()),
        types: c.read.map(|read| read.types).unwrap_or_default(),
        modes: mode.into_iter().collect(),
        contexts,
        cameo: c.cameo,
        place,
        // Numbers are read by sentence, once its events are known.
        magnitude: Magnitude::default(),
        // The model tells parties from things itself.
        actors: if frame.is_some() { c.actors } else { parties(doc, c.actors) },
        recipients: match (of_towns(doc, c.kind, c.recipients), frame) {
            (list, Some(_)) => list,
            (list, None) => parties(doc, list),
        },
        status: c.status,
        date: c.date,
        attribution,
        rule: c.rule,
        steps: c.steps,
    }
}

/// What is done to a town is done to its country.
fn of_towns(doc: &Document<'_>, kind: EventType, mut list: Vec<Participant>) -> Vec<Participant> {
    let done_there = kind == EventType::Aid || kind.quad() == Quad::MaterialConflict;
    for party in list.iter_mut().filter(|p| done_there && !is_coded(&p.actor)) {
        if let Some(link) = doc.place_at(party.head) {
            party.actor.code = Some(link.place.country.clone());
            party.basis = LinkBasis::Composed;
        }
    }
    list
}

/// Keeps who can take part: what the codebook codes, and unknown persons, bodies and places; no things or days.
fn parties(doc: &Document<'_>, list: Vec<Participant>) -> Vec<Participant> {
    list.into_iter().filter(|p| is_coded(&p.actor) || is_party(doc, p.head)).collect()
}

fn is_party(doc: &Document<'_>, head: TokenId) -> bool {
    doc.mention_at(head).is_some_and(|m| {
        let mention = &doc.mentions[m.index()];
        match mention.kind {
            EntityType::Person | EntityType::Organization => true,
            // A town that the gazetteer knows is where, not who.
            EntityType::Place => mention.named && doc.place_at(head).is_none(),
            _ => false,
        }
    })
}

/// The part of an event's identifier that all events of an article share. An identifier that a record brings along need
/// not be its own, so the text is part of it.
pub(crate) fn key(article: &Article) -> u64 {
    fnv(FNV_BASIS, [article.id.0.as_bytes(), &[0], article.text.as_bytes()])
}

/// Article, trigger and type: the same for the same content on every machine.
fn event_id(scene: &Scene<'_>, trigger: &Span, kind: EventType) -> EventId {
    let hash = fnv(scene.key, [&trigger.start.to_le_bytes()[..], &trigger.end.to_le_bytes(), kind.as_str().as_bytes()]);
    EventId(format_compact!("{hash:016x}"))
}

const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits (Fowler, Noll, Vo), going on from a hash.
fn fnv<'b>(hash: u64, parts: impl IntoIterator<Item = &'b [u8]>) -> u64 {
    parts.into_iter().flatten().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A first, rule-based confidence: how much of the frame is filled with known parties, and how specific the rule is.
fn confidence(scene: &Scene<'_>, actors: &[Participant], recipients: &[Participant], rule: &str, kind: EventType) -> f32 {
    let entry = scene.coder.lexicon.entry(rule);
    let mut score = 0.55;
    if actors.iter().any(|a| is_coded(&a.actor)) {
        score += 0.2;
    }
    let expects = entry.is_some_and(|e| !e.recipient.is_empty()) || scene.coder.ontology.needs_recipient(kind);
    if !expects || recipients.iter().any(|r| is_coded(&r.actor)) {
        score += 0.15;
    }
    score + entry.map_or(0.0, |e| (e.weight().min(4) as f32) * 0.02)
}

/// Prepositions of the place where something happens.
const WHERE: &[&str] = &["in", "at", "near", "outside", "inside", "around", "across", "off", "through", "throughout", "over"];

/// The place of an event: a place phrase of its clause, or else of what is attacked, held or entered.
fn place(doc: &Document<'_>, c: &Candidate) -> Option<(demarche_types::Place, Span)> {
    let trigger = c.trigger;
    let leaves = c.kind == EventType::Retreat;
    let mut heads = vec![trigger];
    heads.extend(c.slots.support);
    // "plan to meet in Jeddah", "fired to disperse them in Lagos": where the purpose is, the act is.
    if matches!(c.kind, EventType::Agree | EventType::Assault) {
        heads.extend(&c.slots.comps);
    }
    heads.extend(tree::ancestors(doc, trigger).skip(1).take_while(|&a| doc.token(a).upos == Upos::Verb).take(2));
    for head in heads {
        for child in doc.children(head) {
            if matches!(doc.token(child).deprel, Deprel::Obl | Deprel::Nmod)
                && (is_where(doc, child) || leaves && preposition(doc, child).is_some_and(|p| p == "from"))
                && let Some(link) = doc.place_at(child).or_else(|| inner_place(doc, child))
            {
                let link = more_exact(doc, child, link);
                return Some((link.place.clone(), link.span));
            }
        }
    }
    // "shelled the outskirts of Tripoli", "two hospitals in Gaza were hit": force is used where its object is.
    if !matches!(c.kind, EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Aid) {
        return None;
    }
    let at = c.slots.preps.iter().filter(|(p, _)| matches!(p.as_str(), "at" | "on" | "against")).map(|&(_, t)| t);
    let within = |noun: TokenId, of: bool| {
        let phrase = |t: &TokenId| {
            doc.token(*t).deprel == Deprel::Nmod && (is_where(doc, *t) || of && preposition(doc, *t).is_some_and(|p| p == "of"))
        };
        doc.children(noun).filter(phrase).find_map(|t| doc.place_at(t).or_else(|| inner_place(doc, t)))
    };
    let objects = c.slots.obj.iter().copied().chain(at);
    let found = objects.filter_map(|object| doc.place_at(object).or_else(|| within(object, true))).next();
    found.or_else(|| c.slots.subj.iter().find_map(|&s| within(s, false))).map(|link| (link.place.clone(), link.span))
}

/// "In Goma, in eastern Congo", whichever of them heads the phrase: the most exact place of the phrase and country.
fn more_exact<'d>(doc: &'d Document<'_>, phrase: TokenId, link: &'d demarche_types::PlaceLink) -> &'d demarche_types::PlaceLink {
    let names = |c: &TokenId| matches!(doc.token(*c).deprel, Deprel::Nmod | Deprel::Compound | Deprel::Appos | Deprel::NmodPoss);
    let inner = doc.children(phrase).filter(names).filter_map(|c| doc.place_at(c).or_else(|| inner_place(doc, c)));
    let better = inner.filter(|l| l.place.country == link.place.country).min_by_key(|l| l.place.precision);
    better.filter(|l| l.place.precision < link.place.precision).unwrap_or(link)
}

pub(crate) fn inner_place<'d>(doc: &'d Document<'_>, phrase: TokenId) -> Option<&'d demarche_types::PlaceLink> {
    // "at a hotel in Cairo" is there, "at the request of France" is not.
    let somewhere = doc.mention_at(phrase).is_some_and(|m| doc.mentions[m.index()].kind == EntityType::Place);
    if !somewhere {
        return None;
    }
    let names = |c: &TokenId| {
        matches!(doc.token(*c).deprel, Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound | Deprel::Appos | Deprel::Flat)
    };
    doc.children(phrase).filter(names).find_map(|c| doc.place_at(c))
}

/// Through whom an event is told, outermost first.
pub(crate) fn attribution(scene: &Scene<'_>, trigger: TokenId) -> Vec<Attribution> {
    attribution_of(trigger, scene.quotes)
        .into_iter()
        .map(|i| &scene.quotes[i])
        .filter(|q| q.cue_token != Some(trigger))
        // "is considering whether to withdraw": who asks whether asserts nothing.
        .filter(|q| {
            !q.covers(TokenId(q.tokens.start)) || !scene.doc.form(TokenId(q.tokens.start)).eq_ignore_ascii_case("whether")
        })
        .map(|q| {
            let speaker = speaker(scene, q);
            // An outlet that reports is the channel, not a party that claims.
            let (speaker, via) = if q.by_media { (None, speaker) } else { (speaker, via(scene, q)) };
            Attribution { speaker, cue: q.cue, via, kind: q.kind }
        })
        .filter(|a| a.speaker.is_some() || a.via.is_some())
        .collect()
}

fn speaker(scene: &Scene<'_>, quote: &RawQuote) -> Option<Participant> {
    let speaker = quote.speaker?;
    let head = speaker.head.or(speaker.said)?;
    participant(scene.doc, head).or_else(|| {
        let t = scene.doc.token(head);
        (t.upos == Upos::Pron).then(|| Participant {
            span: t.span,
            head,
            actor: Actor::default(),
            basis: demarche_types::LinkBasis::Coreference,
            name: None,
        })
    })
}

fn via(scene: &Scene<'_>, quote: &RawQuote) -> Option<Participant> {
    quote.via.and_then(|t| participant(scene.doc, t))
}

/// A raw quote as records: one for each stretch in quotation marks of a partly quoted report, else one.
/// Nothing is made of marks that nobody speaks and no event stands in.
pub(crate) fn quotes(scene: &Scene<'_>, raw: &RawQuote, events: &[Event]) -> Vec<Quote> {
    let inside: Vec<EventId> = events.iter().filter(|e| raw.covers(e.trigger_token)).map(|e| e.id.clone()).collect();
    let speaker = speaker(scene, raw);
    let (speaker, via) = if raw.by_media { (None, speaker) } else { (speaker, via(scene, raw)) };
    if speaker.is_none() && via.is_none() && raw.cue.is_none() && inside.is_empty() {
        return vec![];
    }
    let spans = if raw.kind == AttributionKind::Mixed && !raw.quoted.is_empty() { raw.quoted.clone() } else { vec![raw.span] };
    // Words in quotation marks beside a denial are the speaker's own.
    let denied = raw.cue_kind == Some(CueKind::Deny) && raw.kind != AttributionKind::Direct;
    let quote = |span| Quote {
        speaker: speaker.clone(),
        via: via.clone(),
        cue: raw.cue,
        denied,
        kind: raw.kind,
        span,
        events: inside.clone(),
    };
    spans.into_iter().map(quote).collect()
}

/// Whether a candidate has a political actor among its parties.
pub(crate) fn has_party(c: &Candidate) -> bool {
    c.actors.iter().chain(&c.recipients).any(|p| is_coded(&p.actor) || known_name(p))
}

/// A named person or body that the knowledge base does not hold is a party beside a known one, not alone.
fn known_name(p: &Participant) -> bool {
    p.actor.identifier_id.is_some()
}
