/* Controls: one that the reader changes only writes the address; all of them, and the counts beside
 * the filters, show what the server made of it. */
(function () {
  "use strict";

  // How long a reader who writes may pause.
  var PAUSE = 300;

  // What controls show without being in the link, and what a choice makes meaningless.
  var defaults = {};
  var forgets = {};
  // Fields that are being written in.
  var writing = new Map();

  function boxesOf(name) {
    return [].slice.call(document.querySelectorAll('[data-control="' + CSS.escape(name) + '"]'));
  }

  function ticks(box) { return [].slice.call(box.querySelectorAll("input[type=checkbox]")); }

  function ends(box) { return box.querySelectorAll("input[type=range]"); }

  function read(box) {
    var part = box.dataset.part;
    if (part === "levels") {
      return ticks(box).filter(function (one) { return one.checked; })
        .map(function (one) { return one.value; });
    }
    if (part === "range") {
      return [].map.call(ends(box), function (one) { return parseFloat(one.value); });
    }
    if (box.getAttribute("role") === "radiogroup") {
      var chosen = box.querySelector("input:checked");
      return chosen ? chosen.value : null;
    }
    return box.value;
  }

  function same(a, b) { return String(a) === String(b); }

  function put(box, value) {
    var part = box.dataset.part;
    if (value === null || value === undefined || writing.has(box)) { return; }
    if (part === "levels") {
      ticks(box).forEach(function (one) { one.checked = value.indexOf(one.value) >= 0; });
      showMany(box);
    } else if (part === "range") {
      [].forEach.call(ends(box), function (one, i) { one.value = value[i]; });
      showEnds(box);
    } else if (box.getAttribute("role") === "radiogroup") {
      box.querySelectorAll("input").forEach(function (one) {
        one.checked = one.value === String(value);
      });
    } else if (!same(box.value, value)) {
      box.value = value;
    }
  }

  // A part of a control's value as text of the link.
  function encodePart(part, value) {
    if (part === "range") { return value[0] + ".." + value[1]; }
    return Array.isArray(value) ? value.join(",") : String(value);
  }

  // The text of one control in the link; null where it shows its default.
  function encode(boxes, start) {
    var texts = [];
    var emptied = false;
    boxes.forEach(function (box) {
      var value = read(box);
      var part = box.dataset.part;
      var first = (start || {})[part];
      var list = Array.isArray(value);
      if (list && part === "levels") {
        if (same(value.slice().sort(), (first || []).slice().sort())) { return; }
        if (!value.length) { emptied = true; return; }
      } else if (same(value, first)) { return; }
      texts.push(encodePart(part, value));
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

  function write(box) {
    var name = box.dataset.control;
    var path = window.location.pathname;
    var search = window.location.search;
    if (name === "study") {
      // From a page that is about no study to the first page of the chosen one; one that could not
      // be loaded stands in the link, and the page is kept.
      var named = /[?&]study=/.test(search);
      if (!document.body.dataset.page && !named) { path = window.cohort.below("/"); }
      search = "?study=" + encodeURIComponent(box.value);
    } else {
      var study = document.getElementById("study").value;
      if (study && !/[?&]study=/.test(search)) { search = withParameter(search, "study", study); }
      search = withParameter(search, name, encode(boxesOf(name), defaults[name]));
      (forgets[name] || []).forEach(function (other) {
        search = withParameter(search, other, null);
      });
    }
    if (search !== window.location.search) { window.cohort.follow(path + search); }
  }

  // Counts of the filters' levels are attributes that the style sheet prints.
  function showCounts(rail) {
    document.querySelectorAll("#rail [data-level]").forEach(function (level) {
      var now = String(rail.now[level.dataset.level]);
      if (level.dataset.now === now) { return; }
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
      var text = rail.words[words.dataset.words] || "";
      if (words.textContent !== text) { words.textContent = text; }
    });
  }

  // What is chosen of many stands in the open.
  function showMany(box) {
    if (!box.classList.contains("many")) { return; }
    var all = ticks(box);
    var chosen = all.filter(function (one) { return one.checked; });
    var text = chosen.map(function (one) { return one.closest("label").textContent.trim(); })
      .join(", ") || box.dataset.nothing;
    var shown = box.querySelector(".many-chosen");
    if (shown.textContent !== text) { shown.textContent = text; }
    var full = box.dataset.most && chosen.length >= Number(box.dataset.most);
    all.forEach(function (one) { one.disabled = Boolean(full && !one.checked); });
  }

  // The track is marked between the thumbs; the one that can still move lies on top.
  function showEnds(box) {
    var both = ends(box);
    var low = Number(both[0].min);
    var length = Number(both[0].max) - low;
    [].forEach.call(both, function (one, i) {
      var share = length ? (Number(one.value) - low) / length : i;
      box.style.setProperty(i ? "--to" : "--from", (100 * share).toFixed(2) + "%");
    });
    var high = Number(both[0].value) > low + length / 2;
    both[0].style.zIndex = high ? 2 : 1;
    both[1].style.zIndex = high ? 1 : 2;
  }

  // One thumb stops at the other.
  function hold(box, moved) {
    var both = ends(box);
    if (Number(both[0].value) > Number(both[1].value)) {
      moved.value = (moved === both[0] ? both[1] : both[0]).value;
    }
    showEnds(box);
  }

  function find(field) {
    var wanted = field.value.trim().toLowerCase();
    field.closest(".many-list").querySelectorAll("label").forEach(function (label) {
      label.hidden = label.textContent.toLowerCase().indexOf(wanted) < 0;
    });
  }

  function controlOf(event) {
    var target = event.target;
    if (!target.closest || target.classList.contains("many-find")) { return null; }
    return target.closest("[data-control]");
  }

  document.addEventListener("change", function (event) {
    var box = controlOf(event);
    if (!box) { return; }
    window.clearTimeout(writing.get(box));
    writing.delete(box);
    showMany(box);
    write(box);
  });

  document.addEventListener("input", function (event) {
    if (event.target.classList.contains("many-find")) { find(event.target); return; }
    var box = controlOf(event);
    if (!box) { return; }
    if (box.dataset.part === "range") { hold(box, event.target); }
    if (box.type !== "text") { return; }
    window.clearTimeout(writing.get(box));
    writing.set(box, window.setTimeout(function () {
      writing.delete(box);
      write(box);
    }, PAUSE));
  });

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    var none = target.closest(".many-none");
    if (none) {
      var box = none.closest("[data-control]");
      ticks(box).forEach(function (one) { one.checked = false; });
      showMany(box);
      write(box);
    }
    // A list of many closes when the reader goes elsewhere.
    document.querySelectorAll("details.many[open]").forEach(function (one) {
      if (!one.contains(target)) { one.open = false; }
    });
  });

  document.addEventListener("keydown", function (event) {
    var open = event.key === "Escape" && event.target.closest("details.many[open]");
    if (!open) { return; }
    open.open = false;
    open.querySelector("summary").focus();
    // What it stands in stays open, and nothing else goes back by the same key.
    event.preventDefault();
  });

  window.cohort = Object.assign(window.cohort || {}, {
    showControls: function (answer) {
      defaults = answer.defaults;
      forgets = answer.forgets;
      document.querySelectorAll("[data-control]").forEach(function (box) {
        var parts = answer.values[box.dataset.control];
        if (parts) { put(box, parts[box.dataset.part]); }
      });
      if (answer.rail) { showCounts(answer.rail); }
    }
  });
})();
