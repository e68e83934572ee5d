/* Keys: one list says which there are, and is made of what each of them does. None fires while
 * something is written or chosen in a field, with another key held, or under an open dialog. */
(function () {
  "use strict";

  var STORED = "keys";

  function click(id) {
    var one = document.getElementById(id);
    if (one && one.checkVisibility()) { one.click(); }
    return !!one;
  }

  // What a reader can change with the keyboard within a filter.
  var CONTROLS = "input, select, button, summary, [role=slider]";

  // The next filter up or down from where the focus is, within the rail only.
  function step(by) {
    var rail = document.getElementById("rail");
    if (!rail || !rail.contains(document.activeElement)) { return false; }
    var filters = Array.prototype.filter.call(
      rail.querySelectorAll("[data-variable]"), function (one) { return one.checkVisibility(); });
    if (!filters.length) { return false; }
    var own = document.activeElement.closest("[data-variable]");
    var place = filters.indexOf(own);
    if (place < 0) {
      // From a preset or the rail itself: to the first filter after it, or the last before it.
      var after = filters.filter(function (one) {
        var order = document.activeElement.compareDocumentPosition(one);
        return order & Node.DOCUMENT_POSITION_FOLLOWING;
      });
      place = by > 0 ? filters.indexOf(after[0]) : filters.length - after.length - 1;
    } else {
      place += by;
    }
    if (filters[place]) { goTo(filters[place]); }
    return true;
  }

  // A box is ticked with the space bar; of a slider or a list the keys would go no further, so
  // that the filter itself has the focus, and Tab leads in.
  function goTo(filter) {
    var first = filter.querySelector(CONTROLS);
    var target = first && first.type === "checkbox" ? first : filter;
    if (target === filter) {
      filter.tabIndex = -1;
      var heading = filter.querySelector("h3");
      filter.setAttribute("role", "group");
      if (heading) { filter.setAttribute("aria-label", heading.textContent); }
    }
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  // One step back: out of the search, the filter, then the presentation.
  function back() {
    if (document.activeElement.closest("#rail [data-variable]")) {
      document.getElementById("rail").focus({ preventScroll: true });
      return true;
    }
    return document.body.hasAttribute("data-presenting") && click("present");
  }

  var KEYS = [
    { shown: "?", key: "?", words: "This list", act: function () { return open(); } },
    { shown: "/", key: "/", words: "Search the filters",
      act: function () { return window.cohort.findFilters(); } },
    { shown: "↓", key: "ArrowDown", words: "In the filters: the next one",
      act: function () { return step(1); } },
    { shown: "↑", key: "ArrowUp", words: "In the filters: the one before",
      act: function () { return step(-1); } },
    { shown: "a", key: "a", words: "Add the view to the board, or take it off",
      act: function () { return click("pin"); } },
    { shown: "b", key: "b", words: "The board", act: function () { return click("board-link"); } },
    { shown: "p", key: "p", words: "Present, or leave the presentation",
      act: function () { return click("board-present") || click("present"); } },
    { shown: "Esc", key: "Escape", words: "Back: out of a list, a search, the presentation",
      act: back }
  ];

  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (one) { made.setAttribute(one, attributes[one]); });
    children.forEach(function (child) { made.append(child); });
    return made;
  }

  function dialog() {
    var found = document.getElementById("keys");
    if (found) { return found; }
    function rows(keys) {
      return keys.map(function (one) {
        return element("div", {}, [
          element("dt", {}, [].concat(one.shown).map(function (key) {
            return element("kbd", {}, [key]);
          })),
          element("dd", {}, [one.words])
        ]);
      });
    }
    var close = element("button", { type: "button", class: "link" }, ["Close"]);
    close.addEventListener("click", function () { found.close(); });
    var single = element("input", { type: "checkbox" }, []);
    single.checked = on();
    single.addEventListener("change", function () {
      window.localStorage.setItem(STORED, single.checked ? "on" : "off");
    });
    found = element("dialog", { id: "keys", class: "glossary keys", "aria-labelledby": "keys-title" }, [
      element("div", { class: "glossary-head" },
        [element("h2", { id: "keys-title" }, ["Keys"]), close]),
      element("dl", {}, rows(KEYS)),
      element("h3", { class: "keys-of" }, ["While the board is presented"]),
      element("dl", {}, rows(window.cohort.player.KEYS)),
      // Who speaks to the computer, or strikes keys by chance, can do without.
      element("label", { class: "keys-on" }, [single, " Keys without Ctrl or Alt are heard"]),
      element("p", { class: "rail-note" },
        ["Tab goes from control to control, the space bar ticks. No key is heard while you write "
          + "in a field."])
    ]);
    document.body.append(found);
    found.addEventListener("click", function (event) {
      if (event.target === found) { found.close(); }
    });
    return found;
  }

  // The browser keeps the focus in the dialog, and gives it back when it closes.
  function open() {
    if (!dialog().open) { dialog().showModal(); }
    return true;
  }

  function on() { return window.localStorage.getItem(STORED) !== "off"; }

  // Fields in which a letter or an arrow means something of its own.
  function writes(one) {
    if (!one) { return false; }
    var kinds = ["checkbox", "button", "submit"];
    return one.isContentEditable || one.matches("textarea, select, [role=slider], [role=option]") ||
      (one.matches("input") && kinds.indexOf(one.type) < 0);
  }

  // Whether something lies over the page, which has the keys then. Asked before anybody hears of
  // the key: who closes it is not to leave the presentation by the same stroke.
  var covered = false;
  document.addEventListener("keydown", function () {
    var boxes = document.querySelectorAll("dialog[open], [role=dialog], [role=listbox]");
    covered = Array.prototype.some.call(boxes, function (one) {
      return one.checkVisibility({ visibilityProperty: true });
    });
  }, true);

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey ||
        event.metaKey || writes(event.target) || covered || !on()) { return; }
    var found = KEYS.filter(function (one) { return one.key === event.key; })[0];
    if (found && found.act()) { event.preventDefault(); }
  });

  // The list can be opened without its key, which may be switched off.
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-keys]")) { open(); }
  });
})();
