// Sends a small form without leaving the page. Answers true when it was accepted; otherwise says why.
import { toast } from "./toast.js";

export async function send(address, fields) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRF-Token": document.body.dataset.csrf, "HX-Request": "true", Accept: "*/*" },
      body: new URLSearchParams(fields),
    });
  } catch {
    toast("The server cannot be reached. Nothing has been changed.", "bad");
    return false;
  }
  if (answer.ok) {
    return true;
  }
  const problem = await answer.json().catch(() => ({}));
  toast(problem.detail || "The server refused this.", "bad");
  return false;
}
