/* Opens the form editor: in Finnish or in Swedish, with files read and written by rewrite.js. */
import { read, written } from "./rewrite.js";

const SPOKEN = ["fi", "sv"];
const PREFERENCES = "sveltia-cms.prefs"; // where the program keeps which language its user chose

function preferences() {
  try {
    return JSON.parse(localStorage.getItem(PREFERENCES)) ?? {};
  } catch {
    return {};
  }
}

/** ``?lang=sv`` decides, and is remembered; else what was chosen before, else what the browser prefers. */
function language() {
  const asked = new URLSearchParams(location.search).get("lang");
  if (SPOKEN.includes(asked)) {
    localStorage.setItem(PREFERENCES, JSON.stringify({ ...preferences(), locale: asked }));
    return asked;
  }
  const wishes = [preferences().locale, ...navigator.languages].map((one) => String(one ?? "").slice(0, 2));
  return wishes.find((one) => SPOKEN.includes(one)) ?? SPOKEN[0];
}

function loaded(address) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

const code = language();
document.documentElement.lang = code;
const { program, config, facts, heads } = await (await fetch(`config.${code}.json`)).json();
window.CMS_MANUAL_INIT = true;
await loaded(program);
for (const collection of config.collections) {
  const fields = collection.fields ?? collection.files[0].fields;
  window.CMS.registerCustomFormat(collection.name, "yaml", {
    fromFile: (text) => read(text, fields),
    toFile: (content) => written(content, fields, facts, heads[collection.name]),
  });
}
window.CMS.init({ config });
