// Brings what waits in the spool to the server: in order, in bounded pieces, each piece gone from the disk only when the
// server has said that it has it.
import { readFileSync } from "node:fs";
import { eventBatch, telemetry } from "./letters.js";
import { Refused } from "./post.js";
import { EXIT } from "./problem.js";
import { batches, discard, eventsOf, keepRest, rotate, telemetryFiles } from "./spool.js";

const MOST_EVENTS = 1_000;
const QUIET = new Set(["turn", "tool", "edit", "seen", "idle"]);

/**
 * @typedef {{
 *   post: (letter: import("./letters.js").LetterType, agent: string) => Promise<any>,
 *   identityAt: (folder: string) => string | undefined,
 *   isExcluded: (folder: string) => boolean,
 *   onEvents: (events: any[]) => Promise<void>,
 *   latest: () => number,
 * }} Way latest is the server's clock: nothing happened after it
 * @typedef {{ sent: number, refused: number, denied?: unknown }} Tally denied is why some of it waits for another token
 */

/** @param {Way} way @returns {Promise<Tally>} @throws when the server is away; the rest stays */
export async function flush(way) {
  /** @type {Tally} */
  const tally = { sent: 0, refused: 0 };
  /** @type {Map<string, unknown>} agents whose token the server does not take, and what it said */
  const denied = new Map();
  rotate();
  for (const batch of batches()) {
    const events = eventsOf(batch);
    await way.onEvents(events);
    await flushEvents(batch, events, way, tally, denied);
  }
  for (const file of telemetryFiles()) {
    await flushTelemetry(file, way, tally, denied);
  }
  return { ...tally, denied: [...denied.values()][0] };
}

/** @param {import("./spool.js").Kept} file @param {Way} way @param {Tally} tally @param {Map<string, unknown>} denied */
async function flushTelemetry(file, way, tally, denied) {
  const [, agent, signal] = file.name.split(".");
  const letter = telemetry(signal, report(file.file));
  if (denied.has(agent)) {
    return;
  }
  try {
    if (letter) {
      await delivered(() => way.post(letter, agent), () => tally.refused++);
      tally.sent++;
    }
    discard(file);
  } catch (error) {
    denyOrThrow(error, agent, denied);
  }
}

/** @param {string} file */
function report(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** One agent's token may be revoked while the others are good. @param {any} error @param {string} agent @param {Map<string, unknown>} denied */
function denyOrThrow(error, agent, denied) {
  if (error?.exit !== EXIT.NOT_SET_UP) {
    throw error;
  }
  denied.set(agent, error);
}

/** @param {import("./spool.js").Kept} batch @param {any[]} events @param {Way} way @param {Tally} tally @param {Map<string, unknown>} denied */
async function flushEvents(batch, events, way, tally, denied) {
  let rest = events.filter((event) => !(event.root && way.isExcluded(event.root)));
  const open = () => rest.find((event) => !denied.has(event.agent));
  for (let next = open(); next; next = open()) {
    const { agent } = next;
    const piece = rest.filter((event) => event.agent === agent).slice(0, MOST_EVENTS);
    try {
      await sendPiece(thinned(piece).map((event) => ({ ...event, at: Math.min(event.at, way.latest()) })), agent, way, tally);
      const gone = new Set(piece);
      rest = rest.filter((event) => !gone.has(event));
      keepRest(batch, rest);
    } catch (error) {
      denyOrThrow(error, agent, denied);
    }
  }
  keepRest(batch, rest);
}

/** Halves what the server refuses, until what is wrong stands alone and can be left out. @param {any[]} piece @param {string} agent @param {Way} way @param {Tally} tally */
async function sendPiece(piece, agent, way, tally) {
  const letter = eventBatch(piece, way.identityAt);
  if (!letter) {
    return;
  }
  let wrong = false;
  const answer = await delivered(() => way.post(letter, agent), () => (wrong = true));
  if (!wrong) {
    tally.sent += piece.length;
    tally.refused += Number(answer?.refused) || 0;
  } else if (piece.length === 1) {
    tally.refused++;
  } else {
    const half = Math.ceil(piece.length / 2);
    await sendPiece(piece.slice(0, half), agent, way, tally);
    await sendPiece(piece.slice(half), agent, way, tally);
  }
}

/** @param {() => Promise<any>} deliver @param {() => void} onRefusal of this letter, which another try would not change */
async function delivered(deliver, onRefusal) {
  try {
    return await deliver();
  } catch (error) {
    if (error instanceof Refused && error.exit === EXIT.REFUSED && ![403, 404, 408, 425, 429].includes(error.status)) {
      onRefusal();
      return undefined;
    }
    throw error;
  }
}

/** Of many signs of life of one session in one place the last one says it all. @param {any[]} events */
function thinned(events) {
  const last = new Map(events.map((event) => [place(event), event]));
  return events.filter((event) => !QUIET.has(event.what) || event.usage || last.get(place(event)) === event);
}

/** @param {any} event */
const place = (event) => [event.session, event.root, event.branch, event.model].join("\n");
