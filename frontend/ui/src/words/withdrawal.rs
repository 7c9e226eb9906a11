//! How long a case can be taken back, in words: always what the server holds itself to.

use protocol::limits::WITHDRAW_MINUTES;

/// That it can still be taken back: `10 分钟内可以撤回`.
pub fn withdrawable() -> String {
    format!("{WITHDRAW_MINUTES} 分钟内可以撤回")
}

/// That it can no longer be taken back.
pub fn withdrawal_over() -> String {
    format!("提交超过 {WITHDRAW_MINUTES} 分钟，不能自己撤回了。")
}
