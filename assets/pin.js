/* "Add to board": the view on the screen becomes a slide of the reader's board, or leaves it. */
(function () {
  "use strict";

  // The address of the view on the screen, as the server writes it.
  var shown = "";

  function part(id) { return document.getElementById(id); }

  function place() {
    return window.cohort.deck.own().map(function (one) { return one.view; }).indexOf(shown);
  }

  function showPin() {
    var slides = window.cohort.deck.own();
    part("board-link").textContent = slides.length ? "Board (" + slides.length + ")" : "Board";
    var pin = part("pin");
    if (!pin || !shown) { return; }
    var on = place() >= 0;
    pin.textContent = on ? "On the board" : "Add to board";
    pin.setAttribute("aria-pressed", String(on));
  }

  function pin() {
    var deck = window.cohort.deck;
    var slides = deck.own();
    var at = place();
    var said;
    if (document.body.dataset.pending || !part("pin")) { return; }
    if (at >= 0) {
      slides.splice(at, 1);
      said = "Taken off the board.";
    } else if (slides.length >= deck.MOST) {
      said = "The board is full: it holds " + deck.MOST + " views.";
    } else {
      // A title that the reader has not written is made anew from the view, whenever it is shown.
      slides.push({ view: shown, title: "", note: "" });
      said = "Added to the board as slide " + slides.length + ".";
    }
    deck.keep(slides);
    part("pin-said").textContent = said;
    part("pin-said").classList.toggle("heard", said.indexOf("full") < 0);
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("#pin")) { pin(); }
  });

  document.addEventListener("board-changed", showPin);
  document.addEventListener("answer-shown", showPin);

  window.cohort = Object.assign(window.cohort || {}, {
    pinned: function (view) {
      shown = view || "";
      part("pin-said").textContent = "";
    }
  });

  document.addEventListener("DOMContentLoaded", showPin);
  if (window.cohort.deck) { showPin(); }
})();
