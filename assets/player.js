/* A deck before an audience: one slide fills the screen, the others wait beside it, drawn, so that a
 * key only uncovers one. The address says which slide it is. */
(function () {
  "use strict";

  // By which shape of a screen a slide is laid out: 16:9 or 4:3.
  var SIZES = { wide: [960, 540], classic: [960, 720] };
  var NARROWER = 1.5;

  var at = -1;
  var typed = "";
  var wasFull = false;
  var moving = null;
  // The title of the window beside a presentation.
  var named = "";

  function on() { return at >= 0; }

  function slides() { return window.cohort.board.slides(); }

  function player() {
    var found = document.getElementById("player");
    if (found) { return found; }
    found = document.createElement("section");
    found.id = "player";
    found.className = "player";
    found.tabIndex = -1;
    found.setAttribute("aria-label", "Presentation");
    var stage = document.createElement("div");
    stage.className = "player-stage";
    var said = document.createElement("p");
    said.id = "player-said";
    said.className = "heard";
    said.setAttribute("role", "status");
    var typing = document.createElement("p");
    typing.className = "player-typed";
    var out = document.createElement("button");
    out.type = "button";
    out.className = "player-leave";
    out.textContent = "Leave (Esc)";
    out.addEventListener("click", leave);
    found.append(stage, said, typing, out);
    found.addEventListener("click", function (event) {
      if (event.target.closest("button")) { return; }
      go(event.clientX < window.innerWidth / 3 ? at - 1 : at + 1);
    });
    found.addEventListener("pointermove", function () {
      found.classList.add("moved");
      window.clearTimeout(moving);
      moving = window.setTimeout(function () { found.classList.remove("moved"); }, 2000);
    });
    document.body.append(found);
    return found;
  }

  function others(inert) {
    document.querySelectorAll("body > .header, body > .rail-frame, body > .main").forEach(
      function (one) { one.inert = inert; });
  }

  function shape() {
    var narrow = window.innerWidth / window.innerHeight < NARROWER;
    var size = SIZES[narrow ? "classic" : "wide"];
    var k = Math.min(window.innerWidth / size[0], window.innerHeight / size[1]);
    var stage = player().querySelector(".player-stage");
    stage.style.setProperty("--k", k);
    stage.style.width = size[0] * k + "px";
    stage.style.height = size[1] * k + "px";
    return narrow ? "classic" : "wide";
  }

  function enter() {
    named = document.title;
    var stage = player().querySelector(".player-stage");
    player().hidden = false;
    player().classList.remove("black");
    document.documentElement.classList.add("playing");
    others(true);
    slides().forEach(function (one) { stage.append(one.element); });
    player().focus({ preventScroll: true });
  }

  // The slide, then the next one and the one before, then the others.
  function ahead() {
    var all = slides();
    var order = [at, at + 1, at - 1].filter(function (n) { return all[n]; });
    all.forEach(function (one, n) { if (order.indexOf(n) < 0) { order.push(n); } });
    return order.map(function (n) { return all[n]; });
  }

  function show(n) {
    var format = shape();
    var one = slides()[n];
    at = n;
    window.cohort.slides.reformat(one, format);
    slides().forEach(function (other) {
      other.element.classList.toggle("current", other === one);
    });
    document.getElementById("player-said").textContent =
      one.element.getAttribute("aria-label") + ": " + one.head.textContent;
    document.title = (n + 1) + " of " + slides().length + " · " + one.head.textContent;
    window.cohort.slides.want(ahead());
    window.setTimeout(function () {
      if (!on()) { return; }
      ahead().slice(1, 3).forEach(function (next) { window.cohort.slides.reformat(next, format); });
    }, 50);
  }

  function address(n) {
    var found = window.cohort.deck.address(window.cohort.board.decked(), n + 1);
    return found ? found.address : window.cohort.below("/board?slide=" + (n + 1));
  }

  function push(to) {
    // A browser may refuse when a key is held down; the slide is shown all the same.
    try { window.history.pushState({}, "", to); } catch (error) { return; }
  }

  function go(n) {
    var one = Math.max(0, Math.min(slides().length - 1, n));
    type("");
    player().classList.remove("black");
    if (one === at) { return; }
    show(one);
    push(address(one));
  }

  function start(n) {
    if (!slides()[n]) { return; }
    enter();
    show(n);
    push(address(n));
    fill();
  }

  function fill() {
    var root = document.documentElement;
    if (!root.requestFullscreen || document.fullscreenElement) { return; }
    // Without leave to fill the screen the window is filled.
    root.requestFullscreen().then(function () { wasFull = true; }, function () { wasFull = false; });
  }

  function out() {
    var last = at;
    at = -1;
    wasFull = false;
    document.title = named;
    player().hidden = true;
    document.documentElement.classList.remove("playing");
    others(false);
    slides().forEach(function (one) {
      one.element.classList.remove("current");
      window.cohort.slides.reformat(one, "wide");
    });
    window.cohort.board.home();
    if (document.fullscreenElement) { document.exitFullscreen(); }
    var li = window.cohort.board.at(last);
    if (li) { li.querySelector(".board-open").focus({ preventScroll: true }); li.scrollIntoView({ block: "nearest" }); }
  }

  function leave() {
    if (!on()) { return; }
    var to = window.cohort.board.shared() ? address(0).replace(/&slide=\d+$/, "") :
      window.cohort.below("/board");
    out();
    push(to);
  }

  // The address on the screen is that of a slide, or no longer.
  function follow() {
    var found = /[?&]slide=(\d{1,3})/.exec(window.location.search);
    var n = found ? Math.min(slides().length, Math.max(1, Number(found[1]))) - 1 : -1;
    if (n >= 0) {
      if (!on()) { enter(); }
      show(n);
    } else if (on()) {
      out();
    }
  }

  function type(text) {
    typed = text;
    player().querySelector(".player-typed").textContent = text ? "Slide " + text + " · Enter" : "";
  }

  function turn(by) { return window.cohort.slides.turn(slides()[at], by); }

  function last() { return slides().length - 1; }

  var KEYS = [
    { shown: ["→", "Space", "Page Down"], keys: ["ArrowRight", " ", "PageDown"], words: "The next slide",
      act: function () { go(at + 1); } },
    { shown: ["←", "Page Up"], keys: ["ArrowLeft", "PageUp", "Backspace"], words: "The slide before",
      act: function () { go(at - 1); } },
    { shown: ["↓", "↑"], keys: ["ArrowDown", "ArrowUp"], words: "Further rows of a long table, else the next slide",
      act: function (key) {
        var by = key === "ArrowDown" ? 1 : -1;
        if (!turn(by)) { go(at + by); }
      } },
    { shown: ["Home", "End"], keys: ["Home", "End"], words: "The first slide, the last one",
      act: function (key) { go(key === "Home" ? 0 : last()); } },
    { shown: ["7", "Enter"], keys: ["Enter"], words: "The slide of that number",
      act: function () { if (typed) { go(Number(typed) - 1); } else { go(at + 1); } } },
    { shown: "b", keys: ["b", "B", "."], words: "A black screen, and back",
      act: function () { player().classList.toggle("black"); } },
    { shown: "f", keys: ["f", "F"], words: "Fill the screen", act: fill },
    { shown: "Esc", keys: ["Escape"], words: "Back to the board", act: leave }
  ];

  document.addEventListener("keydown", function (event) {
    if (!on() || event.ctrlKey || event.altKey || event.metaKey ||
        document.querySelector("dialog[open]")) { return; }
    var pressed = event.target.closest && event.target.closest("button");
    if (pressed && (event.key === " " || event.key === "Enter")) { return; }
    var found = KEYS.filter(function (one) { return one.keys.indexOf(event.key) >= 0; })[0];
    if (/^\d$/.test(event.key)) {
      type((typed + event.key).slice(-2).replace(/^0/, ""));
    } else if (found) {
      found.act(event.key);
    } else if (event.key === "?" || event.key === "Tab" || event.key.length > 1) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  window.addEventListener("resize", function () { if (on()) { show(at); } });

  // In a full screen the browser keeps Esc for itself.
  document.addEventListener("fullscreenchange", function () {
    if (!document.fullscreenElement && wasFull) { leave(); }
  });

  // Another page or another deck has come.
  function close() { if (on()) { out(); } }

  var playing = { start: start, follow: follow, close: close, on: on, KEYS: KEYS };

  window.cohort = Object.assign(window.cohort || {}, { player: playing });
})();
