//! The one binary of casus: a thin rind over the library of that name.

mod args;
mod commands;
mod exit;
mod exporting;
mod gauge;
mod http;
mod inputs;
mod interrupt;
mod messages;
mod outputs;
mod pool;
mod progress;
mod render;

use args::{Args, Command, Gazetteer};
use clap::Parser;
use messages::Messages;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match Args::try_parse_from(std::env::args_os().map(args::denied)) {
        Ok(args) => args,
        Err(error) => return exit::usage(&error),
    };
    let mut messages = Messages::new();
    let found = match &args.command {
        Command::Code(code) => commands::code::run(code, &mut messages),
        Command::Explain(explain) => commands::explain::run(explain, &mut messages),
        Command::Text(text) => commands::text::run(text, &mut messages),
        Command::Watch(watch) => commands::watch::run(watch, &mut messages),
        Command::Export(export) => commands::export::run(export, &mut messages),
        Command::Eval(eval) => commands::eval::run(eval, &mut messages),
        Command::Ingest(ingest) => commands::ingest::run(ingest, &mut messages),
        Command::Recode(recode) => commands::recode::run(recode, &mut messages),
        Command::Review(review) => commands::review::run(review, &mut messages),
        Command::Import(import) => commands::import::run(import, &mut messages),
        Command::Query(query) => commands::query::run(query, &mut messages),
        Command::Sql(sql) => commands::sql::run(sql, &mut messages),
        Command::Series(series) => commands::series::run(series, &mut messages),
        Command::Chain(chain) => commands::chain::run(chain, &mut messages),
        Command::Link(link) => commands::link::run(link, &mut messages),
        Command::Incident(incident) => commands::incident::run(incident, &mut messages),
        Command::Actor(actor) => commands::actor::run(actor, &mut messages),
        Command::Check(check) => commands::check::run(check, &mut messages),
        Command::Gazetteer(Gazetteer::Import(import)) => commands::gazetteer::import(import, &mut messages),
    };
    messages.finish();
    exit::code(found, messages.failed())
}
