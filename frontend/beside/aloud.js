// <read-aloud>: reads what a page shows, where the browser can speak Chinese; elsewhere there is nothing to press. The pages
// only say where it stands (ui/src/components/page.rs), so that their programs carry nothing of it.

const speech = globalThis.speechSynthesis;
const NEVER = "button, nav, input, select, textarea, svg, progress, read-aloud, [aria-hidden=true], .no-print, .cited a, details:not([open]) > :not(summary)";
const BLOCK = "h1, h2, h3, h4, p, li, dt, dd, th, td, label, legend, summary, caption, figcaption, div, .badge";

// A voice for the language that the page is in (english.js may have changed it).
const voice = () => {
  const fits = document.documentElement.lang === "en" ? /^en/i : /^(zh|cmn)/i;
  return speech?.getVoices().find(({ lang }) => fits.test(lang));
};

// As a person would say it: units in words, numbers without commas, long numbers digit by digit.
const said = (text) =>
  text
    .replace(/\s+/g, " ")
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/ ?(m²|㎡)/g, "平方米")
    .replace(/元\/(季度|[月年日])/g, "元每$1")
    .replace(/(\d+) ?%/g, "百分之$1")
    .replace(/≤/g, "不超过")
    .replace(/≥/g, "不低于")
    .replace(/\d[\d-]{5,}\d(?!\d|\.\d| ?[元平])/g, (number) => [...number.replace(/-/g, "，")].join(" "))
    .trim();

// What stands in the page and can be seen, a block each, cut where somebody would take breath: some browsers fall silent
// in the middle of a long text.
const parts = (root) => {
  const found = [];
  let last;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    if (!around || around.closest(NEVER) || !around.getClientRects().length) continue;
    const block = around.closest(BLOCK);
    if (block === last && found.length) found[found.length - 1] += walker.currentNode.data;
    else found.push(walker.currentNode.data);
    last = block;
  }
  return found.flatMap((text) => said(text).match(/[^。！？；]+[。！？；]?/g) ?? []).filter((text) => /[\p{L}\p{N}]/u.test(text));
};

class ReadAloud extends HTMLElement {
  connectedCallback() {
    this.show = () => {
      if (voice() && !this.main) this.offer();
    };
    this.end = () => this.main && this.stop();
    speech?.addEventListener?.("voiceschanged", this.show);
    addEventListener("pagehide", this.end);
    this.show();
  }

  disconnectedCallback() {
    speech?.removeEventListener?.("voiceschanged", this.show);
    removeEventListener("pagehide", this.end);
    this.end();
  }

  offer() {
    const button = (test, press) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "see";
      made.dataset.test = test;
      made.onclick = press;
      this.append(made);
      return made;
    };
    this.main = button("read-aloud", () => (this.speaking ? this.pause() : this.go()));
    this.quit = button("read-stop", () => {
      this.stop();
      this.main.focus();
    });
    this.quit.textContent = "停止朗读";
    this.stop();
  }

  go() {
    this.queue ??= parts(document.getElementById("main"));
    this.speaking = true;
    this.tell();
    this.next();
  }

  next() {
    if (!this.queue?.length) return this.stop();
    const words = new SpeechSynthesisUtterance(this.queue[0]);
    words.voice = voice();
    words.lang = words.voice?.lang ?? document.documentElement.lang;
    words.onend = () => {
      if (words !== this.words) return;
      this.queue.shift();
      this.next();
    };
    words.onerror = () => words === this.words && this.stop();
    this.words = words;
    speech.speak(words);
  }

  // Not the browser's own pause: phones take it for the end. What was begun is said again.
  pause() {
    this.speaking = false;
    this.words = undefined;
    speech.cancel();
    this.tell();
  }

  stop() {
    this.queue = undefined;
    this.pause();
  }

  tell() {
    this.main.textContent = this.speaking ? "暂停朗读" : this.queue ? "接着读" : "朗读";
    this.quit.hidden = !this.queue;
  }
}

customElements.define("read-aloud", ReadAloud);
