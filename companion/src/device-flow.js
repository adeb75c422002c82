// Connects this machine without a token being copied by hand: the server shows who asks, a person approves (RFC 8628).
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { deviceQuestion, deviceRequest } from "./letters.js";
import { EXIT, Problem } from "./problem.js";
import { send } from "./post.js";

const SLOWER_BY_S = 5;

/** @typedef {{ tokens: { agent: string, token: string }[], developer: string, workspace: string, company: string }} Grant */

/**
 * @param {string} origin
 * @param {{ machine: string, agents: string[], say: (text: string) => void, browser: boolean }} options
 * @returns {Promise<Grant>}
 */
export async function connectByDevice(origin, { machine, agents, say, browser }) {
  const asked = await send(deviceRequest(machine, agents), { origin });
  const address = ownAddress(origin, asked);
  say(`\nOpen ${address}\nand approve the code  ${asked.user_code}\n`);
  if (browser) {
    openBrowser(address);
  }
  const countdown = new Countdown(Number(asked.expires_in) || 600);
  let interval = Math.max(1, Number(asked.interval) || 5);
  try {
    while (countdown.secondsLeft() > 0) {
      await countdown.show(interval);
      try {
        return await send(deviceQuestion(asked.device_code), { origin });
      } catch (error) {
        interval += slowerBy(error);
      }
    }
  } finally {
    countdown.clear();
  }
  throw expired();
}

/** How much longer to wait from now on; throws what is final. @param {any} error */
function slowerBy(error) {
  switch (error?.answer?.error) {
    case "authorization_pending":
      return 0;
    case "slow_down":
      return SLOWER_BY_S;
    case "access_denied":
      throw new Problem("The request was denied on the approval page.", "Run setup again, and approve it there.", EXIT.NOT_SET_UP, "setup.denied");
    case "expired_token":
      throw expired();
    default:
      if (error?.status === 429) {
        return SLOWER_BY_S;
      }
      // A server that restarts in between has not forgotten the code.
      if (error?.exit === EXIT.UNREACHABLE) {
        return 0;
      }
      throw error;
  }
}

const expired = () => new Problem("Nobody approved the code in time.", "Run setup again.", EXIT.NOT_SET_UP, "setup.expired");

/** Only a page of the server itself is shown or opened. @param {string} origin @param {any} asked */
function ownAddress(origin, asked) {
  for (const text of [asked?.verification_uri_complete, asked?.verification_uri]) {
    try {
      const url = new URL(String(text), origin);
      if (url.protocol === "https:" || url.origin === origin) {
        return url.href;
      }
    } catch {
      // The next one may be better.
    }
  }
  return `${origin}/setup/authorize`;
}

/** @param {string} address */
function openBrowser(address) {
  const [program, ...before] = { darwin: ["open"], win32: ["cmd", "/c", "start", '""'] }[/** @type {string} */ (process.platform)] ?? ["xdg-open"];
  const hasScreen = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen || process.env.CI) {
    return;
  }
  const child = spawn(program, [...before, process.platform === "win32" ? address.replaceAll("&", "^&") : address], { stdio: "ignore", detached: true });
  // Whoever has no browser opens the address somewhere else.
  child.on("error", () => {});
  child.unref();
}

class Countdown {
  /** @param {number} seconds */
  constructor(seconds) {
    this.end = performance.now() + seconds * 1000;
    this.visible = Boolean(process.stderr.isTTY);
    if (!this.visible) {
      process.stderr.write(`Waiting for the approval, ${Math.round(seconds / 60)} minutes at most.\n`);
    }
  }

  secondsLeft() {
    return Math.max(0, Math.round((this.end - performance.now()) / 1000));
  }

  /** @param {number} seconds to wait */
  async show(seconds) {
    for (let waited = 0; waited < seconds && this.secondsLeft() > 0; waited++) {
      if (this.visible) {
        const left = this.secondsLeft();
        process.stderr.write(`\rWaiting for the approval  ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} `);
      }
      await pause(1000);
    }
  }

  clear() {
    if (this.visible) {
      process.stderr.write("\r" + " ".repeat(40) + "\r");
    }
  }
}
