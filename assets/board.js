/* The page Board: the reader's slides, or those of a link, in their order. */
(function () {
  "use strict";

  // One item for each slide: {slide, li}; in the order on the screen.
  var items = [];
  var shared = false;
  var removed = null;
  var dragged = null;

  function part(id) { return document.getElementById(id); }

  function list() { return part("board-list"); }

  function say(text, undo) {
    if (!list()) { return; }
    part("board-said").textContent = text;
    document.querySelector("[data-board=undo]").hidden = !undo;
    if (!undo) { removed = null; }
  }

  function slides() { return items.map(function (one) { return one.slide; }); }

  function decked() { return slides().map(function (one) { return one.data; }); }

  function keep() { if (!shared) { window.cohort.deck.keep(decked()); } }

  // A miniature is as wide as its place.
  var observer = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      entry.target.style.setProperty("--k", entry.contentRect.width / 960);
    });
  });

  function item(data) {
    var li = part("board-item").content.firstElementChild.cloneNode(true);
    var slide = window.cohort.slides.create(data);
    var one = { slide: slide, li: li };
    home(one);
    observer.observe(li.querySelector(".board-thumb"));
    li.querySelector(".board-open").href = window.cohort.below(data.view);
    li.querySelector(".board-title").value = data.title;
    li.querySelector(".board-note").value = data.note;
    showPrinted(one);
    return one;
  }

  // The slide into its place in the list, from the screen of a presentation too.
  function home(one) {
    var thumb = one.li.querySelector(".board-thumb");
    if (one.slide.element.parentElement !== thumb) { thumb.append(one.slide.element); }
    thumb.setAttribute("aria-hidden", "true");
    thumb.inert = false;
  }

  function showPrinted(one) {
    one.li.querySelector(".board-printed").textContent = one.slide.data.note;
  }

  function showNumbers() {
    items.forEach(function (one, i) {
      var n = i + 1;
      window.cohort.slides.number(one.slide, n, items.length);
      one.li.querySelector(".board-n").textContent = n;
      one.li.setAttribute("aria-label", "Slide " + n + " of " + items.length);
      one.li.querySelector(".board-title").setAttribute("aria-label", "Title of slide " + n);
      one.li.querySelector(".board-note").setAttribute("aria-label", "Note for slide " + n);
      [["earlier", "Move slide " + n + " earlier"], ["later", "Move slide " + n + " later"],
        ["remove", "Remove slide " + n]].forEach(function (pair) {
        one.li.querySelector("[data-board=" + pair[0] + "]").setAttribute("aria-label", pair[1]);
      });
      one.li.querySelector("[data-board=earlier]").disabled = shared || n === 1;
      one.li.querySelector("[data-board=later]").disabled = shared || n === items.length;
      one.li.querySelector("[data-board=remove]").disabled = shared;
      one.li.querySelector(".board-title").readOnly = shared;
      one.li.querySelector(".board-note").readOnly = shared;
    });
    var count = items.length === 1 ? "1 slide" : items.length + " slides";
    part("board-lead").textContent = items.length ? count : "";
    part("board-actions").hidden = !items.length;
    document.querySelector("[data-board=empty]").hidden = shared || !items.length;
    part("board-empty").hidden = !!items.length;
    part("board-shared").hidden = !shared;
    list().classList.toggle("still", shared);
  }

  function showTitle(slide) {
    items.forEach(function (one) {
      if (one.slide !== slide) { return; }
      one.li.querySelector(".board-title").placeholder = slide.finding;
    });
  }

  // The miniatures that are looked at are asked for first.
  var seen = new IntersectionObserver(function (entries) {
    var near = entries.filter(function (one) { return one.isIntersecting; });
    window.cohort.slides.want(items.filter(function (one) {
      return near.some(function (entry) { return entry.target === one.li; });
    }).map(function (one) { return one.slide; }));
  }, { rootMargin: "200px" });

  function fill() {
    window.cohort.player.close();
    window.cohort.slides.forget();
    var deck = window.cohort.deck.inAddress();
    var own = window.cohort.deck.own();
    shared = !!deck && !window.cohort.deck.same(deck.slides, own);
    items = (deck ? deck.slides : own).map(item);
    list().replaceChildren.apply(list(), items.map(function (one) { return one.li; }));
    say(deck ? deck.problem : "");
    document.querySelector("[data-board=add]").hidden = !own.length;
    part("board-shared-words").textContent = own.length
      ? "A shared deck. Your own board (" + own.length + ") is not changed by looking at it."
      : "A shared deck. Keep it to change it.";
    document.querySelector("[data-board=keep]").textContent =
      own.length ? "Replace mine with it" : "Keep as mine";
    showNumbers();
    items.forEach(function (one) { seen.observe(one.li); });
    window.cohort.slides.want(slides());
    document.fonts.ready.then(function () { slides().forEach(window.cohort.slides.refit); });
  }

  function place(element) {
    var li = element.closest && element.closest(".board-item");
    return items.findIndex(function (one) { return one.li === li; });
  }

  function move(from, to, focus) {
    if (shared || from < 0 || to < 0 || to >= items.length || from === to) { return; }
    var one = items.splice(from, 1)[0];
    items.splice(to, 0, one);
    var after = items[to + 1];
    list().insertBefore(one.li, after ? after.li : null);
    showNumbers();
    keep();
    say("Moved to place " + (to + 1) + " of " + items.length + ".");
    // An element that is moved loses the focus; a button at the end gives it to its neighbour.
    if (!focus) { return; }
    var at = focus.disabled ? one.li.querySelector(".board-move:not(:disabled)") : focus;
    at.focus({ preventScroll: true });
    one.li.scrollIntoView({ block: "nearest" });
  }

  function remove(at) {
    var one = items.splice(at, 1)[0];
    one.li.remove();
    showNumbers();
    keep();
    say("Slide " + (at + 1) + " removed.", true);
    removed = { one: one, at: at };
    var next = items[Math.min(at, items.length - 1)];
    var focus = next ? next.li.querySelector("[data-board=remove]") : document.querySelector("[data-board=undo]");
    focus.focus({ preventScroll: true });
  }

  function empty() {
    var all = decked();
    window.cohort.deck.keep([]);
    fill();
    say("The board is empty.", true);
    removed = { all: all };
    document.querySelector("[data-board=undo]").focus({ preventScroll: true });
  }

  function undo() {
    var back = removed;
    if (!back) { return; }
    if (back.all) { take(back.all, "The slides are back."); return; }
    items.splice(back.at, 0, back.one);
    var after = items[back.at + 1];
    list().insertBefore(back.one.li, after ? after.li : null);
    showNumbers();
    keep();
    say("Slide " + (back.at + 1) + " is back.");
    back.one.li.querySelector("[data-board=remove]").focus({ preventScroll: true });
  }

  function take(slides, words) {
    window.cohort.deck.keep(slides);
    window.history.pushState({}, "", window.cohort.below("/board"));
    fill();
    say(words);
  }

  var DOES = {
    earlier: function (button) { move(place(button), place(button) - 1, button); },
    later: function (button) { move(place(button), place(button) + 1, button); },
    remove: function (button) { remove(place(button)); },
    undo: undo,
    empty: empty,
    keep: function () { take(decked(), "This is your board now."); },
    add: function () {
      var all = window.cohort.deck.own().concat(decked());
      var left = Math.max(0, all.length - window.cohort.deck.MOST);
      take(all, left ? "Added; the last " + left + " did not fit." : "Added to your board.");
    },
    present: function () { window.cohort.player.start(0); }
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-board]");
    if (!button || !list()) { return; }
    var does = DOES[button.dataset.board] || window.cohort.takes[button.dataset.board];
    does(button);
  });

  document.addEventListener("input", function (event) {
    var at = list() ? place(event.target) : -1;
    if (at < 0 || shared) { return; }
    var one = items[at];
    if (event.target.matches(".board-title")) {
      one.slide.data.title = event.target.value.replace(/\s+/g, " ").trim();
      window.cohort.slides.entitle(one.slide);
      window.cohort.slides.fit(one.slide);
    } else {
      one.slide.data.note = event.target.value.trim();
      showPrinted(one);
    }
    keep();
  });

  document.addEventListener("keydown", function (event) {
    var by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    var at = event.altKey && by && list() ? place(event.target) : -1;
    if (at < 0) { return; }
    event.preventDefault();
    move(at, at + by, event.target);
  });

  // By hand: what is dragged goes before the slide that it is let go over, or after it from above.
  document.addEventListener("dragstart", function (event) {
    if (!list() || !event.target.closest || !event.target.closest(".board-thumb") || shared) { return; }
    dragged = items[place(event.target)];
    dragged.li.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.slide.head.textContent);
  });
  document.addEventListener("dragover", function (event) {
    if (!dragged) { return; }
    event.preventDefault();
    var at = place(event.target);
    items.forEach(function (one, i) { one.li.classList.toggle("over", i === at && one !== dragged); });
  });
  document.addEventListener("drop", function (event) {
    if (!dragged) { return; }
    event.preventDefault();
    move(items.indexOf(dragged), place(event.target));
  });
  document.addEventListener("dragend", function () {
    items.forEach(function (one) { one.li.classList.remove("over", "dragged"); });
    dragged = null;
  });

  document.addEventListener("slide-shown", function (event) { showTitle(event.detail); });

  // Another tab of the browser has put a view on the board.
  document.addEventListener("board-changed", function () {
    if (list() && !shared && !window.cohort.player.on() &&
        !window.cohort.deck.same(decked(), window.cohort.deck.own())) { fill(); }
  });

  // The page is filled when it has come, and again when its address is one of another deck.
  function follow() {
    if (!list()) { return false; }
    var deck = window.cohort.deck.inAddress();
    var now = deck ? deck.slides : window.cohort.deck.own();
    if (!list().dataset.filled || !window.cohort.deck.same(now, decked())) { fill(); }
    list().dataset.filled = "yes";
    window.cohort.slides.want(slides());
    window.cohort.player.follow();
    return true;
  }

  document.addEventListener("answer-shown", follow);

  var board = {
    slides: slides,
    decked: decked,
    shared: function () { return shared; },
    say: say,
    home: function () { items.forEach(home); },
    at: function (n) { return items[n] && items[n].li; }
  };

  window.cohort = Object.assign(window.cohort || {}, {
    board: board,
    movedWithinBoard: function () {
      if (window.location.pathname === window.cohort.below("/board")) { return follow(); }
      window.cohort.player.close();
      return false;
    }
  });
})();
