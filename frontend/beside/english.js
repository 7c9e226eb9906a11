// Pages in English, where there are English words for them: a switch beside the heading, and a dictionary of sentences
// (english.json) that only whoever presses it fetches. What the dictionary does not have stays Chinese and is marked so, above
// all the law's own sentences. No program carries any of it: it is the same page with other words in it, and back.

const WORDS = "{{words}}";
const PAGES = "{{pages}}".split(" ");
const KEY = "anju.english";
const HAN = /\p{Script=Han}/u;
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
const NEVER = "script, style, [translate=no]";
const root = document.documentElement;
const native = root.lang;

let wanted = false;
try {
  wanted = localStorage.getItem(KEY) === "true";
} catch {
  // Storage refused: for this page alone.
}
let dictionary;
let loading;
let shown = false;
let failed = false;
// What was put in place of what: texts by node, attributes by element and name; elements marked as Chinese.
const said = new WeakMap();
const marked = new Set();

const plain = (text) => text.replace(/[\\^$.*+?()[\]|]/g, "\\$&");

function read(words) {
  const exact = new Map();
  const patterns = [];
  for (const [from, to] of Object.entries(words)) {
    const places = from.match(/\{\d\}/g);
    if (!places) exact.set(from, to);
    else patterns.push({ is: new RegExp(`^${plain(from).replace(/\{\d\}/g, "(.+?)")}$`, "u"), places, to, says: from.length - 3 * places.length });
  }
  // What says more of a sentence comes first.
  patterns.sort((one, other) => other.says - one.says);
  return { exact, patterns };
}

// The English of a text; nothing where there is none.
function english(text) {
  const whole = text.trim();
  const found = dictionary.exact.get(whole) ?? made(whole);
  return found === undefined ? undefined : text.replace(whole, () => found);
}

function made(whole) {
  for (const { is, places, to } of dictionary.patterns) {
    const parts = is.exec(whole);
    if (!parts) continue;
    return to.replace(/\{\d\}/g, (place) => {
      const part = parts[places.indexOf(place) + 1];
      return english(part) ?? part;
    });
  }
  return undefined;
}

// A text, or an attribute, in the language that is wanted now. `now` is what it says, `put` changes it.
function turn(owner, name, now, put) {
  const before = said.get(owner)?.[name];
  if (!shown) {
    if (before && now === before.to) put(before.from);
    return;
  }
  const to = now === before?.to || !HAN.test(now) ? undefined : english(now);
  if (to === undefined) return;
  said.set(owner, { ...said.get(owner), [name]: { from: now, to } });
  put(to);
}

function turnText(node) {
  const around = node.parentElement;
  if (!around || around.closest(NEVER)) return;
  turn(node, "text", node.data, (to) => {
    node.data = to;
  });
  const foreign = shown && [...around.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && HAN.test(one.data) && one.data !== said.get(one)?.text?.to);
  if (foreign) {
    around.lang = native;
    marked.add(around);
  } else if (marked.delete(around)) around.removeAttribute("lang");
}

function turnAttribute(element, name) {
  const now = element.getAttribute(name);
  if (now) turn(element, name, now, (to) => element.setAttribute(name, to));
}

function turnAll(top) {
  if (top.nodeType === Node.TEXT_NODE) return turnText(top);
  if (top.nodeType !== Node.ELEMENT_NODE) return undefined;
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) turnText(walker.currentNode);
  for (const name of ATTRIBUTES) {
    if (top.hasAttribute(name)) turnAttribute(top, name);
    for (const element of top.querySelectorAll(`[${name}]`)) turnAttribute(element, name);
  }
  return undefined;
}

function offer(here) {
  const place = document.querySelector("read-aloud");
  let button = place?.querySelector("[data-test=english]");
  if (!here) return button?.remove();
  if (!place) return undefined;
  if (!button) {
    button = document.createElement("button");
    Object.assign(button, { type: "button", className: "see", translate: false, onclick: press });
    button.dataset.test = "english";
    place.append(button);
  }
  const words = shown ? "中文版" : failed ? "English: not loaded, try again" : "English";
  if (button.textContent !== words) Object.assign(button, { textContent: words, lang: shown ? native : "en" });
  return undefined;
}

async function press() {
  wanted = !shown;
  try {
    localStorage.setItem(KEY, String(wanted));
  } catch {
    // For this page alone.
  }
  await tend();
}

async function load() {
  try {
    const found = await fetch(WORDS);
    if (!found.ok) throw new Error(String(found.status));
    dictionary = read((await found.json()).words);
    failed = false;
  } catch {
    [wanted, failed, loading] = [false, true, undefined];
  }
}

// The page as it is wanted, wherever it has gone meanwhile.
async function tend() {
  const here = PAGES.includes(location.pathname.replace(/\/$/, ""));
  if (here && wanted && !dictionary) await (loading ??= load());
  const now = Boolean(here && wanted && dictionary);
  if (now !== shown) {
    shown = now;
    root.lang = shown ? "en" : native;
    for (const element of marked) element.removeAttribute("lang");
    marked.clear();
    turnAll(root);
  }
  offer(here);
}

new MutationObserver((changes) => {
  if (shown) {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === "childList") addedNodes.forEach(turnAll);
      else if (type === "characterData") turnText(target);
      else turnAttribute(target, attributeName);
    }
  }
  tend();
}).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
tend();
