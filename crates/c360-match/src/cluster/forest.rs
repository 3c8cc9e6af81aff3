//! Union-find over dense numbers. Knows nothing of guards.

/// Disjoint sets of `0..len`. A root is the smallest number of its set, so every parent is smaller than its children.
///
/// Linking by index with path halving: one array, and logarithmic amortised time whatever the order of joins
/// (Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms", 1984).
#[derive(Debug)]
pub(crate) struct Forest {
    parent: Vec<u32>,
}

impl Forest {
    /// Every number alone.
    pub(crate) fn new(len: usize) -> Forest {
        let len = u32::try_from(len).expect("records of one entity are numbered by u32");
        Forest { parent: (0..len).collect() }
    }

    /// The root of a number's set; shortens the way for the next caller.
    pub(crate) fn find(&mut self, mut number: u32) -> u32 {
        loop {
            let parent = self.parent[number as usize];
            let grandparent = self.parent[parent as usize];
            if grandparent == parent {
                return parent;
            }
            self.parent[number as usize] = grandparent;
            number = grandparent;
        }
    }

    /// The root of a number's set, without shortening the way.
    pub(super) fn root(&self, mut number: u32) -> u32 {
        while self.parent[number as usize] != number {
            number = self.parent[number as usize];
        }
        number
    }

    /// Joins the sets of two numbers. Returns whether they were apart.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            self.parent[a.max(b) as usize] = a.min(b);
        }
        a != b
    }

    /// The root of each number.
    pub(crate) fn into_roots(mut self) -> Vec<u32> {
        // A parent is smaller than its children, so it already points to its root when they are reached.
        for number in 0..self.parent.len() {
            self.parent[number] = self.parent[self.parent[number] as usize];
        }
        self.parent
    }
}
