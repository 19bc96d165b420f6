/*
 * Lists of projects: filters with counts, sorting, and both in the address. Words, options and form stand in the page
 * (templates/parts/filter.html); without this script the table stays as it is. A list of several pages fetches the
 * rows of the whole register the first time a reader filters or sorts (tandem/pages/rows.py says what is in the file).
 */

const MOST = 200; // rows shown at once
const LARGEST_FIRST = ["period", "amount"];
const FACETS = ["municipality", "region", "theme", "round", "state"];

const list = document.querySelector(".list");
const [form, table, found, status, none, blank, further] = [
  "form", "table", ".found", "[role=status]", ".none", "template", ".further button",
].map((name) => list.querySelector(name));
const { file, within } = list.dataset;
const parts = list.parentElement.querySelector(".parts");
const body = table.tBodies[0];
const heads = [...table.tHead.querySelectorAll("[data-sort]")];
const fields = form ? [...form.elements] : [];
const selects = fields.filter((field) => field.options);
const options = selects.flatMap((select) => [...select.options].slice(1).map((option) => ({
  option, key: `${select.name} ${option.value}`, usual: option.text, label: option.text.replace(/ \([^(]*\)$/, ""),
})));
const labels = new Map(options.map(({ key, label }) => [key, label]));
const bands = [...(form?.elements.amount?.options ?? [])].slice(1).map((option) => option.value);
const language = document.documentElement.lang;
const collator = new Intl.Collator(language, { numeric: true });
const numbers = new Intl.NumberFormat(language);
const caption = table.caption.textContent;

/* Rows: what each is found and sorted by, and how it is drawn. */

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function bandOf(amount) {
  return bands.find((band) => {
    const [low, high] = band.split("-");
    return amount === null ? band === "none" : amount >= low && (!high || amount <= high);
  });
}

function row({ values, name, lead, period, amount, words, draw }) {
  const names = FACETS.slice(0, 2).flatMap((facet) => values[facet].map((code) => labels.get(`${facet} ${code}`)));
  const text = plain([...words, ...names].join(" "));
  return { values: { ...values, amount: [bandOf(amount)] }, name, lead, period, amount, text, draw };
}

function rowOfPage(tr) {
  const { period, amount } = tr.dataset;
  const lead = tr.cells[heads.find((head) => head.dataset.sort === "lead").cellIndex];
  return row({
    values: Object.fromEntries(FACETS.map((facet) => [facet, (tr.dataset[facet] ?? "").split(" ")])),
    name: tr.querySelector("a").textContent,
    lead: lead.querySelector(".soft") ? "" : lead.textContent,
    period,
    amount: amount ? Number(amount) : null,
    words: [tr.textContent],
    draw: () => tr,
  });
}

function rowsOfFile({ places, themes, rounds, states, periods, amounts, shared, rows }) {
  const [place, theme, round] = [places, themes, rounds].map((all) => new Map(all.map(([id, ...rest]) => [id, rest])));
  const named = (table, ids) => ids.map((id) => table.get(id)).filter(Boolean);
  const [facet, code] = within.split(" ");
  const leads = (by) => place.get(by)?.[1] === place.get(code)?.[1]; // a former municipality has today's page
  const ours = (facets) => !within || facets[FACETS.indexOf(facet)].split(" ").includes(code);
  return rows.filter((one) => ours(one[3])).map(([name, href, by, facets, state, time, period, amount, sum, sharers]) => {
    const values = Object.fromEntries([...facets, state].map((codes, index) => [FACETS[index], codes.split(" ")]));
    const when = periods[time];
    const lead = by ? place.get(by) ?? [by] : null;
    const cells = {
      project: [name, href], themes: named(theme, values.theme), lead, rounds: named(round, values.round),
      when, state, standing: states[state], sum: amounts[sum], sharing: shared[sharers], leading: leads(by),
    };
    const links = [cells.project, ...cells.themes, ...cells.rounds, lead ?? [""]].map(([text]) => word(text));
    let tr;
    return row({
      values, name: word(name), lead: lead ? word(lead[0]) : "", period, amount,
      words: [...links, when, when && cells.standing, cells.sum, cells.sharing],
      draw: () => (tr ??= drawn(cells)),
    });
  });
}

/* A text is a string, or a string and its language where that is not the page's; a link: a text and where it leads. */

const word = (text) => (Array.isArray(text) ? text[0] : text);

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function link([text, href]) {
  const said = Array.isArray(text) ? element("span", { lang: text[1] }, text[0]) : text;
  return href ? element("a", { href }, said) : said;
}

const series = (links) => links.flatMap((one, index) => (index ? [", ", link(one)] : [link(one)]));

function drawn({ project, themes, lead, leading, when, state, standing, sum, sharing, rounds }) {
  const tr = blank.content.firstElementChild.cloneNode(true);
  const cells = [...tr.cells];
  const [role] = cells[2].dataset.lead ? cells.splice(2, 1) : [];
  if (role && leading) role.textContent = role.dataset.lead;
  role?.removeAttribute("data-lead");
  const [named, led, period, grant, from] = cells;
  named.replaceChildren(link(project));
  if (themes.length) named.append(element("p", { className: "themes" }, ...series(themes)));
  if (lead) led.replaceChildren(link(lead));
  if (when) {
    const stands = element("span", { className: `state ${state}` }, standing);
    period.replaceChildren(element("span", { className: "when" }, when), " ", stands);
  }
  if (sum) grant.replaceChildren(sum);
  if (sharing) grant.append(" ", element("small", {}, sharing));
  if (from && rounds.length) from.replaceChildren(...series(rounds));
  return tr;
}

/* What the reader has chosen, here and in the address. */

let sort = ""; // a column, with a hyphen before it when descending; empty: as the page has it

function recall() {
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = asked.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.value = "";
  }
  sort = asked.get("sort") ?? "";
  if (!heads.some((head) => head.dataset.sort === sort.replace("-", ""))) sort = "";
}

function remember(write) {
  const chosen = new URLSearchParams(set(fields).map(({ name, value }) => [name, value]));
  if (sort) chosen.set("sort", sort);
  const address = location.pathname + (`${chosen}` && `?${chosen}`);
  if (address !== location.pathname + location.search) history[write](null, "", address);
}

const set = (some) => some.filter(({ value }) => value.trim());
const filtered = () => set(fields).length > 0;

/** The rows that pass every filter; each option is told how many rows it would leave. */
function passing(rows) {
  const words = plain(form?.elements.q.value ?? "").split(/\s+/);
  const chosen = set(selects);
  const counts = new Map();
  const all = rows.filter(({ text, values }) => {
    if (!words.every((part) => text.includes(part))) return false;
    const against = chosen.filter(({ name, value }) => !values[name].includes(value));
    const open = against.length ? against : selects;
    for (const { name } of against.length < 2 ? open : []) {
      for (const value of values[name]) counts.set(`${name} ${value}`, (counts.get(`${name} ${value}`) ?? 0) + 1);
    }
    return !against.length;
  });
  for (const { option, key, label } of options) {
    const count = counts.get(key) ?? 0;
    option.text = `${label} (${numbers.format(count)})`;
    option.disabled = option.hidden = !count && !option.selected;
  }
  return all;
}

/** Compares two rows by the sorted column. What is not known comes last either way. */
function compare(one, other) {
  const key = sort.replace("-", "");
  const [a, b] = [one[key], other[key]];
  const lacks = (value) => value === "" || value === null;
  if (lacks(a) || lacks(b)) return lacks(a) - lacks(b);
  const order = key === "name" || key === "lead" ? collator.compare(a, b) : (a > b) - (a < b);
  return sort.startsWith("-") ? -order : order;
}

/* What is shown. */

const ofPage = [...body.rows].map(rowOfPage);
let all; // a promise of every page's rows, once asked for
let rows = ofPage; // those that pass, in order
let limit = MOST;
let later; // the timer of an announcement

async function everyRow() {
  try {
    const answer = await fetch(file);
    return rowsOfFile(await answer.json());
  } catch {
    status.dataset.warning = status.dataset.failed;
    return ofPage;
  }
}

async function show(typing = false) {
  for (const twin of document.querySelectorAll(".languages a")) twin.search = location.search;
  const source = file && (filtered() || sort) ? await (all ??= everyRow()) : ofPage;
  const active = filtered() || sort; // the reader may have gone on meanwhile
  rows = active ? passing(source) : ofPage;
  if (!active) {
    for (const { option, usual } of options) Object.assign(option, { text: usual, disabled: false, hidden: false });
  }
  if (sort) rows.sort(compare);
  limit = MOST;
  draw();
  if (parts) parts.hidden = active;
  for (const button of list.querySelectorAll(".clear")) button.hidden = !active;
  clearTimeout(later);
  later = setTimeout(announce, typing ? 400 : 0);
}

function draw() {
  body.replaceChildren(...rows.slice(0, limit).map((one) => one.draw()));
  table.hidden = !rows.length;
  if (none) none.hidden = rows.length > 0;
  if (further) further.hidden = rows.length <= limit;
  for (const head of heads) {
    if (head.dataset.sort !== sort.replace("-", "")) head.removeAttribute("aria-sort");
    else head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
  }
  table.caption.textContent = sorting() || caption;
}

function sorting() {
  const head = heads.find((one) => one.hasAttribute("aria-sort"));
  return head ? status.dataset[head.getAttribute("aria-sort")].replace("#", head.textContent) : "";
}

function announce() {
  const { one, many, warning = "" } = status.dataset;
  const count = (rows.length === 1 ? one : many).replace("#", numbers.format(rows.length));
  status.replaceChildren(form ? count : "", element("span", { className: "unseen" }, ` ${sorting()}`), ` ${warning}`);
}

/* What the reader does. */

function changed(write, typing) {
  remember(write);
  show(typing);
}

function turn(head) {
  const key = head.dataset.sort;
  const first = (LARGEST_FIRST.includes(key) ? "-" : "") + key;
  const second = first === key ? `-${key}` : key;
  sort = sort === first ? second : first;
  changed("pushState");
}

for (const head of heads) {
  const button = element("button", { type: "button", onclick: () => turn(head) });
  button.append(...head.childNodes);
  head.append(button);
}
for (const button of list.querySelectorAll(".clear")) {
  button.onclick = () => {
    form.reset();
    sort = "";
    changed("pushState");
    form.querySelector("summary").focus();
  };
}
form?.addEventListener("input", ({ target }) => target.options || changed("replaceState", true));
form?.addEventListener("change", ({ target }) => target.options && changed("pushState"));
form?.addEventListener("submit", (event) => event.preventDefault());
further?.addEventListener("click", () => {
  limit += MOST;
  draw();
  body.rows[limit - MOST].querySelector("a").focus();
});
addEventListener("popstate", () => {
  recall();
  show();
});

table.classList.add("sortable");
found.hidden = false;
recall();
if (form) {
  form.hidden = false;
  form.querySelector("details").open = matchMedia("(min-width: 60rem)").matches || filtered();
}
show();
