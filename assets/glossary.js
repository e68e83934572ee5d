/* The glossary: opened from the header, its text fetched then; and what an endpoint's label stands
 * for, where the pointer rests on a sentence. */
(function () {
  "use strict";

  function part(id) { return document.getElementById(id); }

  function show(text) {
    part("glossary-text").innerHTML = text;
    var find = part("glossary-find");
    if (find) { find.focus(); }
  }

  function open() {
    part("glossary").showModal();
    var study = new URLSearchParams(window.location.search).get("study");
    window.fetch(window.cohort.below("/glossary") +
        (study ? "?study=" + encodeURIComponent(study) : ""))
      .then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.text();
      })
      .then(show)
      .catch(function () {
        show('<p role="status">The glossary could not be fetched from the server. Close it and '
          + "try again.</p>");
      });
  }

  // Terms that hold what was typed; headings without any are hidden with them.
  function find(typed) {
    var wanted = typed.trim().toLowerCase();
    var found = 0;
    document.querySelectorAll("#glossary section").forEach(function (section) {
      var some = 0;
      section.querySelectorAll("dl > div").forEach(function (entry) {
        entry.hidden = entry.textContent.toLowerCase().indexOf(wanted) < 0;
        some += entry.hidden ? 0 : 1;
      });
      section.hidden = !some;
      found += some;
    });
    part("glossary-none").textContent = found ? "" : "No term holds these letters.";
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    if (target.closest("#glossary-button")) { open(); }
    // The dialog itself is hit only beside its content.
    if (target.closest("#glossary-close") || target.id === "glossary") { part("glossary").close(); }
  });

  document.addEventListener("input", function (event) {
    if (event.target.id === "glossary-find") { find(event.target.value); }
  });

  document.addEventListener("mouseover", function (event) {
    var words = event.target.closest && event.target.closest(".sentence, .looks, .footnote");
    var meanings = document.querySelector(".endpoints[title]");
    if (!words || !meanings) { return; }
    words.title = meanings.title.split("\n").filter(function (line) {
      var label = line.split(":")[0];
      return new RegExp("(^|[^\\w])" + label.replace(/[^\w\s]/g, "\\$&") + "([^\\w]|$)", "i")
        .test(words.textContent);
    }).join("\n");
  });
})();
