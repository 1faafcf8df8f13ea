/* Forms with scripts: questions appear when they are asked, communes follow their
   province, the size of a file is told before it is sent, errors get the focus.
   Everything works without; nothing here decides – the server asks again.
   Conditions are evaluated as in content/procedures/forms/conditions.py. */
(function () {
  "use strict";

  /* Answers, as the server would read them. */

  function controls(wrapper) {
    return Array.prototype.slice.call(wrapper.querySelectorAll("input, select, textarea"));
  }

  function hidden(element) {
    return element.closest("[hidden]") !== null;
  }

  function line(text) {
    return text.normalize("NFC").replace(/\s+/g, " ").trim();
  }

  function dayOf(text) {
    var found = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/.exec(text);
    var parts = found && [found[3], found[2], found[1]];
    if (!parts && (found = /^(\d{2})(\d{2})(\d{4})$/.exec(text))) {
      parts = [found[3], found[2], found[1]];
    }
    if (!parts && (found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text))) {
      parts = [found[1], found[2], found[3]];
    }
    if (!parts) { return text; }
    var date = new Date(0);
    date.setUTCFullYear(+parts[0], +parts[1] - 1, +parts[2]);
    var real = date.getUTCMonth() === +parts[1] - 1 && date.getUTCDate() === +parts[2];
    return real && +parts[0] > 0
      ? parts[0] + "-" + ("0" + +parts[1]).slice(-2) + "-" + ("0" + +parts[2]).slice(-2)
      : text;
  }

  function isDay(text) { return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(text) === text; }

  function canonical(text) {
    var sign = text[0] === "-" ? "-" : "";
    var parts = text.slice(sign.length).split(".");
    var whole = parts[0].replace(/^0+(?=\d)/, "");
    var rest = (parts[1] || "").replace(/0+$/, "");
    var value = rest ? whole + "." + rest : whole;
    return value === "0" ? "0" : sign + value;
  }

  function numberOf(text) {
    var bare = text.replace(/(\d)[\s\u00a0\u202f](?=\d{3}(\D|$))/g, "$1");
    if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare)) {
      bare = bare.replace(/\./g, "").replace(",", ".");
    } else if (/^-?\d{1,3}((,\d{3}){2,}(\.\d+)?|(,\d{3})+\.\d+)$/.test(bare)) {
      bare = bare.replace(/,/g, "");
    } else if (/^-?\d+([.,]\d+)?$/.test(bare)) {
      bare = bare.replace(",", ".");
    } else {
      return text;
    }
    return bare.length <= 30 ? canonical(bare) : text;
  }

  function chosen(wrapper) {
    return controls(wrapper)
      .filter(function (one) { return one.checked; })
      .map(function (one) { return one.value; });
  }

  function filled(wrapper) {
    return controls(wrapper).some(function (one) {
      if (/^(radio|checkbox)$/.test(one.type)) { return one.checked; }
      if (one.type === "hidden") { return /\.tep$/.test(one.name); }
      return !hidden(one) && one.value.trim() !== "";
    });
  }

  function valueOf(wrapper) {
    var kind = wrapper.getAttribute("data-kind");
    if (kind === "choices") { return chosen(wrapper); }
    if (/^(address|file|repeat)$/.test(kind)) { return filled(wrapper) ? "x" : null; }
    if (wrapper.querySelector("input[type=radio]")) { return chosen(wrapper)[0] || null; }
    var control = wrapper.querySelector("input, select, textarea");
    if (!control) { return null; }
    var text = line(control.value);
    if (kind === "date") { return dayOf(text); }
    if (kind === "number") { return numberOf(text); }
    if (kind === "national_id") { return text.replace(/[\s.\-‐‑‒–]/g, "").toUpperCase(); }
    return text || null;
  }

  /* Conditions. */

  function answered(value) {
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== "";
  }

  var tests = {
    equals: function (answer, value) { return answer === value; },
    one_of: function (answer, value) { return value.indexOf(answer) >= 0; },
    contains: function (answer, value) { return answer.indexOf(value) >= 0; },
    greater: function (answer, value) { return numeric(answer) && Number(answer) > Number(value); },
    less: function (answer, value) { return numeric(answer) && Number(answer) < Number(value); },
    before: function (answer, value) { return isDay(answer) && answer < value; },
    after: function (answer, value) { return isDay(answer) && answer > value; },
    answered: function () { return true; }
  };

  function numeric(text) { return /^-?\d+(\.\d+)?$/.test(text); }

  function holds(condition, lookup) {
    if (condition.all) {
      return condition.all.every(function (part) { return holds(part, lookup); });
    }
    if (condition.any) {
      return condition.any.some(function (part) { return holds(part, lookup); });
    }
    if (condition.not) { return !holds(condition.not, lookup); }
    var answer = lookup(condition.question);
    return answered(answer) && tests[condition.is](answer, condition.value);
  }

  /* The same row first, then the rows around it, then the form. */
  function lookupFrom(form, path) {
    var steps = path.split(".");
    return function (question) {
      for (var length = steps.length - 1; length >= 0; length -= 1) {
        if (length > 0 && !/^\d+$/.test(steps[length - 1])) { continue; }
        var name = steps.slice(0, length).concat(question).join(".");
        var found = form.querySelector('[data-field="' + name + '"]');
        if (found) { return hidden(found) ? null : valueOf(found); }
      }
      return null;
    };
  }

  function refresh(form) {
    /* In the order of the form: what a hidden question says does not count. */
    form.querySelectorAll("[data-when]").forEach(function (wrapper) {
      var condition = JSON.parse(wrapper.getAttribute("data-when"));
      var asked = holds(condition, lookupFrom(form, wrapper.getAttribute("data-field")));
      if (wrapper.hidden === asked) { wrapper.hidden = !asked; }
    });
  }

  function watchConditions(form) {
    if (!form.querySelector("[data-when]")) { return; }
    /* People who see a question only when it is asked need no words about when. */
    form.querySelectorAll("[data-when-note]").forEach(function (note) { note.hidden = true; });
    form.addEventListener("input", function () { refresh(form); });
    form.addEventListener("change", function () { refresh(form); });
    refresh(form);
  }

  /* Addresses. */

  function watchProvince(part, address) {
    var province = part.querySelector("select[name$='.tinh']");
    var commune = part.querySelector("select[name$='.xa']");
    var button = part.querySelector("[data-pick-province]");
    if (!province || !commune || !window.fetch) { return; }
    button.hidden = true;
    province.addEventListener("change", function () {
      commune.length = 1;
      commune.options[0].text = "– Chưa chọn –";
      if (!/^(0[1-9]|[1-9]\d)$/.test(province.value)) { return; }
      var asked = province.value;
      commune.setAttribute("aria-busy", "true");
      fetch(address.replace("{province}", asked), { headers: { Accept: "application/json" } })
        .then(function (answer) {
          if (!answer.ok) { throw new Error(String(answer.status)); }
          return answer.json();
        })
        .then(function (found) {
          if (province.value !== asked) { return; }
          found.items.forEach(function (one) { commune.add(new Option(one.name, one.code)); });
        })
        .catch(function () { button.hidden = false; })
        .then(function () { commune.removeAttribute("aria-busy"); });
    });
  }

  /* Files. */

  function size(bytes) {
    return bytes >= 1048576
      ? (bytes / 1048576).toFixed(1).replace(".", ",").replace(",0", "") + " MB"
      : Math.max(1, Math.round(bytes / 1024)) + " KB";
  }

  function watchFiles(input) {
    var limit = Number(input.getAttribute("data-max-bytes"));
    var note = document.createElement("p");
    note.className = "field__hint";
    note.setAttribute("role", "status");
    input.insertAdjacentElement("afterend", note);
    input.addEventListener("change", function () {
      note.textContent = Array.prototype.map.call(input.files, function (file) {
        var told = file.name + " (" + size(file.size) + ")";
        return file.size > limit ? told + " – lớn quá " + size(limit) + ", sẽ không được nhận" : told;
      }).join("; ");
    });
  }

  /* A second press while the first is on its way does nothing. */
  function sendOnce(form) {
    var sent = false;
    form.addEventListener("submit", function (event) {
      if (sent) { event.preventDefault(); return; }
      sent = true;
    });
    /* Back brings the page again as it was left. */
    window.addEventListener("pageshow", function () { sent = false; refresh(form); });
  }

  function start() {
    document.querySelectorAll("form.form").forEach(function (form) {
      var address = form.getAttribute("data-communes-url");
      watchConditions(form);
      if (address) {
        form.querySelectorAll("[data-address]").forEach(function (part) {
          watchProvince(part, address);
        });
      }
      form.querySelectorAll("input[type=file][data-max-bytes]").forEach(watchFiles);
      sendOnce(form);
    });
    var summary = document.querySelector("[data-error-summary]");
    if (summary) { summary.focus(); }
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
