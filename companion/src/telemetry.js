// Reads what agents report by OpenTelemetry (JSON) and writes it anew with what the server keeps: names of models and
// tools, counts, times, outcomes. Bodies, arguments, prompts, addresses and whatever is not named here stay behind.
import { word } from "./plain.js";

const KNOWN = new Set(
  `service.name service.version app.version session.id conversation.id gen_ai.conversation.id event.name event.kind
  event.timestamp event.sequence request_id prompt_id prompt.id span.type gen_ai.operation.name tool_name function_name
  gen_ai.tool.name model gen_ai.request.model gen_ai.response.model gen_ai.provider.name gen_ai.system type token_type
  query_source effort speed role input_tokens output_tokens cache_read_tokens cache_creation_tokens cost_usd
  input_token_count output_token_count cached_token_count cache_write_token_count reasoning_token_count
  cached_content_token_count thoughts_token_count tool_token_count duration_ms success status_code http.status_code
  http.response.status_code error_type error.type`.split(/\s+/),
);
const NUMBER_KINDS = ["intValue", "doubleValue", "boolValue"];
const NANOS = /^\d{1,19}$/;
const METRIC = /^(?:claude_code|codex|gemini_cli)\.[\w.]{1,100}$/;
const SPAN = /^[\w.:-]{1,120}$/;

const SESSIONS = ["session.id", "conversation.id", "gen_ai.conversation.id"];

/** @typedef {(session: string) => boolean} IsPrivate whether a session is of a repository that is kept private */

/**
 * @param {string} signal logs, metrics or traces
 * @param {any} report
 * @param {IsPrivate} [isPrivate]
 * @returns {object | undefined} undefined when nothing of it is of use
 */
export function strippedTelemetry(signal, report, isPrivate = () => false) {
  /** @param {any} holder */
  const mayGo = (holder) => !list(holder?.attributes).some(({ key, value }) => SESSIONS.includes(key) && isPrivate(String(value?.stringValue)));
  switch (signal) {
    case "logs":
      return tree(report, "resourceLogs", "scopeLogs", "logRecords", (record) => (mayGo(record) ? log(record) : undefined), mayGo);
    case "metrics":
      return tree(report, "resourceMetrics", "scopeMetrics", "metrics", (said) => metric(said, mayGo), mayGo);
    case "traces":
      return tree(report, "resourceSpans", "scopeSpans", "spans", (said) => (mayGo(said) ? span(said) : undefined), mayGo);
    default:
      return undefined;
  }
}

/**
 * @param {any} report
 * @param {string} resources
 * @param {string} scopes
 * @param {string} things
 * @param {(thing: any) => object | undefined} stripped
 * @param {(holder: any) => boolean} mayGo
 */
function tree(report, resources, scopes, things, stripped, mayGo) {
  let count = 0;
  const kept = list(report?.[resources]).filter((resource) => mayGo(resource?.resource)).map((resource) => ({
    resource: { attributes: attributes(resource?.resource) },
    [scopes]: list(resource?.[scopes]).map((scope) => {
      const items = list(scope?.[things]).map(stripped).filter((item) => item !== undefined);
      count += items.length;
      return { scope: { name: word(scope?.scope?.name) ?? "" }, [things]: items };
    }),
  }));
  return count === 0 ? undefined : { [resources]: kept };
}

/** @param {any} record */
const log = (record) => ({
  timeUnixNano: nanos(record?.timeUnixNano),
  observedTimeUnixNano: nanos(record?.observedTimeUnixNano),
  traceId: hex(record?.traceId, 32),
  attributes: attributes(record),
});

/** @param {any} said @param {(holder: any) => boolean} mayGo */
function metric(said, mayGo) {
  if (typeof said?.name !== "string" || !METRIC.test(said.name)) {
    return undefined;
  }
  /** @type {Record<string, any>} */
  const kept = { name: said.name };
  for (const kind of ["sum", "gauge", "histogram"]) {
    if (said[kind]) {
      kept[kind] = {
        aggregationTemporality: [1, 2].find((known) => known === said[kind].aggregationTemporality),
        isMonotonic: said[kind].isMonotonic === true,
        dataPoints: list(said[kind].dataPoints).filter(mayGo).map(point),
      };
    }
  }
  return kept;
}

/** @param {any} said */
const point = (said) => ({
  startTimeUnixNano: nanos(said?.startTimeUnixNano),
  timeUnixNano: nanos(said?.timeUnixNano),
  asInt: number(said?.asInt),
  asDouble: number(said?.asDouble),
  sum: number(said?.sum),
  count: number(said?.count),
  flags: number(said?.flags),
  attributes: attributes(said),
});

/** @param {any} said */
const span = (said) => ({
  name: typeof said?.name === "string" && SPAN.test(said.name) ? said.name : "span",
  traceId: hex(said?.traceId, 32),
  spanId: hex(said?.spanId, 16),
  parentSpanId: hex(said?.parentSpanId, 16),
  startTimeUnixNano: nanos(said?.startTimeUnixNano),
  endTimeUnixNano: nanos(said?.endTimeUnixNano),
  status: { code: number(said?.status?.code) },
  attributes: attributes(said),
});

/** @param {any} holder */
function attributes(holder) {
  return list(holder?.attributes).flatMap((attribute) => {
    const key = attribute?.key;
    if (typeof key !== "string" || !KNOWN.has(key)) {
      return [];
    }
    const text = word(attribute.value?.stringValue);
    if (text !== undefined) {
      return [{ key, value: { stringValue: text } }];
    }
    const kind = NUMBER_KINDS.find((some) => attribute.value?.[some] !== undefined);
    const value = kind && (kind === "boolValue" ? attribute.value[kind] === true : number(attribute.value[kind]));
    return kind && value !== undefined ? [{ key, value: { [kind]: value } }] : [];
  });
}

/** @param {any} some @returns {any[]} */
const list = (some) => (Array.isArray(some) ? some : []);

/** @param {any} time */
const nanos = (time) => (NANOS.test(String(time)) ? String(time) : undefined);

/** Numbers of 64 bits come as text. @param {any} some */
const number = (some) =>
  (typeof some === "number" && Number.isFinite(some)) || (typeof some === "string" && /^-?\d{1,19}$/.test(some)) ? some : undefined;

/** @param {any} text @param {number} digits */
const hex = (text, digits) => (new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(String(text)) ? text : undefined);
