/* The counter with scripts: a scanner's line fills the fields of a card, Ctrl and Enter
   receive. The server reads the same line when the page is sent without scripts. */
(function () {
  "use strict";

  var SEXES = { nam: "nam", "nữ": "nữ" };

  function day(text) {
    var found = /^(\d{2})(\d{2})(\d{4})$/.exec(text || "");
    return found ? found[1] + "/" + found[2] + "/" + found[3] : "";
  }

  function read(line) {
    var parts = line.normalize("NFC").split("|").map(function (part) { return part.trim(); });
    if (parts.length < 6 || parts.length > 16 || !/^\d{12}$/.test(parts[0]) || !parts[2]) {
      return null;
    }
    return {
      number: parts[0],
      name: parts[2],
      born: day(parts[3]),
      sex: SEXES[parts[4].toLowerCase()] || "",
      address: parts[5]
    };
  }

  function choose(form, name, words) {
    Array.prototype.forEach.call(form.elements[name] || [], function (one) {
      var label = one.id && form.querySelector("label[for='" + one.id + "']");
      if (label && label.textContent.trim().toLowerCase() === words) { one.checked = true; }
    });
  }

  function fill(form, card, fills) {
    Object.keys(fills).forEach(function (key) {
      if (!card[key]) { return; }
      if (key === "sex") { choose(form, fills[key], card[key]); return; }
      var control = form.elements[fills[key]];
      if (control && "value" in control) {
        control.value = card[key];
        control.dispatchEvent(new Event("input", { bubbles: true }));
        control.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  /* The next field that the card did not fill: phone, document … */
  function goOn(form, from) {
    var all = Array.prototype.slice.call(form.querySelectorAll("input, select, textarea"));
    var next = all.slice(all.indexOf(from) + 1).filter(function (one) {
      return one.type !== "hidden" && one.type !== "radio" && one.type !== "file" && !one.value;
    })[0];
    if (next) { next.focus(); }
  }

  function watch(form) {
    var field = form.elements[form.getAttribute("data-card")];
    var fills = JSON.parse(form.getAttribute("data-card-fills") || "{}");
    if (!field) { return; }
    field.addEventListener("keydown", function (event) {
      var card = event.key === "Enter" && !event.ctrlKey && read(field.value);
      if (!card) { return; }
      event.preventDefault();
      fill(form, card, fills);
      field.value = "";
      goOn(form, field);
    });
  }

  /* The form that the keys are meant for: that around the focus or, where nothing is typed or
     pressed, the page's own, as after a list of errors. */
  function meant(target) {
    if (!target.closest) { return null; }
    var around = target.closest("form");
    if (around) { return around.hasAttribute("data-press") ? around : null; }
    return target.closest("a, button, summary") ? null : document.querySelector("form[data-press]");
  }

  document.addEventListener("keydown", function (event) {
    var form = meant(event.target);
    if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) { return; }
    var buttons = Array.prototype.slice.call(form.querySelectorAll(".form__buttons button"));
    var wanted = form.getAttribute("data-press");
    var button = buttons.filter(function (one) { return one.value === wanted; })[0];
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-card]"), watch);
  });
})();
