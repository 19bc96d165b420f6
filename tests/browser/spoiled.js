// What is wrong with the layout: wider than the window, cut off, or texts that lie over each other.
() => {
  const faults = [];
  const view = document.documentElement.clientWidth;
  const said = (node) => `${node.tagName}.${node.className} “${node.textContent.trim().slice(0, 40)}”`;
  const aside = (node) => !node.checkVisibility() || node.closest("svg, option, template, .unseen, .skip");
  const clipped = (node) => node && (getComputedStyle(node).clipPath !== "none" || clipped(node.parentElement));
  const blockOf = (node) => (getComputedStyle(node).display === "inline" ? blockOf(node.parentElement) : node);

  const { scrollWidth } = document.scrollingElement;
  if (scrollWidth > view) faults.push(`sideways: ${scrollWidth} > ${view}`);

  for (const node of document.body.querySelectorAll("*")) {
    const hides = /hidden|clip/.test(getComputedStyle(node).overflowX) && !node.matches(".hero"); // its shapes bleed
    const loses = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
    if (hides && loses && !aside(node) && !clipped(node)) faults.push(`cut off: ${said(node)}`);
  }

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || aside(node) || clipped(node) || node.closest("pre, .scroll")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) texts.push({ node, block: blockOf(node), box });
  }
  texts.sort((one, other) => one.box.top - other.box.top);
  texts.forEach(({ node, block, box }, index) => {
    if (box.right > view + 1) faults.push(`beyond the edge: ${said(node)}`);
    for (const other of texts.slice(index + 1)) {
      if (other.box.top > box.bottom - 4) break; // letters of neighbouring lines may reach into each other a little
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      if (across > 2 && block !== other.block) faults.push(`over each other: ${said(node)} and ${said(other.node)}`);
    }
  });
  return faults;
};
