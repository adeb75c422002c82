// Carries letters to the server and brings back the answer. Nothing else in the companion speaks to a network.
import { EXIT, Problem } from "./problem.js";
import { isLetter } from "./letters.js";

const PATIENCE_MS = 20_000;

/** The server answered, but not with what was asked for. */
export class Refused extends Problem {
  /**
   * @param {number} status
   * @param {any} answer
   * @param {string} said
   */
  constructor(status, answer, said) {
    const code = typeof answer?.code === "string" ? answer.code : "";
    super(said, nextStep(status), status === 401 ? EXIT.NOT_SET_UP : status >= 500 ? EXIT.UNREACHABLE : EXIT.REFUSED, code);
    this.status = status;
    this.answer = answer;
  }
}

/** @param {number} status */
function nextStep(status) {
  if (status === 401) {
    return "Run `covibe-local setup` again: the token was revoked, has expired, or is of another server.";
  }
  if (status >= 500) {
    return "The server has a problem; nothing is lost. Try again in a minute, or ask whoever runs it.";
  }
  return "Change what was asked for as the message says.";
}

/**
 * @param {import("./letters.js").LetterType} letter
 * @param {{ origin: string, token?: string, patience?: number, headers?: Record<string, string> }} to
 * @returns {Promise<any>} the JSON of the answer
 */
export async function send(letter, to) {
  const response = await carry(letter, to);
  const text = await body(response, to.origin);
  let answer;
  try {
    answer = text === "" ? undefined : JSON.parse(text);
  } catch {
    if (response.ok) {
      throw new Problem(
        `${to.origin} answers, but not like a Co-Vibe server.`,
        "Check the address; a proxy or a sign-in page may stand before the server.",
        EXIT.UNREACHABLE,
        "answer.garbage",
      );
    }
  }
  if (!response.ok) {
    const said = answer?.detail ?? answer?.title ?? `The server answered ${response.status}.`;
    throw new Refused(response.status, answer, String(said));
  }
  return answer;
}

/**
 * @param {import("./letters.js").LetterType} letter
 * @param {{ origin: string, token?: string, patience?: number, headers?: Record<string, string> }} to
 * @returns {Promise<Response>}
 */
export async function carry(letter, { origin, token, patience = PATIENCE_MS, headers = {} }) {
  if (!isLetter(letter)) {
    throw new TypeError("Only letters are sent.");
  }
  try {
    return await fetch(origin + letter.path, {
      method: letter.method,
      body: letter.body,
      // A token is for this server alone, so nobody may send it elsewhere.
      redirect: "error",
      headers: {
        Accept: "application/json",
        ...(letter.body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    throw unreachable(origin, error);
  }
}

/** @param {Response} response @param {string} origin */
async function body(response, origin) {
  try {
    return await response.text();
  } catch (error) {
    throw unreachable(origin, error);
  }
}

/** @param {string} origin @param {any} error */
function unreachable(origin, error) {
  const why = error?.name === "TimeoutError" ? "it does not answer in time" : (error?.cause?.code ?? error?.cause?.message ?? error?.message ?? "");
  return new Problem(
    `${origin} cannot be reached: ${why}.`,
    "Check the address and your network; what agents do meanwhile is kept and sent later.",
    EXIT.UNREACHABLE,
    "server.unreachable",
  );
}
