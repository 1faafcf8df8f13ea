/* Keys for the officers' list: j and k go from dossier to dossier, x chooses one, / goes to the
   search; on a dossier's page j and k lead to the next and the previous one. Chosen lines are
   counted, and a whole page is chosen at once.
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
    if (target.type === "checkbox") {
      return false;
    }
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

  function follow(name) {
    var link = document.querySelector(name);
    if (link) {
      link.click();
    }
    return Boolean(link);
  }

  function watchPicks() {
    var picks = Array.prototype.slice.call(document.querySelectorAll("[data-pick]"));
    var told = document.querySelector("[data-picked]");
    var all = document.querySelector("[data-pick-all]");
    if (!told || !all) {
      return;
    }
    function count() {
      var chosen = picks.filter(function (pick) {
        return pick.checked;
      }).length;
      told.textContent = chosen ? told.getAttribute("data-words").replace("{n}", chosen) : "";
    }
    picks.forEach(function (pick) {
      pick.addEventListener("change", count);
    });
    all.addEventListener("click", function () {
      var on = picks.some(function (pick) {
        return !pick.checked;
      });
      picks.forEach(function (pick) {
        pick.checked = on;
      });
      count();
    });
    count();
  }

  function pick() {
    var row = document.activeElement && document.activeElement.closest("tr");
    var box = row && row.querySelector("[data-pick]");
    if (box) {
      box.click();
    }
    return Boolean(box);
  }

  document.addEventListener("DOMContentLoaded", function () {
    watchPicks();
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
      if ((event.key === "j" || event.key === "k") && rows.length) {
        step(rows, event.key === "j" ? 1 : -1);
      } else if (event.key === "j" && follow("[data-next]")) {
        /* gone on */
      } else if (event.key === "k" && follow("[data-previous]")) {
        /* gone back */
      } else if (event.key === "x" && pick()) {
        /* chosen */
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
