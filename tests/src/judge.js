// Runs in the page; returns sentences.
const root = document.scrollingElement;
const wrong = [];
const named = element => {
  const test = element.closest("[data-test]")?.dataset.test;
  return `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 20)}”${test ? ` [${test}]` : ""}`;
};
const shown = element => {
  const box = element.getBoundingClientRect();
  return element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && box.width > 2 && box.height > 2;
};

if (root.scrollWidth > root.clientWidth) {
  const wide = [...document.body.querySelectorAll("*")].filter(element => shown(element) && element.getBoundingClientRect().right > root.clientWidth + 0.5);
  const innermost = wide.filter(element => !wide.some(other => other !== element && element.contains(other)));
  wrong.push(`scrolls sideways (${root.scrollWidth} px on ${root.clientWidth}): ${innermost.slice(0, 5).map(named).join(", ")}`);
}

// Targets for a finger. A link inside a sentence is as high as its line, and a box or a dot is pressed by its label.
const least = document.documentElement.dataset.text === "large" ? 60 : 44;
const inSentence = element =>
  getComputedStyle(element).display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim();
for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, label.choice")) {
  if (!shown(element) || element.closest("label.choice, label.button") !== null && element.tagName === "INPUT" || inSentence(element)) continue;
  const box = element.getBoundingClientRect();
  if (box.height < least - 0.5 || box.width < least - 0.5) wrong.push(`target ${Math.round(box.width)} × ${Math.round(box.height)} px, not ${least}: ${named(element)}`);
}
return wrong;
