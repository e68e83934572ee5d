/* The page Your data: files go to the server one by one, and what it says of them is put into its
 * place. Every control of the sheet gives one answer, under the key that it holds. */
(function () {
  "use strict";

  var PLACE = "your-data-place";
  var OURS = { "X-Cohort-Explorer": "yes" };

  function place() { return document.getElementById(PLACE); }

  // Said to those who do not see that something is going on, and to those who do.
  function say(text) {
    var said = document.getElementById("your-data-said");
    if (!said) {
      said = document.createElement("p");
      said.id = "your-data-said";
      said.setAttribute("role", "status");
      place().after(said);
    }
    said.textContent = text;
  }

  // The focus stays where it was: on the control with the same key.
  function focused() {
    var at = document.activeElement;
    if (!at || !place().contains(at)) { return null; }
    var group = at.closest("[data-keys]");
    if (group) { return "[data-keys='" + CSS.escape(group.dataset.keys) + "'] [value='" + CSS.escape(at.value) + "']"; }
    if (at.dataset.key) { return "[data-key='" + CSS.escape(at.dataset.key) + "']"; }
    if (at.dataset.does) { return "[data-does='" + CSS.escape(at.dataset.does) + "']"; }
    return at.id ? "#" + CSS.escape(at.id) : null;
  }

  function fill(html) {
    var at = focused();
    place().innerHTML = html;
    var found = at && place().querySelector(at);
    if (found) { found.focus({ preventScroll: true }); }
    var heard = place().querySelector("[role=alert], .checked");
    if (heard) { heard.scrollIntoView({ block: "nearest" }); }
  }

  function ask(path, options, words) {
    say(words);
    var address = window.cohort.below("/uploads" + path);
    return fetch(address, Object.assign({ credentials: "same-origin" }, options))
      .then(function (answer) {
        var html = (answer.headers.get("Content-Type") || "").indexOf("text/html") === 0;
        return answer.text().then(function (text) {
          if (html) { fill(text); say(""); } else { say(text); }
          return answer.ok;
        });
      })
      .catch(function () { say("No answer from the server. Try again."); return false; });
  }

  // One after the other: the server looks at each when it is there.
  function bring(files) {
    var left = Array.prototype.slice.call(files);
    function next() {
      var file = left.shift();
      if (!file) { return Promise.resolve(); }
      var path = "/files?name=" + encodeURIComponent(file.name);
      var options = {
        method: "POST",
        body: file,
        headers: Object.assign({ "Content-Type": "application/octet-stream" }, OURS)
      };
      return ask(path, options, "Reading " + file.name + " …").then(function (sound) {
        return sound ? next() : undefined;
      });
    }
    return next();
  }

  function answer(key, text) {
    var said = {};
    said[key] = text;
    var headers = Object.assign({ "Content-Type": "application/json" }, OURS);
    ask("/answers", { method: "POST", body: JSON.stringify(said), headers: headers }, "Looking …");
  }

  function changed(event) {
    var at = event.target;
    if (!place() || !place().contains(at)) { return; }
    if (at.id === "bring") { bring(at.files); return; }
    var group = at.closest("[data-keys]");
    if (group) {
      var chosen = Array.prototype.filter.call(
        group.querySelectorAll("input"), function (one) { return one.checked; }
      );
      answer(group.dataset.keys, chosen.map(function (one) { return one.value; }).join("|"));
    } else if (at.dataset.key) {
      answer(at.dataset.key, at.value);
    }
  }

  function pressed(event) {
    var at = event.target.closest && event.target.closest("[data-does]");
    if (!at || !place() || !place().contains(at)) { return; }
    ask("/" + at.dataset.does, { method: "POST", headers: OURS }, "Looking …");
  }

  function dragged(event) {
    var drop = document.getElementById("drop");
    if (!drop) { return; }
    event.preventDefault();
    drop.classList.toggle("over", event.type === "dragover");
    if (event.type === "drop" && event.dataTransfer) { bring(event.dataTransfer.files); }
  }

  document.addEventListener("change", changed);
  document.addEventListener("click", pressed);
  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, dragged);
  });

  // The page asks for its content as soon as it is on the screen.
  document.addEventListener("answer-shown", function () {
    if (place() && !place().childElementCount) { ask("", { method: "GET" }, "Looking …"); }
  });
})();
