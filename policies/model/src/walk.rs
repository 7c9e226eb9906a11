//! The one traversal of a program's tree: whatever is looked for in conditions and quantities, or changed in them, is
//! found by going through [`Part`]s.

use crate::program::{Cond, Expr, Slot};

macro_rules! parts {
    ($(#[$says:meta])* $part:ident, $of_cond:ident, $of_expr:ident, $($mutable:tt)?) => {
        $(#[$says])*
        #[derive(Debug)]
        pub enum $part<'p> {
            /// A condition.
            Cond(&'p $($mutable)? Cond),
            /// A quantity.
            Expr(&'p $($mutable)? Expr),
            /// A fact that is read.
            Fact(&'p $($mutable)? Slot),
            /// The fact that a comparison is about; its sides say what is read.
            About(&'p $($mutable)? Slot),
            /// A number as the document writes it: a line, an amount, a length, a step.
            Number(&'p $($mutable)? i64),
        }

        impl Cond {
            /// Tells the parts that the condition is made of, in the order in which they are written.
            pub fn $of_cond<'p>(&'p $($mutable)? self, see: &mut dyn FnMut($part<'p>)) {
                match self {
                    Self::Always(_) | Self::Open => {}
                    Self::Flag(fact, _) | Self::OneOf(fact, _) => see($part::Fact(fact)),
                    Self::Line(fact, _, line) => {
                        see($part::Fact(fact));
                        see($part::Number(line));
                    }
                    Self::Compare(left, _, right, about) => {
                        see($part::Expr(left));
                        see($part::Expr(right));
                        see($part::About(about));
                    }
                    Self::All(inner) | Self::Any(inner) => {
                        for cond in inner {
                            see($part::Cond(cond));
                        }
                    }
                }
            }
        }

        impl Expr {
            /// Tells the parts that the quantity is made of, in the order in which they are written.
            pub fn $of_expr<'p>(&'p $($mutable)? self, see: &mut dyn FnMut($part<'p>)) {
                match self {
                    Self::Const(number) => see($part::Number(number)),
                    Self::Fact(fact) => see($part::Fact(fact)),
                    Self::Today => {}
                    Self::Moved(inner, number) | Self::Round(inner, number, _) => {
                        see($part::Expr(inner));
                        see($part::Number(number));
                    }
                    Self::Add(a, b)
                    | Self::Sub(a, b)
                    | Self::Mul(a, b)
                    | Self::Div(a, b, _)
                    | Self::Min(a, b)
                    | Self::Max(a, b) => {
                        see($part::Expr(a));
                        see($part::Expr(b));
                    }
                    Self::If(test, yes, no) => {
                        see($part::Cond(test));
                        see($part::Expr(yes));
                        see($part::Expr(no));
                    }
                }
            }
        }
    };
}

parts! {
    /// What a condition or a quantity is directly made of.
    Part, children, children,
}
parts! {
    /// What a condition or a quantity is directly made of, to change.
    PartMut, children_mut, children_mut, mut
}

impl<'p> Part<'p> {
    /// Tells this part, then everything that it is made of, however deep.
    pub fn each(self, see: &mut dyn FnMut(&Part<'p>)) {
        see(&self);
        match self {
            Self::Cond(cond) => cond.children(&mut |part| part.each(see)),
            Self::Expr(expr) => expr.children(&mut |part| part.each(see)),
            Self::Fact(_) | Self::About(_) | Self::Number(_) => {}
        }
    }

    /// Adds every fact that is read in it.
    pub fn facts(self, into: &mut Vec<Slot>) {
        self.each(&mut |part| {
            if let Part::Fact(fact) = part {
                into.push(**fact);
            }
        });
    }

    /// Whether the application date has a say in it.
    pub fn reads_today(self) -> bool {
        let mut reads = false;
        self.each(&mut |part| reads |= matches!(part, Part::Expr(Expr::Today)));
        reads
    }
}

impl<'p> PartMut<'p> {
    /// Adds every number that is written in it.
    pub fn numbers(self, into: &mut Vec<&'p mut i64>) {
        match self {
            Self::Cond(cond) => cond.children_mut(&mut |part| part.numbers(into)),
            Self::Expr(expr) => expr.children_mut(&mut |part| part.numbers(into)),
            Self::Number(number) => into.push(number),
            Self::Fact(_) | Self::About(_) => {}
        }
    }
}

impl Cond {
    /// Adds every fact that the condition reads.
    pub fn facts(&self, into: &mut Vec<Slot>) {
        Part::Cond(self).facts(into);
    }

    /// Whether the application date has a say in it.
    pub fn reads_today(&self) -> bool {
        Part::Cond(self).reads_today()
    }
}

impl Expr {
    /// Adds every fact that the quantity reads.
    pub fn facts(&self, into: &mut Vec<Slot>) {
        Part::Expr(self).facts(into);
    }

    /// Whether the application date has a say in it.
    pub fn reads_today(&self) -> bool {
        Part::Expr(self).reads_today()
    }
}
