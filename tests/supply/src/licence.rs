//! SPDX licence expressions, as far as packages write them: `A OR B`, `A AND B`, `A WITH B`, brackets, and the old `A/B`.

/// Whether an expression can be fulfilled with the allowed licences alone. What is no expression cannot.
pub fn allowed(expression: &str, allow: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = Words { words: spaced.split_whitespace().collect(), at: 0 };
    let fits = words.any(allow);
    words.at == words.words.len() && fits
}

struct Words<'a> {
    words: Vec<&'a str>,
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).copied();
        self.at += 1;
        word
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let found = self.words.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self, allow: &[String]) -> bool {
        let mut fits = self.all(allow);
        while self.takes("OR") {
            fits |= self.all(allow);
        }
        fits
    }

    fn all(&mut self, allow: &[String]) -> bool {
        let mut fits = self.one(allow);
        while self.takes("AND") {
            fits &= self.one(allow);
        }
        fits
    }

    fn one(&mut self, allow: &[String]) -> bool {
        if self.takes("(") {
            let fits = self.any(allow);
            return self.takes(")") && fits;
        }
        let mut name = self.next().unwrap_or_default().to_owned();
        if self.takes("WITH") {
            name = format!("{name} WITH {}", self.next().unwrap_or_default());
        }
        allow.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn an_expression_is_fulfilled_by_what_is_allowed_or_not_at_all() {
        let allow = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/GPL-3.0",
            "(GPL-3.0 OR MIT) AND ISC",
            "Apache-2.0 WITH LLVM-exception",
            "GPL-2.0 AND ISC OR MIT",
        ] {
            assert!(allowed(good, &allow), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "Apache-2.0",
            "(MIT",
            "MIT MIT",
            "MIT AND (GPL-3.0 OR X)",
            "MIT WITH X",
        ] {
            assert!(!allowed(bad, &allow), "{bad}");
        }
    }
}
