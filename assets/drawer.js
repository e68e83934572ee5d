/* The drawer: opened by a button of the page, filled from the view on the screen, closed when
 * another view comes. */
(function () {
  "use strict";

  function part(id) { return document.getElementById(id); }

  function close() {
    if (part("drawer").open) { part("drawer").close(); }
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    var button = target.closest("[data-drawer]");
    if (button) {
      part("drawer-title").textContent = button.textContent;
      part("drawer-body").textContent = "…";
      part("drawer").showModal();
      var wanted = Object.assign(window.cohort.request(), { wanted: button.dataset.drawer });
      window.dash_clientside.set_props("drawer-request", { data: wanted });
    }
    // The dialog itself is hit only beside its content.
    if (target.closest("#drawer-close") || target.id === "drawer") { close(); }
  });

  window.cohort = Object.assign(window.cohort || {}, { closeDrawer: close });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    fillDrawer: function (answer) {
      // It was closed, or another view came, before the answer.
      if (!answer || !part("drawer").open || answer.search !== window.location.search) { return; }
      part("drawer-title").textContent = answer.title;
      part("drawer-body").innerHTML = answer.body;
    }
  });
})();
