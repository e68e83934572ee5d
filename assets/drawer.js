/* Drawers: opened by their button, closed when another view comes. */
(function () {
  "use strict";

  var noUpdate = function () { return window.dash_clientside.no_update; };

  // Which drawers were opened since the last view, by id.
  var drawers = {};

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cohort = Object.assign(window.dash_clientside.cohort || {}, {
    drawer: function () {
      var context = window.dash_clientside.callback_context;
      var id = context.triggered_id;
      var opens = typeof id === "string" && /-button$/.test(id);
      // Closing one that was never opened would ask the server at every click.
      if (!opens && !drawers[context.outputs_list.id]) { return noUpdate(); }
      drawers[context.outputs_list.id] = opens;
      return opens;
    }
  });
})();
