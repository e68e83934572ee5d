/* Who comes back to the bare address goes on with the study that was open last. */
(function () {
  "use strict";

  // Another program below another path of the same name remembers a study of its own.
  var KEPT = (document.body.dataset.below || "") + "last-study";

  function stored() {
    try {
      return window.localStorage.getItem(KEPT);
    } catch (error) {
      return null;
    }
  }

  function store(study) {
    try {
      if (study && study !== stored()) { window.localStorage.setItem(KEPT, study); }
    } catch (error) {
      // Without storage every visit is a first one.
    }
  }

  // What was brought by a reader is gone when the server stops.
  function isOwn(study) { return study.indexOf("own-") === 0; }

  document.addEventListener("answer-shown", function () {
    var chosen = document.getElementById("study").value;
    if (document.body.dataset.page && chosen && !isOwn(chosen)) { store(chosen); }
  });

  // On a telephone the filters lie over the page; whoever asks about patients chooses them first.
  document.addEventListener("click", function (event) {
    var door = event.target.closest && event.target.closest("a[data-open-filters]");
    if (door && window.innerWidth < 760) { window.cohort.openFilters(); }
  });

  window.cohort = Object.assign(window.cohort || {}, {
    resume: function () {
      var bare = window.location.pathname === window.cohort.below("/");
      var last = stored();
      if (!bare || window.location.search || !last) { return; }
      var address = window.cohort.below("/overview?study=" + encodeURIComponent(last));
      window.history.replaceState({}, "", address);
    }
  });
})();
