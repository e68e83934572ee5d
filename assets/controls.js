/* Controls: one that the reader changes only writes the address; all of them, and the counts beside
 * the filters, show what the server made of it. */
(function () {
  "use strict";

  var noUpdate = function () { return window.dash_clientside.no_update; };

  // What each control last showed or wrote, by "name/part". A control whose value is what it
  // was told to show has not been touched by the reader and writes nothing.
  var known = {};

  function keyOf(id) { return id.name + "/" + id.part; }

  // One part of a control's value as text of the link.
  function encodePart(part, value) {
    if (part === "range") { return value[0] + ".." + value[1]; }
    return Array.isArray(value) ? value.join(",") : String(value);
  }

  function same(a, b) { return JSON.stringify(a) === JSON.stringify(b); }

  // The text of one control in the link; null where it shows its default.
  function encode(parts, defaults) {
    var texts = [];
    var emptied = false;
    parts.forEach(function (one) {
      var start = (defaults || {})[one.part];
      if (same(one.value, start)) { return; }
      if (Array.isArray(one.value) && one.value.length === 0) { emptied = true; return; }
      texts.push(encodePart(one.part, one.value));
    });
    if (texts.length) { return texts.join(","); }
    return emptied ? "none" : null;
  }

  function withParameter(search, name, text) {
    var kept = search.replace(/^\?/, "").split("&").filter(function (pair) {
      return pair && decodeURIComponent(pair.split("=")[0]) !== name;
    });
    if (text !== null) {
      kept.push(name + "=" + encodeURIComponent(text).replace(/%2C/g, ","));
    }
    return kept.length ? "?" + kept.join("&") : "";
  }

  // Counts of some two hundred levels are attributes of the boxes; written here, because as many
  // properties of components would take a third of a second.
  function showCounts(rail) {
    document.querySelectorAll("[data-level]").forEach(function (level) {
      var now = rail.now[level.dataset.level];
      if (now === undefined) { return; }
      level.dataset.now = now;
      level.style.setProperty("--share", rail.size ? (now / rail.size).toFixed(3) : "0");
      var box = level.querySelector("input");
      // "BCLC C, 126 of 177 patients": only the first of the two numbers changes.
      box.setAttribute(
        "aria-label", box.getAttribute("aria-label").replace(/\d+( of \d+ patients?)$/, now + "$1"));
    });
    document.querySelectorAll("[data-bars]").forEach(function (bars) {
      bars.style.maskImage = rail.bars[bars.dataset.bars] || "";
    });
    document.querySelectorAll("[data-words]").forEach(function (words) {
      words.textContent = rail.words[words.dataset.words] || "";
    });
    Object.keys(rail.options).forEach(function (name) {
      window.dash_clientside.set_props(
        { type: "control", name: name, part: "levels" }, { data: rail.options[name] });
    });
  }

  // Controls that came with the answer have their values already.
  function showControls(view) {
    Object.keys(view.values).forEach(function (name) {
      Object.keys(view.values[name]).forEach(function (part) {
        var value = view.values[name][part];
        var key = name + "/" + part;
        var changed = !same(known[key], value);
        known[key] = value;
        if (changed && view.made.indexOf(name) < 0) {
          window.dash_clientside.set_props(
            { type: "control", name: name, part: part }, { value: value });
        }
      });
    });
    if (view.rail) { showCounts(view.rail); }
  }

  window.cohort = Object.assign(window.cohort || {}, { showControls: showControls });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    write: function (values, view) {
      var context = window.dash_clientside.callback_context;
      // Controls that have just been put on the page trigger together; a reader changes one.
      if (context.triggered.length !== 1 || !view) { return noUpdate(); }
      var id = context.triggered_id;
      var controls = context.inputs_list[0];
      var touched = controls.filter(function (one) { return same(one.id, id); })[0];
      if (!touched || touched.value === undefined || touched.value === null) {
        return noUpdate();
      }
      var key = keyOf(id);
      if (same(known[key], touched.value)) { return noUpdate(); }
      known[key] = touched.value;
      if (id.name === "study") {
        return "?study=" + encodeURIComponent(touched.value);
      }
      var parts = controls
        .filter(function (one) { return one.id.name === id.name; })
        .map(function (one) { return { part: one.id.part, value: one.value }; });
      var text = encode(parts, view.defaults[id.name]);
      var search = window.location.search;
      if (view.values.study && !/[?&]study=/.test(search)) {
        search = withParameter(search, "study", view.values.study.value);
      }
      search = withParameter(search, id.name, text);
      // What this choice makes meaningless.
      (view.forgets[id.name] || []).forEach(function (name) {
        search = withParameter(search, name, null);
      });
      return search === window.location.search ? noUpdate() : search;
    }
  });
})();
