//! Help and fault of a control: the words, their ids, and how the control refers to them.

use yew::prelude::*;

/// What stands between the label of a control and the control itself.
#[derive(Clone, Copy)]
pub(super) struct Described<'a> {
    /// DOM id of the control, or name of the group.
    pub(super) id: &'a str,
    /// Help under the label.
    pub(super) hint: Option<&'a AttrValue>,
    /// What is wrong.
    pub(super) error: Option<&'a AttrValue>,
}

impl Described<'_> {
    /// Classes of the element around label and control.
    pub(super) fn class(self) -> &'static str {
        if self.error.is_some() { "field field--error" } else { "field" }
    }

    /// `aria-invalid` of the control.
    pub(super) fn invalid(self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    /// `aria-describedby` of the control; `None` where nothing describes it.
    pub(super) fn by(self) -> Option<String> {
        let ids: Vec<String> = [self.hint.map(|_| self.hint_id()), self.error.map(|_| self.error_id())]
            .into_iter()
            .flatten()
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Id of the help.
    pub(super) fn hint_id(self) -> String {
        format!("{}-hint", self.id)
    }

    fn error_id(self) -> String {
        format!("{}-error", self.id)
    }

    /// The help, as a line of its own.
    pub(super) fn hint(self) -> Html {
        match self.hint {
            Some(hint) => html! { <p class="field__hint" id={self.hint_id()}>{ hint }</p> },
            None => Html::default(),
        }
    }

    /// The fault, said to be one.
    pub(super) fn error(self) -> Html {
        match self.error {
            Some(error) => html! {
                <p class="field__error" id={self.error_id()}>
                    <span class="visually-hidden">{ "错误：" }</span>{ error }
                </p>
            },
            None => Html::default(),
        }
    }
}
