/* The address is the state: from it the server makes everything on the page. Here the request is
 * made of it, and what comes back is held against it.
 *
 * The scripts share one object, window.cohort, for what one of them needs of another; it is read
 * when something happens, so that the order in which they are loaded does not matter. What Dash
 * calls is in window.dash_clientside.cohort. */
(function () {
  "use strict";

  // The page on the screen, and what was last asked for.
  var page = null;
  var request = null;

  // What the last answer was for.
  var latest = null;

  // The state of the study's files that the page on the screen was made from, and one that came
  // with an answer and was already asked about.
  var version = "";
  var noticed = "";

  // Ask the page on the screen for the view of the address; another page is asked when it is there.
  function ask(pathname) {
    var wanted = pathname.replace(/^\/+|\/+$/g, "");
    if (page && (wanted === page || !wanted)) {
      window.dash_clientside.set_props(page + "-request", { data: request });
    }
  }

  function screenKind() {
    if (window.innerWidth < 760) { return "narrow"; }
    return window.innerHeight >= 1000 && window.innerWidth >= 1500 ? "tall" : "standard";
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    request: function (pathname, search, theme) {
      // Until the answer for these filters is there, the page says that it is not current.
      document.body.dataset.pending = "yes";
      request = {
        pathname: pathname,
        search: search,
        theme: window.cohort.colourScheme(theme),
        screen: screenKind(),
        version: version
      };
      ask(pathname);
      return request;
    },

    sync: function (view) {
      if (!view) { return; }
      version = view.version || "";
      if (page !== view.page) {
        page = view.page;
        // The reader clicked on while the page was being put on the screen.
        if (page && request.search !== view.search) { ask(page); }
      }
      if (!page) { delete document.body.dataset.pending; }
      // A page that was made anew is empty until its own answer is there.
      if (page && view.rebuilt) { document.body.dataset.pending = "yes"; }
      // A late answer to an earlier click must not turn back a later one.
      if (view.search !== window.location.search) { return; }
      window.cohort.showControls(view);
    },

    // An answer has come: the query that it is for, then texts, then the ids of their places.
    current: function (shown) {
      var texts = Array.prototype.slice.call(arguments, 1);
      var places = texts.splice(texts.length / 2);
      latest = shown;
      if (!shown) { return; }
      texts.forEach(function (text, i) { window.cohort.fillTable(text, places[i]); });
      if (shown.search === window.location.search) {
        delete document.body.dataset.pending;
        window.cohort.showFrame();
        // The study's files changed between the answers for the filters and for the numbers.
        if (shown.version && shown.version !== version && shown.version !== noticed) {
          noticed = shown.version;
          request = Object.assign({}, request, { version: version });
          window.dash_clientside.set_props("request", { data: request });
        }
        return;
      }
      // An answer that was held up may come after the one to a later click and take its place.
      // Unless the right one follows, it is asked for again.
      window.setTimeout(function () {
        if (latest === shown && shown.search !== window.location.search) {
          ask(window.location.pathname);
        }
      }, 1000);
    }
  });
})();
