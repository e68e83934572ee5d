/* What a reader takes along: the figure as a file, the link, the page on paper. */
(function () {
  "use strict";

  // No canvas of a browser is higher.
  var HIGHEST = 16000;

  function downloadBlob(blob, exported) {
    var address = URL.createObjectURL(blob);
    var link = document.createElement("a");
    link.href = address;
    link.download = exported.name + "." + exported.kind;
    document.body.appendChild(link);
    link.click();
    link.remove();
    window.setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  }

  // A picture that the server has drawn already, painted at twice its size.
  function paint(exported, done) {
    var drawing = new Blob([exported.svg], { type: "image/svg+xml" });
    var scale = Math.min(2, HIGHEST / exported.height);
    var canvas = document.createElement("canvas");
    canvas.width = Math.round(exported.width * scale);
    canvas.height = Math.round(exported.height * scale);
    var image = new Image();
    var address = URL.createObjectURL(drawing);
    image.onload = function () {
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob(done, "image/png");
    };
    image.src = address;
  }

  // A picture as plotly or we have made it, as it is or painted.
  function made(exported, done) {
    if (exported.svg && exported.kind === "svg") {
      done(new Blob([exported.svg], { type: "image/svg+xml" }));
      return;
    }
    if (exported.svg) { paint(exported, done); return; }
    var painted = exported.kind !== "svg";
    var options = {
      format: painted ? "png" : "svg",
      width: exported.width,
      height: exported.height,
      scale: painted ? 2 : 1,
      imageDataOnly: true
    };
    window.Plotly.toImage(exported.figure, options).then(function (data) {
      if (!painted) { done(new Blob([data], { type: "image/svg+xml" })); return; }
      var bytes = Uint8Array.from(window.atob(data), function (one) { return one.charCodeAt(0); });
      done(new Blob([bytes], { type: "image/png" }));
    });
  }

  function part(id) { return document.getElementById(id); }

  function copyLink() {
    var field = part("share-link");
    field.focus();
    field.select();
    // The clipboard interface exists only under https; inside a hospital it is often http.
    var done = document.execCommand("copy");
    part("share-said").textContent = done ? " Copied." : " Press Ctrl+C to copy.";
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    var kind = target.closest("[data-save]");
    if (kind) {
      var wanted = Object.assign(window.cohort.request(), { wanted: kind.dataset.save });
      window.dash_clientside.set_props("picture-request", { data: wanted });
    }
    if (target.closest("[data-print]")) { window.print(); }
    if (target.closest("#share-copy")) { copyLink(); }
    if (target.closest("#share")) {
      part("share-link").value = window.cohort.link();
      part("share-said").textContent = "";
    }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    save: function (exported) {
      if (!exported) { return; }
      part("said").textContent = exported.failed || "";
      if (exported.kind === "copy") { window.cohort.pictureToCopy(exported, made); return; }
      if (exported.failed) { return; }
      made(exported, function (blob) { downloadBlob(blob, exported); });
    }
  });
})();
