// A command that cannot go on says so in a sentence, with the way out, and no stack trace.

export class Stop extends Error {
  /**
   * @param {string} sentence what is wrong
   * @param {string} [fix] a command or an instruction that mends it
   * @param {string} [output] what the failed program printed
   */
  constructor(sentence, fix = "", output = "") {
    super(sentence);
    this.fix = fix;
    this.output = output;
  }
}

/** Runs a command's main function; turns a Stop into calm words and an exit code. */
export async function main(command) {
  try {
    await command();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

function explain(error) {
  if (!(error instanceof Stop)) return `\n${error?.stack ?? error}\n`;
  const parts = [];
  if (error.output.trim()) parts.push(error.output.trimEnd());
  parts.push(`  ${error.message}`);
  if (error.fix) parts.push(`  To mend it: ${error.fix}`);
  return `\n${parts.join("\n")}\n`;
}
