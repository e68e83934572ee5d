/* What stands around the page: the theme, the filters of a telephone, and the row of tabs. */
(function () {
  "use strict";

  var noUpdate = function () { return window.dash_clientside.no_update; };

  function colourScheme(chosen) {
    if (chosen === "dark" || chosen === "light") { return chosen; }
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  // On a telephone the tab of this page may stand outside the row of tabs.
  function showChosen() {
    var row = document.querySelector(".tabs");
    var tab = document.querySelector(".page-tab.current");
    if (row && tab) { row.scrollLeft = tab.offsetLeft - row.offsetLeft - 16; }
    // So may the chosen part of a page or the chosen endpoint.
    document.querySelectorAll(".scroll-x").forEach(function (box) {
      var chosen = box.querySelector("label[data-active]");
      if (!chosen || box.scrollWidth <= box.clientWidth) { return; }
      var off = chosen.getBoundingClientRect().left - box.getBoundingClientRect().left;
      box.scrollLeft += off - 16;
    });
  }

  // The button that closes the filters says for how many patients.
  function showCount() {
    var n = document.getElementById("cohort-n");
    var done = document.getElementById("filters-done");
    if (n && done) {
      done.textContent = "Show " + n.textContent + (n.textContent === "1" ? " patient" : " patients");
    }
  }

  window.cohort = Object.assign(window.cohort || {}, {
    colourScheme: colourScheme,
    showFrame: function () {
      showChosen();
      showCount();
    }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    theme: function (clicks, theme) {
      return clicks ? (colourScheme(theme) === "dark" ? "light" : "dark") : noUpdate();
    },

    scheme: function (theme) { return colourScheme(theme); },

    burger: function (opened, navbar) {
      document.body.dataset.filters = opened ? "open" : "";
      document.getElementById("burger").setAttribute("aria-expanded", String(!!opened));
      if (opened) { document.getElementById("rail").focus({ preventScroll: true }); }
      return Object.assign({}, navbar, { collapsed: { mobile: !opened } });
    },

    closeFilters: function (clicks) { return clicks ? false : noUpdate(); }
  });
})();
