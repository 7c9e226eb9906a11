// For browsers that know no modules, in words that each of them reads: they start nothing else of this page.
(function () {
  var wait = document.querySelector(".fallback__wait");
  if (wait) wait.textContent = "这个浏览器太旧，打不开自助页面。请换一个新一些的浏览器，也可以按下面的电话和地址办理。";
})();
