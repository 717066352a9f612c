//! Parts of speech and dependencies (Universal Dependencies; biaffine arcs after Dozat & Manning 2017).

use crate::Encoded;
use crate::labels::Labels;
use casus_types::Span;
use casus_types::analysis::{Token, TokenId};

/// Returns the tokens with their parts of speech and relations; heads come from [`attach`].
pub(crate) fn tokens(words: &[Span], encoded: &Encoded, labels: &Labels) -> Vec<Token> {
    words
        .iter()
        .enumerate()
        .map(|(i, &span)| {
            let (window, piece) = encoded.at(i);
            let pos = labels.pos[best(window.said.pos.row(piece))];
            let relation = labels.relations[best(window.said.relations.row(piece))];
            Token { span, pos, head: None, relation }
        })
        .collect()
}

/// Gives every token its likeliest head within its sentence, and every sentence one root.
pub(crate) fn attach(tokens: &mut [Token], starts: &[usize], encoded: &Encoded) {
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([tokens.len()]).collect();
    for (&from, &to) in starts.iter().zip(&ends) {
        let score = |word: usize, head: usize| {
            let (window, piece) = encoded.at(word);
            let inside = window.words.contains(&head);
            inside.then(|| window.said.arcs.row(piece)[window.pieces[head - window.words.start].start])
        };
        // A head stands in the same window.
        let near = |word: usize| {
            let window = &encoded.at(word).0.words;
            from.max(window.start)..to.min(window.end)
        };
        // The root depends on itself in training; the word that scores highest there is the root.
        let margin = |w: usize| {
            let other =
                near(w).filter(|&h| h != w).filter_map(|h| score(w, h)).fold(f32::NEG_INFINITY, f32::max);
            score(w, w).unwrap_or(f32::NEG_INFINITY) - other
        };
        let Some(root) = (from..to).max_by(|&a, &b| margin(a).total_cmp(&margin(b)).then(b.cmp(&a))) else {
            continue;
        };
        for (word, token) in tokens.iter_mut().enumerate().take(to).skip(from) {
            if word == root {
                token.relation = "root";
                continue;
            }
            let head = near(word)
                .filter(|&h| h != word)
                .max_by(|&a, &b| {
                    let at = |h| score(word, h).unwrap_or(f32::NEG_INFINITY);
                    at(a).total_cmp(&at(b)).then(b.cmp(&a))
                })
                .unwrap_or(root);
            token.head = Some(TokenId(u32::try_from(head).expect("fewer words than bytes of text")));
        }
    }
}

/// Returns the index of the highest score, the first of equals.
pub(crate) fn best(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))).unwrap_or(0)
}
