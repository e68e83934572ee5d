/* A patient like mine: what is known of the patient is kept here, in the memory of this page alone.
 * It goes with the question and not with the address; only Share writes it into a link. */
(function () {
  "use strict";

  var PATH = "/patient";
  var PRIVATE = ["mine", "order"];

  // Variable: its levels or number, and its window, as a link has them; and the reader's own order.
  var mine = {};
  var order = [];

  function parts() { return new URLSearchParams(window.location.search); }

  function here() { return window.location.pathname.slice(window.cohort.below("").length) === PATH; }

  function shared() { return parts().has("mine"); }

  function entryText(name) {
    var one = mine[name];
    return name + "." + one.value + (one.window ? "~" + one.window : "");
  }

  function text() {
    var names = Object.keys(mine);
    if (!names.length) { return ""; }
    var said = "mine=" + encodeURIComponent(names.map(entryText).join(","));
    return order.length ? said + "&order=" + encodeURIComponent(order.join(",")) : said;
  }

  function read(given, ordered) {
    mine = {};
    (given || "").split(",").filter(Boolean).forEach(function (entry) {
      var dot = entry.indexOf(".");
      var tilde = entry.indexOf("~");
      mine[entry.slice(0, dot)] = {
        value: entry.slice(dot + 1, tilde < 0 ? undefined : tilde),
        window: tilde < 0 ? "" : entry.slice(tilde + 1)
      };
    });
    order = (ordered || "").split(",").filter(Boolean);
  }

  // Of another study neither the words nor the numbers are those of the patient.
  var study = null;
  function ofThisStudy() {
    var chosen = document.getElementById("study");
    var now = parts().get("study") || (chosen && chosen.value) || "";
    if (study !== null && now && study && now !== study) { mine = {}; order = []; }
    study = now || study;
  }

  // A link that was opened holds the patient; once it is changed, the address no longer does.
  function take() {
    if (shared()) { read(parts().get("mine"), parts().get("order")); }
  }

  function leaveAddress() {
    var kept = parts();
    if (!PRIVATE.some(function (name) { return kept.has(name); })) { return; }
    PRIVATE.forEach(function (name) { kept.delete(name); });
    var search = kept.toString();
    window.history.replaceState({}, "", window.location.pathname + (search ? "?" + search : ""));
  }

  function changed() {
    leaveAddress();
    // A cohort that was chosen in the table is another one now.
    var kept = parts();
    if (kept.has("dropped")) {
      kept.delete("dropped");
      window.history.replaceState({}, "", window.location.pathname + "?" + kept.toString());
    }
    window.cohort.ask();
  }

  function showForm() {
    document.querySelectorAll("[data-mine]").forEach(function (field) {
      var one = mine[field.dataset.mine];
      if (document.activeElement !== field) { field.value = one ? one.value : ""; }
    });
  }

  function entered(field) {
    var name = field.dataset.mine;
    if (field.value === "" || !field.checkValidity()) { delete mine[name]; }
    else { mine[name] = { value: field.value, window: (mine[name] || {}).window || "" }; }
    changed();
  }

  function widened(field) {
    var size = Number(field.value);
    var factor = field.dataset.factor;
    if (!(size > (factor ? 1 : 0))) { window.cohort.ask(); return; }
    mine[field.dataset.window].window = factor + field.value;
    changed();
  }

  function moved(button, by) {
    var names = [].map.call(document.querySelectorAll("[data-criterion]"), function (one) {
      return one.dataset.criterion;
    });
    var place = names.indexOf(button.dataset.of);
    var to = place + by;
    if (to < 0 || to >= names.length) { return; }
    names.splice(to, 0, names.splice(place, 1)[0]);
    order = names;
    changed();
  }

  document.addEventListener("change", function (event) {
    var field = event.target;
    if (field.dataset && field.dataset.mine) { entered(field); }
    if (field.dataset && field.dataset.window) { widened(field); }
  });

  // With the focus on a characteristic the arrow keys move it too.
  document.addEventListener("keydown", function (event) {
    var by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    var button = by && event.target.closest("[data-move]");
    if (!button) { return; }
    event.preventDefault();
    moved(button, by);
  });

  document.addEventListener("submit", function (event) {
    if (event.target.closest(".mine-form")) { event.preventDefault(); }
  });

  // The file of a patient who stands in no address is asked for without one.
  function posted(link) {
    var body = new URLSearchParams({ query: link.search + (link.search ? "&" : "?") + text() });
    window.fetch(link.pathname, { method: "POST", body: body }).then(function (answer) {
      if (!answer.ok) { return answer.text().then(say); }
      if (link.dataset.file === "words") {
        return answer.blob().then(function (file) { save(file, "patients-like-mine.txt"); });
      }
      var name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
      return answer.blob().then(function (file) { save(file, name ? name[1] : "similar.csv"); });
    }, function () { say("No answer from the server: the file could not be saved."); });
  }

  function say(words) { document.getElementById("said").textContent = words; }

  function save(file, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    var described = target.closest("a[data-patient]");
    if (described) { read(described.dataset.patient, ""); }
    var button = target.closest("[data-move]");
    if (button) { moved(button, Number(button.dataset.move)); }
    if (target.closest("[data-mine-clear]")) { mine = {}; order = []; changed(); showForm(); }
    var file = target.closest('a[data-page="patient"][data-file]');
    if (file && text() && !shared()) {
      event.preventDefault();
      posted(file);
    }
  }, true);

  document.addEventListener("answer-shown", function () {
    if (here()) { showForm(); }
  });

  window.cohort = Object.assign(window.cohort || {}, {
    // What goes with a question beside the address.
    beside: function () {
      ofThisStudy();
      if (!here()) { return ""; }
      take();
      return shared() ? "" : text();
    },
    // The link that Share makes.
    link: function () {
      var said = here() && !shared() ? text() : "";
      var search = window.location.search;
      if (!said) { return window.location.href; }
      return window.location.href + (search ? "&" : "?") + said;
    }
  });
})();
