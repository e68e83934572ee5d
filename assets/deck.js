/* A deck: views in an order, each with a title and a note where the reader wrote one. It is kept by
 * the browser and written into a link.
 *
 * 1/survival:study=soramic:by=arm!A_title!A_note;overview:set=all
 *
 * First the version. A view is its page and the parts of its query; a study that is not named is
 * that of the view before. What would mean something else stands as *2A, a blank in words as _, so
 * that no program on the way of a link has anything to escape. */
(function () {
  "use strict";

  var MOST = 30;
  var VERSION = "1";
  // The server reads 8,190 bytes of a request's first line.
  var LONGEST = 7000;
  var KEPT = (document.body.dataset.below || "") + "board";
  // A browser without storage keeps the board until the dashboard is loaded anew.
  var unkept = [];

  function starred(text) {
    return encodeURIComponent(text).replace(/[!'()*~]/g, function (one) {
      return "%" + one.charCodeAt(0).toString(16).toUpperCase();
    });
  }

  function writeWords(text) {
    return starred(text).replace(/_/g, "%5F").replace(/%20/g, "_").replace(/%/g, "*");
  }

  function readWords(text) {
    return decodeURIComponent(text.replace(/_/g, " ").replace(/\*/g, "%"));
  }

  function parts(view) {
    var cut = view.indexOf("?");
    var query = new URLSearchParams(cut < 0 ? "" : view.slice(cut));
    return { page: (cut < 0 ? view : view.slice(0, cut)).replace(/^\//, ""), query: query };
  }

  function writeView(view, before) {
    var read = parts(view);
    var words = [starred(read.page)];
    read.query.forEach(function (value, name) {
      if (name === "study" && value === before) { return; }
      words.push(starred(name) + "=" + starred(value).replace(/%2C/g, ","));
    });
    return words.join(":").replace(/%/g, "*");
  }

  function readView(text, before) {
    var words = text.split(":");
    var named = words.slice(1);
    var studied = named.some(function (one) { return one.indexOf("study=") === 0; });
    if (!studied && before) { named.unshift("study=" + before); }
    return ("/" + words[0] + (named.length ? "?" + named.join("&") : "")).replace(/\*/g, "%");
  }

  function studyOf(view) { return parts(view).query.get("study") || ""; }

  function write(slides, withNotes) {
    var before = "";
    return VERSION + "/" + slides.map(function (slide) {
      var words = [writeView(slide.view, before), writeWords(slide.title)];
      if (withNotes) { words.push(writeWords(slide.note)); }
      while (words.length > 1 && !words[words.length - 1]) { words.pop(); }
      before = studyOf(slide.view);
      return words.join("!");
    }).join(";");
  }

  // What a link holds, and a sentence where not all of it can be used.
  function read(text) {
    var whole, before = "", slides = [];
    try {
      whole = decodeURIComponent(text);
    } catch (error) {
      whole = text;
    }
    var cut = whole.indexOf("/");
    if (whole.slice(0, cut) !== VERSION) {
      return { slides: [], problem: "This link to a deck is of another kind, or not whole." };
    }
    whole.slice(cut + 1).split(";").filter(Boolean).forEach(function (item) {
      var words = item.split("!");
      var slide = { view: "/" + words[0], title: "", note: "" };
      try {
        slide.view = readView(words[0], before);
        before = studyOf(slide.view);
        slide.title = readWords(words[1] || "").slice(0, 300);
        slide.note = readWords(words[2] || "").slice(0, 4000);
      } catch (error) {
        // A view that cannot be read says so on its slide.
        slide.view = "/" + starred(words[0]);
      }
      slides.push(slide);
    });
    var more = slides.length - MOST;
    return {
      slides: slides.slice(0, MOST),
      problem: more > 0 ? "A board holds " + MOST + " views; " + more + " more of the link are left out." : ""
    };
  }

  // The address of a deck, and what of it did not fit into a link.
  function address(slides, at) {
    var tries = [
      [slides, true, ""],
      [slides, false, "The notes are too long for a link and are not in it."],
      [slides.map(function (one) { return { view: one.view, title: "", note: "" }; }), false,
        "Your titles and notes are too long for a link and are not in it."]
    ];
    var end = at ? "&slide=" + at : "";
    var found = tries.map(function (one) {
      return { address: window.cohort.below("/board?deck=") + write(one[0], one[1]) + end, left: one[2] };
    }).filter(function (one) { return one.address.length <= LONGEST; });
    return found[0] || null;
  }

  function sound(slide) {
    return slide && typeof slide.view === "string" && slide.view[0] === "/" &&
      typeof slide.title === "string" && typeof slide.note === "string";
  }

  function own() {
    try {
      var kept = JSON.parse(window.localStorage.getItem(KEPT) || "[]");
      return (Array.isArray(kept) ? kept.filter(sound) : []).slice(0, MOST);
    } catch (error) {
      return unkept;
    }
  }

  function told() { document.dispatchEvent(new CustomEvent("board-changed")); }

  function keep(slides) {
    unkept = slides.slice(0, MOST).map(function (one) {
      return { view: one.view, title: one.title, note: one.note };
    });
    try {
      window.localStorage.setItem(KEPT, JSON.stringify(unkept));
    } catch (error) {
      // For this visit only.
    }
    told();
  }

  window.addEventListener("storage", function (event) {
    if (event.key === KEPT) { told(); }
  });

  // The deck of the address on the screen; none where the board is the reader's own.
  function inAddress() {
    var found = /[?&]deck=([^&]*)/.exec(window.location.search);
    return found ? read(found[1]) : null;
  }

  function same(one, other) { return write(one, true) === write(other, true); }

  var deck = {
    MOST: MOST, own: own, keep: keep, write: write, read: read, address: address,
    inAddress: inAddress, same: same
  };

  window.cohort = Object.assign(window.cohort || {}, { deck: deck });
})();
