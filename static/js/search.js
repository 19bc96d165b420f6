// The search page. Pagefind finds, this file shows: the form, the results, and both in the address, so that a search
// can be shared and the back button leads through earlier ones. All words and all HTML stand in templates/search.html;
// values of filters are ids that no language changes, so the language switch keeps the search.

const STEP = 10; // results shown at a time
const PAUSE = 250; // milliseconds after the last key until the results follow

// The page of a place comes first for its name, in any form or language; then pages with the word in their title.
const RANKING = { metaWeights: { title: 5, names: 20, words: 1, facts: 0.5 } };

const at = (id) => document.getElementById(`_${id}`);
const [form, field, narrow, clear, count, list, more] = ["search", "q", "narrow", "clear", "count", "found", "more"].map(at);
const choices = [...form.querySelectorAll("select")];
const twins = [...document.querySelectorAll(".languages a")];
const title = document.title;
for (const option of form.querySelectorAll("option[value]:not([value=''])")) option.dataset.label = option.text;

let loading; // the promise of a working Pagefind
let turn = 0; // the latest search; the answer to an earlier one is dropped
let results = [];
let settled = true; // whether the next search is a step of its own in the history
let pause;

function engine() {
  loading ??= import(form.dataset.engine)
    .then(async ({ createInstance }) => {
      const pagefind = createInstance({ noWorker: true, baseUrl: form.dataset.base, excerptLength: 32, ranking: RANKING });
      await pagefind.filters(); // so that results are counted by every filter
      return pagefind;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

const words = () => field.value.trim();
const filters = () => Object.fromEntries(choices.filter((choice) => choice.value).map(({ name, value }) => [name, value]));

// The form into the address, as a new step of the history or in place of the present one.
function write(step) {
  const asked = new URLSearchParams(filters());
  const query = new URLSearchParams([...(words() ? [["q", words()]] : []), ...asked]).toString();
  const address = location.pathname + (query && `?${query}`);
  if (address !== location.pathname + location.search) history[step](null, "", address);
  follow();
}

// The address into the form.
function read() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  for (const choice of choices) {
    choice.value = asked.get(choice.name) ?? "";
    if (choice.selectedIndex < 0) choice.value = "";
  }
  if (Object.keys(filters()).length) narrow.open = true;
  follow();
}

// The page's title and its language switch follow the search.
function follow() {
  document.title = words() ? `${words()} – ${title}` : title;
  for (const twin of twins) twin.search = location.search;
}

async function search() {
  const mine = ++turn;
  const limits = filters();
  const idle = !words() && !Object.keys(limits).length;
  clear.hidden = !Object.keys(limits).length;
  at("answer").hidden = idle;
  at("lists").hidden = !idle;
  if (idle) return show([], [], {});
  list.ariaBusy = "true";
  try {
    const pagefind = await engine();
    let found = await pagefind.search(words() || null, { filters: limits });
    const counts = await counted(pagefind, found, limits);
    const some = !found.results.length && words().includes(" ");
    if (some) found = await partly(pagefind, limits);
    const shown = Math.max(STEP, history.state?.shown ?? 0);
    const data = await Promise.all(found.results.slice(0, shown).map((result) => result.data()));
    if (mine !== turn) return;
    if (!data.some(near)) return show([], [], {});
    show(found.results, data, counts);
    if (some) count.textContent += `. ${count.dataset.some}`;
  } catch (error) {
    if (mine !== turn) return;
    show([], [], {});
    count.textContent = count.dataset.failed;
    console.warn(error);
  } finally {
    if (mine === turn) list.ariaBusy = null;
  }
}

// Where no page has all the words: the pages that have some of them, those that have most and best first.
async function partly(pagefind, limits) {
  const found = new Map();
  for (const word of words().split(/\s+/)) {
    for (const result of (await pagefind.search(word, { filters: limits })).results) {
      const before = found.get(result.id);
      found.set(result.id, before ? { ...before, score: before.score + result.score } : result);
    }
  }
  return { results: [...found.values()].sort((one, other) => other.score - one.score) };
}

// Whether a result has to do with the words. Where no word begins as the one asked for, Pagefind takes the longest word
// that is the beginning of it: "as" for "asdf", which is nothing a reader means.
function near({ excerpt }) {
  const asked = plain(words()).split(/\s+/).map(letters);
  const found = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)]
    .flatMap(([, text]) => [text, ...text.split(/[|-]/)])
    .map((text) => letters(plain(text)));
  const least = (term) => Math.max(3, Math.ceil(term.length * 0.4));
  const alike = (word, term) => word.slice(0, least(term)) === term.slice(0, least(term));
  return !found.length || found.some((word) => asked.some((term) => alike(word, term)));
}

// How many results each choice of a filter would leave, the other filters as they are.
async function counted(pagefind, found, limits) {
  const counts = { ...found.filters };
  for (const name of Object.keys(limits)) {
    const { [name]: _, ...others } = limits;
    counts[name] = (await pagefind.search(words() || null, { filters: others })).filters[name];
  }
  return counts;
}

function show(found, data, counts) {
  results = found;
  list.replaceChildren(...data.map(item));
  list.dataset.words = words();
  more.hidden = data.length >= found.length;
  at("lists").hidden = found.length > 0;
  const pattern = found.length === 0 ? "none" : found.length === 1 ? "one" : "many";
  count.textContent = at("answer").hidden ? "" : count.dataset[pattern].replace("{}", found.length);
  for (const choice of choices) {
    for (const option of choice.options) {
      if (!option.value) continue;
      const number = counts[choice.name]?.[option.value] ?? 0;
      const known = choice.name in counts;
      option.text = option.dataset.label + (known ? ` (${number})` : "");
      option.disabled = known && !number && !option.selected;
    }
  }
}

// One result, from the template. The marks between the parts of compounds are the index's, not the reader's.
function item({ url, meta, filters: about, excerpt, plain_excerpt: bare, raw_content: content }) {
  const made = at("result").content.cloneNode(true).firstElementChild;
  const part = (selector) => made.querySelector(selector);
  const link = part("a");
  link.href = url;
  link.textContent = unparted(meta.title);
  if (meta.title_lang) link.lang = meta.title_lang;
  part(".tag").textContent = label("kind", about.kind);
  if (about.state) {
    part(".state").classList.add(about.state[0]);
    part(".state").textContent = label("state", about.state);
  } else part(".state").remove();
  if (meta.facts) part(".facts").textContent = meta.facts;
  else part(".facts").remove();
  if (meta.text_lang) part(".excerpt").lang = meta.text_lang;
  part(".excerpt").append(
    content.startsWith(bare) ? "" : "… ",
    ...excerpt.split(" ").flatMap((word) => [marked(word), " "]),
    content.endsWith(bare) ? "" : "…",
  );
  return made;
}

// A word of an excerpt, marked where Pagefind marks it or where it begins nearly as a word asked for.
function marked(word) {
  const text = readable(word.replace(/<\/?mark>/g, ""));
  const bare = plain(text).replace(/^\P{L}+/u, "");
  const alike = (term) => term.length > 3 && bare.startsWith(term.slice(0, Math.max(4, term.length - 2)));
  if (!word.startsWith("<mark>") && !plain(words()).split(/\s+/).some(alike)) return text;
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
}

const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const label = (name, values) => form.elements[name].querySelector(`[value="${values[0]}"]`).dataset.label;
const unparted = (text) => text.replaceAll("|", "");
const readable = (text) => unparted(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  write("pushState");
  settled = true;
  search();
});

field.addEventListener("focus", () => engine().catch(() => {}), { once: true });
field.addEventListener("change", () => (settled = true));
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    write(settled && location.search ? "pushState" : "replaceState");
    settled = false;
    search();
  }, PAUSE);
});

for (const choice of choices) {
  choice.addEventListener("change", () => {
    write("pushState");
    search();
  });
}

clear.addEventListener("click", () => {
  for (const choice of choices) choice.value = "";
  write("pushState");
  search();
  field.focus();
});

more.addEventListener("click", async () => {
  const from = list.children.length;
  const data = await Promise.all(results.slice(from, from + STEP).map((result) => result.data()));
  list.append(...data.map(item));
  more.hidden = list.children.length >= results.length;
  list.children[from].querySelector("a").focus();
  history.replaceState({ shown: list.children.length }, "");
});

addEventListener("popstate", () => {
  settled = true;
  read();
  search();
});

at("without").remove();
form.hidden = false;
narrow.open = matchMedia("(min-width: 60rem)").matches;
read();
search();
