// The chosen display before the first paint, so that nothing jumps or flashes; whoever chose neither light nor dark gets
// what the system has. Same keys as ui/src/hooks/display.rs. Not a module: those wait until the page has been painted.
{
  const root = document.documentElement.dataset;
  try {
    const display = JSON.parse(localStorage.getItem("anju.display") ?? "{}");
    if (display.large) root.text = "large";
    if (display.high) root.contrast = "high";
    const dark = localStorage.getItem("anju.dark");
    if (dark ? dark === "true" : matchMedia("(prefers-color-scheme: dark)").matches) root.scheme = "dark";
  } catch {
    // Storage refused or unreadable: the normal display.
  }
}
