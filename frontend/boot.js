// Starts the page's WebAssembly (portal or desk; the portal's guide and its forms are modules of their own,
// so that those who only check do not download them). The build puts the generated bindings in place of
// `anju-module`, bundles them with this file and names the result by its hash.

import init from "anju-module";

const root = document.documentElement;
const fallback = document.getElementById("fallback");

// The chosen display before the first paint, so that nothing jumps. Same key as ui/src/hooks/display.rs.
try {
  const display = JSON.parse(localStorage.getItem("anju.display") ?? "{}");
  if (display.large) root.dataset.text = "large";
  if (display.high) root.dataset.contrast = "high";
} catch {
  // Storage refused or unreadable: the normal display.
}

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

// The addresses of `Bundle::Guide` and `Bundle::Forms` in portal/src/route.rs.
const MODULES = [
  [/^\/(about|[^/]+\/(guide|calculate))\/?$/, "/assets/guide.js"],
  [/^\/(status|sent|[^/]+\/(apply|tip))\/?$/, "/assets/forms.js"],
];

try {
  await volume();
  const module = MODULES.find(([address]) => address.test(location.pathname));
  if (module) await import(module[1]);
  else await init();
  fallback?.remove();
} catch (error) {
  console.error(error);
  const wait = fallback?.querySelector(".fallback__wait");
  if (wait) wait.textContent = "这个浏览器没能打开自助页面。请刷新重试或换一个新一些的浏览器，也可以按下面的电话和地址办理。";
}
