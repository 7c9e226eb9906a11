//! Terms and their values.

use yew::prelude::*;

/// One row of a [`DataList`].
#[derive(Clone, PartialEq)]
pub struct DataRow {
    /// The term.
    pub term: AttrValue,
    /// Its value.
    pub value: Html,
    /// E.g. a “修改” button at the end of the row.
    pub action: Html,
}

impl DataRow {
    /// A row without an action.
    pub fn new(term: impl Into<AttrValue>, value: impl Into<Html>) -> Self {
        Self { term: term.into(), value: value.into(), action: Html::default() }
    }

    /// The same row with an action.
    pub fn with_action(self, action: Html) -> Self {
        Self { action, ..self }
    }
}

/// Props of [`DataList`].
#[derive(Clone, PartialEq, Properties)]
pub struct DataListProps {
    /// The rows, in order.
    pub rows: Vec<DataRow>,
}

/// A list of terms and values, e.g. the check-your-answers page.
#[component]
pub fn DataList(props: &DataListProps) -> Html {
    html! {
        <dl class="data-list">
            for row in props.rows.iter() {
                <div class="data-list__row">
                    <dt>{ &row.term }</dt>
                    <dd>{ row.value.clone() }</dd>
                    if row.action != Html::default() {
                        <dd class="data-list__action">{ row.action.clone() }</dd>
                    }
                </div>
            }
        </dl>
    }
}
