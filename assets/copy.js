/* What a reader pastes elsewhere: the sentence, the tables of the page, its picture.
 *
 * The clipboard interface of browsers exists only under https; inside a hospital it is often http.
 * There text and tables go the older way, and a picture cannot be copied at all. */
(function () {
  "use strict";

  // A spreadsheet takes a cell that starts like this for a formula, unless it is a number.
  var RUNS = /^\s*[=+\-@＝＋－＠\t\r]/;
  var NUMBER = /^[-+−]?\d+([.,]\d+)?$/;
  // Parts of a cell that are drawn, with the words of their axes.
  var DRAWN = ".plot, .axis, .favours, .curves, .hist, .ends, .bar, .share-bars, .heard, .way";
  var SECONDS = 4;

  // What the last answer says of who is shown, of how to read it, and of what the rows are.
  var about = {};
  // Who waits for a picture: functions of a blob, and of words.
  var waiting = null;

  function part(id) { return document.getElementById(id); }
  function plain(element) { return element.innerText.replace(/\s+/g, " ").trim(); }

  function tables() {
    return Array.from(document.querySelectorAll("#page table")).filter(function (one) {
      return one.checkVisibility({ visibilityProperty: true });
    });
  }

  function undrawn(cell) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll(DRAWN).forEach(function (one) { one.remove(); });
    // What has a line of its own is a word of its own.
    copy.querySelectorAll("span").forEach(function (one) { one.before(" "); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  // Words of a cell; what it draws has none.
  function words(cell) {
    var text = cell.matches(".drawing") ? undrawn(cell) : plain(cell);
    return RUNS.test(text) && !NUMBER.test(text) ? "\u00a0" + text : text;
  }

  // Cells with the columns over which they reach; a cell that reaches down takes place below.
  function grid(table) {
    var taken = {};
    return Array.from(table.rows).map(function (row, y) {
      var x = 0;
      return Array.from(row.cells).map(function (cell) {
        while (taken[y + ":" + x]) { x += 1; }
        var one = { text: words(cell), head: cell.tagName === "TH", down: cell.rowSpan, first: x };
        for (var i = 0; i < cell.colSpan; i += 1) {
          for (var j = 0; j < cell.rowSpan; j += 1) { taken[(y + j) + ":" + (x + i)] = true; }
        }
        x += cell.colSpan;
        one.end = x;
        return one;
      });
    });
  }

  // Without the columns that hold drawings only; lines between and rows without words go too.
  function read(table) {
    var rows = grid(table);
    var filled = [];
    rows.forEach(function (row) {
      row.forEach(function (cell) {
        if (cell.text && cell.end - cell.first === 1) { filled[cell.first] = true; }
      });
    });
    rows.forEach(function (row) {
      row.forEach(function (cell) {
        cell.across = 0;
        cell.place = filled.slice(0, cell.first).filter(Boolean).length;
        for (var x = cell.first; x < cell.end; x += 1) { cell.across += filled[x] ? 1 : 0; }
      });
    });
    return {
      caption: table.caption ? plain(table.caption) : "",
      rows: rows.map(function (row) {
        return row.filter(function (cell) { return cell.across; });
      }).filter(function (row) { return row.some(function (cell) { return cell.text; }); })
    };
  }

  // Cells stand under their heads in plain text as well.
  function line(row) {
    var cells = [];
    row.forEach(function (cell) { cells[cell.place] = cell.text; });
    return Array.from(cells, function (text) { return text || ""; }).join("\t");
  }

  function element(name, text, style) {
    var one = document.createElement(name);
    if (text) { one.textContent = text; }
    if (style) { one.setAttribute("style", style); }
    return one;
  }

  function marked(found) {
    var table = element("table", "", "border-collapse:collapse");
    table.setAttribute("border", "1");
    table.setAttribute("cellpadding", "4");
    found.rows.forEach(function (row) {
      var line = table.insertRow();
      row.forEach(function (cell) {
        // Excel takes "1-2" for a date unless it is told that it is text.
        var text = NUMBER.test(cell.text) ? "" : "mso-number-format:'\\@';";
        var place = element(cell.head ? "th" : "td", cell.text, text + "text-align:left");
        if (cell.across > 1) { place.setAttribute("colspan", cell.across); }
        if (cell.down > 1) { place.setAttribute("rowspan", cell.down); }
        line.appendChild(place);
      });
    });
    return table;
  }

  function sentence(page) {
    var said = [plain(part(page + "-sentence")), about.head, about.foot];
    return { text: said.join("\n"), html: said.map(function (one) {
      return element("p", one).outerHTML;
    }).join("") };
  }

  function table() {
    var found = tables().map(read).filter(function (one) { return one.rows.length; });
    var below = about.said.concat([about.foot]);
    var text = [about.head], html = [element("p", about.head, "font-weight:bold").outerHTML];
    found.forEach(function (one) {
      if (one.caption) { text.push(one.caption); html.push(element("p", one.caption).outerHTML); }
      text = text.concat(one.rows.map(line));
      html.push(marked(one).outerHTML);
    });
    below.forEach(function (one) { text.push(one); html.push(element("p", one).outerHTML); });
    return { text: text.join("\n"), html: html.join("") };
  }

  // The older way: a copy of what is selected, of which the event says what it is.
  function copyOldWay(what) {
    var field = element("textarea", what.text, "position:fixed;opacity:0");
    var before = document.activeElement;
    function fill(event) {
      event.preventDefault();
      event.clipboardData.setData("text/plain", what.text);
      event.clipboardData.setData("text/html", what.html);
    }
    document.body.appendChild(field);
    field.select();
    document.addEventListener("copy", fill, { once: true });
    var done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    field.remove();
    if (before) { before.focus({ preventScroll: true }); }
    return done ? Promise.resolve() : Promise.reject(new Error("The browser did not copy."));
  }

  function able() { return Boolean(navigator.clipboard && window.ClipboardItem); }

  function copyText(what) {
    if (!able()) { return copyOldWay(what); }
    var item = new window.ClipboardItem({
      "text/plain": new Blob([what.text], { type: "text/plain" }),
      "text/html": new Blob([what.html], { type: "text/html" })
    });
    // Where a policy forbids the interface, the older way may still be open.
    return navigator.clipboard.write([item]).catch(function () { return copyOldWay(what); });
  }

  // Asked for now and written when it is there: a browser copies only on a reader's click.
  function copyPicture() {
    if (!able()) {
      return Promise.reject(new Error("A picture can be copied only under https. " +
        "Save it as PNG and insert the file."));
    }
    var picture = new Promise(function (resolve, reject) {
      waiting = { resolve: resolve, reject: reject };
    });
    var wanted = Object.assign(window.cohort.request(), { wanted: "copy" });
    window.dash_clientside.set_props("picture-request", { data: wanted });
    return navigator.clipboard.write([new window.ClipboardItem({ "image/png": picture })]);
  }

  function say(button, words) {
    var place = button.closest(".copy-buttons").querySelector(".copied");
    place.textContent = words;
    window.setTimeout(function () {
      if (place.textContent === words) { place.textContent = ""; }
    }, SECONDS * 1000);
  }

  var WAYS = {
    sentence: function (page) { return copyText(sentence(page)); },
    table: function () {
      if (!tables().length) { return Promise.reject(new Error("There is no table on this page.")); }
      return copyText(table());
    },
    picture: copyPicture,
    statement: function (page, button) {
      var text = part(button.dataset.code).textContent;
      return copyText({ text: text, html: element("pre", text).outerHTML });
    }
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) { return; }
    var what = button.dataset.copy;
    WAYS[what](button.dataset.page, button).then(function () {
      say(button, "Copied the " + what + ".");
    }, function (error) {
      say(button, error.name === "Error" ? error.message
        : "The browser does not let the " + what + " be copied.");
    });
  });

  // Nothing is offered of which there is none, and nothing is measured while an answer is written.
  function offerCopies(answer) {
    about = answer.copied;
    var said = Boolean(about.head);
    var there = {
      sentence: said,
      table: said && document.querySelector("#page table") !== null,
      picture: answer.saved,
      statement: true
    };
    document.querySelectorAll("[data-copy]").forEach(function (one) {
      one.hidden = !there[one.dataset.copy];
    });
    document.querySelectorAll(".copy-buttons").forEach(function (one) { one.hidden = !said; });
  }

  function pictureToCopy(exported, made) {
    var asked = waiting;
    waiting = null;
    if (!asked) { return; }
    if (exported.failed) { asked.reject(new Error(exported.failed)); return; }
    made(exported, asked.resolve);
  }

  window.cohort = Object.assign(window.cohort || {}, {
    offerCopies: offerCopies,
    pictureToCopy: pictureToCopy
  });
})();
