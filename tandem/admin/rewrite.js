/*
 * A content file as the form editor reads and writes it. What the form changed is put into the file's own text where it
 * stands; every other letter stays: comments, the order of keys, quotation marks, blocks, the first line.
 *
 * Fields are those of the form (config.*.json): name, widget, and their own fields. All values are text, as Tandem reads
 * them; only a tick is true or false. What the form does not know is never touched.
 */
import { block, indented, isRecord, item, lines, ordered, plain, scalar, styled } from "./scribe.js";
import { isMap, isScalar, isSeq, parseDocument } from "./yaml/index.js";

export const SOURCE = "_source"; // where a record keeps the text it was read from
export const ITEMS = "items"; // what the records of a file that is one list are called in the form

/** What the form shows of a file. Throws where the file is no YAML that Tandem would take. */
export function read(text, fields) {
  const node = rootOf(text);
  const value = plain(node);
  const shown = isSeq(node) ? { [ITEMS]: value } : value;
  const known = fields.filter((field) => field.name in shown);
  return { ...Object.fromEntries(known.map((field) => [field.name, typed(shown[field.name], field)])), [SOURCE]: text };
}

/** The file's text after the form: ``facts`` are keys whose figures and days stand bare; ``head`` opens a new file. */
export function written(content, fields, facts, head) {
  const { [SOURCE]: source, ...rest } = content;
  const after = meant(rest) ?? {};
  if (source === undefined) return `${head}\n${fresh(after, fields, facts)}`;
  const text = source.endsWith("\n") ? source : `${source}\n`;
  const { [SOURCE]: _, ...shown } = read(text, fields);
  const before = meant(shown) ?? {};
  const root = rootOf(text);
  const writer = new Writer(text, facts);
  const done = isSeq(root)
    ? writer.list(root, before[ITEMS] ?? [], after[ITEMS] ?? [], fields[0].fields)
    : writer.record(root, before, after, fields);
  const result = writer.text();
  const { [SOURCE]: __, ...again } = done ? read(result, fields) : {};
  if (!done || !same(meant(again) ?? {}, after)) throw new Error("This change cannot be written: edit the file itself.");
  return result;
}

/** What a new file says below its first line. */
function fresh(after, fields, facts) {
  const [only] = fields;
  if (only.name !== ITEMS) return block(lines(after, fields, 0, facts));
  return (after[ITEMS] ?? []).map((one) => item(one, only.fields, 0, facts)).join("");
}

function rootOf(text) {
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: true });
  if (document.errors.length) throw document.errors[0];
  return document.contents;
}

function typed(value, field) {
  if (field.widget === "boolean") return value === "true";
  if (!field.fields || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => record(item, field.fields));
  return record(value, field.fields);
}

function record(value, fields) {
  if (typeof value !== "object") return value;
  const named = Object.fromEntries(fields.map((field) => [field.name, field]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, named[key] ? typed(one, named[key]) : one]));
}

/** A value without what says nothing: empty texts, ticks not set, lists and records of nothing. */
function meant(value) {
  if (Array.isArray(value)) {
    const kept = value.map((item) => meant(item)).filter((item) => item !== undefined);
    return kept.length ? kept : undefined;
  }
  if (value && typeof value === "object") {
    const kept = Object.entries(value).map(([key, one]) => [key, meant(one)]);
    const told = kept.filter(([, one]) => one !== undefined);
    return told.length ? Object.fromEntries(told) : undefined;
  }
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.replace(/\s+$/u, "") || undefined;
  return value || undefined;
}

function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
}

/** Notes changes to a text, each where the old value stands. A method that returns false could not, and noted nothing. */
class Writer {
  constructor(text, facts) {
    Object.assign(this, { source: text, facts, edits: [] });
  }

  text() {
    const order = [...this.edits].sort((one, other) => other.start - one.start || other.end - one.end);
    return order.reduce((text, { start, end, now }) => text.slice(0, start) + now + text.slice(end), this.source);
  }

  note(start, end, now) {
    this.edits.push({ start, end, now });
    return true;
  }

  /** All of what ``change`` notes, or nothing. */
  whole(change) {
    const kept = this.edits.length;
    if (change()) return true;
    this.edits.length = kept;
    return false;
  }

  value(node, key, before, after, fields) {
    if (isMap(node) && isRecord(before) && isRecord(after)) {
      return this.whole(() => this.record(node, before, after, fields ?? []));
    }
    if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) {
      return this.whole(() => this.list(node, before, after, fields));
    }
    return isScalar(node) && before !== undefined && typeof after !== "object" && this.scalar(node, key, after);
  }

  record(node, before, after, fields) {
    const pairs = node.items;
    for (const pair of pairs) {
      const key = pair.key.value;
      if (same(before[key], after[key]) || (before[key] === undefined && after[key] === undefined)) continue;
      const inner = fields.find((field) => field.name === key)?.fields;
      if (after[key] !== undefined && this.value(pair.value, key, before[key], after[key], inner)) continue;
      if (node.flow || !this.replace(pair, after[key], fields)) return false;
    }
    const there = new Set(pairs.map((pair) => pair.key.value));
    const missing = ordered(after, fields).filter((key) => !there.has(key));
    if (missing.length && node.flow) return false;
    return missing.every((key) => this.add(node, key, after, fields));
  }

  /** Puts another value, or none, where a key and its value stand on lines of their own. */
  replace(pair, after, fields) {
    const { start, column, alone } = this.place(pair.key);
    const end = this.end(pair);
    if (after === undefined) return alone && this.note(start, end, "");
    const written = block(lines({ [pair.key.value]: after }, fields, column, this.facts));
    return alone ? this.note(start, end, written) : this.note(start + column, end, written.slice(column));
  }

  /** Adds a key after those that come before it in the form, where the file has any. */
  add(node, key, after, fields) {
    const order = fields.map((field) => field.name);
    const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
    const earlier = node.items.filter((pair) => rank(pair.key.value) <= rank(key));
    const { start, column, alone } = this.place(node.items[0].key);
    const written = block(lines({ [key]: after[key] }, fields, column, this.facts));
    if (earlier.length) return this.note(this.end(earlier.at(-1)), this.end(earlier.at(-1)), written);
    return alone && this.note(start, start, written);
  }

  list(node, before, after, fields) {
    if (node.flow) return this.line(node, before, after);
    if (before.length !== node.items.length) return false;
    let first = 0;
    while (first < Math.min(before.length, after.length) && same(before[first], after[first])) first += 1;
    let last = 0;
    const most = Math.min(before.length, after.length) - first;
    while (last < most && same(before.at(-1 - last), after.at(-1 - last))) last += 1;
    const olds = node.items.slice(first, node.items.length - last);
    const news = after.slice(first, after.length - last);
    for (const [number, old] of olds.entries()) {
      const now = news[number];
      if (now !== undefined && this.value(old, "", before[first + number], now, fields)) continue;
      const { start, dash } = this.place(old);
      if (dash < 0) return false;
      this.note(start, this.end(old), now === undefined ? "" : item(now, fields, dash, this.facts));
    }
    const rest = news.slice(olds.length);
    const near = node.items[first + olds.length - 1] ?? node.items[0];
    const { start, dash } = this.place(near);
    const at = first + olds.length ? this.end(near) : start;
    const made = rest.map((one) => item(one, fields ?? [], dash, this.facts));
    return !rest.length || (dash >= 0 && this.note(at, at, made.join("")));
  }

  /** A list on one line: what stays is written as it was. */
  line(node, before, after) {
    const [start, end] = node.range;
    if (/[\n#]/.test(this.source.slice(start, end)) || after.some((one) => typeof one === "object")) return false;
    const olds = new Map(node.items.map((one, number) => [before[number], this.source.slice(one.range[0], one.range[1])]));
    return this.note(start, end, `[${after.map((one) => olds.get(one) ?? scalar(one, "", this.facts, true)).join(", ")}]`);
  }

  scalar(node, key, after) {
    const [start, end] = node.range;
    const old = this.source.slice(start, end);
    const text = typeof after === "string" ? after : String(after);
    if (node.type?.startsWith("BLOCK")) {
      const tail = old.length - old.trimEnd().length;
      const first = old.split("\n").slice(1).find((line) => line.trim());
      const indent = first ? first.length - first.trimStart().length : undefined;
      if (indent === undefined || /^\s/.test(text) || !/^[|>][ \t]*\n/.test(old)) return false;
      return this.note(start, end - tail + 1, `|\n${indented(text, indent)}\n`);
    }
    if (text.includes("\n") || !old) return false;
    return this.note(start, end, styled(text, key, node, this.facts, this.flows(start)));
  }

  flows(start) {
    const line = this.source.slice(this.source.lastIndexOf("\n", start - 1) + 1, start);
    return /[[{]/.test(line);
  }

  /** Where a node's line begins, how far in it stands, if only spaces are before it, and how far in a list's mark is. */
  place(node) {
    const start = this.source.lastIndexOf("\n", node.range[0] - 1) + 1;
    const before = this.source.slice(start, node.range[0]);
    const dash = /^\s*-\s+$/.test(before);
    return { start, column: before.length, alone: !before.trim(), dash: dash ? before.indexOf("-") : -1 };
  }

  /** Where the lines of a node end: after its last line that is not empty. */
  end(node) {
    let last = node;
    while (!isScalar(last) && !last?.flow) {
      const inner = "key" in last ? (last.value ?? last.key) : last.items.at(-1);
      if (!inner) break;
      last = inner;
    }
    const stop = last.range[1];
    const text = this.source.slice(0, stop);
    if (text.endsWith("\n")) return text.trimEnd().length + 1;
    const line = this.source.indexOf("\n", stop);
    return line < 0 ? this.source.length : line + 1;
  }
}
