//! Cutting a long report into windows that the encoder can take.

use std::ops::Range;

/// Most pieces of one window, without the two that frame it; the encoder takes 512, attention costs their square,
/// and training saw windows of this length.
pub(crate) const LONGEST: usize = 320;
/// Most pieces of the text before that a window takes up again, so that its first sentences have a context.
const OVERLAP: usize = 64;

/// Returns word ranges that cover a text of words with these numbers of pieces, cut at sentence `starts` where that
/// keeps at least half of a window. Each takes up the last sentences of the one before.
pub(crate) fn windows(sizes: &[usize], starts: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut lo = 0;
    loop {
        let mut hi = lo;
        let mut total = 0;
        while hi < sizes.len() && total + sizes[hi] <= LONGEST {
            total += sizes[hi];
            hi += 1;
        }
        if hi < sizes.len() {
            let cut = starts.iter().rev().copied().find(|&s| lo < s && s <= hi).unwrap_or(hi);
            if cut > lo + (hi - lo) / 2 {
                hi = cut;
            }
        }
        hi = hi.max(lo + 1).min(sizes.len());
        out.push(lo..hi);
        if hi >= sizes.len() {
            return out;
        }
        let mut back = hi;
        let mut total = 0;
        while back > lo + 1 && total + sizes[back - 1] <= OVERLAP {
            back -= 1;
            total += sizes[back];
        }
        let again = starts.iter().copied().find(|&s| back <= s && s < hi).unwrap_or(hi);
        lo = if again > lo { again } else { hi };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_everything_and_moves_on() {
        for n in [1, 5, 319, 320, 321, 1000, 5000] {
            for step in [7, 40, 2000] {
                let starts: Vec<usize> = (0..n).step_by(step).collect();
                let got = windows(&vec![1; n], &starts);
                assert_eq!(got[0].start, 0);
                assert_eq!(got.last().unwrap().end, n);
                for pair in got.windows(2) {
                    assert!(pair[1].start <= pair[0].end && pair[1].start > pair[0].start, "{pair:?}");
                }
                assert!(got.iter().all(|w| w.len() <= LONGEST));
            }
        }
    }
}
