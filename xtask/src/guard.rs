//! Nothing that this tool starts outlives it, however it ends: interrupted, killed (SIGKILL), or crashed.

use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// Reads until the other end of the pipe is closed, by whoever or whatever, then ends a process group.
const WATCH: &str = r#"while read -r _; do :; done; kill -KILL "-$0""#;

/// A child that leads a process group of its own, and ends with everything that it started: when this is dropped, and
/// also when the process that holds this is gone without a chance to drop anything.
///
/// The latter is the work of a small shell that waits at the end of a pipe which only this process holds open. The
/// kernel closes the pipe with its last holder, so no signal can pass it by.
#[derive(Debug)]
pub struct Guarded {
    child: Child,
    /// Whether the child was seen to have ended; its number may then be another's.
    over: bool,
    watcher: Child,
}

impl Guarded {
    /// Starts a command under guard, in a process group of its own: Ctrl-C in a terminal does not reach it.
    ///
    /// # Errors
    /// When the command or the shell cannot be started; then neither runs.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = own_group(command).spawn().with_context(|| format!("{name} could not be started"))?;
        let mut watch = Command::new("sh");
        watch.args(["-c", WATCH, &child.id().to_string()]);
        watch.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        match own_group(&mut watch).spawn() {
            Ok(watcher) => Ok(Self { child, over: false, watcher }),
            Err(error) => {
                end(&mut child);
                Err(error).context("sh could not be started")
            }
        }
    }

    /// The process group, which is the child's process id.
    pub fn group(&self) -> u32 {
        self.child.id()
    }

    /// Whether the child has ended by itself.
    ///
    /// # Errors
    /// When the process cannot be asked.
    pub fn ended(&mut self) -> Result<bool> {
        self.over = self.child.try_wait()?.is_some();
        Ok(self.over)
    }

    /// Asks the child, and everything that it started, to finish (SIGTERM).
    pub fn ask_to_finish(&self) {
        if !self.over {
            signal("-TERM", self.group());
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // The watcher first: it must not outlive the number that it watches over.
        let _ended = self.watcher.kill();
        let _reaped = self.watcher.wait();
        if !self.over {
            end(&mut self.child);
        }
    }
}

/// Ends a process with its group, at once, and takes note of its end.
fn end(child: &mut Child) {
    signal("-KILL", child.id());
    let _ended = child.kill();
    let _reaped = child.wait();
}

fn signal(signal: &str, group: u32) {
    if cfg!(unix) {
        let group = format!("-{group}");
        let _sent = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
    }
}

fn own_group(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}
