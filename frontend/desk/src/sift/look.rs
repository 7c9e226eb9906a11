//! Looking at one letter: whether it opens, and what it begins with. The server notes each look like any other opening.

use protocol::desk::DeskCase;
use protocol::letter::Letter;

use super::batch::Found;
use crate::calls::{Desk, DeskError};
use crate::case::opened::{Unopened, chain_holds, open_letter};

/// Signs of a letter that are shown.
const FIRST_SIGNS: usize = 40;

/// Fetches and opens a letter.
///
/// # Errors
/// [`DeskError`] where it could not be fetched, or the key is gone.
pub(crate) async fn look(desk: &Desk, lookup: &str) -> Result<(Found, DeskCase), DeskError> {
    let case = desk.case(lookup).await?;
    // What a host exchanged for noise is not its sender's junk.
    if !chain_holds(&case) {
        return Ok((Found::Unclear("办理记录校验不符，请打开这一件看".to_owned()), case));
    }
    let found = match open_letter(desk, &case, (0, &case.envelope)).await? {
        Ok(letter) => Found::Opens(first_words(&letter)),
        Err(why) if why.is_shut() => Found::Shut,
        Err(Unopened::NotALetter) => Found::Unclear("打得开，但认不出内容，请打开这一件看".to_owned()),
        Err(why) => Found::Unclear(why.to_string()),
    };
    Ok((found, case))
}

/// Enough of a letter to tell whether somebody means it.
fn first_words(letter: &Letter) -> String {
    let words = match letter {
        Letter::Application(application) => match application.members.len() {
            0 => application.applicant.name.clone(),
            others => format!("{} 和另外 {others} 人", application.applicant.name),
        },
        Letter::TipOff(tip_off) => format!("{}：{}", tip_off.place, tip_off.text),
        Letter::Form(request) => {
            let answers = request.entries.iter().flat_map(|entry| &entry.answers);
            answers.map(|answer| answer.value.as_str()).collect::<Vec<_>>().join("，")
        }
        Letter::Message(message) => message.text.clone(),
    };
    let first: String = words.chars().take(FIRST_SIGNS).collect();
    if first == words { first } else { format!("{first}……") }
}
