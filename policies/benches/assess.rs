//! How fast: one assessment with reasons, and verdict and amount for many households from memory.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use policies::{Decider, Row64, assess, rulebook};

#[path = "../tests/common/mod.rs"]
mod common;
use common::{Dice, asked, examples, household, median};

fn one(c: &mut Criterion) {
    let book = rulebook();
    let mut group = c.benchmark_group("assessment");
    for (name, file) in [
        ("yongshun eligible", "eligible"),
        ("yongshun not eligible", "not_eligible"),
        ("yongshun unknown", "unknown"),
    ] {
        let outcome = serde_json::from_value(serde_json::Value::String(file.to_owned())).unwrap();
        let Some(example) = examples()
            .into_iter()
            .find(|e| e.document == "yongshun-2023" && e.expect.outcome == Some(outcome))
        else {
            continue;
        };
        let doc = book.document("yongshun-2023").unwrap();
        group.bench_function(name, |b| b.iter(|| assess(doc, black_box(&example.household), example.on)));
    }
    group.finish();
}

fn many(c: &mut Criterion) {
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let mut group = c.benchmark_group("verdict and amount");
    for id in ["yongshun-2023", "qujing-2018"] {
        let doc = rulebook().document(id).unwrap();
        let decider = Decider::new(doc, on).unwrap();
        let mut dice = Dice(1);
        let rows: Vec<Row64> =
            (0..10_000).map(|_| decider.lay_out(&household(doc, &mut dice, on, 8)).unwrap()).collect();
        group.throughput(Throughput::Elements(rows.len() as u64));
        group.bench_function(id, |b| {
            b.iter(|| {
                rows.iter().map(|row| decider.decide(black_box(row)).money.map_or(0, |m| m.1)).sum::<i64>()
            });
        });
    }
    group.finish();
}

/// Ten plain conditions and a three-band amount, as the public peers are measured.
#[cfg(feature = "compiler")]
fn ten(c: &mut Criterion) {
    use policies::{
        Rulebook,
        compile::{self, File},
        program::Book,
    };
    let facts = include_str!("ten-facts.toml");
    let document = include_str!("ten.toml");
    let dictionary = compile::dictionary(File { name: "ten-facts.toml", text: facts }).ok().unwrap();
    let compiled =
        compile::document(File { name: "ten.toml", text: document }, facts, &dictionary, None).unwrap();
    let book = Rulebook::new(Book {
        facts: dictionary.facts,
        asked_if: dictionary.asked_if,
        parts: dictionary.parts,
        documents: vec![compiled],
        ..Book::default()
    });
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let doc = book.document("ten-2026").unwrap();
    let decider = Decider::new(doc, on).unwrap();
    let mut dice = Dice(1);
    let rows: Vec<Row64> =
        (0..10_000).map(|_| decider.lay_out(&household(doc, &mut dice, on, 8)).unwrap()).collect();
    let mut group = c.benchmark_group("ten plain conditions");
    group.throughput(Throughput::Elements(rows.len() as u64));
    group.bench_function("verdict and amount", |b| {
        b.iter(|| {
            rows.iter().map(|row| decider.decide(black_box(row)).money.map_or(0, |m| m.1)).sum::<i64>()
        });
    });
    group.finish();
}

#[cfg(not(feature = "compiler"))]
fn ten(_: &mut Criterion) {
    println!("ten plain conditions: run with --features compiler");
}

/// How many questions the self-check asks until the answer is certain: a figure, not a time.
fn questions(_: &mut Criterion) {
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    for doc in rulebook().documents().iter().filter(|d| !d.document().categories.is_empty()) {
        let mut dice = Dice(42);
        let mut counts: Vec<usize> =
            (0..10_000).map(|_| asked(doc, &household(doc, &mut dice, on, 8), on)).collect();
        let (id, facts) = (&doc.document().id, doc.facts().len());
        println!("{id}: median of {} questions of {facts} over 10,000 households", median(&mut counts));
    }
}

criterion_group!(benches, questions, one, many, ten);
criterion_main!(benches);
