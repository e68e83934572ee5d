/* The threshold of a dose: its slider, and how many were looked at, which only the reader's own
 * browser can know. */
(function () {
  "use strict";

  var PREFIX = "thresholds/";

  // What this tab has looked at, by study; a browser without storage counts from the page on.
  var fallback = {};

  function read(name) {
    try {
      return JSON.parse(window.sessionStorage.getItem(name)) || [];
    } catch (error) {
      return fallback[name] || [];
    }
  }

  function keep(name, seen) {
    fallback[name] = seen;
    try {
      window.sessionStorage.setItem(name, JSON.stringify(seen));
    } catch (error) {
      // Counted for this page only.
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    dosimetry: {
      // Which doses can be chosen and where they can be cut depends on the view and the dose.
      fit: function (fitted) {
        if (!fitted) { return; }
        var control = function (name) { return { type: "control", name: name, part: "value" }; };
        window.dash_clientside.set_props(control("compartment"), { data: fitted.compartments });
        window.dash_clientside.set_props(control("estimate"), { data: fitted.estimates });
        window.dash_clientside.set_props(control("threshold"), fitted.slider);
        document.getElementById("dosimetry-threshold").textContent = fitted.words;
      },

      looks: function (data) {
        if (!data) { return ""; }
        var name = PREFIX + data.study;
        var seen = read(name);
        if (seen.indexOf(data.key) < 0) {
          seen.push(data.key);
          keep(name, seen);
        }
        var count = seen.length === 1 ? "1 threshold" : seen.length + " thresholds";
        return "Exploratory: " + count + " looked at in this session; " + data.possible;
      }
    }
  });
})();
