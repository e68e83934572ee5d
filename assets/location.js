/* The address is the state. A control only writes it, and everything on the page is made from it:
 * by the server, except what stands here because a round trip would add nothing. */
(function () {
  "use strict";

  var noUpdate = function () { return window.dash_clientside.no_update; };

  // What each control last showed or wrote, by "name/part". A control whose value is what it
  // was told to show has not been touched by the reader and writes nothing.
  var known = {};

  // Which drawers were opened since the last view, by id.
  var drawers = {};

  // What another choice makes meaningless: a threshold is one of a dose, in its unit, and of a view.
  var FORGOTTEN_WITH = { compartment: ["threshold"], estimate: ["threshold"], view: ["threshold"] };

  // The page on the screen, and what was last asked for.
  var page = null;
  var request = null;

  // What the last answer was for.
  var latest = null;

  // The state of the study's files that the page on the screen was made from, and one that came
  // with an answer and was already asked about.
  var version = "";
  var noticed = "";

  // Ask the page on the screen for the view of the address; another page is asked when it is there.
  function ask(pathname) {
    var wanted = pathname.replace(/^\/+|\/+$/g, "");
    if (page && (wanted === page || !wanted)) {
      window.dash_clientside.set_props(page + "-request", { data: request });
    }
  }

  function keyOf(id) { return id.name + "/" + id.part; }

  function screenKind() {
    if (window.innerWidth < 760) { return "narrow"; }
    return window.innerHeight >= 1000 && window.innerWidth >= 1500 ? "tall" : "standard";
  }

  function colourScheme(chosen) {
    if (chosen === "dark" || chosen === "light") { return chosen; }
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

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

  // On a telephone the tab of this page may stand outside the row of tabs.
  function showTab() {
    var row = document.querySelector(".tabs");
    var tab = document.querySelector(".page-tab.current");
    if (row && tab) { row.scrollLeft = tab.offsetLeft - row.offsetLeft - 16; }
    // So may the chosen part of a page or the chosen endpoint.
    document.querySelectorAll(".scroll-x").forEach(function (box) {
      var chosen = box.querySelector("label[data-active]");
      if (!chosen || box.scrollWidth <= box.clientWidth) { return; }
      var off = chosen.getBoundingClientRect().left - box.getBoundingClientRect().left;
      box.scrollLeft += off - 16;
    });
    var n = document.getElementById("cohort-n");
    var done = document.getElementById("filters-done");
    if (n && done) {
      done.textContent = "Show " + n.textContent + (n.textContent === "1" ? " patient" : " patients");
    }
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
        "aria-label", box.getAttribute("aria-label").replace(/\d+( of \d+ patients)$/, now + "$1"));
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

  // Links within a table that came as text: followed without loading the page anew, as the
  // dashboard's own links are. Opening one in a new tab is left to the browser.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-inside]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    // What opens under a row of the table leaves the reader in place.
    if (!link.hasAttribute("data-stay")) { window.scrollTo(0, 0); }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    cohort: {
      request: function (pathname, search, theme) {
        // Until the answer for these filters is there, the page says that it is not current.
        document.body.dataset.pending = "yes";
        request = {
          pathname: pathname,
          search: search,
          theme: colourScheme(theme),
          screen: screenKind(),
          version: version
        };
        ask(pathname);
        return request;
      },

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
        (FORGOTTEN_WITH[id.name] || []).forEach(function (name) {
          search = withParameter(search, name, null);
        });
        return search === window.location.search ? noUpdate() : search;
      },

      sync: function (view) {
        if (!view) { return; }
        version = view.version || "";
        if (page !== view.page) {
          page = view.page;
          // The reader clicked on while the page was being put on the screen.
          if (page && request.search !== view.search) { ask(page); }
        }
        if (!page) { delete document.body.dataset.pending; }
        // A late answer to an earlier click must not turn back a later one.
        if (view.search !== window.location.search) { return; }
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
      },

      current: function (shown) {
        latest = shown;
        if (!shown) { return; }
        if (shown.search === window.location.search) {
          delete document.body.dataset.pending;
          showTab();
          // The study's files changed between the answers for the filters and for the numbers.
          if (shown.version && shown.version !== version && shown.version !== noticed) {
            noticed = shown.version;
            request = Object.assign({}, request, { version: version });
            window.dash_clientside.set_props("request", { data: request });
          }
          return;
        }
        // An answer that was held up may come after the one to a later click and take its place.
        // Unless the right one follows, it is asked for again.
        window.setTimeout(function () {
          if (latest === shown && shown.search !== window.location.search) {
            ask(window.location.pathname);
          }
        }, 1000);
      },

      // The table comes as text: as components it would take seconds to draw.
      fillTable: function (text, id) {
        var place = document.getElementById(id);
        if (!place) { return; }
        // Who followed a link of the table by keyboard goes on from the same link.
        var held = place.contains(document.activeElement) ? document.activeElement.dataset.key : "";
        place.innerHTML = text || "";
        var again = held && place.querySelector('[data-key="' + held + '"]');
        if (again) { again.focus({ preventScroll: true }); }
      },

      printPage: function (clicks) {
        if (clicks) { window.print(); }
      },

      drawer: function () {
        var context = window.dash_clientside.callback_context;
        var id = context.triggered_id;
        var opens = typeof id === "string" && /-button$/.test(id);
        // Closing one that was never opened would ask the server at every click.
        if (!opens && !drawers[context.outputs_list.id]) { return noUpdate(); }
        drawers[context.outputs_list.id] = opens;
        return opens;
      },

      theme: function (clicks, theme) {
        return clicks ? (colourScheme(theme) === "dark" ? "light" : "dark") : noUpdate();
      },

      scheme: function (theme) { return colourScheme(theme); },

      burger: function (opened, navbar) {
        document.body.dataset.filters = opened ? "open" : "";
        document.getElementById("burger").setAttribute("aria-expanded", String(!!opened));
        if (opened) { document.getElementById("rail").focus({ preventScroll: true }); }
        return Object.assign({}, navbar, { collapsed: { mobile: !opened } });
      },

      closeFilters: function (clicks) { return clicks ? false : noUpdate(); },

      shareLink: function () { return window.location.href; },

      copyLink: function (clicks) {
        if (!clicks) { return noUpdate(); }
        var field = document.getElementById("share-link");
        field.focus();
        field.select();
        // The clipboard interface exists only under https; inside a hospital it is often http.
        var done = document.execCommand("copy");
        return done ? " Copied." : " Press Ctrl+C to copy.";
      },

      withoutFigure: function (figure) {
        return !(figure && figure.data && figure.data.length);
      },

      save: function (exported) {
        if (!exported) { return; }
        var options = {
          format: exported.kind,
          width: exported.width,
          height: exported.height,
          scale: exported.kind === "png" ? 2 : 1
        };
        window.Plotly.toImage(exported.figure, options).then(function (address) {
          var link = document.createElement("a");
          link.href = address;
          link.download = exported.name + "." + exported.kind;
          document.body.appendChild(link);
          link.click();
          link.remove();
        });
      }
    }
  });
})();
