/* A figure is drawn for the width of the paper while it is printed, and for the window again. */
(function () {
  "use strict";

  // A4, and so letter too, between margins of 12 mm, in pixels; the style sheet makes figures of
  // paper smaller by the same share.
  var PAPER = 700;
  var SHARE = 0.8;

  function figures(change) {
    if (!window.Plotly) { return; }
    document.querySelectorAll(".js-plotly-plot").forEach(function (plot) {
      if (plot.layout && plot.clientWidth) { window.Plotly.relayout(plot, change(plot)); }
    });
  }

  window.addEventListener("beforeprint", function () {
    figures(function (plot) { return { width: PAPER / SHARE, height: plot.clientHeight }; });
  });
  window.addEventListener("afterprint", function () {
    figures(function () { return { width: null, height: null, autosize: true }; });
  });
})();
