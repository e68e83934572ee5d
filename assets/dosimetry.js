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

  // What stands before the slider: words, where it is, and its unit with the ends.
  var words = ["", "", ""];
  var followed = null;

  // While the thumb is dragged the server is not asked, but the words go with it. The place of the
  // slider is observed: the thumb itself is made anew when its bounds change.
  function follow(place) {
    if (!place || place === followed) { return; }
    followed = place;
    new MutationObserver(function () {
      var thumb = place.querySelector("[role=slider]");
      document.getElementById("dosimetry-threshold").textContent =
        words[0] + thumb.getAttribute("aria-valuenow") + words[2];
    }).observe(place, { attributes: true, attributeFilter: ["aria-valuenow"], subtree: true });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.dosimetry = {
    // Which doses can be chosen and where they can be cut depends on the view and the dose.
    fit: function (fitted) {
      var place = document.getElementById("dosimetry-threshold");
      // The reader may have gone to another page before the answer came.
      if (!fitted || !place) { return; }
      var control = function (name) { return { type: "control", name: name, part: "value" }; };
      window.dash_clientside.set_props(control("compartment"), { data: fitted.compartments });
      window.dash_clientside.set_props(control("estimate"), { data: fitted.estimates });
      window.dash_clientside.set_props(control("threshold"), fitted.slider);
      words = fitted.words;
      place.textContent = words.join("");
      follow(document.querySelector(".of-threshold"));
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
      return "Exploratory: " + count + " looked at in this session, over all doses, endpoints " +
        "and filters. " + data.possible;
    }
  };
})();
