// `watch`: what runs on a developer's machine all day. Each round it brings to the server what waits, tells where the
// repositories stand, and fetches what hooks answer from.
import { isAbsolute } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readJson, writeJson } from "./atomic-file.js";
import { connection, givenToken, readCredentials } from "./credentials.js";
import { fetchCache } from "./cache.js";
import { flush } from "./flush.js";
import { files, inHome } from "./home.js";
import { heartbeat, privateMark } from "./letters.js";
import { LiveSessions } from "./live-sessions.js";
import { Lock } from "./lock.js";
import { removeOld } from "./old-files.js";
import { send } from "./post.js";
import { EXIT, Problem, reason } from "./problem.js";
import { changeRepositories, describe, gitFolderOf, repositories, withoutGone } from "./repositories.js";
import { settings } from "./settings.js";
import { sendSnapshot } from "./snapshots.js";
import { backlog, enforceBound, rotate } from "./spool.js";
import { receiveTelemetry } from "./telemetry-receiver.js";
import { considerUpdate, failedUpdate } from "./update.js";
import { version } from "./version.js";

const ROUND_MS = Number(process.env.COVIBE_ROUND_MS) || 10_000;
const SETTLING_MS = 1_100;
const LONGEST_WAIT_MS = 5 * 60_000;
const HEARTBEAT_MS = 60_000;
const QUIET_REPOSITORY_MS = 10 * 60_000;
const ACTIVE_MS = 60 * 60_000;
const FORGOTTEN_MS = 14 * 24 * 60 * 60_000;

/** @typedef {{ service: boolean, once: boolean, repo?: string }} Options */

/** @param {Options} options @param {import("./voice.js").Voice} voice */
export async function watch(options, voice) {
  connection();
  const lock = Lock.take();
  const round = new Watch(options, voice.say);
  const receiver = options.once ? undefined : await receiveTelemetry(settings().telemetryPort, (problem) => round.trouble("telemetry", problem));
  const stop = new AbortController();
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGINT", "SIGHUP"])) {
    process.once(signal, () => stop.abort());
  }
  try {
    if (options.once) {
      rotate();
      await pause(SETTLING_MS);
    }
    for (let failures = 0; !stop.signal.aborted; ) {
      failures = (await round.run()) ? 0 : failures + 1;
      lock.renew();
      if (options.once || round.replaced) {
        break;
      }
      const wait = Math.min(LONGEST_WAIT_MS, ROUND_MS * 2 ** Math.min(failures, 10)) * (0.75 + Math.random() / 2);
      await pause(wait, undefined, { signal: stop.signal }).catch(() => {});
    }
  } finally {
    receiver?.close();
    lock.release();
  }
  return options.once && round.problems.server ? EXIT.UNREACHABLE : EXIT.FINE;
}

/** With another's token its work would be booked as the other's. @param {string} agent */
function ownToken(agent) {
  const token = givenToken() ?? readCredentials()?.tokens[agent];
  if (!token) {
    throw new Problem(`There is no token for ${agent}, so its work waits.`, "Run: covibe-local setup", EXIT.NOT_SET_UP, "setup.wanted");
  }
  return token;
}

/** What is of the machine and not of one agent goes with any token that is good. @param {import("./letters.js").LetterType} letter @param {string} origin */
async function sendWithAny(letter, origin) {
  const [first, ...others] = [givenToken() ?? Object.values(readCredentials()?.tokens ?? {})].flat();
  let answer = send(letter, { origin, token: first });
  for (const token of others) {
    answer = answer.catch((error) => {
      if (error?.exit !== EXIT.NOT_SET_UP) {
        throw error;
      }
      return send(letter, { origin, token });
    });
  }
  return answer;
}

/** @param {unknown} error */
const said = (error) => [reason(error), /** @type {any} */ (error).next].filter(Boolean).join(" ");

class Watch {
  /** @param {Options} options @param {(text: string) => void} say */
  constructor(options, say) {
    this.options = options;
    this.say = say;
    this.replaced = false;
    this.started = Date.now();
    /** @type {Record<string, string>} what is wrong now */
    this.problems = {};
    const before = readJson(files.watchState());
    this.dropped = before?.dropped ?? 0;
    this.refused = before?.refused ?? 0;
    this.skew = 0;
    this.beaten = -Infinity;
    this.told = "";
    /** @type {import("./update.js").Update | undefined} */
    this.update = options.service ? failedUpdate() : undefined;
    /** @type {any} */
    this.workspace = undefined;
    this.live = new LiveSessions();
    /** @type {Map<string, { fingerprint: string, at: number }>} */
    this.snapshots = new Map();
  }

  /** @param {string} what @param {string} [problem] said once, and once when it is over */
  trouble(what, problem) {
    if (problem && this.problems[what] !== problem) {
      this.say(problem);
    } else if (!problem && this.problems[what]) {
      this.say(`${what}: fine again.`);
    }
    if (problem) {
      this.problems[what] = problem;
    } else {
      delete this.problems[what];
    }
  }

  /** @returns {Promise<boolean>} whether the server took part */
  async run() {
    let reached = true;
    try {
      this.dropped += enforceBound();
      this.trouble("disk");
    } catch (error) {
      this.trouble("disk", `The spool cannot be looked after: ${reason(error)}`);
    }
    try {
      await this.exchange();
      this.trouble("server");
    } catch (error) {
      reached = false;
      this.trouble("server", said(error));
    }
    this.writeState();
    return reached;
  }

  async exchange() {
    const { origin } = connection();
    /** @param {import("./letters.js").LetterType} letter @param {string} [agent] */
    const post = async (letter, agent) => (agent ? send(letter, { origin, token: ownToken(agent) }) : sendWithAny(letter, origin));
    await this.beat(post);
    const tally = await flush({
      post,
      identityAt: (folder) => repositories()[folder]?.identity,
      isExcluded: (folder) => repositories()[folder]?.excluded === true,
      onEvents: (events) => this.notice(events),
      latest: () => Date.now() - this.skew,
    });
    this.refused += tally.refused;
    await this.live.beat(post, (folder) => repositories()[folder]);
    await this.tellRepositories(post);
    await fetchCache(post, this.workspace, ACTIVE_MS * 24);
    removeOld();
    this.trouble("tokens", tally.denied ? said(tally.denied) : undefined);
  }

  /** @param {(letter: any) => Promise<any>} post */
  async beat(post) {
    const state = {
      machine: settings().machine,
      version,
      service: this.options.service,
      update: this.update,
      repositories: Object.entries(repositories()).map(([folder, { name, excluded }]) => ({ name, state: excluded ? "excluded" : this.snapshots.has(folder) ? "synced" : "pending" })),
    };
    const told = JSON.stringify(state.repositories);
    if (performance.now() - this.beaten < HEARTBEAT_MS && told === this.told) {
      return;
    }
    const asked = Date.now();
    const answer = await post(heartbeat(state));
    const took = Date.now() - asked;
    const theirs = Date.parse(answer?.time ?? "");
    // An answer that took a jump of the clock to arrive says nothing of the clock.
    if (Number.isFinite(theirs) && took >= 0 && took < 30_000) {
      this.skew = asked + took / 2 - theirs;
    }
    this.beaten = performance.now();
    this.told = told;
    this.workspace = answer;
    if (this.options.service) {
      this.update = (await considerUpdate(answer?.companion, this.say)) ?? this.update;
      this.replaced = this.update?.outcome === "installed";
    }
  }

  /** Repositories register themselves through what agents do in them. @param {any[]} events */
  async notice(events) {
    this.live.notice(events);
    /** @type {Map<string, number>} */
    const seen = new Map();
    for (const event of events) {
      if (typeof event.root === "string" && isAbsolute(event.root)) {
        seen.set(event.root, Math.max(seen.get(event.root) ?? 0, event.at));
      }
    }
    const known = repositories();
    /** @type {Record<string, any>} */
    const described = {};
    for (const folder of seen.keys()) {
      described[folder] = known[folder]?.identity ? {} : await describe(folder);
    }
    changeRepositories((all) => {
      for (const [folder, at] of seen) {
        all[folder] = { ...all[folder], ...described[folder], seenAt: Math.max(all[folder]?.seenAt ?? 0, at) };
      }
    });
  }

  /** @param {(letter: any) => Promise<any>} post */
  async tellRepositories(post) {
    changeRepositories((all) => {
      const kept = withoutGone(all);
      Object.keys(all).forEach((folder) => folder in kept || delete all[folder]);
    });
    const only = this.options.repo && (await gitFolderOf(this.options.repo));
    for (const [folder, repository] of Object.entries(repositories())) {
      if (only && only !== folder) {
        continue;
      }
      if (repository.excluded) {
        await this.markPrivate(folder, repository, post);
      } else if (this.isDue(folder, repository)) {
        await this.tellOne(folder, repository, post);
      }
    }
  }

  /** @param {string} folder @param {import("./repositories.js").Repository} repository */
  isDue(folder, repository) {
    const quiet = Date.now() - repository.seenAt;
    const since = performance.now() - (this.snapshots.get(folder)?.at ?? -Infinity);
    return Boolean(repository.identity) && quiet < FORGOTTEN_MS && (quiet < ACTIVE_MS || since >= QUIET_REPOSITORY_MS);
  }

  /** @param {string} folder @param {any} repository @param {(letter: any) => Promise<any>} post */
  async tellOne(folder, repository, post) {
    try {
      const described = await describe(folder);
      changeRepositories((all) => Object.assign(all[folder] ?? {}, described));
      const fingerprint = await sendSnapshot(folder, described.identity ? described : repository, settings().machine, post, this.snapshots.get(folder)?.fingerprint);
      this.snapshots.set(folder, { fingerprint, at: performance.now() });
      this.trouble(`repository ${repository.name}`);
    } catch (error) {
      if (/** @type {any} */ (error).exit === EXIT.UNREACHABLE || /** @type {any} */ (error).exit === EXIT.NOT_SET_UP) {
        throw error;
      }
      this.trouble(`repository ${repository.name}`, `${repository.name} could not be told: ${reason(error).split("\n")[0]}`);
    }
  }

  /** The server forgets what it had, once. @param {string} folder @param {any} repository @param {(letter: any) => Promise<any>} post */
  async markPrivate(folder, repository, post) {
    if (repository.identity && !repository.marked) {
      await post(privateMark(settings().machine, repository.identity));
      changeRepositories((all) => Object.assign(all[folder], { marked: true }));
    }
  }

  writeState() {
    const waiting = backlog();
    try {
      writeJson(files.watchState(), {
        pid: process.pid,
        version,
        service: this.options.service,
        started: new Date(this.started).toISOString(),
        round: new Date().toISOString(),
        problems: this.problems,
        clock_skew_ms: Math.round(this.skew),
        backlog: waiting,
        dropped: this.dropped,
        refused: this.refused,
        home: inHome(),
      });
    } catch (error) {
      this.trouble("state", `The state of the watch cannot be written: ${reason(error)}`);
    }
  }
}
