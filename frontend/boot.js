// Starts the page's WebAssembly: the portal or the desk with which this file is bundled or, where the page names one, a
// program of its own (the guide, the forms), so that those who only check do not download them. The build puts the generated bindings in place of
// `anju-module`, bundles them with this file and names the result by its hash.

import init from "anju-module";

const fallback = document.getElementById("fallback");

// The document of the place, where the page has one: loaded beside the program, which takes it when it starts
// (ui/src/browser/volume.rs).
async function volume() {
  const link = document.querySelector("link[data-volume]");
  if (!link) return;
  try {
    const found = await fetch(link.href);
    if (found.ok) globalThis.anjuVolume = new Uint8Array(await found.arrayBuffer());
  } catch {
    // Without it the page says so and offers to try again.
  }
}

// On a line so slow that people give up: that it goes on, and what can be read meanwhile.
const slow = setTimeout(() => {
  const wait = fallback?.querySelector(".fallback__wait");
  if (wait) wait.textContent = "网络很慢，还在打开，请再等一等。急着办的，可以先看下面的电话和地址。";
}, 10_000);

// Whoever clears this device of what the site keeps there clears it of the pages too (ui/src/browser/stored.rs).
addEventListener("anju-forget", async () => {
  for (const name of (await globalThis.caches?.keys()) ?? []) caches.delete(name);
});

// The browser's offer to put the site on the screen: taken by whoever presses the button on the page about the site.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  globalThis.anjuInstall = event;
});

// A script that no page waits for; its page names it.
function add(name) {
  const told = document.querySelector(`meta[name=${name}]`);
  if (!told) return;
  const script = document.createElement("script");
  Object.assign(script, { type: "module", integrity: told.dataset.integrity, src: told.content });
  document.head.append(script);
}

// Once the page rests: what works without a network, and news of a newer release (frontend/offline).
function later() {
  if (navigator.serviceWorker) add("offline");
}

// A page of another program names its script.
const own = document.querySelector("link[data-program]");

// Not at the top of the file, where an older browser would not even read `await`, and so say nothing.
async function begin() {
  try {
    const loading = volume();
    const start = own ? (await import(own.href)).start : init;
    // Compiled while it and the document come.
    const module = WebAssembly.compileStreaming(fetch(document.querySelector("link[data-module]").href));
    // A host that does not say what the file is: the bindings know another way, and find the file themselves.
    const compiled = module.catch(() => undefined);
    await loading;
    await start({ module_or_path: await compiled });
    clearTimeout(slow);
    fallback?.remove();
    add("beside");
    setTimeout(later, 3000);
  } catch (error) {
    console.error(error);
    clearTimeout(slow);
    const wait = fallback?.querySelector(".fallback__wait");
    if (wait) wait.textContent = "这个浏览器没能打开自助页面。请刷新重试或换一个新一些的浏览器，也可以按下面的电话和地址办理。";
  }
}

begin();
