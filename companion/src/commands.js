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
const many = /** @type {const} */ ({ type: "string", multiple: true });
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
  doctor: {
    usage: "[--base-url ORIGIN]",
    about: "Check everything, and say what to do about what is wrong.",
    options: { "base-url": text },
    async run({ options, voice }) {
      return (await import("./doctor.js")).doctor({ baseUrl: options["base-url"] }, voice);
    },
  },
  status: {
    usage: "",
    about: "What this machine is connected to, and whether the watch runs.",
    options: {},
    run: async ({ voice }) => (await import("./verbs.js")).status(voice),
  },
  sessions: {
    usage: "",
    about: "Who is at work in the workspace.",
    options: {},
    run: async ({ voice }) => (await import("./verbs.js")).sessions(voice),
  },
  inbox: {
    usage: "[--acknowledge ID]… [--all]",
    about: "Messages that wait.",
    options: { acknowledge: many, all: flag },
    run: async ({ options, voice }) => (await import("./verbs.js")).inbox(options, voice),
  },
  claims: {
    usage: "[list | take PATH… | release ID…] [--task KEY] [--reason WHY] [--minutes N] [--shared] [--override WHY]",
    about: "Who is editing what in this repository; take and release paths.",
    options: { task: text, reason: text, minutes: text, shared: flag, override: text },
    run: async ({ options, words, voice }) => (await import("./verbs.js")).claims(words, options, voice),
  },
  plan: {
    usage: "TITLE [--description TEXT] [--project KEY] [--workstream KEY] [--path GLOB]… [--confirm ID]… [--confirm-reason WHY]",
    about: "Plan a task; refused when it looks like other work.",
    options: { kind: text, description: text, project: text, workstream: text, path: many, priority: text, confirm: many, "confirm-reason": text },
    run: async ({ options, words, voice }) => (await import("./verbs.js")).plan(words, options, voice),
  },
  log: {
    usage: "TEXT [--task KEY] [--note]",
    about: "Record progress on a task.",
    options: { task: text, note: flag },
    run: async ({ options, words, voice }) => (await import("./verbs.js")).log(words, options, voice),
  },
  watch: {
    usage: "[--repo PATH] [--once] [--service]",
    about: "Send what agents did, and fetch claims and messages, until stopped. One for all repositories.",
    options: { repo: text, once: flag, service: flag, check: flag },
    async run({ options, voice }) {
      const { watch } = await import("./watch.js");
      if (options.check) {
        // What an update is tried with: everything that the watch needs has been loaded by now.
        voice.data((await import("./version.js")).version);
        return 0;
      }
      return watch({ repo: options.repo, once: options.once ?? false, service: options.service ?? false }, voice);
    },
  },
  mcp: {
    usage: "[--agent AGENT] [--base-url ORIGIN]",
    about: "An MCP server on stdin and stdout: the bridge to the Co-Vibe server.",
    options: { agent: text, "base-url": text },
    async run({ options }) {
      return (await import("./mcp.js")).mcp({ agent: options.agent, baseUrl: options["base-url"] });
    },
  },
  exclude: {
    usage: "[FOLDER] [--purge]",
    about: "Keep this repository private: nothing of it is sent from now on; --purge deletes what was.",
    options: { purge: flag },
    async run({ options, words, voice }) {
      return (await import("./exclusion.js")).exclude({ folder: words[0] ?? process.cwd(), purge: options.purge ?? false }, voice);
    },
  },
  include: {
    usage: "[FOLDER]",
    about: "Share this repository with the team again.",
    options: {},
    async run({ words, voice }) {
      return (await import("./exclusion.js")).include({ folder: words[0] ?? process.cwd() }, voice);
    },
  },
  hook: {
    usage: "AGENT EVENT",
    about: "What agents call; reads the event on stdin.",
    options: {},
    // Never reached: bin/covibe-local.js goes to the hook without coming here.
    run: async () => 2,
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
