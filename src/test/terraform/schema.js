// Writes provider-google-6.50.0.json: what google provider 6.50.0 takes and gives, for the resources that terraform/ uses, as
// @cdktf/provider-google@16.12.1 carries it. The package has 30 MB, so its extract is kept and made again by `npm run schema`.
// Beside it types-google-6.50.0.json: the same with every type, for Terraform itself (provider.js).
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

const GETTERS = {
  getStringAttribute: "string",
  getNumberAttribute: "number",
  getBooleanAttribute: "bool",
  getListAttribute: ["list", "string"],
  getNumberListAttribute: ["list", "number"],
  getStringMapAttribute: ["map", "string"],
  getNumberMapAttribute: ["map", "number"],
  getBooleanMapAttribute: ["map", "bool"],
};

/** Reads the classes of one resource: the type of every attribute, whether it is needed or given, and the blocks. */
function typed(source) {
  const classes = new Map([...source.matchAll(/^export class (\w+) extends [^{]*\{([\s\S]*?)\n\}/gm)].map(([, name, body]) => [name, body]));
  const read = (name) => {
    const block = { attributes: {}, blocks: {} };
    for (const [, attribute, computed, optional, required, rest] of classes
      .get(name)
      .matchAll(/\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n([\s\S]*?)(?=\/\/ \w+ - computed:|$)/g)) {
      const flags = `${required === "true" ? "r" : ""}${optional === "true" ? "o" : ""}${computed === "true" ? "c" : ""}`;
      const [, complex, set] = rest.match(new RegExp(`new (?!cdktf)(\\w+)\\(this, "${attribute}"(?:, (true|false))?\\)`)) ?? [];
      const [, getter] = rest.match(new RegExp(`this\\.(get\\w+Attribute)\\('${attribute}'\\)`)) ?? [];
      if (getter) {
        const type = GETTERS[getter];
        block.attributes[attribute] = [type[0] === "list" && rest.includes("Fn.tolist(") ? ["set", type[1]] : type, flags];
      } else if (complex) {
        const many = complex.endsWith("List");
        const inner = read(many ? complex.replace(/List$/, "OutputReference") : complex);
        const nesting = attribute === "timeouts" ? "single" : set === "true" ? "set" : "list";
        if (flags === "c") block.attributes[attribute] = [[nesting, shape(inner)], flags];
        else block.blocks[attribute] = [nesting, flags, many ? 0 : 1, inner];
      } else {
        const [, map] = rest.match(new RegExp(`new cdktf\\.(\\w+)\\(this, "${attribute}"`)) ?? [];
        // The provider's own arguments have no getter, only a declaration; its two blocks are left out.
        const [, declared] = rest.match(/private _\w+\??: ([^;=]+)/) ?? [];
        const inner =
          { StringMap: ["map", "string"], BooleanMap: ["map", "bool"], NumberMap: ["map", "number"] }[map] ??
          { string: "string", number: "number", boolean: "bool", "string[]": ["list", "string"], "{ [key: string]: string }": ["map", "string"] }[
            declared?.split(" | ")[0].trim()
          ];
        if (!inner && name === "GoogleProvider") continue;
        if (!inner) throw new Error(`${name}: no type of ${attribute}`);
        block.attributes[attribute] = [inner, flags];
      }
    }
    return block;
  };
  const shape = ({ attributes }) => ["object", Object.fromEntries(Object.entries(attributes).map(([name, [type]]) => [name, type]))];
  return read([...classes.keys()].at(-1));
}

/** The source that it was compiled from, which its source map carries: compiling loses the remarks on arguments. */
function source(folder) {
  const [, map] = readFileSync(join(LIBRARY, folder, "index.js"), "utf8").match(/sourceMappingURL=data:application\/json;base64,(\S+)/);
  return JSON.parse(Buffer.from(map, "base64")).sourcesContent[0];
}

const folder = (type, prefix = "") => prefix + type.replace(/^google_/, "").replaceAll("_", "-");
const types = {
  provider: typed(source("provider")),
  resources: Object.fromEntries(Object.keys(resource).sort().map((type) => [type, typed(source(folder(type)))])),
  data: Object.fromEntries(Object.keys(data).sort().map((type) => [type, typed(source(folder(type, "data-google-")))])),
};
const lines = (of) => Object.entries(of).map(([name, type]) => `${JSON.stringify(name)}:${JSON.stringify(type)}`).join(",\n");
writeFileSync(
  join(HERE, "types-google-6.50.0.json"),
  `{"provider":${JSON.stringify(types.provider)},\n"resources":{\n${lines(types.resources)}},\n"data":{\n${lines(types.data)}}}\n`,
);
