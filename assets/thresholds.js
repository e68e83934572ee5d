/* A threshold of a number: its slider, and how many were looked at, which only the reader's own
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

  function looks(data) {
    var name = PREFIX + data.study;
    var seen = read(name);
    if (seen.indexOf(data.key) < 0) {
      seen.push(data.key);
      keep(name, seen);
    }
    var count = seen.length === 1 ? "1 threshold" : seen.length + " thresholds";
    return "Exploratory: " + count + " looked at in this session, over all " + data.over + ". " +
      data.possible;
  }

  document.addEventListener("answer-data", function (event) {
    var place = document.getElementById(event.detail.place);
    if (!place || !place.matches("[data-looks]")) { return; }
    var data = event.detail.value;
    place.textContent = data ? looks(data) : "";
  });

  // While the thumb is dragged the server is not asked, but the words go with it.
  document.addEventListener("input", function (event) {
    var here = event.target.dataset.decimals !== undefined &&
      document.querySelector(".threshold-here");
    if (!here) { return; }
    here.textContent = Number(event.target.value).toFixed(Number(event.target.dataset.decimals));
  });
})();
