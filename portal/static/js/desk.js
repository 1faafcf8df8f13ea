/* Keys for the officers' list: j and k go from dossier to dossier, / goes to the search.
   Off by one button, and remembered (WCAG 2.2 SC 2.1.4). The desk works without this file. */
(function () {
  "use strict";

  var KEY = "portal.phim-tat";

  function areOn() {
    try {
      return localStorage.getItem(KEY) !== "tat";
    } catch (error) {
      return true;
    }
  }

  function remember(on) {
    try {
      localStorage.setItem(KEY, on ? "bat" : "tat");
    } catch (error) {
      /* Storage is refused: the choice lasts for this page. */
    }
  }

  function isTyping(target) {
    return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable;
  }

  function step(rows, by) {
    var now = rows.indexOf(document.activeElement);
    var next = now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by;
    if (rows[next]) {
      rows[next].focus();
      rows[next].scrollIntoView({ block: "nearest" });
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    var rows = Array.prototype.slice.call(document.querySelectorAll("[data-row]"));
    var search = document.querySelector("[data-search]");
    var button = document.querySelector("[data-shortcuts]");
    var on = areOn();

    function show() {
      button.textContent = button.getAttribute(on ? "data-on" : "data-off");
    }

    if (button) {
      show();
      button.addEventListener("click", function () {
        on = !on;
        remember(on);
        show();
      });
    }

    document.addEventListener("keydown", function (event) {
      if (!on || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return;
      }
      if (event.key === "j" || event.key === "k") {
        step(rows, event.key === "j" ? 1 : -1);
      } else if (event.key === "/" && search) {
        search.focus();
        search.select();
      } else {
        return;
      }
      event.preventDefault();
    });
  });
})();
