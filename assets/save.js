/* What a reader takes along: the figure as a file, the link, the page on paper. */
(function () {
  "use strict";

  var noUpdate = function () { return window.dash_clientside.no_update; };

  // The buttons are there where there is a figure, or anything in a place that they save.
  function offer(buttons) {
    var places = (buttons.dataset.places || "").split(" ").filter(Boolean);
    buttons.hidden = !buttons.dataset.figure && !places.some(function (id) {
      var place = document.getElementById(id);
      return place && place.firstChild;
    });
  }

  function offerTable(id) {
    document.querySelectorAll('[data-places~="' + id + '"]').forEach(offer);
  }

  window.cohort = Object.assign(window.cohort || {}, { offerTable: offerTable });

  // No canvas of a browser is higher.
  var HIGHEST = 16000;

  function download(address, exported) {
    var link = document.createElement("a");
    link.href = address;
    link.download = exported.name + "." + exported.kind;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  function downloadBlob(blob, exported) {
    var address = URL.createObjectURL(blob);
    download(address, exported);
    window.setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  }

  // A picture that the server has drawn already: as it is, or painted at twice its size.
  function saveDrawing(exported) {
    var drawing = new Blob([exported.svg], { type: "image/svg+xml" });
    if (exported.kind === "svg") { downloadBlob(drawing, exported); return; }
    var scale = Math.min(2, HIGHEST / exported.height);
    var canvas = document.createElement("canvas");
    canvas.width = Math.round(exported.width * scale);
    canvas.height = Math.round(exported.height * scale);
    var image = new Image();
    var address = URL.createObjectURL(drawing);
    image.onload = function () {
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob(function (blob) { downloadBlob(blob, exported); }, "image/png");
    };
    image.src = address;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    // A figure has come, or a sentence in its place.
    drawn: function (figure, id) {
      var buttons = document.getElementById(id);
      if (!buttons) { return; }
      buttons.dataset.figure = figure && figure.data && figure.data.length ? "yes" : "";
      offer(buttons);
    },

    save: function (exported) {
      if (!exported) { return; }
      if (exported.svg) { saveDrawing(exported); return; }
      var options = {
        format: exported.kind,
        width: exported.width,
        height: exported.height,
        scale: exported.kind === "png" ? 2 : 1
      };
      window.Plotly.toImage(exported.figure, options).then(function (address) {
        download(address, exported);
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
