// Starts the page's WebAssembly (portal or desk; the portal's forms are a module of their own, so
// that those who only read or check do not download it). The build puts the generated bindings in place of
// `anju-module`, bundles them with this file and names the result by its hash.

import init from "anju-module";

const root = document.documentElement;
const fallback = document.getElementById("fallback");

// The chosen display before the first paint, so that nothing jumps. Same key as hooks/display.rs.
try {
  const display = JSON.parse(localStorage.getItem("anju.display") ?? "{}");
  if (display.large) root.dataset.text = "large";
  if (display.high) root.dataset.contrast = "high";
} catch {
  // Storage refused or unreadable: the normal display.
}

// The addresses of `Bundle::Forms` in route.rs.
const FORMS = /^\/(status|sent|[^/]+\/(apply|tip))\/?$/;
const forms = "/assets/forms.js";

try {
  if (FORMS.test(location.pathname)) await import(forms);
  else await init();
  fallback?.remove();
} catch (error) {
  console.error(error);
  const wait = fallback?.querySelector(".fallback__wait");
  if (wait) wait.textContent = "这个浏览器没能打开自助页面。请刷新重试或换一个新一些的浏览器，也可以按下面的电话和地址办理。";
}
