/* The search among many groups: rows of the numbers whose group is not meant are not shown. */
(function () {
  "use strict";

  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!field.classList || !field.classList.contains("pick-search")) { return; }
    var wanted = field.value.trim().toLocaleLowerCase();
    var side = field.closest(".side");
    side.querySelectorAll("tr[data-group]").forEach(function (row) {
      row.hidden = row.dataset.group.toLocaleLowerCase().indexOf(wanted) < 0;
    });
  });
})();
