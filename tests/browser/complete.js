// The words, links and rows of the page: those written for every screen, and those that show. And controls that show.
() => {
  for (const text of document.querySelectorAll(".map text")) text.remove(); // a link's name, shown when pointed at
  const body = document.body.cloneNode(true);
  for (const node of body.querySelectorAll("[hidden], template, script, .printed")) node.remove();
  const shown = (name) => [...document.querySelectorAll(name)].filter((node) => node.checkVisibility()).length;
  const bare = (text) => text.replace(/\s+/g, "");
  const count = (name) => body.querySelectorAll(name).length;
  return {
    written: [bare(body.textContent), count("a[href]"), count("tr")],
    shown: [bare(document.body.innerText), shown("a[href]"), shown("tr")],
    controls: shown("form, button, input, select, details"),
  };
};
