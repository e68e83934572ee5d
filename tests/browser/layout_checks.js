/* What does not keep to its place on the page as it is drawn now: a list of {kind, what}.
 *
 * wide      the page is wider than the window
 * past      an element reaches past what holds it, with no scroll bar
 * cut       words are cut off by what holds them
 * sideways  on a desktop or on paper something must be scrolled sideways
 * overlap   two texts stand on each other
 * ellipsis  a name is shortened and nothing near says the whole of it
 * legend    the key of a figure, or its rows of numbers, stand on what is drawn
 * low       curves with less room than can be read
 */
(function (options) {
  "use strict";

  var SLACK = 1.5;
  var found = [];
  var body = document.body;

  function fault(kind, what) { found.push({ kind: kind, what: what }); }

  function short(text) { return text.trim().replace(/\s+/g, " ").slice(0, 60); }

  function named(element) {
    var kind = element.tagName.toLowerCase();
    var id = element.id ? "#" + element.id : "";
    var own = typeof element.className === "string" ? element.className : "";
    var classes = own.split(" ").filter(function (one) { return one; });
    return kind + id + (classes.length ? "." + classes.slice(0, 2).join(".") : "");
  }

  function described(element) {
    return named(element) + " in " + named(element.parentElement || body) +
      " “" + short(element.textContent) + "”";
  }

  var styles = new Map();
  function style(element) {
    var known = styles.get(element);
    if (!known) { styles.set(element, known = getComputedStyle(element)); }
    return known;
  }

  var boxes = new Map();
  function box(element) {
    var known = boxes.get(element);
    if (!known) { boxes.set(element, known = element.getBoundingClientRect()); }
    return known;
  }

  function seen(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest(".heard, .skip, caption, .js-plotly-plot .hoverlayer");
  }

  // Clipped away until a screen reader or a keyboard needs it.
  function hiddenByClip(element) {
    for (var one = element; one && one !== body; one = one.parentElement) {
      if (style(one).clipPath === "inset(50%)") { return true; }
    }
    return false;
  }

  function clips(element) {
    var own = style(element);
    return own.overflowX !== "visible" || own.overflowY !== "visible";
  }

  function scrolls(element) { return /auto|scroll/.test(style(element).overflowX + style(element).overflowY); }

  // ---- texts: every line of every text, as far as it is seen

  function lines() {
    var texts = [];
    var walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      var holder = node.parentElement;
      if (!node.data.trim() || /^(SCRIPT|STYLE|NOSCRIPT|OPTION)$/.test(holder.tagName)) { continue; }
      if (!seen(holder) || hiddenByClip(holder)) { continue; }
      var range = document.createRange();
      range.selectNodeContents(node);
      Array.prototype.forEach.call(range.getClientRects(), function (rect) {
        if (rect.width < 1 || rect.height < 1) { return; }
        var one = inSight(rect, node, holder);
        if (one) { texts.push(one); }
      });
    }
    return texts;
  }

  // The part of a line that is not clipped; words that are cut off for good are a fault.
  function inSight(rect, node, holder) {
    var one = { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom, node: node, over: null };
    var scrolled = false;
    for (var at = holder; at && at !== body; at = at.parentElement) {
      if (style(at).position === "fixed" || style(at).position === "sticky") { one.over = at; }
      if (!clips(at)) { continue; }
      var edge = box(at);
      if (scrolls(at)) { scrolled = true; }
      if (!scrolled && style(at).webkitLineClamp === "none" && style(at).textOverflow !== "ellipsis") {
        if (one.left < edge.left - SLACK || one.right > edge.right + SLACK) {
          fault("cut", "“" + short(node.data) + "” by " + described(at).slice(0, 90));
          scrolled = true;
        }
      }
      one.left = Math.max(one.left, edge.left);
      one.right = Math.min(one.right, edge.right);
      one.top = Math.max(one.top, edge.top);
      one.bottom = Math.min(one.bottom, edge.bottom);
      if (one.right - one.left < 1 || one.bottom - one.top < 1) { return null; }
    }
    return one;
  }

  function overlaps(texts) {
    // A line's box is taller than its letters.
    var all = texts.map(function (one) {
      var inset = (one.bottom - one.top) * 0.24;
      return { left: one.left + 0.75, right: one.right - 0.75, top: one.top + inset, bottom: one.bottom - inset, node: one.node, over: one.over };
    }).sort(function (a, b) { return a.top - b.top; });
    for (var i = 0; i < all.length; i += 1) {
      for (var k = i + 1; k < all.length && all[k].top < all[i].bottom; k += 1) {
        var a = all[i], b = all[k];
        if (a.node === b.node || a.over !== b.over) { continue; }
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) < 1) { continue; }
        if (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) < 1) { continue; }
        fault("overlap", "“" + short(a.node.data) + "” and “" + short(b.node.data) + "” in " + named(a.node.parentElement) + " / " + named(b.node.parentElement));
      }
    }
  }

  // ---- elements

  function elements() {
    body.querySelectorAll("*").forEach(function (one) {
      if (one.closest("svg") && one.tagName !== "svg") { return; }
      if (!one.parentElement || !seen(one) || hiddenByClip(one)) { return; }
      shortened(one);
      var own = style(one);
      if (/auto|scroll/.test(own.overflowX) && one.scrollWidth > one.clientWidth + SLACK && one.clientWidth) {
        if (options.desktop && !one.matches("textarea, input")) {
          fault("sideways", described(one) + " by " + (one.scrollWidth - one.clientWidth));
        }
      }
      past(one, own);
    });
  }

  function inScroller(one) {
    for (var at = one.parentElement; at && at !== body; at = at.parentElement) {
      if (/auto|scroll/.test(style(at).overflowX)) { return true; }
    }
    return false;
  }

  function past(one, own) {
    // A row of a list may be wider than its words, so that all of it can be pressed.
    if (one.matches(".tables-list a")) { return; }
    var rect = box(one);
    if (rect.width < 1 || rect.height < 1 || own.position === "fixed") { return; }
    if (/^inline$|contents/.test(own.display) && own.position !== "absolute") { return; }
    var holder = one.parentElement;
    if (own.position === "absolute") {
      // A mark may stand a little outside its drawing, but not in another cell.
      holder = one.closest("td, th, figure, section, .page, .top, .rail, .header-row");
      if (!holder || holder === one) { return; }
    }
    while (holder !== body && /^inline$|contents/.test(style(holder).display)) { holder = holder.parentElement; }
    if (clips(holder) || holder === body) { return; }
    if (!options.desktop && inScroller(one)) { return; }
    var edge = box(holder);
    var by = Math.max(edge.left - rect.left, rect.right - edge.right);
    if (by > (own.position === "absolute" ? 10 : SLACK)) {
      fault("past", described(one) + " by " + Math.round(by));
    }
  }

  function shortened(one) {
    if (style(one).textOverflow !== "ellipsis" || one.scrollWidth <= one.clientWidth + 1) { return; }
    if (/visible/.test(style(one).overflowX) && one.tagName !== "INPUT") { return; }
    // The switcher begins with the study's short title; what is cut off is its tagline. What a
    // page is split by heads the table beside it, and chosen levels stand in the line of the cohort.
    if (one.closest("[title], .study, .split, .many-chosen")) { return; }
    fault("ellipsis", described(one) + (one.value ? " “" + short(one.value) + "”" : ""));
  }

  function spared(texts) {
    texts.forEach(function (one) {
      if (/…\s*$/.test(one.node.data) && !one.node.parentElement.closest("[title], [aria-label]:not(.graph), button, input")) {
        fault("ellipsis", "“" + short(one.node.data) + "” in " + named(one.node.parentElement));
      }
    });
  }

  // ---- figures

  function meet(a, b) {
    return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  }

  function figures() {
    body.querySelectorAll(".js-plotly-plot").forEach(function (plot) {
      if (!seen(plot)) { return; }
      var area = plot.querySelector('.nsewdrag[data-subplot="xy"]');
      if (!area) { return; }
      var inner = box(area);
      var kind = plot.parentElement.id || plot.id;
      plot.querySelectorAll(".legend text").forEach(function (words) {
        if (meet(box(words), inner)) { fault("legend", kind + ": the key on the drawing: " + short(words.textContent)); }
      });
      plot.querySelectorAll(".xy2 .textpoint text").forEach(function (text) {
        if (meet(box(text), inner)) { fault("legend", kind + ": numbers on the drawing: " + short(text.textContent)); }
      });
      // On paper a figure is smaller by a share, and so are its letters.
      if (options.paper) { return; }
      // Several panels side by side are as wide as they need to be.
      if (plot.querySelector(".nsewdrag[data-subplot='x2y2']")) { return; }
      if (inner.width < 190 || (plot.querySelector(".xy2") && inner.height < 220)) {
        fault("low", kind + ": " + Math.round(inner.width) + " × " + Math.round(inner.height));
      }
    });
  }

  if (document.documentElement.scrollWidth > window.innerWidth + 1) {
    fault("wide", document.documentElement.scrollWidth + " in " + window.innerWidth);
  }
  var texts = lines();
  overlaps(texts);
  spared(texts);
  elements();
  figures();
  var said = {};
  return found.filter(function (one) {
    var key = one.kind + one.what;
    if (said[key]) { return false; }
    return (said[key] = true);
  });
})
