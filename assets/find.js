/* The search among the filters: variables and levels that hold the letters stay, the others are
 * hidden by the style sheet. Nothing is asked of the server, and no filter changes. */
(function () {
  "use strict";

  // Where the reader was when the search began, and folds that it opened.
  var before = null;
  var unfolded = [];

  function field() { return document.getElementById("rail-find"); }

  // The field stands above all that is in the rail and stays when the filters are made anew.
  function place() {
    var rail = document.getElementById("rail");
    if (!rail || field()) { return; }
    var box = document.createElement("div");
    box.className = "rail-find";
    var input = document.createElement("input");
    input.id = "rail-find";
    input.type = "search";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.placeholder = "Search the filters";
    input.setAttribute("aria-label", "Search the filters");
    var said = document.createElement("p");
    said.id = "rail-found";
    said.className = "rail-note";
    said.setAttribute("role", "status");
    box.append(input, said);
    rail.prepend(box);
  }

  function holds(text, wanted) { return text.toLowerCase().indexOf(wanted) >= 0; }

  function hide(one, hidden) { one.toggleAttribute("data-unfound", hidden); }

  // A variable by its name or meaning, with all its levels; or only the levels that hold the letters.
  function findIn(variable, wanted) {
    var heading = variable.querySelector("h3") || variable;
    var meaning = heading.querySelector("[title]");
    var named = holds(heading.textContent + " " + (meaning ? meaning.title : ""), wanted);
    var some = false;
    variable.querySelectorAll("[data-level]").forEach(function (level) {
      var found = holds(level.textContent, wanted);
      some = some || found;
      hide(level, !named && !found);
    });
    some = some || holds(variable.dataset.find || "", wanted);
    hide(variable, !named && !some);
    return named || some;
  }

  function unfold(wanted) {
    unfolded.forEach(function (fold) { fold.open = false; });
    unfolded = [];
    if (!wanted) { return; }
    document.querySelectorAll("#rail details.rail-more:not([open])").forEach(function (fold) {
      if (fold.querySelector("[data-variable]:not([data-unfound])")) {
        fold.open = true;
        unfolded.push(fold);
      }
    });
  }

  function find() {
    var rail = document.getElementById("rail");
    if (!rail || !field()) { return; }
    var wanted = field().value.trim().toLowerCase();
    var variables = rail.querySelectorAll("[data-variable]");
    var found = Array.prototype.filter.call(variables, function (one) {
      return findIn(one, wanted);
    }).length;
    rail.querySelectorAll("section, details.rail-more").forEach(function (group) {
      // Presets and the analysis set are no filters: they stand aside while one is looked for.
      hide(group, !!wanted && !group.querySelector("[data-variable]:not([data-unfound])"));
    });
    unfold(wanted);
    var words = !wanted ? "" : found ? found + " of " + variables.length + " filters" :
      "No filter holds these letters.";
    document.getElementById("rail-found").textContent = words;
  }

  // Put the cursor into the field, and open the filters of a telephone before; where there are no
  // filters, into the search of the page. False where there is neither.
  function findFilters() {
    place();
    var rail = document.getElementById("rail");
    var burger = document.getElementById("burger");
    if (rail && !rail.checkVisibility() && burger && burger.checkVisibility()) { burger.click(); }
    var fields = [field(), document.querySelector('#page input[aria-label^="Search"]')];
    var input = fields.filter(function (one) { return one && one.checkVisibility(); })[0];
    if (!input) { return false; }
    before = document.activeElement;
    input.focus();
    input.select();
    return true;
  }

  window.cohort = Object.assign(window.cohort || {}, { findFilters: findFilters });

  document.addEventListener("input", function (event) {
    if (event.target.id === "rail-find") { find(); }
  });

  // Escape takes the search away and leads back; an arrow leads to what was found.
  document.addEventListener("keydown", function (event) {
    if (event.target.id !== "rail-find") { return; }
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      field().value = "";
      find();
      if (before && before.isConnected) { before.focus({ preventScroll: true }); }
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      var first = document.querySelector("#rail [data-variable]:not([data-unfound])");
      var control = first && (first.querySelector("[data-level]:not([data-unfound]) input") ||
        first.querySelector("input, summary, select, [role=slider]"));
      if (control) {
        event.preventDefault();
        control.focus();
      }
    }
  }, true);

  // When the page is complete: the field is there, and filters that were made anew are searched.
  new MutationObserver(function () {
    if (document.body.dataset.pending) { return; }
    place();
    if (field() && field().value) { find(); }
  }).observe(document.body, { attributes: true, attributeFilter: ["data-pending"] });
})();
