/* What stands around the page: the theme, the filters of a telephone, and the row of tabs. */
(function () {
  "use strict";

  // Another program below another path of the same name remembers a theme of its own.
  var KEPT = (document.body.dataset.below || "") + "theme";
  var chosen = null;

  function part(id) { return document.getElementById(id); }

  // A browser without storage remembers until the dashboard is loaded anew.
  function remembered() {
    try {
      return window.localStorage.getItem(KEPT);
    } catch (error) {
      return chosen;
    }
  }

  function remember(theme) {
    chosen = theme;
    try {
      window.localStorage.setItem(KEPT, theme);
    } catch (error) {
      // For this visit only.
    }
  }

  function colourScheme() {
    var theme = remembered();
    if (theme === "dark" || theme === "light") { return theme; }
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  function showTheme() { document.documentElement.dataset.theme = colourScheme(); }

  showTheme();

  // On a telephone the tab of this page may stand outside the row of tabs.
  function showChosen() {
    var row = document.querySelector(".tabs");
    var tab = document.querySelector(".page-tab.current");
    if (row && tab) { row.scrollLeft = tab.offsetLeft - row.offsetLeft - 16; }
    // So may the chosen part of a page or the chosen endpoint.
    document.querySelectorAll(".scroll-x").forEach(function (box) {
      var label = box.querySelector("label:has(:checked)");
      if (!label || box.scrollWidth <= box.clientWidth) { return; }
      var off = label.getBoundingClientRect().left - box.getBoundingClientRect().left;
      box.scrollLeft += off - 16;
    });
  }

  // The button that closes the filters says for how many patients.
  function showCount() {
    var n = part("cohort-n");
    if (!n) { return; }
    var words = "Show " + n.textContent + (n.textContent === "1" ? " patient" : " patients");
    if (part("filters-done").textContent !== words) { part("filters-done").textContent = words; }
  }

  function filters(open) {
    document.body.dataset.filters = open ? "open" : "";
    part("burger").setAttribute("aria-expanded", String(open));
    if (open) { part("rail").focus({ preventScroll: true }); }
  }

  // What opens over the page stands under its button and takes the focus; the browser closes it.
  document.addEventListener("toggle", function (event) {
    var over = event.target;
    if (!over.matches(".popover") || event.newState !== "open") { return; }
    var button = document.querySelector('[popovertarget="' + over.id + '"]');
    var place = button.getBoundingClientRect();
    var right = Math.max(8, window.innerWidth - place.right);
    over.style.top = place.bottom + 6 + "px";
    over.style.right = Math.min(right, Math.max(8, window.innerWidth - over.offsetWidth - 8)) + "px";
    var first = over.querySelector("input:checked, select, input, button, summary");
    if (first) { first.focus({ preventScroll: true }); }
  }, true);

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    if (target.closest("#burger")) { filters(document.body.dataset.filters !== "open"); }
    if (target.closest("#filters-done")) { filters(false); }
    if (target.closest("#theme-toggle")) {
      remember(colourScheme() === "dark" ? "light" : "dark");
      showTheme();
      window.cohort.ask();
    }
  });

  window.cohort = Object.assign(window.cohort || {}, {
    colourScheme: colourScheme,
    openFilters: function () { filters(true); },
    showChosen: showChosen,
    showCount: showCount
  });
})();
