// The command line: which verb, which options, and what comes out when something goes wrong.
import { parseArgs } from "node:util";
import { COMMANDS } from "./commands.js";
import { EXIT, Problem, reason } from "./problem.js";
import { version } from "./version.js";
import { voice } from "./voice.js";

/**
 * @param {string[]} words
 * @returns {Promise<number>} the exit code
 */
export async function main(words) {
  const [verb = "help", ...rest] = words;
  const json = rest.includes("--json");
  try {
    if (["help", "--help", "-h"].includes(verb)) {
      process.stdout.write(help());
      return EXIT.FINE;
    }
    if (["version", "--version", "-v"].includes(verb)) {
      process.stdout.write(version + "\n");
      return EXIT.FINE;
    }
    const command = COMMANDS[verb];
    if (!command) {
      throw new Problem(`There is no command ${JSON.stringify(verb)}.`, "`covibe-local help` lists them.", EXIT.USAGE);
    }
    if (rest.includes("--help") || rest.includes("-h")) {
      process.stdout.write(`covibe-local ${verb} ${command.usage}\n${command.about}\n`);
      return EXIT.FINE;
    }
    const { values, positionals } = parsed(verb, command, rest);
    return await command.run({ options: values, words: positionals, voice: voice(json) });
  } catch (error) {
    return complain(error, json);
  }
}

/** @param {string} verb @param {import("./commands.js").Command} command @param {string[]} words */
function parsed(verb, command, words) {
  try {
    return parseArgs({ args: words, options: { ...command.options, json: { type: "boolean" } }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Problem(reason(error).split(". ")[0] + ".", `Usage: covibe-local ${verb} ${command.usage}`, EXIT.USAGE);
  }
}

/** @param {unknown} error @param {boolean} json */
function complain(error, json) {
  const problem = error instanceof Problem ? error : new Problem(reason(error), "This is a mistake in covibe-local; please report it, with COVIBE_DEBUG=1 set.", EXIT.FAILED);
  if (json) {
    process.stdout.write(JSON.stringify({ error: problem.code || "failed", message: problem.message, next: problem.next }) + "\n");
  }
  process.stderr.write(`${problem.message}\n${problem.next}\n`);
  if (process.env.COVIBE_DEBUG && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  return problem.exit;
}

function help() {
  const lines = Object.entries(COMMANDS).map(([verb, { usage, about }]) => `  ${`${verb} ${usage}`.trim()}\n      ${about}`);
  return `covibe-local ${version}: connects this machine and its coding agents to a Co-Vibe server.\n\n${lines.join("\n")}\n
--json puts data on stdout as JSON. COVIBE_MCP_TOKEN goes before the stored tokens.
Exit codes: 0 fine, 1 something is wrong, 2 wrong usage, 3 not set up, 4 the server cannot be reached,
5 a file could not be understood and was left alone, 6 the server refused.\n`;
}
