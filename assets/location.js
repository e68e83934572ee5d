/* The address is the state: from it the server makes everything on the screen, in one answer.
 *
 * The scripts share one object, window.cohort, for what one of them needs of another; it is read
 * when something happens, so that the order in which they are loaded does not matter. What Dash
 * calls is in window.dash_clientside.cohort. */
(function () {
  "use strict";

  // What was last answered, and whether a late answer was already asked for again.
  var latest = null;

  function screenKind() {
    if (window.innerWidth < 760) { return "narrow"; }
    return window.innerHeight >= 1000 && window.innerWidth >= 1500 ? "tall" : "standard";
  }

  // An address of the dashboard where it stands below a path of its server's name.
  function below(address) { return (document.body.dataset.below || "") + address; }

  function request() {
    return {
      pathname: window.location.pathname.slice(below("").length),
      search: window.location.search,
      beside: window.cohort.beside(),
      theme: window.cohort.colourScheme(),
      screen: screenKind(),
      key: window.cohort.shownKey()
    };
  }

  // Until the answer for the address is there, the page says that it is not current.
  function ask() {
    document.body.dataset.pending = "yes";
    delete document.body.dataset.refused;
    document.getElementById("said").textContent = "";
    window.cohort.closeDrawer();
    // A reader who is faster than the dashboard starts is answered when it has.
    if (window.dash_clientside.set_props) {
      window.dash_clientside.set_props("view-request", { data: request() });
    }
  }

  // Whether an answer is for the address, and for what goes beside it.
  function isCurrent(answer) {
    return answer.search === window.location.search &&
      (answer.beside || "") === window.cohort.beside();
  }

  function follow(address) {
    window.history.pushState({}, "", address);
    ask();
  }

  // Links to other views are followed without loading the dashboard anew. Opening one in a new tab
  // is left to the browser.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-inside]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    follow(link.getAttribute("href"));
    // What opens under a row of a table leaves the reader in place.
    if (!link.hasAttribute("data-stay")) { window.scrollTo(0, 0); }
  });

  // From one slide of a deck to another nothing has to be asked.
  window.addEventListener("popstate", function () {
    if (!window.cohort.movedWithinBoard()) { ask(); }
  });

  window.cohort = Object.assign(window.cohort || {}, {
    ask: ask,
    below: below,
    follow: follow,
    request: request
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    start: function () {
      window.cohort.resume();
      return request();
    },

    answered: function (answer) {
      if (!answer) { return; }
      latest = answer;
      if (isCurrent(answer)) {
        // Bounds that stand elsewhere than was asked stand there in the link too.
        if (answer.instead) { window.history.replaceState({}, "", answer.instead); }
        window.cohort.show(answer);
        // A study that is being read is there soon.
        if (answer.again) {
          window.setTimeout(function () { if (latest === answer) { ask(); } }, answer.again);
          return;
        }
        delete document.body.dataset.pending;
        delete document.body.dataset.refused;
        return;
      }
      // An answer that was held up may come after the one to a later click and take its place.
      // Unless the right one follows, it is asked for again.
      window.setTimeout(function () {
        if (latest === answer && !isCurrent(answer)) { ask(); }
      }, 1000);
    }
  });
})();
