/* A figure is drawn for the width of the paper while it is printed, and for the window again. */
(function () {
  "use strict";

  // A4, and so letter too, between margins of 12 mm, in pixels.
  var PAPER = 700;

  function figures(change) {
    if (!window.Plotly) { return; }
    // A slide keeps its own size, which the paper enlarges or reduces as a whole.
    document.querySelectorAll(".js-plotly-plot:not(.slide *)").forEach(function (plot) {
      if (!plot.layout || !plot.clientWidth) { return; }
      window.Plotly.relayout(plot, change(plot));
      // A key that takes another number of rows has moved the drawing but not itself.
      window.Plotly.redraw(plot);
    });
  }

  window.addEventListener("beforeprint", function () {
    figures(function (plot) {
      var share = parseFloat(getComputedStyle(plot).getPropertyValue("--share-on-paper"));
      return { width: PAPER / share, height: plot.clientHeight };
    });
  });
  window.addEventListener("afterprint", function () {
    figures(function () { return { width: null, height: null, autosize: true }; });
  });
})();
