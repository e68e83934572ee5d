/* A request that is refused says why: the sentence of the server stands above what is shown, and
 * what is shown stays marked as not current. */
(function () {
  "use strict";

  var asks = window.fetch;

  function say(words) {
    if (!document.body.dataset.pending) { return; }
    document.getElementById("said").textContent = words;
    document.body.dataset.refused = "yes";
  }

  // Dash tells nobody of an answer that is no answer.
  window.fetch = function (address) {
    var answer = asks.apply(window, arguments);
    var url = typeof address === "string" ? address : address.url;
    if (url.indexOf("_dash-update-component") < 0) { return answer; }
    answer.then(function (found) {
      if (!found.ok) { found.clone().text().then(say); }
    }).catch(function () {
      // Nobody answered: another sentence comes when that lasts.
    });
    return answer;
  };
})();
