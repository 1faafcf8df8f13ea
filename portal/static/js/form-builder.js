/* The question being written is shown as applicants will see it; the server draws it.
   Questions of the form builder can be dragged; every place can be reached by the buttons
   too, so nothing here is needed. A drop submits the same form as those buttons. */
(function () {
  "use strict";

  var dragged = null;

  function put(form, name, value) {
    var field = form.querySelector("[name=" + name + "]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.appendChild(field);
    }
    field.value = value;
  }

  /* The question's own "up" button carries all that is needed; only the act differs. */
  function drop(list, before) {
    var form = dragged.querySelector("form");
    put(form, "viec", "dat");
    put(form, "buoc", list.getAttribute("data-section"));
    put(form, "truoc", before ? before.getAttribute("data-question") : "");
    form.submit();
  }

  document.querySelectorAll("[data-question]").forEach(function (item) {
    item.draggable = true;
    item.addEventListener("dragstart", function (event) {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.id);
    });
    item.addEventListener("dragover", function (event) {
      if (dragged && dragged !== item) { event.preventDefault(); item.classList.add("is-target"); }
    });
    item.addEventListener("dragleave", function () { item.classList.remove("is-target"); });
    item.addEventListener("drop", function (event) {
      event.preventDefault();
      event.stopPropagation();
      if (dragged && dragged !== item) { drop(item.closest("[data-section]"), item); }
    });
    item.addEventListener("dragend", function () { dragged = null; });
  });

  document.querySelectorAll("[data-section]").forEach(function (list) {
    list.addEventListener("dragover", function (event) { if (dragged) { event.preventDefault(); } });
    list.addEventListener("drop", function (event) {
      event.preventDefault();
      if (dragged) { drop(list, null); }
    });
  });

  var shown = document.querySelector("[data-preview]");
  var written = document.querySelector("main form#f");
  var timer = null;

  function preview() {
    var data = new URLSearchParams(new FormData(written));
    data.set("xem", "1");
    fetch(written.action, {method: "POST", body: data, credentials: "same-origin"})
      .then(function (answer) { return answer.ok ? answer.text() : null; })
      .then(function (html) { if (html !== null) { shown.innerHTML = html; } })
      .catch(function () { /* The saved wording stays on show. */ });
  }

  /* Where a form is tried out, worked out numbers follow what is typed. */
  var tried = document.querySelector("form[data-calculate-url]");

  function calculate() {
    var data = new URLSearchParams(new FormData(tried));
    data.set("xem", "1");
    fetch(tried.getAttribute("data-calculate-url"),
      {method: "POST", body: data, credentials: "same-origin"})
      .then(function (answer) { return answer.ok ? answer.json() : {}; })
      .then(function (found) {
        Object.keys(found).forEach(function (name) {
          var place = tried.querySelector('[data-field="' + name + '"] strong');
          if (place && found[name]) { place.textContent = found[name]; }
        });
      })
      .catch(function () { /* They are worked out when the answers are tried. */ });
  }

  if (tried) {
    tried.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(calculate, 400);
    });
  }

  if (shown && written) {
    written.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(preview, 400);
    });
  }
})();
