/* What a reader without a mouse or without a screen needs when the page changes: its name in the
 * title of the window, and the focus where the reader left it. */
(function () {
  "use strict";

  var product = document.title;
  var byKeyboard = false;
  var last = null;
  var lastPath = window.location.pathname;

  function named() {
    var heading = document.querySelector("#top h1") || document.querySelector("#page h1");
    document.title = heading ? heading.textContent + " · " + product : product;
  }

  // A link that was followed may be gone with the part of the page that it stood on.
  function refocus() {
    var path = window.location.pathname;
    var moved = path !== lastPath;
    lastPath = path;
    if (!byKeyboard || !last || last.isConnected || document.activeElement !== document.body) {
      return;
    }
    var next = document.querySelector(moved ? ".page-tab.current" : ".cohort-line");
    if (next) { next.focus({ preventScroll: true }); }
  }

  document.addEventListener("focusin", function (event) { last = event.target; });
  document.addEventListener("pointerdown", function () { byKeyboard = false; }, true);
  document.addEventListener("keydown", function (event) {
    byKeyboard = true;
    // The filters of a telephone lie over the page; a list within them closes first.
    if (event.key === "Escape" && document.body.dataset.filters === "open" &&
        !document.querySelector("#rail .many[open]")) {
      document.getElementById("burger").click();
      document.getElementById("burger").focus();
    }
  }, true);

  document.addEventListener("click", function (event) {
    var skip = event.target.closest && event.target.closest("a.skip");
    if (!skip) { return; }
    // Without the mark in the address, which is the state of the page.
    event.preventDefault();
    document.querySelector(skip.getAttribute("href")).focus();
  });

  // The page is complete when it is no longer pending.
  new MutationObserver(function () {
    if (document.body.dataset.pending) { return; }
    named();
    window.requestAnimationFrame(refocus);
  }).observe(document.body, { attributes: true, attributeFilter: ["data-pending"] });
})();
