//! Ultimate parents, depths and paths of objects that name a parent among themselves. Cuts cycles; resolves no references.

/// A cycle that was found, and where it was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// Its objects, each followed by its parent. The first is the one that lost its parent and thereby became the top of the others; its
    /// parent was the second, or itself if it is the only one.
    pub members: Vec<u32>,
}

/// Parents without cycles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    /// The parent of each object; none for those at the top and where a cycle was cut.
    pub parent: Vec<Option<u32>>,
    /// The ultimate parent of each object: the top of its tree, itself if it is the top.
    pub ultimate: Vec<u32>,
    /// How many steps it is below its ultimate parent.
    pub depth: Vec<u32>,
    /// The cycles that were cut, by the id of the object at which they were.
    pub cycles: Vec<Cycle>,
}

impl Hierarchy {
    /// The way up: the parent of an object, its parent and so on to the ultimate parent. Empty for an object at the top.
    pub fn path(&self, object: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(self.parent[object as usize], |&parent| self.parent[parent as usize])
    }
}

/// Follows parents upwards. A cycle is cut at its weakest link: the one with the lowest strength, and of several the one of the object with
/// the largest id, the youngest. An object that is its own parent is a cycle of one.
///
/// Takes per object its parent, the strength of that link (higher is stronger; ignored where there is none) and its id, which is unique. The
/// result depends on strengths and ids, not on how objects are numbered. Linear in time, without recursion.
///
/// # Panics
/// If the slices differ in length or a parent is out of range: bugs of the caller.
#[must_use]
pub fn ancestors(parents: &[Option<u32>], strength: &[u32], ids: &[u64]) -> Hierarchy {
    assert!(parents.len() == strength.len() && parents.len() == ids.len(), "each object has a strength and an id");
    let mut parent = parents.to_vec();
    let mut cycles = find_cycles(parents);
    for Cycle { members } in &mut cycles {
        let weakest = (0..members.len()).min_by_key(|&place| {
            let object = members[place] as usize;
            (strength[object], std::cmp::Reverse(ids[object]))
        });
        members.rotate_left(weakest.expect("a cycle is not empty"));
        parent[members[0] as usize] = None;
    }
    cycles.sort_unstable_by_key(|cycle| ids[cycle.members[0] as usize]);
    let (ultimate, depth) = follow(&parent);
    Hierarchy { parent, ultimate, depth, cycles }
}

/// Each object followed by its parent, for all cycles.
fn find_cycles(parents: &[Option<u32>]) -> Vec<Cycle> {
    let mut cycles = Vec::new();
    // Which walk came first to an object; walks are named by their start, plus one.
    let mut walked = vec![0u64; parents.len()];
    for (start, walk) in (0..parents.len()).zip(1..) {
        let mut next = u32::try_from(start).ok();
        while let Some(object) = next.filter(|&object| walked[object as usize] == 0) {
            walked[object as usize] = walk;
            next = parents[object as usize];
        }
        if let Some(closing) = next.filter(|&object| walked[object as usize] == walk) {
            let rest = std::iter::successors(parents[closing as usize], |&object| parents[object as usize]);
            let members = std::iter::once(closing).chain(rest.take_while(|&object| object != closing)).collect();
            cycles.push(Cycle { members });
        }
    }
    cycles
}

/// The ultimate parent and the depth of each object, where parents have no cycles.
fn follow(parent: &[Option<u32>]) -> (Vec<u32>, Vec<u32>) {
    const UNKNOWN: u32 = u32::MAX;
    let mut ultimate = vec![UNKNOWN; parent.len()];
    let mut depth = vec![0; parent.len()];
    let mut way = Vec::new();
    for start in 0..parent.len() {
        let mut object = start;
        while let Some(above) = parent[object].filter(|_| ultimate[object] == UNKNOWN) {
            way.push(object);
            object = above as usize;
        }
        if ultimate[object] == UNKNOWN {
            ultimate[object] = u32::try_from(object).expect("objects are numbered by u32");
        }
        while let Some(below) = way.pop() {
            ultimate[below] = ultimate[object];
            depth[below] = depth[object] + 1;
            object = below;
        }
    }
    (ultimate, depth)
}
