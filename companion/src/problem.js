// What can go wrong, each with the exit code that scripts see and the next step that people take.

/** @enum {number} */
export const EXIT = {
  FINE: 0,
  FAILED: 1,
  USAGE: 2,
  NOT_SET_UP: 3,
  UNREACHABLE: 4,
  NOT_UNDERSTOOD: 5,
  REFUSED: 6,
};

export class Problem extends Error {
  /**
   * @param {string} message what is wrong, one sentence
   * @param {string} next what to do about it
   * @param {number} exit one of EXIT
   * @param {string} [code] the server's code for it, such as claim.held
   */
  constructor(message, next, exit = EXIT.FAILED, code = "") {
    super(message);
    this.next = next;
    this.exit = exit;
    this.code = code;
  }
}

/** A file of the user's that is left alone because it does not read as what it should be. */
export class NotUnderstood extends Error {}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function reason(error) {
  return error instanceof Error ? error.message : String(error);
}
