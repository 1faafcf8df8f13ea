/* Questions of the form builder can be dragged; every place can be reached by the buttons
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
})();
