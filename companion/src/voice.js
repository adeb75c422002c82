// stdout is data, stderr is talk.

/** @typedef {{ json: boolean, data: (value: unknown, text?: string) => void, say: (text: string) => void }} Voice */

/**
 * @param {boolean} json whether data is wanted as JSON
 * @returns {Voice}
 */
export function voice(json) {
  return {
    json,
    data: (value, text) => process.stdout.write((json ? JSON.stringify(value) : (text ?? String(value))) + "\n"),
    say: (text) => process.stderr.write(text + "\n"),
  };
}
