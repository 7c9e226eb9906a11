//! An office with a thousand cases, with ten thousand, with a hundred thousand.

use anyhow::Result;
use protocol::query::{InboxQuery, Standing};
use reqwest::Client;
use system_tests::applicant::Applicant;
use system_tests::officer::Officer;
use system_tests::portal::Portal;

use super::crowd::{self, Sender};
use super::{OFFICE, median, timed};

/// Cases of an office.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Cases that were really sent, and are looked up.
const KNOWN: usize = 20;
/// Questions of each sort to each server.
const TURNS: usize = 100;
/// What is asked.
const ASKED: [&str; 4] =
    ["status look-up", "inbox, first part", "inbox, of one kind and stage", "inbox, a part in its middle"];

struct Office {
    portal: Portal,
    senders: Vec<Sender>,
    stage: Option<String>,
    middle: Option<String>,
}

pub(super) async fn print() -> Result<()> {
    let client = Client::new();
    let mut offices = Vec::new();
    for size in SIZES {
        offices.push(office(&client, size).await?);
    }
    println!("One question, by how many cases the office has; medians of {TURNS}, asked by turns\n");
    print!("  {:<30}", "");
    SIZES.iter().for_each(|size| print!("{size:>12}"));
    println!("   most : least");
    for (which, name) in ASKED.iter().enumerate() {
        let mut times = vec![Vec::new(); SIZES.len()];
        for turn in 0..TURNS {
            for (office, times) in offices.iter().zip(&mut times) {
                times.push(timed(ask(&client, office, which, turn)).await?);
            }
        }
        let middle = times.into_iter().map(median).collect::<Result<Vec<_>>>()?;
        print!("  {name:<30}");
        middle.iter().for_each(|time| print!("{time:>9.2} ms"));
        let (least, most) = middle
            .iter()
            .fold((f64::MAX, f64::MIN), |(least, most), time| (least.min(*time), most.max(*time)));
        println!("   {:.2}", most / least);
    }
    println!();
    Ok(())
}

async fn ask(client: &Client, office: &Office, which: usize, turn: usize) -> Result<()> {
    let of_kind = InboxQuery { kind: Some(protocol::CaseKind::TipOff), ..InboxQuery::default() };
    let asked = match which {
        0 => {
            if let Some(sender) = office.senders.get(turn % office.senders.len().max(1)) {
                sender.looks(client, &office.portal).await?.bytes().await?;
            }
            return Ok(());
        }
        1 => InboxQuery::default(),
        2 => InboxQuery { stage: office.stage.clone(), ..of_kind },
        _ => InboxQuery { after: office.middle.clone(), ..InboxQuery::default() },
    };
    Officer::of(&office.portal, OFFICE)?.part_of_inbox(&asked).await.map(drop)
}

async fn office(client: &Client, size: usize) -> Result<Office> {
    let mut portal = Portal::start_with(&[], |home| home.with_daily_cap(u32::MAX))?;
    let letter = Applicant::with_tip_off(&portal, OFFICE, "测试路一号", "夜里灯一直不亮")?.submission;
    let senders = crowd::send(client, &portal, &letter, KNOWN, 4).await?;
    Officer::of(&portal, OFFICE)?.inbox_of(KNOWN).await?;
    portal.stop()?;
    crowd::lay_down(&portal.store(), size - KNOWN)?;
    portal.start_again()?;
    let inbox = Officer::of(&portal, OFFICE)?.inbox_of(size).await?;
    let stage = inbox.cases.first().map(|row| row.stage.clone());
    let mut office = Office { portal, senders, stage, middle: inbox.next };
    // Some parts on, as far as a person would go.
    for _ in 0..5 {
        let asked =
            InboxQuery { after: office.middle.clone(), standing: Standing::All, ..InboxQuery::default() };
        let part = Officer::of(&office.portal, OFFICE)?.part_of_inbox(&asked).await?;
        office.middle = part.next.or(office.middle);
    }
    Ok(office)
}
