// Reads a folder of Terraform with HashiCorp's own parser (compiled to WebAssembly), as one object.
import { parse } from "@cdktf/hcl2json";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..", "..");
export const TERRAFORM = join(ROOT, "terraform");

export function files(folder, ending = ".tf") {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(folder, entry.name))
    .sort();
}

export async function configuration(folder) {
  const whole = {};
  for (const file of files(folder)) {
    merge(whole, await parse(file, readFileSync(file, "utf8")), file);
  }
  return whole;
}

/** Two files may say things of one kind, never of one thing. */
function merge(whole, part, file) {
  for (const [key, value] of Object.entries(part)) {
    if (!(key in whole)) {
      whole[key] = value;
    } else if (Array.isArray(value)) {
      if (key !== "terraform" && key !== "locals" && key !== "check" && key !== "provider") {
        throw new Error(`${file}: ${key} is there twice`);
      }
      whole[key] = [...whole[key], ...value];
    } else {
      merge(whole[key], value, file);
    }
  }
}

/** Every resource as { type, name, body }. */
export function resources({ resource = {} }) {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, [body]]) => ({ type, name, body })),
  );
}

/** Every text that stands anywhere in a value. */
export function texts(value) {
  if (typeof value === "string") {
    return [value];
  }
  return value && typeof value === "object" ? Object.values(value).flatMap(texts) : [];
}
