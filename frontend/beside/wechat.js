// WeChat prints nothing, and does not say so.
if (navigator.userAgent.includes("MicroMessenger"))
  window.print = () => alert("微信里不能打印：请截屏，或者点右上角的“…”，选“在浏览器打开”，到那边再打印。");
