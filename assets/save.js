/* What a reader takes along: the figure as a file, the link, the page on paper. */
(function () {
  "use strict";

  var noUpdate = function () { return window.dash_clientside.no_update; };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    withoutFigure: function (figure) {
      return !(figure && figure.data && figure.data.length);
    },

    save: function (exported) {
      if (!exported) { return; }
      var options = {
        format: exported.kind,
        width: exported.width,
        height: exported.height,
        scale: exported.kind === "png" ? 2 : 1
      };
      window.Plotly.toImage(exported.figure, options).then(function (address) {
        var link = document.createElement("a");
        link.href = address;
        link.download = exported.name + "." + exported.kind;
        document.body.appendChild(link);
        link.click();
        link.remove();
      });
    },

    shareLink: function () { return window.location.href; },

    copyLink: function (clicks) {
      if (!clicks) { return noUpdate(); }
      var field = document.getElementById("share-link");
      field.focus();
      field.select();
      // The clipboard interface exists only under https; inside a hospital it is often http.
      var done = document.execCommand("copy");
      return done ? " Copied." : " Press Ctrl+C to copy.";
    },

    printPage: function (clicks) {
      if (clicks) { window.print(); }
    }
  });
})();
