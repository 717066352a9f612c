//! The commands, each a function of its arguments that prints and tells whether it found anything.

pub(crate) mod code;
pub(crate) mod eval;
pub(crate) mod explain;
mod families;

use crate::args::Resources;
use crate::messages::Messages;
use casus::{Config, Pipeline, Problem};

/// Returns the pipeline, none where it cannot be made, which is said.
fn pipeline(resources: &Resources, messages: &mut Messages) -> Option<Pipeline> {
    match Pipeline::new(Config { rules: resources.rules.clone(), model: resources.model.clone() }) {
        Ok(pipeline) => Some(pipeline),
        Err(error) => {
            messages.error("", &error, None);
            None
        }
    }
}

/// Says what was odd about a document.
fn tell_problems(name: &str, problems: &[Problem], messages: &mut Messages) {
    for problem in problems {
        messages.note(name, &problem.message, Some(&problem.hint));
    }
}
