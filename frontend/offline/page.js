// Loaded once a page of the portal runs and rests: lets the service worker (worker.js) keep what works without a network, and
// says when the site has a newer release than the page. It never takes a page away from anybody by itself.

const meta = document.querySelector("meta[name=offline]");
const { release, styles } = meta.dataset;
// How often the server is asked for a newer release, at most.
const LOOK_MS = 3_600_000;
// What these pages show is held in memory alone.
const HELD_IN_MEMORY = ["/status", "/sent"];

const worker = navigator.serviceWorker;

worker.addEventListener("message", ({ data }) => {
  if (data.ask) tell();
  if (data.release && data.release !== release) announce();
});

// What came before the worker was there went past it: a document, where only later was known of which place the page is.
async function tell() {
  const { active } = await worker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  active.postMessage({ release, loaded });
}

try {
  const registration = await worker.register("/sw.js", { updateViaCache: "none" });
  let looked = Date.now();
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    // Without a network there is nothing new.
    registration.update().catch(() => {});
  });
  worker.startMessages();
  await tell();
} catch {
  // Refused (a private window, no room): the site works as before, with a network.
}

// Whether something stands in a field of the page, kept or not: a reload is then left for later.
function isTyping() {
  const filled = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    return field.value.trim() !== "" && field.type !== "button" && field.type !== "submit";
  };
  return [...document.querySelectorAll("main :is(input, textarea, select)")].some(filled);
}

function announce() {
  if (document.getElementById("newer")) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = styles;
  document.head.append(sheet);
  const bar = document.createElement("div");
  bar.id = "newer";
  bar.className = "newer";
  bar.setAttribute("role", "status");
  const words = document.createElement("p");
  words.dataset.test = "newer";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button newer__button";
  button.dataset.test = "newer-load";
  button.textContent = "更新";
  const say = () => {
    const busy = isTyping() || HELD_IN_MEMORY.includes(location.pathname);
    button.hidden = busy;
    words.textContent = busy ? "本站有新版本。您正在办的不受影响，办完再更新。" : "本站有新版本。";
    return busy;
  };
  button.addEventListener("click", () => {
    // As the page is now, not as it was when the button was shown.
    if (!say()) location.reload();
  });
  for (const moved of ["input", "focusin", "click", "popstate"]) addEventListener(moved, () => setTimeout(say));
  document.body.append(bar);
  // Filled once it is there: what a live region holds from the start is not read out.
  setTimeout(() => {
    bar.append(words, button);
    say();
  });
}
