// What can be used on the page, in order (window.usable), and what the focus came to (window.walked). Returns how many.
() => {
  const names = "a[href], button, input, select, summary, [tabindex='0']";
  window.usable = [...document.querySelectorAll(names)].filter(
    (node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled);
  window.walked = [];
  document.addEventListener("focusin", ({ target }) => {
    const disc = target.querySelector("circle"); // on a map: its link marks the disc, and discs of near places may lie on each other
    const style = getComputedStyle(disc ?? target);
    const [width, mark] = disc ? [style.strokeWidth, style.stroke] : [style.outlineWidth, style.outlineColor];
    const box = (disc ?? target).getClientRects()[0];
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    window.walked.push({
      place: window.usable.indexOf(target),
      name: target.textContent.trim().slice(0, 40) || target.name,
      marked: (disc || style.outlineStyle !== "none") && parseFloat(width) >= 2 && !mark.startsWith("rgba(0, 0, 0, 0"),
      seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      free: disc || !hit || target.contains(hit) || hit.contains(target),
    });
  });
  return window.usable.length;
};
