//! Sets of nodes that need little room: rings, and a forest that says which ring a node lies in.

/// Nodes in rings: each names the next one.
#[derive(Debug, Default)]
pub(crate) struct Rings {
    next: Vec<u32>,
}

impl Rings {
    /// A new node, in a ring of its own.
    pub(crate) fn push(&mut self) {
        self.next.push(self.next.len() as u32);
    }

    /// The nodes of a ring, beginning with this one.
    pub(crate) fn ring(&self, node: u32) -> impl Iterator<Item = u32> {
        let mut at = Some(node);
        std::iter::from_fn(move || {
            let here = at?;
            let next = self.next[here as usize];
            at = (next != node).then_some(next);
            Some(here)
        })
    }

    /// Makes a ring of these nodes, which lie in no ring with others.
    pub(crate) fn close(&mut self, nodes: &[u32]) {
        for (at, node) in nodes.iter().enumerate() {
            self.next[*node as usize] = nodes[(at + 1) % nodes.len()];
        }
    }

    /// Joins the rings of two nodes that lie in different ones.
    fn splice(&mut self, a: u32, b: u32) {
        self.next.swap(a as usize, b as usize);
    }

    /// Takes a node out of its ring. Answers one that stays.
    pub(crate) fn remove(&mut self, node: u32) -> Option<u32> {
        let before = self.ring(node).last().filter(|before| *before != node)?;
        self.next[before as usize] = self.next[node as usize];
        self.next[node as usize] = node;
        Some(before)
    }
}

/// Disjoint sets that only grow together.
#[derive(Debug, Default)]
pub(crate) struct Forest {
    parent: Vec<u32>,
    size: Vec<u32>,
    members: Rings,
}

impl Forest {
    /// A new node, in a tree of its own.
    pub(crate) fn push(&mut self) {
        self.parent.push(self.parent.len() as u32);
        self.size.push(1);
        self.members.push();
    }

    /// The root of a node's tree.
    pub(crate) fn root(&mut self, mut node: u32) -> u32 {
        while self.parent[node as usize] != node {
            let above = self.parent[self.parent[node as usize] as usize];
            self.parent[node as usize] = above;
            node = above;
        }
        node
    }

    /// Joins two trees.
    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let (ra, rb) = (self.root(a), self.root(b));
        if ra != rb {
            // The nodes themselves are in the rings; a root may be one that was removed.
            self.members.splice(a, b);
            let (into, from) = if self.size[ra as usize] >= self.size[rb as usize] { (ra, rb) } else { (rb, ra) };
            self.parent[from as usize] = into;
            self.size[into as usize] += self.size[from as usize];
        }
    }

    /// The nodes of a tree that were not removed, beginning with this one.
    pub(crate) fn members(&self, node: u32) -> impl Iterator<Item = u32> {
        self.members.ring(node)
    }

    /// Removes a node from the members of its tree. Answers one that stays.
    pub(crate) fn remove(&mut self, node: u32) -> Option<u32> {
        self.members.remove(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_keep_their_members_when_one_goes() {
        let mut forest = Forest::default();
        (0..6).for_each(|_| forest.push());
        forest.join(0, 1);
        forest.join(2, 3);
        forest.join(1, 3);
        let members = |forest: &Forest, node| {
            let mut members: Vec<u32> = forest.members(node).collect();
            members.sort_unstable();
            members
        };
        assert_eq!(members(&forest, 2), [0, 1, 2, 3]);
        let left = forest.remove(0).expect("others stay");
        assert_eq!(members(&forest, left), [1, 2, 3]);
        forest.join(2, 5);
        assert_eq!(members(&forest, 5), [1, 2, 3, 5]);
        assert_eq!(forest.root(1), forest.root(5));
        assert_eq!(forest.remove(4), None);
    }
}
