/* An answer is written to the screen: HTML by place, a figure, what every control shows. Nothing is
 * measured in between, so that the browser lays the page out once. */
(function () {
  "use strict";

  // What the screen shows: the state of the study's files, the set and the page.
  var key = "";
  // The text that each place was last filled with; the same again costs nothing.
  var filled = new WeakMap();

  function part(id) { return document.getElementById(id); }

  // Who followed a link of a table, or used a control that is made anew, goes on from the same one.
  function held(place) {
    var one = document.activeElement;
    if (!place.contains(one) || one === place) { return ""; }
    if (one.dataset.key) { return '[data-key="' + CSS.escape(one.dataset.key) + '"]'; }
    var box = one.closest("[data-control]");
    if (!box || !place.contains(box)) { return ""; }
    var of = '[data-control="' + CSS.escape(box.dataset.control) + '"]';
    if (one === box) { return of; }
    return of + ' input[type="' + one.type + '"]' +
      (one.type === "range" ? "" : '[value="' + CSS.escape(one.value) + '"]');
  }

  function fill(id, text) {
    var place = part(id);
    if (!place || filled.get(place) === text) { return; }
    var again = held(place);
    place.innerHTML = text;
    filled.set(place, text);
    var one = again && place.querySelector(again);
    if (one) { one.focus({ preventScroll: true }); }
  }

  function showLinks(answer) {
    Object.keys(answer.links).forEach(function (file) {
      var of = '[data-file="' + file + '"][data-page="' + answer.page + '"]';
      document.querySelectorAll(of).forEach(function (link) { 
        // The same numbers as another kind of file.
        var kind = link.dataset.kind || "csv";
        link.href = answer.links[file].replace(".csv?", "." + kind + "?");
      });
    });
  }

  // Style sheets ask the root and the body: to look for a mark within would cost every change.
  function showPresent(present) {
    var link = part("present");
    document.documentElement.toggleAttribute("data-presenting", present.on);
    document.body.toggleAttribute("data-presenting", present.on);
    link.setAttribute("href", present.href);
    link.textContent = present.words;
  }

  window.cohort = Object.assign(window.cohort || {}, {
    shownKey: function () { return key; },

    show: function (answer) {
      var moved = answer.key !== key;
      document.body.dataset.page = answer.page || "";
      key = answer.key;
      window.cohort.pinned(answer.pin);
      // While nothing else has changed, what plotly measures need not be laid out anew.
      if (answer.figure && !moved) { window.cohort.draw(answer.figure); }
      ["page", "top", "badge", "presets", "filters"].forEach(function (id) {
        if (answer.frame[id] !== undefined) { fill(id, answer.frame[id]); }
      });
      fill("study", answer.studies);
      if (answer.page) {
        Object.keys(answer.places).forEach(function (id) { fill(id, answer.places[id]); });
        Object.keys(answer.classes).forEach(function (id) {
          part(id).className = answer.classes[id];
        });
        showLinks(answer);
        // Nothing to save where a sentence stands in place of figure or table.
        var saves = part(answer.page + "-exports");
        if (saves) { saves.hidden = !answer.saved; }
        window.cohort.offerCopies(answer);
        showPresent(answer.present);
      }
      window.cohort.showControls(answer);
      if (answer.figure && moved) { window.cohort.draw(answer.figure); }
      Object.keys(answer.data || {}).forEach(function (id) {
        var detail = { place: id, value: answer.data[id] };
        document.dispatchEvent(new CustomEvent("answer-data", { detail: detail }));
      });
      window.cohort.showCount();
      if (moved) { window.requestAnimationFrame(window.cohort.showChosen); }
      document.dispatchEvent(new CustomEvent("answer-shown"));
    }
  });
})();
