//! Which reports are compared at all: those that share a kind of act, some days, and a party, a place or a name.
//!
//! A block that grows over [`LIMIT`] is looked at through finer keys, and those through a window over a fixed order, so
//! that cost stays near linear however much is told of one day. What is compared hangs on the set of members alone.

use demarche_types::{EventType, PlacePrecision};

use crate::traits::{Traits, When};

/// Members up to which a block is compared each with each.
const LIMIT: usize = 96;

/// How far apart members of a block that stays large may stand to be compared.
const WINDOW: usize = 16;

/// Days of a bucket.
const BUCKET: i32 = 4;

/// Scored pairs: node, node, score.
pub(crate) type Edge = (u32, u32, i32);

/// Reports that share a key.
#[derive(Debug, Default)]
pub(crate) struct Block {
    members: Vec<u32>,
    edges: Vec<Edge>,
    /// How many of the members have been compared with one another.
    compared: usize,
}

impl Block {
    pub(crate) fn push(&mut self, node: u32) {
        self.members.push(node);
    }

    pub(crate) fn remove(&mut self, node: u32) {
        if let Some(at) = self.members.iter().position(|member| *member == node) {
            self.members.remove(at);
            if self.members.len() == LIMIT {
                // It was too large and is no longer.
                self.compared = 0;
                self.edges.clear();
            } else if at < self.compared {
                self.compared -= 1;
                self.edges.retain(|edge| edge.0 != node && edge.1 != node);
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Compares what has not been compared. Pairs for which `score` is none are no edges. Answers whether edges between
    /// members that had been compared before may have gone or come.
    pub(crate) fn compare<'t>(
        &mut self,
        traits: impl Fn(u32) -> &'t Traits,
        order: impl Fn(u32, u32) -> std::cmp::Ordering,
        score: impl Fn(u32, u32) -> Option<i32>,
    ) -> bool {
        let edge = |a: u32, b: u32| score(a, b).map(|score| (a.min(b), a.max(b), score));
        let whole = self.members.len() > LIMIT || self.compared == 0;
        if self.members.len() <= LIMIT {
            for at in self.compared..self.members.len() {
                let node = self.members[at];
                self.edges.extend(self.members[..at].iter().filter_map(|&other| edge(node, other)));
            }
        } else {
            let mut pairs = large(&self.members, traits, order);
            pairs.sort_unstable();
            pairs.dedup();
            self.edges = pairs.into_iter().filter_map(|(a, b)| edge(a, b)).collect();
        }
        self.edges.shrink_to_fit();
        self.compared = self.members.len();
        whole
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = u32> {
        self.members.iter().copied()
    }
}

/// The pairs of a block over the limit.
fn large<'t>(
    members: &[u32],
    traits: impl Fn(u32) -> &'t Traits,
    order: impl Fn(u32, u32) -> std::cmp::Ordering,
) -> Vec<(u32, u32)> {
    let mut finer: Vec<(u64, u32)> = vec![];
    for &member in members {
        finer.extend(tokens(traits(member)).into_iter().map(|token| (token, member)));
    }
    finer.sort_unstable();
    let mut pairs = vec![];
    for group in finer.chunk_by(|a, b| a.0 == b.0) {
        let mut group: Vec<u32> = group.iter().map(|(_, member)| *member).collect();
        let reach = if group.len() <= LIMIT {
            LIMIT
        } else {
            group.sort_by(|&a, &b| near(traits(a)).cmp(&near(traits(b))).then_with(|| order(a, b)));
            WINDOW
        };
        for (at, &a) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().take(reach).map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs
}

/// What members of one event stand together by.
fn near(traits: &Traits) -> (i32, u32, u32) {
    let day = match traits.when {
        When::Day(day) | When::Fresh(day) | When::Span(day, _) => day,
        When::Open => i32::MAX,
    };
    let place = traits.place.map_or(0, |place| place.geonames);
    (day, place, rarest(traits).first().copied().unwrap_or(0))
}

/// The rarest words.
fn rarest(traits: &Traits) -> Vec<u32> {
    let mut words = traits.words.to_vec();
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.1), word.0));
    words.truncate(3);
    words.into_iter().map(|word| word.0).collect()
}

/// What divides a block that is too large.
fn tokens(traits: &Traits) -> Vec<u64> {
    let mut tokens: Vec<u64> = vec![];
    if let Some(key) = place_key(traits) {
        tokens.push(key);
    }
    tokens.extend(rarest(traits).into_iter().map(|word| 2 << 32 | u64::from(word)));
    tokens.extend(traits.names.iter().map(|name| 3 << 32 | u64::from(name.0)));
    let mut codes: Vec<u32> = traits.actors.iter().chain(&traits.recipients).map(|who| who.code).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.len() >= 2 {
        tokens.push(4 << 32 | u64::from(codes.iter().fold(0u32, |key, code| key.wrapping_mul(16_777_619) ^ code)));
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

fn place_key(traits: &Traits) -> Option<u64> {
    let place = traits.place.as_ref().filter(|place| place.precision < PlacePrecision::Country)?;
    // The unit that a town and its surroundings share.
    let key = if place.admin1 == 0 { place.geonames } else { place.admin1 ^ place.country.rotate_left(7) };
    Some(1 << 32 | u64::from(key))
}

/// The keys of a report.
pub(crate) fn keys(traits: &Traits) -> Vec<u64> {
    let Some((first, last)) = traits.when.days() else { return vec![] };
    let mut who: Vec<u64> = traits.actors.iter().chain(&traits.recipients).map(|who| u64::from(who.code)).collect();
    who.extend(place_key(traits));
    who.extend(traits.names.iter().map(|name| 3 << 32 | u64::from(name.0)));
    who.sort_unstable();
    who.dedup();
    let mut keys = vec![];
    for family in families(traits.types) {
        for bucket in first.div_euclid(BUCKET)..=last.div_euclid(BUCKET) {
            keys.extend(who.iter().map(|who| mix(*who, family, bucket)));
        }
    }
    keys
}

fn mix(who: u64, family: u8, bucket: i32) -> u64 {
    let mut bytes = [0; 13];
    bytes[..8].copy_from_slice(&who.to_le_bytes());
    bytes[8..12].copy_from_slice(&bucket.to_le_bytes());
    bytes[12] = family;
    xxhash_rust::xxh3::xxh3_64(&bytes)
}

/// The families of types within which one event is told: what coders take for one another.
fn families(types: u32) -> Vec<u8> {
    let mut families: Vec<u8> = EventType::ALL
        .into_iter()
        .filter(|kind| types & 1 << *kind as u32 != 0)
        .flat_map(|kind| -> &[u8] {
            match kind {
                EventType::Agree => &[1, 2],
                EventType::Consult | EventType::Support => &[1],
                EventType::Cooperate | EventType::Aid => &[2],
                EventType::Retreat | EventType::Concede => &[3],
                EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => &[4],
                EventType::Protest => &[5],
                EventType::Sanction => &[6],
                EventType::Coerce => &[6, 7],
                EventType::Assault => &[7],
                EventType::Mobilize => &[8],
            }
        })
        .copied()
        .collect();
    if types >> 16 != 0 {
        families.push(16 + (types >> 17) as u8);
    }
    families.sort_unstable();
    families.dedup();
    families
}
