// What can be used on the page, in order (window.usable), and what the focus came to (window.walked). Returns how many.
() => {
  const names = "a[href], button, input, select, summary, [tabindex='0']";
  window.usable = [...document.querySelectorAll(names)].filter(
    (node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled);
  window.walked = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    const box = target.getClientRects()[0];
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    window.walked.push({
      place: window.usable.indexOf(target),
      name: target.textContent.trim().slice(0, 40) || target.name,
      marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      free: !hit || target.contains(hit) || hit.contains(target),
    });
  });
  return window.usable.length;
};
