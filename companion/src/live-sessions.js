// Sessions in the middle of a turn: while an agent waits for a long test run, no hook fires, and yet it is at work.
import { eventBatch } from "./letters.js";

const BEAT_MS = 2 * 60_000;
/** An agent that died in the middle of a turn is not kept alive for longer. */
const LONGEST_SILENCE_MS = 30 * 60_000;
const AT_WORK = new Set(["turn", "tool", "edit", "step"]);

export class LiveSessions {
  constructor() {
    /** @type {Map<string, { event: any, heard: number, beaten: number }>} by agent and session; times of the steady clock */
    this.sessions = new Map();
  }

  /** @param {any[]} events */
  notice(events) {
    const now = performance.now();
    for (const event of events) {
      const key = `${event.agent} ${event.session}`;
      const age = Math.max(0, Date.now() - event.at);
      if (AT_WORK.has(event.what) && age < LONGEST_SILENCE_MS) {
        this.sessions.set(key, { event, heard: now - age, beaten: now });
      } else {
        this.sessions.delete(key);
      }
    }
  }

  /**
   * @param {(letter: any, agent?: string) => Promise<any>} post
   * @param {(folder: string) => { identity?: string, excluded?: boolean } | undefined} repositoryAt
   */
  async beat(post, repositoryAt) {
    const now = performance.now();
    for (const [key, session] of this.sessions) {
      if (now - session.heard > LONGEST_SILENCE_MS || repositoryAt(session.event.root)?.excluded) {
        this.sessions.delete(key);
      } else if (now - session.beaten >= BEAT_MS) {
        const sign = { ...session.event, what: "seen", at: Date.now(), usage: undefined };
        await post(eventBatch([sign], (folder) => repositoryAt(folder)?.identity), sign.agent);
        session.beaten = now;
      }
    }
  }
}
