//! How fast: one assessment with reasons, and verdict and amount for many households from memory.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

use std::{collections::BTreeMap, hint::black_box, time::Instant};

use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use policies::{Decider, HouseholdRow, Outcome, assess, rulebook};

use worked::{Example, Near, asked, median, samples};

fn one(c: &mut Criterion) {
    let mut group = c.benchmark_group("assessment");
    let all = worked::embedded().examples();
    for outcome in [Outcome::Eligible, Outcome::NotEligible, Outcome::Unknown, Outcome::Ask] {
        let of_outcome = |e: &&Example| e.document == "yongshun-2023" && e.expect.outcome == Some(outcome);
        let example = all.iter().find(of_outcome).unwrap();
        let doc = rulebook().document("yongshun-2023").unwrap();
        group.bench_function(format!("yongshun {outcome:?}"), |b| {
            b.iter(|| assess(doc, black_box(&example.household), example.on));
        });
    }
    group.finish();
}

/// Every worked example, and beside it a fixed piece of work of the same kind, which tells a slow machine from a
/// slow engine.
fn examples_one_by_one(_: &mut Criterion) {
    let all = worked::embedded().examples();
    let mut yardstick = f64::MAX;
    let mut times = vec![f64::MAX; all.len()];
    // Round by round, so that a burst of other work on the machine falls on all alike.
    for _ in 0..15 {
        yardstick = yardstick.min(microseconds(a_map_of_texts));
        for (time, example) in times.iter_mut().zip(&all) {
            let doc = rulebook().document(&example.document).unwrap();
            *time = time.min(microseconds(|| assess(doc, black_box(&example.household), example.on)));
        }
    }
    println!("\none assessment of each of {} examples, best of 15 rounds", all.len());
    println!("yardstick, a map of 64 texts built and dropped: {yardstick:.2} µs");
    for outcome in [Outcome::Eligible, Outcome::NotEligible, Outcome::Unknown, Outcome::Ask] {
        let of_outcome = all.iter().zip(&times).filter(|(e, _)| e.expect.outcome == Some(outcome));
        let Some((slowest, time)) = of_outcome.max_by(|a, b| a.1.total_cmp(b.1)) else { continue };
        let ratio = time / yardstick;
        println!("slowest {outcome:?}: {time:.2} µs, {ratio:.2} yardsticks, {}", slowest.file.name);
    }
    println!();
}

/// The time of one call, averaged over 200.
fn microseconds<T>(mut work: impl FnMut() -> T) -> f64 {
    let begun = Instant::now();
    for _ in 0..200 {
        black_box(work());
    }
    begun.elapsed().as_secs_f64() * 1e6 / 200.0
}

fn a_map_of_texts() -> BTreeMap<String, String> {
    (0..64_u64).map(|n| (black_box(n * 7919 % 64).to_string(), n.to_string())).collect()
}

fn many(c: &mut Criterion) {
    for near in worked::embedded().deciding() {
        verdicts(c, &near);
    }
}

/// Verdict and amount of 10,000 households laid out in memory, on one core: all at once in a table, and one by one.
fn verdicts(c: &mut Criterion, near: &Near<'_>) {
    let doc = near.doc;
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let decider = Decider::new(doc, on).unwrap();
    let families = samples(near.whole_household(on), 10_000);
    let rows: Vec<HouseholdRow> = families.map(|family| decider.lay_out(&family).unwrap()).collect();
    let mut table = decider.table();
    rows.iter().for_each(|row| table.push(row));
    let mut group = c.benchmark_group(format!("verdict and amount, {}", doc.document().id));
    group.throughput(Throughput::Elements(rows.len() as u64));
    group.bench_function("table", |b| {
        b.iter(|| {
            let mut sum = 0;
            decider.decide_all(black_box(&table), |verdict| sum += verdict.money.map_or(0, |m| m.1));
            sum
        });
    });
    group.bench_function("one by one", |b| {
        b.iter(|| {
            rows.iter().map(|row| decider.decide(black_box(row)).money.map_or(0, |m| m.1)).sum::<i64>()
        });
    });
    group.finish();
}

/// Ten plain conditions and a three-band amount, as the public peers are measured.
#[cfg(feature = "compiler")]
fn ten(c: &mut Criterion) {
    use policies::{
        compile::{self, File},
        program::Book,
    };
    let facts = include_str!("ten-facts.toml");
    let document = include_str!("ten.toml");
    let dictionary = compile::dictionary(File { name: "ten-facts.toml", text: facts }).ok().unwrap();
    let compiled =
        compile::document(File { name: "ten.toml", text: document }, facts, &dictionary, None).unwrap();
    let source = Book {
        facts: dictionary.facts,
        asked_if: dictionary.asked_if,
        parts: dictionary.parts,
        documents: vec![compiled],
        ..Book::default()
    };
    worked::Shelf::new(source, Vec::new()).deciding().for_each(|near| verdicts(c, &near));
}

#[cfg(not(feature = "compiler"))]
fn ten(_: &mut Criterion) {
    println!("ten plain conditions: run with --features compiler");
}

/// How many questions the self-check asks until the answer is certain: a figure, not a time.
fn questions(_: &mut Criterion) {
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    for near in worked::embedded().deciding() {
        let families = samples(near.whole_household(on), 10_000);
        let mut counts: Vec<usize> = families.map(|family| asked(near.doc, &family, on)).collect();
        let (id, facts) = (near.id(), near.doc.facts().len());
        println!("{id}: median of {} questions of {facts} over 10,000 households", median(&mut counts));
    }
}

criterion_group!(benches, questions, one, examples_one_by_one, many, ten);
criterion_main!(benches);
