/* A slide: a view of the dashboard, laid out once at its own size and enlarged or reduced as a whole,
 * as a miniature, on the screen, on paper. The server is asked for one after the other. */
(function () {
  "use strict";

  // What is pressed or written in, and what stands around the content of a slide instead.
  var NOT_SHOWN = ".controls, .actions, .sentence, .cautions, .footnote, .search, .ticked, " +
    ".arms-below, .dosimetry-controls > :not(.looks), [data-control], button, select, input, " +
    "textarea, label, [popover], .heard[aria-live]";

  // Pixels of a figure that is no longer read, and of words in its place.
  var TALLEST = 480;
  var WORDS = 280;

  function made(name, kind, children) {
    var element = document.createElement(name);
    element.className = kind;
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  function create(data) {
    var slide = {
      data: data, finding: "", state: "new", theme: "", first: 0, rows: null, format: "wide",
      head: made("h2", "slide-head"), about: made("p", "slide-about"),
      cautions: made("div", "slide-cautions"), content: made("div", "page slide-content"),
      more: made("p", "slide-more"), foot: made("p", "slide-foot"), n: made("span", "slide-n")
    };
    slide.body = made("div", "slide-body", [slide.content]);
    slide.element = made("article", "slide", [
      slide.head, slide.about, slide.cautions, slide.body,
      made("div", "slide-end", [slide.more, made("div", "slide-last", [slide.foot, slide.n])])
    ]);
    slide.element.dataset.format = slide.format;
    slide.about.textContent = "Computing …";
    entitle(slide);
    return slide;
  }

  function entitle(slide) {
    slide.head.textContent = slide.data.title || slide.finding;
  }

  function number(slide, n, total) {
    slide.n.textContent = n + " of " + total;
    slide.element.setAttribute("aria-label", "Slide " + n + " of " + total);
  }

  function filled(answer) {
    var root = document.createElement("template");
    root.innerHTML = answer.html;
    root = root.content;
    Object.keys(answer.places).forEach(function (id) {
      var place = root.getElementById(id);
      if (place) { place.innerHTML = answer.places[id]; }
    });
    Object.keys(answer.classes).forEach(function (id) {
      root.getElementById(id).className = answer.classes[id];
    });
    return root;
  }

  // Content that is only looked at. Ids would stand twice where several slides do.
  function still(root) {
    // What was written into a field is read.
    root.querySelectorAll("label input:is([type=number], [type=text])").forEach(function (one) {
      var read = made("p", "slide-entry", [one.closest("label").textContent.trim() + ": ", one.value]);
      one.closest("label").replaceWith(read);
    });
    root.querySelectorAll(NOT_SHOWN).forEach(function (one) { one.remove(); });
    root.querySelectorAll("a").forEach(function (one) {
      one.removeAttribute("href");
      one.removeAttribute("data-inside");
    });
    root.querySelectorAll("[tabindex]").forEach(function (one) { one.removeAttribute("tabindex"); });
    root.querySelectorAll("[aria-labelledby]").forEach(function (one) {
      one.removeAttribute("aria-labelledby");
    });
    root.querySelectorAll("[id]").forEach(function (one) { one.removeAttribute("id"); });
  }

  function show(slide, answer) {
    slide.finding = answer.title || "This view cannot be shown";
    slide.about.textContent = answer.about || "";
    slide.foot.textContent = answer.footnote || "";
    slide.cautions.innerHTML = "";
    slide.content.textContent = "";
    slide.element.dataset.page = answer.page || "";
    slide.first = 0;
    slide.rows = null;
    slide.below = [];
    entitle(slide);
    var said = answer.broken || answer.said;
    if (said) {
      slide.content.append(made("p", "slide-said", [said]));
    } else {
      fill(slide, answer);
    }
    fit(slide);
  }

  function fill(slide, answer) {
    slide.cautions.innerHTML = answer.places[answer.page + "-cautions"] || "";
    answer.notes.forEach(function (note) { slide.cautions.prepend(made("p", "", [note])); });
    slide.cautions.querySelectorAll("a").forEach(function (one) { one.removeAttribute("href"); });
    var root = filled(answer);
    var drawing = answer.figure && root.getElementById(answer.figure.id);
    var drawn = drawing && (answer.figure.data.length || (answer.figure.layout.annotations || []).length);
    // A figure of more rows than a room can read: its table stands for it.
    if (drawn && answer.figure.layout.height > TALLEST && root.querySelector("table")) { drawn = false; }
    if (drawing && !drawn) { drawing.closest(".graph").remove(); }
    still(root);
    slide.content.append(root);
    oneTable(slide);
    if (!drawn) { return; }
    if (!answer.figure.data.length) {
      // Words in place of a figure need no more.
      answer.figure.layout.height = Math.min(answer.figure.layout.height, WORDS);
    }
    drawing.style.height = answer.figure.layout.height + "px";
    function draw() { window.cohort.drawIn(drawing, answer.figure); }
    if (window.Plotly) { draw(); } else { document.addEventListener("can-draw", draw, { once: true }); }
  }

  // A room reads one table: the first beside a figure, none below it; without a figure the longest.
  function oneTable(slide) {
    var tables = Array.prototype.slice.call(slide.content.querySelectorAll("table"));
    var kept = null;
    if (slide.content.querySelector(".graph")) {
      kept = slide.content.querySelector(".side table");
    } else {
      tables.forEach(function (one) {
        if (!kept || one.rows.length > kept.rows.length) { kept = one; }
      });
    }
    tables.forEach(function (one) { if (one !== kept) { one.remove(); } });
    if (!kept) { return; }
    slide.rows = Array.prototype.slice.call(kept.querySelectorAll("tbody > tr"));
    for (var one = kept; one !== slide.content; one = one.parentElement) {
      for (var next = one.nextElementSibling; next; next = next.nextElementSibling) {
        slide.below.push(next);
      }
    }
  }

  // Whether all of a slide stands on it.
  function over(slide) { return slide.content.offsetHeight > slide.body.clientHeight + 1; }

  // By how much it is too wide: a table may run out of its column.
  function wide(slide) {
    var content = slide.content.getBoundingClientRect();
    var table = slide.content.querySelector("table");
    var right = table ? table.getBoundingClientRect().right : content.right;
    return Math.max(slide.content.scrollWidth / slide.content.clientWidth,
      (right - content.left) / content.width);
  }

  function hideRows(slide, first, end) {
    slide.rows.forEach(function (row, i) { row.hidden = i < first || i >= end; });
  }

  // A row that only names those below it does not stand last, nor one that shares a cell with them.
  function heading(row) {
    return row.cells.length === 1 || !!row.querySelector("th[colspan]") ||
      (!!row.nextElementSibling && !!row.parentElement.querySelector("[rowspan]"));
  }

  // What stands below the table gives way before its rows do, the last of it first.
  function giveWay(slide) {
    var below = slide.below;
    below.forEach(function (one) { one.hidden = false; });
    for (var i = below.length - 1; i >= 0 && over(slide); i -= 1) { below[i].hidden = true; }
  }

  function fitRows(slide) {
    var rows = slide.rows;
    hideRows(slide, 0, rows.length);
    slide.more.textContent = "";
    giveWay(slide);
    if (!over(slide) && !slide.first) { slide.end = rows.length; return; }
    // With the line that says which rows there are; one row after the other, while there is room.
    slide.more.textContent = "Rows";
    hideRows(slide, slide.first, slide.first + 1);
    var end = slide.first + 1;
    for (var next = end; next < rows.length; next += 1) {
      rows[next].hidden = false;
      if (over(slide)) { break; }
      if (!heading(rows[next])) { end = next + 1; }
    }
    hideRows(slide, slide.first, end);
    slide.end = end;
    slide.more.textContent = "Rows " + (slide.first + 1) + "–" + end + " of " + rows.length;
    var hint = end < rows.length ? " · ↓ further rows" : " · ↑ rows before";
    slide.more.append(made("span", "slide-hint", [hint]));
  }

  // A long title is set smaller, never cut; then a table shows as many rows as there is room for.
  function fit(slide) {
    var head = slide.head;
    head.className = "slide-head";
    if (head.scrollHeight > 60) { head.className = "slide-head long"; }
    if (head.scrollHeight > 72) { head.className = "slide-head longest"; }
    slide.content.style.zoom = "";
    slide.content.classList.remove("wide-table");
    slide.content.classList.toggle("wide-table", wide(slide) > 1.002);
    if (slide.rows && slide.rows.length) { fitRows(slide); }
    var much = Math.max(slide.content.offsetHeight / slide.body.clientHeight, wide(slide));
    // The last resort: what is left is reduced, because nothing is cut.
    if (much > 1.002) { slide.content.style.zoom = Math.floor(1000 / much) / 1000; }
  }

  function turn(slide, by) {
    if (!slide.rows || !slide.rows.length) { return false; }
    var shown = slide.end - slide.first;
    var first = by > 0 ? slide.end : Math.max(0, slide.first - shown);
    if (first >= slide.rows.length || first === slide.first) { return false; }
    slide.first = first;
    fit(slide);
    return true;
  }

  function reformat(slide, format) {
    if (slide.format === format) { return; }
    slide.format = format;
    slide.first = 0;
    slide.element.dataset.format = format;
    if (slide.state === "shown") { fit(slide); }
  }

  function fetched(slide, theme) {
    var address = window.cohort.below("/board/slide/" + theme + slide.data.view);
    return window.fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    });
  }

  var queue = [];
  var busy = false;

  function next() {
    var slide = busy ? null : queue.shift();
    if (!slide) { return; }
    var theme = window.cohort.colourScheme();
    busy = true;
    fetched(slide, theme).then(function (answer) {
      slide.state = "shown";
      slide.theme = theme;
      show(slide, answer);
      document.dispatchEvent(new CustomEvent("slide-shown", { detail: slide }));
    }).catch(function () {
      slide.state = "new";
      show(slide, { title: "No answer from the server", broken: "This view could not be fetched. Reload the page." });
    }).then(function () {
      busy = false;
      // Between two slides the browser hears what the reader does.
      window.setTimeout(next, 0);
    });
  }

  // Ask for some slides, the first of them first and before those that were asked for earlier.
  function want(slides) {
    var theme = window.cohort.colourScheme();
    var asked = slides.filter(function (one) { return one.state === "new" || one.theme !== theme; });
    queue = asked.concat(queue.filter(function (one) { return asked.indexOf(one) < 0; }));
    next();
  }

  var slides = {
    create: create, entitle: entitle, number: number, fit: fit, turn: turn, reformat: reformat,
    want: want,
    forget: function () { queue = []; },
    // What was laid out before its letters were there.
    refit: function (slide) { if (slide.state === "shown") { fit(slide); } },
    waiting: function () { return queue.length + (busy ? 1 : 0); }
  };

  window.cohort = Object.assign(window.cohort || {}, { slides: slides });
})();
