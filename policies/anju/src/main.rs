//! `anju`: the rulebook on the command line.
//!
//! Exit codes: 0 done; 1 something in the input is wrong (told on stderr); 2 bad usage.

mod assess;
mod batch;
mod calculate;
mod check;
mod clock;
mod explain;
mod input;
mod new;
mod output;
mod prove;
mod replay;
mod report;
mod rows;
mod schema;
mod simulate;
mod timeline;
mod watch;
mod which;
mod written;

use std::{path::PathBuf, process::ExitCode};

use chrono::NaiveDate;
use clap::{CommandFactory, Parser, Subcommand, error::ErrorKind};

use which::Which;

/// Public rental housing rules: assess households, check documents, replay records.
///
/// Amounts in JSON are whole numbers in the smallest unit (fen, 0.01 m²); written as text they are
/// read as people type them: "3500.00". `-` means standard input. Files are UTF-8.
#[derive(Parser)]
#[command(version, max_term_width = 100, after_help = EXIT, after_long_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT: &str = "Exit codes: 0 done; 1 something in the input is wrong, told on stderr; 2 bad usage.";

const EXAMPLES: &str = "\
Exit codes: 0 done; 1 something in the input is wrong, told on stderr; 2 bad usage.

Examples:
  anju assess PLACE household.json --on 2026-11-20 --report
  anju batch PLACE families.csv --on 2026-11-20 > outcomes.jsonl
  anju simulate PLACE --with changed.toml --households families.csv --on 2026-11-20
  anju new liuqiao --name 六桥县 --year 2026
  anju check policies/data/DOCUMENT.toml
  anju assess --document policies/data/DOCUMENT.toml household.toml --on 2026-11-20 --report
  anju test policies/data/DOCUMENT.toml
  anju watch policies/data/DOCUMENT.toml
  anju explain PLACE household.json --on 2026-11-20
  anju clock PLACE town_review 2026-02-10
  anju timeline PLACE --case renewal --on 2026-11-20
  anju schema household
  anju assess PLACE household.toml --on 2026-11-20 --record > record.json && anju replay record.json";

#[derive(Subcommand)]
enum Command {
    /// Assess one household (JSON or TOML) and print the assessment as JSON.
    Assess {
        #[command(flatten)]
        which: Which,
        /// The household: a file, or `-`, which it is where nothing is given.
        household: Option<PathBuf>,
        /// Application date, YYYY-MM-DD.
        #[arg(long, value_name = "DATE", value_parser = input::day)]
        on: NaiveDate,
        /// Print a report for reading instead of JSON.
        #[arg(long)]
        report: bool,
        /// Print a record (facts and assessment) that `replay` understands.
        #[arg(long, conflicts_with = "report")]
        record: bool,
    },
    /// Assess many households: JSON lines or CSV in, one JSON line out per household.
    ///
    /// The first line of CSV names facts (`anju schema household` lists them); empty cells are unknown; the file
    /// is UTF-8. `row` is the line in the file. A row that is wrong is told on stderr and skipped, the rest goes
    /// on, and the exit code is 1. On a terminal, progress is told every 100,000 rows. Money is least and most
    /// in fen.
    Batch {
        #[command(flatten)]
        which: Which,
        /// JSON lines, or CSV whose header names facts; a file, or `-` for JSON lines, which it is where nothing is given.
        households: Option<PathBuf>,
        /// Application date, YYYY-MM-DD.
        #[arg(long, value_name = "DATE", value_parser = input::day)]
        on: NaiveDate,
        /// Whole assessments instead of outcome and money.
        #[arg(long)]
        full: bool,
        /// Read CSV although the name does not end in `.csv`.
        #[arg(long)]
        csv: bool,
    },
    /// Work out one of a document's calculators and show every step; without one, list them.
    Calculate {
        #[command(flatten)]
        which: Which,
        /// Calculator and its inputs as people type them: `rent_ceiling market_rent_month=1000`.
        #[arg(value_name = "CALCULATOR | INPUT=VALUE")]
        words: Vec<String>,
        /// Day to reckon on, YYYY-MM-DD.
        #[arg(long, value_name = "DATE", value_parser = input::day)]
        on: Option<NaiveDate>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check a document file: every problem at once, with file and line.
    Check {
        /// The document file.
        file: PathBuf,
        /// Its dictionary of facts; without it `facts.toml` beside the file, or else the one that is built in.
        #[arg(long)]
        facts: Option<PathBuf>,
        /// The inventory whose lines it may cite; without it `INVENTORY.md` in the folder above the file's.
        #[arg(long)]
        inventory: Option<PathBuf>,
    },
    /// Test document files, unbuilt: their examples, calculators and days, and that each number is noticed when shifted.
    Test {
        /// The document files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Their dictionary of facts; without it `facts.toml` beside each, or else the one that is built in.
        #[arg(long)]
        facts: Option<PathBuf>,
        /// The folder that holds `<document id>/`, `calculators/`, `dates/`; without it `examples` above the file or
        /// beside it.
        #[arg(long)]
        examples: Option<PathBuf>,
    },
    /// Begin a place: a data file, its lines of the inventory, and stubs of examples on both sides of each line.
    ///
    /// Nothing is written over. Run again once the file says what the document says, it adds stubs for the numbers that no
    /// example notices yet.
    New {
        /// The place's id: `liuqiao`.
        place: String,
        /// Its name: `六桥县`.
        #[arg(long)]
        name: Option<String>,
        /// The document's year.
        #[arg(long)]
        year: Option<u16>,
        /// The folder with `data`, `examples` and `INVENTORY.md`.
        #[arg(long, value_name = "FOLDER", default_value = "policies")]
        at: PathBuf,
    },
    /// Check and test a document file again at each save, and tell what changed.
    Watch {
        /// The document file.
        file: PathBuf,
        /// Its dictionary of facts; without it `facts.toml` beside it, or else the one that is built in.
        #[arg(long)]
        facts: Option<PathBuf>,
        /// The folder of its examples, as for `test`.
        #[arg(long)]
        examples: Option<PathBuf>,
    },
    /// Print a JSON Schema.
    Schema {
        /// Of what.
        #[arg(default_value = "household")]
        of: schema::Of,
    },
    /// Print the expected course of a case, with the papers, filing windows and bars of its kind.
    Timeline {
        #[command(flatten)]
        which: Which,
        /// Kind of case: `application`, `renewal`, `change_report`, `change_of_applicant`, `swap`, `objection`,
        /// `review`, `employer_group`, `tip_off`.
        #[arg(long, default_value = "application")]
        case: String,
        /// Day of receipt, YYYY-MM-DD.
        #[arg(long, value_name = "DATE", value_parser = input::day)]
        on: NaiveDate,
    },
    /// Tell an officer in words what is asked of one household, with what is known of it and the arithmetic.
    Explain {
        #[command(flatten)]
        which: Which,
        /// The household: a file, or `-`, which it is where nothing is given.
        household: Option<PathBuf>,
        /// Application date, YYYY-MM-DD.
        #[arg(long, value_name = "DATE", value_parser = input::day)]
        on: NaiveDate,
    },
    /// Work out a document's clock from a day, by the official working days; without one, list them.
    Clock {
        #[command(flatten)]
        which: Which,
        /// Clock, and the day of the event, YYYY-MM-DD: `town_review 2026-02-10`.
        #[arg(value_name = "CLOCK | DAY", num_args = 0..=2)]
        words: Vec<String>,
    },
    /// Replay a record: does the same text still give the same assessment?
    Replay {
        /// The record: a file, or `-`.
        #[arg(default_value = "-")]
        record: PathBuf,
    },
    /// Compare a document with a changed version of it: who gains, who loses.
    Simulate {
        #[command(flatten)]
        which: Which,
        /// The changed document file.
        #[arg(long)]
        with: PathBuf,
        /// The households, as for `batch`: a file, or `-`.
        #[arg(long)]
        households: PathBuf,
        /// Read CSV although the name does not end in `.csv`.
        #[arg(long)]
        csv: bool,
        /// Application date, YYYY-MM-DD.
        #[arg(long, value_name = "DATE", value_parser = input::day)]
        on: NaiveDate,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            output::tell(&message);
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), String> {
    match command {
        Command::Assess { which, household, on, report, record } => {
            let settled = which.settle()?;
            assess::run(&settled.name, &settled.next(household)?, on, report, record)
        }
        Command::Batch { which, households, on, full, csv } => {
            let settled = which.settle()?;
            batch::run(&settled.name, &settled.next(households)?, on, full, csv)
        }
        Command::Calculate { which, words, on, json } => {
            let settled = which.settle()?;
            let mut words = settled.word.iter().cloned().chain(words);
            let calculator = words.next();
            let inputs: Result<Vec<_>, _> = words.map(|word| calculate::assignment(&word)).collect();
            let usage = |message| Arguments::command().error(ErrorKind::ValueValidation, message).exit();
            let inputs = inputs.unwrap_or_else(usage);
            calculate::run(&settled.name, calculator.as_deref(), &inputs, on, json)
        }
        Command::Check { file, facts, inventory } => {
            check::run(&file, facts.as_deref(), inventory.as_deref())
        }
        Command::Test { files, facts, examples } => prove::run(&files, facts.as_deref(), examples.as_deref()),
        Command::New { place, name, year, at } => new::run(&place, name.as_deref(), year, &at),
        Command::Watch { file, facts, examples } => watch::run(&file, facts.as_deref(), examples.as_deref()),
        Command::Explain { which, household, on } => {
            let settled = which.settle()?;
            explain::run(&settled.name, &settled.next(household)?, on)
        }
        Command::Clock { which, words } => {
            let settled = which.settle()?;
            let words: Vec<_> = settled.word.iter().chain(&words).map(String::as_str).collect();
            clock::run(&settled.name, words.first().copied(), words.get(1).copied())
        }
        Command::Schema { of } => schema::run(of),
        Command::Timeline { which, case, on } => {
            let settled = which.settle()?;
            settled.alone()?;
            timeline::run(&settled.name, &case, on)
        }
        Command::Replay { record } => replay::run(&record),
        Command::Simulate { which, with, households, csv, on } => {
            let settled = which.settle()?;
            settled.alone()?;
            simulate::run(&settled.name, &settled.facts, &with, &households, on, csv)
        }
    }
}
