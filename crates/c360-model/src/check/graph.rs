//! Puts things that depend on each other in order, and finds the circles.

/// An order of nodes and what prevents a perfect one.
pub(super) struct Order {
    /// All nodes, each behind those that it depends on; where they form a circle, in the order in which they were met.
    pub(super) nodes: Vec<usize>,
    /// The circles that were met, each in the direction of dependence, without repeating its first node at the end.
    pub(super) cycles: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Orders the nodes `0..dependencies.len()`: depth first in their own order, so that the result changes with them alone.
/// The stack is ours: as many nodes as a file can hold do not overflow it.
pub(super) fn order(dependencies: &[Vec<usize>]) -> Order {
    let mut marks = vec![Mark::New; dependencies.len()];
    let mut order = Order { nodes: Vec::with_capacity(dependencies.len()), cycles: Vec::new() };
    for root in 0..dependencies.len() {
        if marks[root] == Mark::New {
            visit(root, dependencies, &mut marks, &mut order);
        }
    }
    order
}

fn visit(root: usize, dependencies: &[Vec<usize>], marks: &mut [Mark], order: &mut Order) {
    marks[root] = Mark::Open;
    let mut path = vec![(root, 0)];
    while let Some((node, next)) = path.last_mut() {
        let Some(&dependency) = dependencies[*node].get(*next) else {
            marks[*node] = Mark::Done;
            order.nodes.push(*node);
            path.pop();
            continue;
        };
        *next += 1;
        match marks[dependency] {
            Mark::New => {
                marks[dependency] = Mark::Open;
                path.push((dependency, 0));
            }
            Mark::Open => {
                let start = path.iter().position(|(node, _)| *node == dependency).expect("open nodes are on the path");
                order.cycles.push(path[start..].iter().map(|(node, _)| *node).collect());
            }
            Mark::Done => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn dependencies_come_first() {
        let order = order(&[vec![2], vec![0], vec![]]);
        assert_eq!(order.nodes, [2, 0, 1]);
        assert!(order.cycles.is_empty());
    }

    #[test]
    fn every_circle_is_met() {
        let order = order(&[vec![1], vec![2, 0], vec![2], vec![0]]);
        assert_eq!(order.cycles, [vec![2], vec![0, 1]]);
        assert_eq!(order.nodes.len(), 4);
    }

    #[test]
    fn a_long_chain_does_not_overflow() {
        let chain: Vec<Vec<usize>> = (0..200_000).map(|node| if node == 0 { vec![] } else { vec![node - 1] }).rev().collect();
        let reversed: Vec<Vec<usize>> = chain.iter().map(|edges| edges.iter().map(|edge| 199_999 - edge).collect()).collect();
        assert_eq!(order(&reversed).nodes.first(), Some(&199_999));
    }
}
