//! Running the binary in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("casus-cli-{}-{n}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Adds a file.
    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Returns the path of a file of the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Asserts what is printed on both streams, and the exit status.
    #[track_caller]
    pub(crate) fn check(&self, args: &[&str], out: &str, err: &str, code: i32) {
        self.check_with_stdin(args, b"", out, err, code);
    }

    #[track_caller]
    pub(crate) fn check_with_stdin(&self, args: &[&str], stdin: &[u8], out: &str, err: &str, code: i32) {
        let (got_out, got_err, got_code) = self.run(args, stdin);
        assert_eq!(got_err, err);
        assert_eq!(got_out, out);
        assert_eq!(got_code, code);
    }

    /// Returns standard output, standard error, and the exit status.
    pub(crate) fn run(&self, args: &[&str], stdin: &[u8]) -> (String, String, i32) {
        let mut child = self.command(args).spawn().unwrap();
        // A program that has seen enough closes its input early.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let output = child.wait_with_output().unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
            output.status.code().unwrap(),
        )
    }

    /// Runs with a standard output that nobody reads; returns standard error and the exit status.
    pub(crate) fn run_closed(&self, args: &[&str]) -> (String, i32) {
        let mut child = self.command(args).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.code().unwrap())
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casus"));
        command.args(args).current_dir(&self.0).env_remove("COLUMNS");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
