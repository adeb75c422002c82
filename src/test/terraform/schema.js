// Writes provider-google-6.50.0.json: what google provider 6.50.0 takes and gives, for the resources that terraform/ uses, as
// @cdktf/provider-google@16.12.1 carries it. The package has 30 MB, so its extract is kept and made again by `npm run schema`.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { configuration, TERRAFORM } from "./configuration.js";

const HERE = import.meta.dirname;
const LIBRARY = join(dirname(createRequire(import.meta.url).resolve("@cdktf/provider-google/package.json")), "lib");
const snake = (name) => name.replace(/[A-Z0-9]+/g, (part) => `_${part.toLowerCase()}`).replace(/^_/, "");

/** Reads the interfaces of one resource: which arguments there are, which are needed, and what stands within them. */
function described(source, javascript) {
  const interfaces = new Map();
  for (const [, name, body] of source.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)) {
    const members = new Map();
    for (const [, comment, member, optional, type] of body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*readonly (\w+)(\??): ([^;]+);/g)) {
      const documented = comment.match(/#\w+ \w+#(\w+)\}/);
      members.set(documented ? documented[1] : snake(member), { needed: !optional, type: type.trim() });
    }
    interfaces.set(name, members);
  }
  const root = [...interfaces.keys()].find((name) => name.endsWith("Config"));
  const expand = (name) =>
    Object.fromEntries(
      [...interfaces.get(name)].map(([argument, { needed, type }]) => {
        const inner = type.split(/[^\w]+/).find((word) => interfaces.has(word));
        const entry = { ...(needed && { needed }), ...(inner && { within: expand(inner) }) };
        return [argument, entry];
      }),
    );
  // What the resource itself gives: the getters of its own class, which comes last in the file.
  const own = source.slice(source.lastIndexOf("\nexport declare class"));
  const gives = [...own.matchAll(/\n    get (\w+)\(\)/g)].map(([, name]) => snake(name));
  return { type: javascript.match(/terraformResourceType: '(\w+)'/)[1], takes: expand(root), gives: [...new Set(gives)].sort() };
}

const schema = { provider: "google 6.50.0", source: "@cdktf/provider-google 16.12.1", resources: {}, data: {} };
const { resource, data } = await configuration(join(TERRAFORM, "modules", "covibe"));
for (const [kind, used, prefix] of [["resources", resource, ""], ["data", data, "data-google-"]]) {
  for (const type of Object.keys(used).sort()) {
    const folder = join(LIBRARY, prefix + type.replace(/^google_/, "").replaceAll("_", "-"));
    const found = described(readFileSync(join(folder, "index.d.ts"), "utf8"), readFileSync(join(folder, "index.js"), "utf8"));
    schema[kind][type] = { takes: found.takes, gives: found.gives };
  }
}
writeFileSync(join(HERE, "provider-google-6.50.0.json"), `${JSON.stringify(schema, null, 1)}\n`);
