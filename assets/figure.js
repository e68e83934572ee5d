/* The figure of a page, drawn by plotly into its place and kept at the place's size. */
(function () {
  "use strict";

  // plotly.js offers to upload a figure to a public server unless every graph says no; patients'
  // data must not have that button.
  var CONFIG = {
    showSendToCloud: false,
    plotlyServerURL: "",
    displaylogo: false,
    displayModeBar: false,
    scrollZoom: false,
    doubleClick: "reset"
  };

  var waiting = null;

  // The window, a projector or paper has another width.
  var observer = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var drawn = entry.target._fullLayout;
      var width = Math.round(entry.contentRect.width);
      if (!drawn || !width || Math.round(drawn.width) === width) { return; }
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () {
        if (!entry.target.isConnected) { return; }
        // A key that takes another number of rows has moved the drawing but not itself.
        window.Plotly.Plots.resize(entry.target).then(function () {
          if (entry.target.isConnected) { window.Plotly.redraw(entry.target); }
        });
      }, 50);
    });
  });

  // The figure that waits for the drawing library, on a first visit.
  var early = null;

  function draw(figure) {
    var place = document.getElementById(figure.id);
    if (!place) { return; }
    // The width follows the window, and plotly measures both or none from the page.
    place.style.height = figure.layout.height + "px";
    if (!window.Plotly) {
      early = function () { draw(figure); };
      return;
    }
    drawIn(place, figure);
  }

  // Once the library is there: a figure in a place of that height.
  function drawIn(place, figure) {
    var layout = Object.assign({}, figure.layout, { autosize: true });
    delete layout.height;
    window.Plotly.react(place, figure.data, layout, CONFIG);
    observer.observe(place);
  }

  document.getElementById("plotly").addEventListener("load", function () {
    if (early) { early(); }
    early = null;
    document.dispatchEvent(new CustomEvent("can-draw"));
  });

  window.cohort = Object.assign(window.cohort || {}, { draw: draw, drawIn: drawIn });
})();
