/* Keeps what is typed into <form data-autosave> on the server: ten seconds after a change
   and on leaving the page. Saving itself stays with the form's own button. */
(function () {
  "use strict";

  var PAUSE = 10000;

  function fieldsOf(form) {
    var fields = {};
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && name !== "csrf_token" && name !== "revision") {
        fields[name] = value;
      }
    });
    return fields;
  }

  function watch(form) {
    var url = form.getAttribute("data-autosave-url");
    var token = form.querySelector("[name=csrf_token]").value;
    var changed = false;
    var sent = false;
    var status = document.createElement("p");
    status.className = "quiet autosave-status";
    status.setAttribute("role", "status");
    form.appendChild(status);

    function keep(leaving) {
      if (!changed || sent) {
        return;
      }
      changed = false;
      form.dispatchEvent(new CustomEvent("autosave"));
      var body = JSON.stringify({ fields: fieldsOf(form) });
      fetch(url, {
        method: "POST",
        credentials: "same-origin",
        keepalive: leaving && body.length < 60000,
        headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
        body: body
      }).then(function (response) {
        if (!response.ok) {
          throw new Error(String(response.status));
        }
        return response.json();
      }).then(function (answer) {
        status.textContent = "Đã tự lưu lúc " + answer.saved_at + "." +
          (answer.holder ? " " + answer.holder + " cũng đang mở để sửa." : "");
      }).catch(function (error) {
        changed = true;
        status.textContent = error.message === "403"
          ? "Chưa tự lưu được vì phiên đăng nhập đã hết. Ông/bà cứ viết tiếp; khi bấm lưu, cổng hỏi đăng nhập lại và giữ nguyên bài."
          : "Chưa tự lưu được; cổng sẽ thử lại. Ông/bà đừng đóng trang này.";
      });
    }

    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("change", function () { changed = true; });
    form.addEventListener("submit", function () { sent = true; });
    window.addEventListener("pagehide", function () { keep(true); });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") {
        keep(true);
      }
    });
    setInterval(function () { keep(false); }, PAUSE);
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("form[data-autosave]").forEach(watch);
  });
})();
