/* Reads content files as the form does and writes them back: as they are, and with each text changed in its turn. */
async ({ texts, fields, facts }) => {
  const { read, written, SOURCE } = await import(new URL("rewrite.js", location.href).href);
  const wrong = [];
  let changed = 0;
  const ways = function* (value, way) {
    if (typeof value === "string") yield way;
    else for (const key of Object.keys(value)) if (key !== SOURCE) yield* ways(value[key], [...way, key]);
  };
  for (const text of texts) {
    const content = read(text, fields);
    if (written(structuredClone(content), fields, facts, "") !== text) wrong.push(text.slice(0, 100));
    for (const way of ways(content, [])) {
      const other = structuredClone(content);
      const holder = way.slice(0, -1).reduce((value, key) => value[key], other);
      const key = way.at(-1);
      holder[key] = holder[key].endsWith("\n") ? `Uusi: rivi\n\n${holder[key]}` : `${holder[key]}: 'å' # "x"`;
      const lines = new Set(written(other, fields, facts, "").split("\n"));
      const gone = text.split("\n").filter((line) => !lines.has(line));
      if (gone.length > 1) wrong.push([...way, ...gone].join(" "));
      changed += 1;
    }
  }
  return { wrong, changed };
};
