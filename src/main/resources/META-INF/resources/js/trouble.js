// What went wrong with something the reader asked for is said; a failed reading in the background shows as the age line.
import { toast } from "./toast.js";

let toldOfSigningOut = false;

export function watchTrouble() {
  document.body.addEventListener("htmx:responseError", (event) => {
    if (wasAsked(event)) {
      toast(detail(event.detail.xhr) || "The server refused this.", "bad");
    }
  });
  document.body.addEventListener("htmx:sendError", (event) => {
    if (wasAsked(event)) {
      toast("The server cannot be reached. Nothing has been changed.", "bad");
    }
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const address = event.detail.xhr.responseURL;
    if (address && new URL(address).pathname.startsWith("/auth/")) {
      event.detail.shouldSwap = false;
      tellOfSigningOut();
    }
  });
}

function wasAsked(event) {
  return event.detail.requestConfig?.triggeringEvent?.type !== "covibe:changed";
}

function detail(request) {
  try {
    return JSON.parse(request.responseText).detail;
  } catch {
    return "";
  }
}

function tellOfSigningOut() {
  if (!toldOfSigningOut) {
    toldOfSigningOut = true;
    toast("You are signed out.", "bad", { href: "/auth/sign-in", word: "Sign in" });
  }
}
