/* Values as YAML, as Tandem's own files have them (tandem/scribe.py), and YAML as values: every one of them text. */
import { isAlias, isMap, isScalar, isSeq, parse, parseDocument } from "./yaml/index.js";

const WIDE = 100; // characters of a list on one line

/** A tree of YAML as text, lists and records. Throws at anchors and what refers to them. */
export function plain(node) {
  if (isAlias(node) || node?.anchor) throw new Error("Anchors are not allowed.");
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [pair.key.value, plain(pair.value)]));
  if (isSeq(node)) return node.items.map(plain);
  return isScalar(node) ? String(node.value ?? "") : "";
}

export const isRecord = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
export const block = (made) => `${made.join("\n")}\n`;
export const indented = (text, indent) =>
  text.split("\n").map((line) => (line.trim() ? " ".repeat(indent) + line : "")).join("\n");

export function ordered(value, fields) {
  const order = fields.map((field) => field.name).filter((name) => value[name] !== undefined);
  return [...order, ...Object.keys(value).filter((name) => !order.includes(name))];
}

/** The lines of a record, ``indent`` spaces in, as Tandem's own files have them. */
export function lines(value, fields, indent, facts) {
  return ordered(value, fields).flatMap((key) => {
    const inner = fields.find((field) => field.name === key)?.fields ?? [];
    return entry(key, value[key], inner, indent, facts);
  });
}

function entry(key, value, fields, indent, facts) {
  const start = `${" ".repeat(indent)}${key}:`;
  if (isRecord(value)) return [start, ...lines(value, fields, indent + 2, facts)];
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== "object")) {
      const line = `${start} [${value.map((one) => scalar(one, "", facts, true)).join(", ")}]`;
      if (line.length <= WIDE) return [line];
    }
    return [start, ...value.map((one) => item(one, fields, indent + 2, facts).trimEnd())];
  }
  const text = String(value);
  if (!text.includes("\n")) return [`${start} ${scalar(value, key, facts)}`];
  return [`${start} ${/^\s/.test(text) ? "|2" : "|"}`, indented(text, indent + 2)];
}

export function item(value, fields, indent, facts) {
  const start = `${" ".repeat(indent)}- `;
  if (!isRecord(value)) return `${start}${scalar(value, "", facts)}\n`;
  return block([start + block(lines(value, fields, indent + 2, facts)).trimEnd().slice(indent + 2)]);
}

/** A value as a scalar of one line: bare where every reader of YAML then reads the same, else in quotation marks. */
export function scalar(value, key, facts, flow = false) {
  const text = String(value);
  const bare = typeof value === "boolean" || (facts.includes(key) && /^[0-9-]+$/.test(text)) || kind(text) === "string";
  return bare && stands(text, flow) ? text : JSON.stringify(text);
}

/** A value in the style of the one it takes the place of, where that can be. */
export function styled(text, key, old, facts, flow) {
  if (old.type === "QUOTE_SINGLE") return `'${text.replaceAll("'", "''")}'`;
  const bare = old.type === "PLAIN" && (kind(text) === kind(String(old.value)) || kind(text) === "string");
  if (bare && stands(text, flow)) return text;
  return old.type === "PLAIN" ? scalar(text, key, facts, flow) : JSON.stringify(text);
}

/** What a reader that guesses (YAML 1.1) takes a bare text for. */
function kind(text) {
  try {
    return typeof parse(text, { version: "1.1", logLevel: "silent" });
  } catch {
    return "nothing";
  }
}

function stands(text, flow) {
  try {
    const [form, found] = flow ? [`[${text}]`, (tree) => tree?.[0]] : [`k: ${text}`, (tree) => tree?.k];
    const document = parseDocument(form, { schema: "failsafe" });
    const tree = plain(document.contents);
    const only = !flow || tree.length === 1;
    return !document.errors.length && only && found(tree) === text && !/\t|[{}[\]]/.test(text);
  } catch {
    return false;
  }
}
