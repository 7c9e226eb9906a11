//! The ticket that somebody was given at the counter, typed before sending.

use protocol::ticket::Ticket;
use yew::prelude::*;

use ui::components::{Field, FieldFault, FieldKind, fold};

/// Id of the field.
const ID: &str = "ticket";

/// What is wrong with what was typed, caught before anything is asked; nothing of who has no ticket.
pub(crate) fn faults(typed: &str) -> Vec<FieldFault> {
    match read(typed) {
        Ok(_) => Vec::new(),
        Err(message) => vec![FieldFault::new(ID, message)],
    }
}

/// The ticket as it travels, if one was typed.
///
/// # Errors
/// A sentence for the person.
pub(crate) fn read(typed: &str) -> Result<Option<String>, AttrValue> {
    if policies::seen::visible(typed).is_empty() {
        return Ok(None);
    }
    match Ticket::parse(typed) {
        Ok(ticket) => Ok(Some(ticket.plain())),
        Err(error) => Err(format!("{error}；没有快速码的，请把这一栏清空。").into()),
    }
}

/// The question for it, folded away: hardly anybody has one.
pub(crate) fn ask(typed: &UseStateHandle<String>, faults: &[FieldFault]) -> Html {
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |text| typed.set(text))
    };
    let error = faults.iter().find(|fault| fault.id == ID).map(|fault| fault.message.clone());
    let body = html! {
        <Field
            id={ID} label="快速码" kind={FieldKind::Whole} optional=true value={(**typed).clone()} {error} {oninput} test={ID}
            hint="10 位数字。有了它，提交的人多的时候也不用等。一个只能用一次，不记是谁领的；没有就空着，照样能提交。"
        />
    };
    fold("ticket-fold", "窗口给过您一个快速码？", String::new(), body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_ticket_is_told_nothing_and_a_wrong_digit_is_caught() {
        let ticket = Ticket::from_entropy([7; 8]);
        assert_eq!(read(" \u{200b}"), Ok(None));
        assert_eq!(read(&ticket.grouped()), Ok(Some(ticket.plain())));
        assert!(faults("").is_empty() && faults(&ticket.plain()).is_empty());
        assert_eq!(faults("0000000001").first().map(|fault| fault.id.as_str()), Some(ID));
    }
}
