/* Tables that come as text: as components they would take seconds to draw. */
(function () {
  "use strict";

  // Links within such a table are followed without loading the page anew, as the
  // dashboard's own links are. Opening one in a new tab is left to the browser.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-inside]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    // What opens under a row of the table leaves the reader in place.
    if (!link.hasAttribute("data-stay")) { window.scrollTo(0, 0); }
  });

  function fillTable(text, id) {
    var place = document.getElementById(id);
    if (!place) { return; }
    // Who followed a link of the table by keyboard goes on from the same link.
    var held = place.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    place.innerHTML = text || "";
    window.cohort.offerTable(id);
    var again = held && place.querySelector('[data-key="' + held + '"]');
    if (again) { again.focus({ preventScroll: true }); }
  }

  window.cohort = Object.assign(window.cohort || {}, { fillTable: fillTable });
})();
