/* What a reader takes along from the board: a link, slides and a document, paper. */
(function () {
  "use strict";

  // Between margins of 12 mm on A4 across, in pixels.
  var PAPER = { width: 1031, height: 690 };
  var SIZES = { wide: [960, 540], classic: [960, 720], paper: [1440, 980] };
  var NAMES = { pptx: "PowerPoint", docx: "Word" };

  function say(text) { window.cohort.board.say(text); }

  function slides() { return window.cohort.board.slides(); }

  function count(n) { return n === 1 ? "1 slide" : n + " slides"; }

  function copied(text) {
    // The clipboard interface exists only under https; inside a hospital it is often http.
    var field = document.createElement("textarea");
    var before = document.activeElement;
    field.value = text;
    field.className = "heard";
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    before.focus({ preventScroll: true });
    return done;
  }

  function link() {
    var deck = window.cohort.board.decked();
    var found = window.cohort.deck.address(deck);
    if (!found) { say("The views are too long for one link. Remove some, or send the file."); return; }
    var done = copied(window.location.origin + found.address);
    say(done ? "Link to " + count(deck.length) + " copied. " + found.left
      : "The browser does not let the link be copied: " + window.location.origin + found.address);
  }

  function named(answer, kind) {
    var found = /filename="?([^";]+)"?/.exec(answer.headers.get("Content-Disposition") || "");
    return found ? found[1] : "board." + kind;
  }

  function download(blob, name) {
    var address = URL.createObjectURL(blob);
    var one = document.createElement("a");
    one.href = address;
    one.download = name;
    document.body.append(one);
    one.click();
    one.remove();
    window.setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  }

  function refused(answer, kind) {
    var plain = (answer.headers.get("Content-Type") || "").indexOf("text/plain") === 0;
    var failed = "The file for " + NAMES[kind] + " could not be made.";
    return !plain ? Promise.reject(new Error(failed)) : answer.text().then(function (text) {
      throw new Error(failed + " " + text.trim());
    });
  }

  function file(kind, button) {
    var deck = window.cohort.board.decked();
    function of(name) { return deck.map(function (one) { return one[name]; }); }
    button.disabled = true;
    say("Making " + count(deck.length) + " for " + NAMES[kind] + " …");
    window.fetch(window.cohort.below("/board/" + kind), {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Cohort-Explorer": "1" },
      body: JSON.stringify({ views: of("view"), titles: of("title"), notes: of("note") })
    }).then(function (answer) {
      if (!answer.ok) { return refused(answer, kind); }
      return answer.blob().then(function (blob) {
        var name = named(answer, kind);
        download(blob, name);
        say(name + " is ready.");
      });
    }).catch(function (error) {
      say(error instanceof TypeError ? "No answer from the server. Try again." : error.message);
    }).then(function () {
      button.disabled = false;
      button.focus({ preventScroll: true });
    });
  }

  function pdf() {
    window.cohort.slides.want(slides());
    if (window.cohort.slides.waiting()) {
      say("Drawing " + count(slides().length) + " …");
      window.setTimeout(pdf, 100);
      return;
    }
    say("");
    window.print();
  }

  // How high a note is on paper: the slide leaves it room.
  function noteHeight(text) {
    if (!text) { return 0; }
    var measure = document.createElement("p");
    measure.className = "board-printed measured";
    measure.textContent = text;
    document.body.append(measure);
    var height = measure.offsetHeight + 12;
    measure.remove();
    return height;
  }

  window.addEventListener("beforeprint", function () {
    if (!document.getElementById("board-list")) { return; }
    slides().forEach(function (slide, i) {
      // On paper a longer table has room than on a screen, beside a figure too.
      var longer = slide.element.querySelector(".graph") ? "classic" : "paper";
      var format = slide.more.textContent ? longer : "wide";
      var size = SIZES[format];
      var room = Math.max(200, PAPER.height - noteHeight(slide.data.note));
      var k = Math.min(PAPER.width / size[0], room / size[1]);
      var style = window.cohort.board.at(i).style;
      window.cohort.slides.reformat(slide, format);
      style.setProperty("--paper-k", k);
      style.setProperty("--paper-width", size[0] * k + "px");
      style.setProperty("--paper-height", size[1] * k + "px");
    });
  });
  window.addEventListener("afterprint", function () {
    if (!document.getElementById("board-list")) { return; }
    slides().forEach(function (slide) { window.cohort.slides.reformat(slide, "wide"); });
  });

  var takes = {
    link: link,
    pdf: pdf,
    pptx: function (button) { file("pptx", button); },
    docx: function (button) { file("docx", button); }
  };

  window.cohort = Object.assign(window.cohort || {}, { takes: takes });
})();
