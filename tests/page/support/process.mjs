// Browser processes that a test starts and ends itself.

/** Resolves when the process is gone. */
export const endOf = (child) => new Promise((done) => child.once("exit", done));

/** SIGKILL for a process that was started detached, and for what it started. */
export function killGroup(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
