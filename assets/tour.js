/* Three steps that show how a page is read: offered once, and left at any time. */
(function () {
  "use strict";

  var KEPT = (document.body.dataset.below || "") + "tour";
  var STEPS = [
    { at: ["#rail", "#burger"], words: "Choose patients here. Every number, curve and test is computed anew for those who are left." },
    { at: [".sentence"], words: "The answer in one sentence. What must be known before it is used stands below it, how it was computed under the figure." },
    { at: ["#share"], words: "The link holds the whole view: send it, or present it on a projector. The tabs ask other questions of the same patients." }
  ];
  var step = -1;

  function done() {
    try {
      return window.localStorage.getItem(KEPT) === "done";
    } catch (error) {
      return true;
    }
  }

  function end() {
    try { window.localStorage.setItem(KEPT, "done"); } catch (error) { /* Offered again then. */ }
  }

  function box() { return document.getElementById("tour"); }

  function leave() {
    step = -1;
    mark(null);
    if (box()) { box().remove(); }
    var page = document.getElementById("page");
    if (page) { page.focus({ preventScroll: true }); }
  }

  function mark(target) {
    document.querySelectorAll("[data-toured]").forEach(function (one) {
      one.removeAttribute("data-toured");
    });
    if (target) { target.setAttribute("data-toured", ""); }
  }

  function button(words, act, kind) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = kind;
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function place(over, target) {
    var room = target.getBoundingClientRect();
    var beside = room.width < window.innerWidth / 2 && room.height > window.innerHeight / 2;
    var left = beside ? room.right + 12 : room.left;
    var top = beside ? room.top + 72 : room.bottom + 12;
    left = Math.max(12, Math.min(left, window.innerWidth - over.offsetWidth - 12));
    top = Math.max(12, Math.min(top, window.innerHeight - over.offsetHeight - 12));
    over.style.left = left + "px";
    over.style.top = top + "px";
  }

  function show() {
    var target = null;
    STEPS[step].at.forEach(function (name) {
      var one = document.querySelector(name);
      if (!target && one && one.checkVisibility()) { target = one; }
    });
    if (!target) { leave(); return; }
    if (box()) { box().remove(); }
    var over = document.createElement("div");
    over.id = "tour";
    over.className = "tour";
    over.setAttribute("role", "dialog");
    over.setAttribute("aria-label", "Step " + (step + 1) + " of " + STEPS.length);
    var words = document.createElement("p");
    words.textContent = STEPS[step].words;
    var last = step === STEPS.length - 1;
    var next = button(last ? "Done" : "Next", function () {
      if (last) { leave(); return; }
      step += 1;
      show();
    }, "plain-button primary");
    var count = document.createElement("span");
    count.textContent = step + 1 + " of " + STEPS.length;
    var row = document.createElement("div");
    row.className = "tour-row";
    row.append(count, button("Leave", leave, "link"), next);
    if (last) { row.children[1].remove(); }
    over.append(words, row);
    document.body.append(over);
    mark(target);
    place(over, target);
    next.focus({ preventScroll: true });
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    if (target.closest("a[data-tour]")) { end(); step = 0; return; }
    if (target.closest("[data-tour-no]")) { end(); offer(); return; }
    // Whoever goes elsewhere has left.
    if (step >= 0 && box() && target.isConnected && !box().contains(target)) { leave(); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && box()) { event.preventDefault(); leave(); }
  });

  function offer() {
    var one = document.querySelector(".tour-offer");
    if (one) { one.hidden = done(); }
  }

  document.addEventListener("answer-shown", function () {
    offer();
    if (step === 0 && document.body.dataset.page) { window.requestAnimationFrame(show); }
  });
})();
