// The verbs, each with its options. What they need is loaded when they run.

/**
 * @typedef {{ options: Record<string, any>, words: string[], voice: import("./voice.js").Voice }} Call
 * @typedef {{
 *   usage: string,
 *   about: string,
 *   options: Record<string, { type: "string" | "boolean", short?: string, multiple?: boolean }>,
 *   run: (call: Call) => Promise<number>,
 * }} Command
 */

const text = /** @type {const} */ ({ type: "string" });
const flag = /** @type {const} */ ({ type: "boolean" });

/** @type {Record<string, Command>} */
export const COMMANDS = {
  setup: {
    usage: "--base-url ORIGIN [--agents a,b] [--no-service] [--no-hooks] [--no-browser] [--dry-run] | --undo",
    about: "Connect this machine and its agents; --undo puts everything back.",
    options: { "base-url": text, agents: text, "no-service": flag, "no-hooks": flag, "no-browser": flag, "dry-run": flag, undo: flag },
    async run({ options, voice }) {
      const dryRun = options["dry-run"] ?? false;
      if (options.undo) {
        return (await import("./undo.js")).undo({ dryRun }, voice);
      }
      return (await import("./setup.js")).setup(
        {
          baseUrl: options["base-url"],
          agents: options.agents,
          service: !options["no-service"],
          hooks: !options["no-hooks"],
          browser: !options["no-browser"],
          dryRun,
        },
        voice,
      );
    },
  },
  service: {
    usage: "install | status | uninstall",
    about: "The watch as a service that starts at login.",
    options: {},
    async run({ words, voice }) {
      return (await import("./service-command.js")).service(words[0], voice);
    },
  },
};
