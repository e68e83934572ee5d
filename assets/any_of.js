/* Any of several levels: one button ticks them, or takes them off again. */
(function () {
  "use strict";

  function boxOf(button) {
    return button.closest("[data-variable]").querySelector('[data-part="levels"]');
  }

  function ticks(box) {
    return Array.prototype.slice.call(box.querySelectorAll("input[type=checkbox]"));
  }

  function on(button) {
    var chosen = ticks(boxOf(button)).filter(function (one) { return one.checked; })
      .map(function (one) { return one.value; });
    return chosen.sort().join() === button.dataset.anyOf.split(",").sort().join();
  }

  function show() {
    document.querySelectorAll("[data-any-of]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(on(button)));
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-any-of]");
    if (!button) { return; }
    var box = boxOf(button);
    var wanted = on(button) ? [] : button.dataset.anyOf.split(",");
    ticks(box).forEach(function (one) { one.checked = wanted.indexOf(one.value) >= 0; });
    // As if the reader had ticked them: the address follows.
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("answer-shown", show);
})();
