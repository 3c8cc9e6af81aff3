//! Sorts pairs of (hash, record) in place. Right for any keys, fast for keys that are spread evenly, as hashes are.

/// Below this many pairs the standard sort is as fast.
const SMALL: usize = 1 << 14;
/// About how many pairs a bucket shall have, so that it is sorted within the processor's first cache.
const BUCKET: usize = 1 << 9;
/// More buckets than this at once cost more in misses than they save.
const MOST_BITS: u32 = 11;

/// Sorts by (hash, record): one pass of an American flag sort over the leading bits, then each bucket by itself
/// (McIlroy, Bostic, McIlroy, "Engineering radix sort", 1993).
pub(super) fn sort_pairs(pairs: &mut [(u128, u32)]) {
    if pairs.len() < SMALL {
        return pairs.sort_unstable();
    }
    let bits = (pairs.len() / BUCKET).ilog2().min(MOST_BITS);
    let digit = |pair: &(u128, u32)| (pair.0 >> (u128::BITS - bits)) as usize;
    let mut starts = vec![0; 1 << bits];
    for pair in pairs.iter() {
        starts[digit(pair)] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    let ends: Vec<usize> = starts[1..].iter().copied().chain([pairs.len()]).collect();
    let mut next = starts.clone();
    for bucket in 0..ends.len() {
        while next[bucket] < ends[bucket] {
            let target = digit(&pairs[next[bucket]]);
            if target != bucket {
                pairs.swap(next[bucket], next[target]);
            }
            next[target] += 1;
        }
    }
    for (start, end) in starts.into_iter().zip(ends) {
        pairs[start..end].sort_unstable();
    }
}
