//! Sorts pairs of (hash, record) in place. Right for any keys, fast for keys that are spread evenly, as hashes are.

/// Below this many pairs the standard sort is as fast.
const SMALL: usize = 256;
/// About how many pairs a bucket shall have.
const BUCKET: usize = 32;
/// More buckets than this at once cost more in misses than they save.
const MOST_BITS: u32 = 11;

type Pair = (u128, u32);

/// Sorts by (hash, record).
pub(super) fn sort_pairs(pairs: &mut [Pair]) {
    sort_below(pairs, u128::BITS);
}

/// Sorts pairs that agree on all bits of the hash but the lowest `bits`: an American flag sort, from the leading bits down
/// (McIlroy, Bostic, McIlroy, "Engineering radix sort", 1993).
fn sort_below(pairs: &mut [Pair], bits: u32) {
    if pairs.len() < SMALL || bits == 0 {
        return pairs.sort_unstable();
    }
    let digit_bits = (pairs.len() / BUCKET).ilog2().min(MOST_BITS).min(bits);
    let rest = bits - digit_bits;
    let ends = partition(pairs, 1 << digit_bits, |pair| (pair.0 >> rest) as usize & ((1 << digit_bits) - 1));
    let mut start = 0;
    for end in ends {
        // Keys that all fall into one bucket are no hashes: do not look for more of the same in the bits below.
        let rest = if end - start == pairs.len() { 0 } else { rest };
        sort_below(&mut pairs[start..end], rest);
        start = end;
    }
}

/// Moves pairs into buckets by swaps. Returns where each bucket ends.
fn partition(pairs: &mut [Pair], buckets: usize, bucket_of: impl Fn(&Pair) -> usize) -> Vec<usize> {
    let mut next = vec![0; buckets];
    for pair in pairs.iter() {
        next[bucket_of(pair)] += 1;
    }
    let mut sum = 0;
    for start in &mut next {
        sum += std::mem::replace(start, sum);
    }
    let ends: Vec<usize> = next[1..].iter().copied().chain([pairs.len()]).collect();
    for bucket in 0..buckets {
        while next[bucket] < ends[bucket] {
            let target = bucket_of(&pairs[next[bucket]]);
            if target != bucket {
                pairs.swap(next[bucket], next[target]);
            }
            next[target] += 1;
        }
    }
    ends
}
