// Starts the page's WebAssembly. `{{module}}` and `{{wasm}}` are replaced by the build with the
// addresses of the module (portal or desk) that this page needs.

const root = document.documentElement;
const fallback = document.getElementById("fallback");

// The chosen display before the first paint, so that nothing jumps.
try {
  const display = JSON.parse(localStorage.getItem("anju.display") ?? "{}");
  if (display.large) root.dataset.text = "large";
  if (display.high) root.dataset.contrast = "high";
} catch {
  // Storage refused or unreadable: the normal display.
}

function sayWhy() {
  const wait = fallback?.querySelector(".fallback__wait");
  if (wait) wait.textContent = "这个浏览器没能打开自助页面。请换一个新一些的浏览器或刷新重试，也可以按下面的方式办理。";
}

try {
  const { default: init } = await import("{{module}}");
  await init({ module_or_path: "{{wasm}}" });
  fallback?.remove();
} catch (error) {
  console.error(error);
  sayWhy();
}
