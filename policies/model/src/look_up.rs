//! Items of a document by their ids, the only place where one is looked for.

#[cfg(feature = "whole")]
use crate::{Bar, Breach, CalculatorInput, Clock, Exit, Form, Reading, Stage};
use crate::{
    Benefit, Calculator, CaseKind, Category, Choice, Document, FactKind, Paper, Procedure, Requirement,
    Window,
};

macro_rules! by_id {
    ($owner:ty: $($(#[$says:meta])* $name:ident in $list:ident: $item:ty;)*) => {
        impl $owner {
            $($(#[$says])*
            pub fn $name(&self, id: &str) -> Option<&$item> {
                self.$list.iter().find(|item| item.id == id)
            })*
        }
    };
}

by_id! { Document:
    /// A category by its id.
    category in categories: Category;
    /// A requirement by its id.
    requirement in requirements: Requirement;
    /// A benefit by its id.
    benefit in benefits: Benefit;
    /// A paper by its id.
    paper in papers: Paper;
    /// A calculator by its id.
    calculator in calculators: Calculator;
    /// A window by its id.
    window in windows: Window;
}

#[cfg(feature = "whole")]
by_id! { Document:
    /// A reading by its id: `A-23`.
    reading in readings: Reading;
    /// A clock by its id.
    clock in clocks: Clock;
    /// A bar by its id.
    bar in bars: Bar;
    /// A way to lose what was given, by its id.
    exit in exits: Exit;
    /// A breach by its id.
    breach in breaches: Breach;
}

#[cfg(feature = "whole")]
by_id! { Procedure:
    /// A stage by its id.
    stage in stages: Stage;
}

#[cfg(feature = "whole")]
by_id! { Calculator:
    /// An input by its id.
    input in inputs: CalculatorInput;
}

impl Document {
    /// The procedure for a kind of case, where the document knows that kind.
    pub fn procedure(&self, case: CaseKind) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.case == case)
    }

    /// The form for a kind of case, where one is asked for online.
    #[cfg(feature = "whole")]
    pub fn form(&self, case: CaseKind) -> Option<&Form> {
        self.forms.iter().find(|form| form.case == case)
    }

    /// The clock that runs in a stage, if one does.
    #[cfg(feature = "whole")]
    pub fn clock_of(&self, stage: &Stage) -> Option<&Clock> {
        self.clock(stage.clock.as_ref()?)
    }
}

impl FactKind {
    /// The choices of a choice; none of any other kind.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice { choices } => choices,
            _ => &[],
        }
    }

    /// A choice by its id.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices().iter().find(|choice| choice.id == id)
    }
}
