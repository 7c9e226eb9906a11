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

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let rows = || {
        vec![
            DataRow::new("姓名", "测试·阿依古丽𠮷".to_owned()),
            DataRow::new(
                "现在住的地址",
                "测试路一百二十三号测试小区四十五栋六单元七〇八室，靠近测试中学东门".to_owned(),
            ),
        ]
    };
    let action = || html! { <super::Button look={super::Look::Quiet}>{ "修改" }</super::Button> };
    let with_action = rows().into_iter().map(|row| row.with_action(action())).collect::<Vec<_>>();
    vec![
        State::new("rows", html! { <DataList rows={rows()} /> }),
        State::new("actions", html! { <DataList rows={with_action} /> }),
    ]
}
