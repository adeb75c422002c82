// Reads what an MCP endpoint answers: one JSON message, several, or an event stream of them.

/** @param {string} text @returns {any[]} */
export function messagesIn(text) {
  try {
    const answer = text.trim() === "" ? [] : JSON.parse(text);
    return [answer].flat().filter((some) => some?.jsonrpc === "2.0");
  } catch {
    return [];
  }
}

/** @param {Response} response @returns {Promise<any[]>} */
export async function readMessages(response) {
  const text = await response.text();
  if (!(response.headers.get("content-type") ?? "").includes("event-stream")) {
    return messagesIn(text);
  }
  return text
    .split(/\r?\n\r?\n/)
    .map((event) => event.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n"))
    .flatMap(messagesIn);
}
