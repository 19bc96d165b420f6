/*
 * The page for an address that does not exist: the language of the address comes first, and pages whose addresses are
 * like it are offered in every language. Without this script the page stands in all languages, in the site's order.
 */

const MOST = 5;
const ALIKE = 0.55; // 1: the same address; below this a reader would not see the likeness

const lost = document.querySelector(".lost");
const { base, pages } = lost.dataset;
const halves = [...lost.querySelectorAll(".halves > [lang]")];
const asked = plain(location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname);

/** An address as this site writes them: ASCII, lower case, no file ending. */
function plain(address) {
  let text = address;
  try {
    text = decodeURIComponent(address);
  } catch {} // a stray % stays as it is
  const folded = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return folded.replace(/(\/index)?\.\w+$/, "").replace(/^\/+|\/+$/g, "");
}

/** Puts what is in ``language`` before its other half, wherever the two stand side by side. */
function lead(language) {
  for (const own of document.querySelectorAll(`body [lang="${language}"]`)) {
    const first = own.parentElement.querySelector(":scope > [lang]");
    const place = document.createComment("");
    own.replaceWith(place);
    first.replaceWith(own);
    place.replaceWith(first);
  }
  document.documentElement.lang = language;
  document.title = [...lost.querySelectorAll("h1 > [lang]")].map((name) => name.textContent).join(" – ");
}

/** How many letters must be changed, added or left out to make one word of the other (Levenshtein). */
function distance(one, other) {
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const change = last[column - 1] + (one[row - 1] !== other[column - 1]);
      next.push(Math.min(change, last[column] + 1, next[column - 1] + 1));
    }
    last = next;
  }
  return last[other.length];
}

/** 0–1: how much of the longer of two words stays when one is made the other. */
function similarity(one, other) {
  const longer = Math.max(one.length, other.length);
  return longer ? 1 - distance(one, other) / longer : 1;
}

/** 0–1: by letters, or by words: those asked for that the other has, a little less when it has many more. */
function likeness(one, other) {
  if (one === other) return 1;
  const [shorter, longer] = [one.length, other.length].sort((a, b) => a - b);
  const letters = shorter / longer > ALIKE ? similarity(one, other) : 0; // else it could not be enough
  const words = one.split("-");
  const found = words.map((word) => Math.max(...other.split("-").map((theirs) => similarity(word, theirs))));
  const share = found.reduce((sum, each) => sum + each, 0) / words.length;
  return Math.max(letters, share * (0.7 + (0.3 * shorter) / longer));
}

function score(address) {
  const [[section, slug], [otherSection, otherSlug]] = [asked, plain(address)].map((path) => [
    path.replace(/\/?[^/]*$/, ""), path.replace(/.*\//, ""),
  ]);
  return 0.8 * likeness(slug, otherSlug) + 0.2 * likeness(section, otherSection);
}

async function offer() {
  const listed = await (await fetch(pages)).json();
  const entries = halves.map((half) => {
    const links = [...half.querySelectorAll("li a")];
    const sections = links.map(({ pathname, text }) => [pathname.slice(base.length - 1), text]);
    return [...sections, ...listed[half.lang]];
  });
  const scores = entries[0].map((_, index) => Math.max(...entries.map((all) => score(all[index][0]))));
  const best = [...scores.keys()].filter((index) => scores[index] > ALIKE).sort((a, b) => scores[b] - scores[a]);
  halves.forEach((half, place) => {
    const nearest = half.querySelector(".nearest");
    for (const index of best.slice(0, MOST)) {
      const [address, title, language] = entries[place][index];
      const link = Object.assign(document.createElement("a"), { href: base + address.slice(1), textContent: title });
      if (language) link.lang = language;
      const item = document.createElement("li");
      item.append(link);
      nearest.lastElementChild.append(item);
    }
    nearest.hidden = !best.length;
  });
}

const language = asked.split("/")[0];
if (halves.slice(1).some((half) => half.lang === language)) lead(language);
if (asked) offer();
