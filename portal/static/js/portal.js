/* What scripts add: text size and colours that are remembered, printing, copying a
   link, focus on the list of errors, Back over refused forms. Every page works without this file. */
(function () {
  "use strict";

  var root = document.documentElement;
  var settings = { text: "data-text", theme: "data-theme" };

  function recall(name) {
    try {
      return localStorage.getItem("portal." + name) || "";
    } catch (error) {
      return "";
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem("portal." + name, value);
    } catch (error) {
      /* Storage is refused: the choice lasts for this page. */
    }
  }

  function apply(name, value) {
    if (value) {
      root.setAttribute(settings[name], value);
    } else {
      root.removeAttribute(settings[name]);
    }
  }

  /* Before the first paint, so that nothing jumps. */
  apply("text", recall("text"));
  apply("theme", recall("theme"));

  function chooser(name, attribute) {
    var buttons = document.querySelectorAll("[" + attribute + "]");
    function show() {
      buttons.forEach(function (button) {
        var chosen = (root.getAttribute(settings[name]) || "") === button.getAttribute(attribute);
        button.setAttribute("aria-pressed", String(chosen));
      });
    }
    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        var value = button.getAttribute(attribute);
        apply(name, value);
        keep(name, value);
        show();
      });
    });
    show();
  }

  function say(button) {
    var done = button.getAttribute("data-done");
    var label = button.textContent;
    button.textContent = done;
    setTimeout(function () {
      button.textContent = label;
    }, 3000);
  }

  document.addEventListener("DOMContentLoaded", function () {
    chooser("text", "data-text-size");
    chooser("theme", "data-colours");

    document.querySelectorAll("[data-needs-script], [data-display], [data-print], [data-copy]").forEach(function (part) {
      part.hidden = false;
    });

    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () {
        window.print();
      });
    });

    document.querySelectorAll("[data-copy]").forEach(function (button) {
      button.addEventListener("click", function () {
        if (!navigator.clipboard) {
          return;
        }
        navigator.clipboard.writeText(button.getAttribute("data-copy") || location.href).then(function () {
          say(button);
        });
      });
    });

    var summary = document.querySelector(".error-summary");
    if (summary) {
      summary.setAttribute("tabindex", "-1");
      summary.focus();
      /* A refused form answers a POST: Back and reload ask for the page anew, which has
         what was kept, instead of sending the old form again. */
      history.replaceState(null, "", location.href);
    }
  });
})();
