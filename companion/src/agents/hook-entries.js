// Our hooks among the user's own: found by the command that they run.
import { append, drop, put, same, valueAt } from "../jsonc-edit.js";

const OURS = /covibe-hook/;

/**
 * @typedef {{ event: string, group: Record<string, any> & { hooks: Record<string, any>[] } }} GroupedHook
 * @typedef {{ event: string, entry: Record<string, any> & { command: string } }} FlatHook
 */

/**
 * {"hooks": {"Stop": [{"matcher": …, "hooks": [{"command": …}]}]}}, as Claude Code, Codex and Gemini CLI have it.
 *
 * @param {string} text
 * @param {GroupedHook[]} hooks
 */
export function putGroups(text, hooks) {
  let changed = text;
  for (const { event, group } of hooks) {
    const place = findInGroups(changed, event);
    if (!place) {
      changed = append(changed, ["hooks", event], group);
    } else if (place.alone) {
      changed = put(changed, ["hooks", event, place.group], group);
    } else {
      changed = put(changed, ["hooks", event, place.group, "hooks", place.hook], group.hooks[0]);
    }
  }
  return changed;
}

/** @param {string} text */
export function dropGroups(text) {
  let changed = text;
  for (const event of Object.keys(valueAt(text, ["hooks"]) ?? {})) {
    for (let place = findInGroups(changed, event); place; place = findInGroups(changed, event)) {
      changed = drop(changed, ["hooks", event, place.group, ...(place.alone ? [] : ["hooks", place.hook])]);
    }
  }
  return changed;
}

/** @param {string} text @param {string} event */
function findInGroups(text, event) {
  const groups = valueAt(text, ["hooks", event]);
  for (const [index, group] of (Array.isArray(groups) ? groups : []).entries()) {
    const hooks = Array.isArray(group?.hooks) ? group.hooks : [];
    const hook = hooks.findIndex((/** @type {any} */ entry) => OURS.test(entry?.command ?? ""));
    if (hook >= 0) {
      return { group: index, hook, alone: hooks.length === 1 };
    }
  }
  return undefined;
}

/**
 * {"hooks": {"stop": [{"command": …}]}}, as Cursor has it.
 *
 * @param {string} text
 * @param {FlatHook[]} hooks
 */
export function putEntries(text, hooks) {
  let changed = text;
  for (const { event, entry } of hooks) {
    const index = findEntry(changed, event);
    if (index < 0) {
      changed = append(changed, ["hooks", event], entry);
    } else if (!same(valueAt(changed, ["hooks", event, index]), entry)) {
      changed = put(changed, ["hooks", event, index], entry);
    }
  }
  return changed;
}

/** @param {string} text */
export function dropEntries(text) {
  let changed = text;
  for (const event of Object.keys(valueAt(text, ["hooks"]) ?? {})) {
    for (let index = findEntry(changed, event); index >= 0; index = findEntry(changed, event)) {
      changed = drop(changed, ["hooks", event, index]);
    }
  }
  return changed;
}

/** @param {string} text @param {string} event */
function findEntry(text, event) {
  const entries = valueAt(text, ["hooks", event]);
  return Array.isArray(entries) ? entries.findIndex((entry) => OURS.test(entry?.command ?? "")) : -1;
}
