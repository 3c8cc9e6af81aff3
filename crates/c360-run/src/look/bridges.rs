//! Bridges of a graph: edges without which it falls into two (Tarjan, "A note on finding the bridges of a graph", 1974). Two nodes may have
//! several edges; then none of them is a bridge. Without recursion: an object may have many records.

/// An edge between two nodes.
pub(super) type Link = (u32, u32);

/// What a walk through a connected graph found.
pub(super) struct Bridges {
    /// The nodes in the order in which the walk met them.
    order: Vec<u32>,
    /// By edge, where it is a bridge: which part of `order` lies beyond it.
    beyond: Vec<Option<(usize, usize)>>,
}

impl Bridges {
    /// The edges that are bridges, by their places.
    pub(super) fn bridges(&self) -> impl Iterator<Item = usize> {
        self.beyond.iter().enumerate().filter(|(_, beyond)| beyond.is_some()).map(|(edge, _)| edge)
    }

    /// The nodes of the smaller of the two parts that a bridge holds together, ascending.
    pub(super) fn smaller_side(&self, bridge: usize) -> Vec<u32> {
        let (from, to) = self.beyond.get(bridge).copied().flatten().unwrap_or((0, 0));
        let mut side: Vec<u32> = match 2 * (to - from) <= self.order.len() {
            true => self.order[from..to].to_vec(),
            false => [&self.order[..from], &self.order[to..]].concat(),
        };
        side.sort_unstable();
        side
    }
}

/// A node on the way from the first one to where the walk is.
struct Stop {
    node: u32,
    /// The edge by which it was met.
    by: Option<usize>,
    /// How many of its edges were followed.
    followed: usize,
}

/// The bridges of a graph; `None` where it is not connected.
pub(super) fn bridges(nodes: usize, links: &[Link]) -> Option<Bridges> {
    let edges = edges_of(nodes, links);
    let mut met: Vec<Option<usize>> = vec![None; nodes];
    let mut earliest = vec![usize::MAX; nodes];
    let mut found = Bridges { order: Vec::with_capacity(nodes), beyond: vec![None; links.len()] };
    let mut way = vec![Stop { node: 0, by: None, followed: 0 }];
    while let Some(stop) = way.last_mut() {
        let node = stop.node as usize;
        let mine = *met[node].get_or_insert_with(|| {
            found.order.push(stop.node);
            earliest[node] = found.order.len() - 1;
            found.order.len() - 1
        });
        if let Some(&(other, edge)) = edges[node].get(stop.followed) {
            stop.followed += 1;
            match met[other as usize] {
                _ if stop.by == Some(edge) => {}
                Some(place) => earliest[node] = earliest[node].min(place),
                None => way.push(Stop { node: other, by: Some(edge), followed: 0 }),
            }
            continue;
        }
        let by = stop.by;
        way.pop();
        if let (Some(before), Some(by)) = (way.last(), by) {
            let before = before.node as usize;
            if earliest[node] == mine {
                found.beyond[by] = Some((mine, found.order.len()));
            }
            earliest[before] = earliest[before].min(earliest[node]);
        }
    }
    (found.order.len() == nodes).then_some(found)
}

/// The edges of each node: the other node and the edge's place.
fn edges_of(nodes: usize, links: &[Link]) -> Vec<Vec<(u32, usize)>> {
    let mut edges = vec![Vec::new(); nodes];
    for (edge, (a, b)) in links.iter().enumerate() {
        edges[*a as usize].push((*b, edge));
        edges[*b as usize].push((*a, edge));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bridges by definition: the edges without which not all nodes can be reached.
    fn naive(nodes: usize, links: &[Link]) -> Vec<usize> {
        let connected = |without: usize| {
            let mut reached = vec![false; nodes];
            reached[0] = true;
            for _ in 0..nodes {
                for (_, (a, b)) in links.iter().enumerate().filter(|(edge, _)| *edge != without) {
                    let either = reached[*a as usize] || reached[*b as usize];
                    (reached[*a as usize], reached[*b as usize]) = (either, either);
                }
            }
            reached.into_iter().all(|reached| reached)
        };
        (0..links.len()).filter(|edge| !connected(*edge)).collect()
    }

    #[test]
    fn bridges_are_what_their_definition_says() {
        let mut state = 7_u64;
        let mut draw = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u32::try_from((state >> 33) % u64::from(below)).expect("below a u32")
        };
        let mut seen = 0;
        for _ in 0..500 {
            let nodes = 2 + draw(7);
            let mut links: Vec<Link> = (1..nodes).map(|node| (draw(node), node)).collect();
            links.extend((0..draw(5)).map(|_| (draw(nodes), draw(nodes))).filter(|(a, b)| a != b));
            let found = bridges(nodes as usize, &links).expect("a tree holds it together");
            let expected = naive(nodes as usize, &links);
            assert_eq!(found.bridges().collect::<Vec<_>>(), expected, "{links:?}");
            seen += expected.len();
        }
        assert!(seen > 500);
    }

    #[test]
    fn a_bridge_has_two_sides() {
        let found = bridges(5, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3)]).expect("connected");
        assert_eq!(found.bridges().collect::<Vec<_>>(), [3]);
        assert_eq!(found.smaller_side(3), [3, 4]);
        assert!(bridges(3, &[(0, 1)]).is_none());
    }
}
