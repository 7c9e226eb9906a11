//! Takes the words of panics out of a page's program. There a panic traps, and all that it says goes to the console in
//! English, for whoever wrote the code: who looks for one runs the light build, which keeps them. Everybody else would
//! download a tenth of a program that only forms sentences about itself.

use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module, ValType};

/// What a panic goes through in the standard library and beside it; nothing here ever returns. Names as in the source.
const NEVER_RETURN: [&str; 20] = [
    "core::panicking::panic",
    "core::panicking::assert_failed",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::slice::index::slice_index_fail",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "core::cell::panic_already",
    "core::cell::lazy::panic_poisoned",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "std::thread::local::panic_access_error",
    "std::panicking::panic_with_hook",
    "std::panicking::panic_handler",
    "<std::panicking::panic_handler::",
    "<std::panicking::begin_panic::",
    "hashbrown::raw::Fallibility::capacity_overflow",
    "console_error_panic_hook::hook",
];
/// What only panics show of a value: whoever asks for it is given nothing, and goes on.
const DEBUG: &str = " as core::fmt::Debug>::fmt";

/// Makes every panic trap without a word.
pub(crate) fn panics(module: &mut Module) {
    for (id, name) in names(module) {
        if NEVER_RETURN.iter().any(|start| name.starts_with(start)) {
            replace(module, id, None);
        } else if name.contains(DEBUG) {
            replace(module, id, Some(Value::I32(0)));
        }
    }
    for id in module.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        let data = module.data.get_mut(id);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind {
            forget_places(&mut data.value, start);
        }
    }
}

/// The module's own functions with their names, without the hashes of crates: `core[5c1d…]::option` is `core::option`.
fn names(module: &Module) -> Vec<(FunctionId, String)> {
    let named = |(id, _)| Some((id, module.funcs.get(id).name.as_deref()?));
    let plain = |name: &str| {
        let mut parts = name.split('[');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |name, part| name + part.split_once(']').map_or("", |(_, rest)| rest))
    };
    module.funcs.iter_local().filter_map(named).map(|(id, name)| (id, plain(name))).collect()
}

/// Gives a function another body: it answers this, or traps.
fn replace(module: &mut Module, id: FunctionId, answer: Option<Value>) {
    let kind = module.types.get(module.funcs.get(id).ty());
    let (takes, gives) = (kind.params().to_vec(), kind.results().to_vec());
    let answer = answer.filter(|_| gives == [ValType::I32]);
    let arguments = takes.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut function = FunctionBuilder::new(&mut module.types, &takes, &gives);
    match answer {
        Some(answer) => function.func_body().const_(answer),
        None => function.func_body().unreachable(),
    };
    module.funcs.get_mut(id).kind = FunctionKind::Local(function.local_func(arguments));
}

/// Blanks where each panic stands in the source, which only its words would tell: a path (an address and a length), a line
/// and a column, four numbers of 32 bits in a row. `start` is the address of the first byte.
fn forget_places(bytes: &mut [u8], start: i32) {
    let mut places = Vec::new();
    for at in (0..bytes.len()).step_by(4) {
        let Some(place) = bytes.get(at..at + PLACE) else { break };
        let number = |at: usize| {
            place.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, i32::from_le_bytes)
        };
        let path = usize::try_from(number(0).wrapping_sub(start)).ok().zip(usize::try_from(number(4)).ok());
        let Some(path) = path.map(|(from, long)| from..from.saturating_add(long)) else { continue };
        let is_path = bytes.get(path.clone()).is_some_and(|path| path.ends_with(b".rs"));
        if is_path && (1..100_000).contains(&number(8)) && (1..1_000).contains(&number(12)) {
            places.extend([at..at + PLACE, path]);
        }
    }
    places.into_iter().for_each(|place| bytes[place].fill(0));
}

/// Length of a place in the source, in bytes.
const PLACE: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_blanked_with_its_path_and_nothing_else() {
        let place = |path: [i32; 2], line: i32, column: i32| {
            [path[0], path[1], line, column].map(i32::to_le_bytes).concat()
        };
        let text = b"page/of.rsno path".to_vec();
        let padded = [text, vec![7; 3]].concat();
        let kept = [place([110, 7], 1, 1), place([100, 10], 0, 5), place([100, 10], 4, 5_000)].concat();
        let mut bytes = [padded, place([100, 10], 12, 5), kept.clone()].concat();
        forget_places(&mut bytes, 100);
        assert_eq!(bytes, [vec![0; 10], b"no path".to_vec(), vec![7; 3], vec![0; 16], kept].concat());
    }

    #[test]
    fn names_are_told_without_hashes() {
        let mut module = Module::default();
        let mut function = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        function.name("<u8 as core[5c1d]::fmt::Debug>::fmt".to_owned()).func_body().unreachable();
        let takes = module.locals.add(ValType::I32);
        let id = function.finish(vec![takes], &mut module.funcs);
        assert_eq!(names(&module), [(id, "<u8 as core::fmt::Debug>::fmt".to_owned())]);
        panics(&mut module);
        let body = module.funcs.get(id).kind.unwrap_local();
        assert_eq!(body.block(body.entry_block()).instrs.len(), 1);
        assert!(body.block(body.entry_block()).instrs[0].0.is_const());
    }
}
