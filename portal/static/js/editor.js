/* Rich text for the body of an article or page. Without this file, or without the editor,
   the text area takes plain structured text. The server cleans what is sent either way. */
(function () {
  "use strict";

  var LINK = /\[([^\]\n]{1,200})\]\(((?:https?:\/\/|mailto:|tel:|\/)[^\s()<>"]{0,500})\)/g;

  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  function inline(text) {
    return escape(text).replace(LINK, '<a href="$2">$1</a>');
  }

  function kind(line) {
    if (!line.trim()) { return "gap"; }
    if (/^## /.test(line)) { return "h2"; }
    if (/^- /.test(line)) { return "ul"; }
    return /^\d{1,3}\. /.test(line) ? "ol" : "p";
  }

  /* Structured text as the server reads it. */
  function toHtml(text) {
    var html = [];
    var lines = text.split("\n");
    for (var at = 0; at < lines.length;) {
      var of = kind(lines[at]);
      var run = [];
      while (at < lines.length && kind(lines[at]) === of) {
        run.push(lines[at]);
        at += 1;
      }
      if (of === "h2") {
        run.forEach(function (line) { html.push("<h2>" + inline(line.slice(3)) + "</h2>"); });
      } else if (of === "p") {
        html.push("<p>" + run.map(inline).join("<br>") + "</p>");
      } else if (of !== "gap") {
        html.push("<" + of + ">" + run.map(function (line) {
          return "<li>" + inline(line.slice(line.indexOf(" ") + 1)) + "</li>";
        }).join("") + "</" + of + ">");
      }
    }
    return html.join("\n");
  }

  function figure(values) {
    var address = escape(values.address);
    var shown = values.kind === "video"
      ? '<video src="' + address + '" controls></video>'
      : '<img src="' + address + '" alt="' + escape(values.alt) + '">';
    var caption = values.caption ? "<figcaption>" + escape(values.caption) + "</figcaption>" : "";
    return "<figure>" + shown + caption + "</figure><p></p>";
  }

  function ask(editor, found, kindOf, words) {
    var fitting = found.filter(function (one) { return one.kind === kindOf; });
    if (!fitting.length) {
      editor.windowManager.alert("Thư viện chưa có " + words + ". Ông/bà thêm ở mục Thư viện rồi quay lại.");
      return;
    }
    var picture = kindOf === "image";
    var items = [
      { type: "listbox", name: "address", label: "Chọn trong thư viện", items: fitting.map(function (one) {
        return { text: one.title, value: one.address };
      }) }
    ];
    if (picture) {
      items.push({ type: "input", name: "alt", label: "Mô tả cho người không nhìn thấy ảnh" });
    }
    items.push({ type: "input", name: "caption", label: "Chú thích" });
    function known(address) {
      return fitting.filter(function (one) { return one.address === address; })[0];
    }
    function data(one) {
      var values = { address: one.address, caption: one.caption };
      if (picture) { values.alt = one.alt; }
      return values;
    }
    editor.windowManager.open({
      title: picture ? "Chèn ảnh" : "Chèn video",
      body: { type: "panel", items: items },
      buttons: [
        { type: "cancel", text: "Thôi" },
        { type: "submit", text: "Chèn", primary: true }
      ],
      initialData: data(fitting[0]),
      onChange: function (api, changed) {
        if (changed.name === "address") {
          api.setData(data(known(api.getData().address)));
        }
      },
      onSubmit: function (api) {
        var values = api.getData();
        if (picture && !values.alt.trim()) {
          editor.windowManager.alert("Ông/bà ghi giúp lời mô tả ảnh.");
          return;
        }
        values.kind = kindOf;
        editor.insertContent(figure(values));
        api.close();
      }
    });
  }

  function offer(editor, address) {
    function open(kindOf, words) {
      return function () {
        fetch(address, { credentials: "same-origin" }).then(function (response) {
          if (!response.ok) { throw new Error(); }
          return response.json();
        }).then(function (found) {
          ask(editor, found.items.filter(function (one) { return one.ready; }), kindOf, words);
        }).catch(function () {
          editor.windowManager.alert("Chưa mở được thư viện; ông/bà thử lại.");
        });
      };
    }
    editor.ui.registry.addButton("anh", { icon: "image", tooltip: "Chèn ảnh", onAction: open("image", "ảnh nào") });
    editor.ui.registry.addButton("video", { icon: "embed", tooltip: "Chèn video", onAction: open("video", "video nào") });
  }

  function begin(area, form) {
    var place = form.closest("[data-editor-pictures]");
    var format = form.querySelector("[name=body_format]");
    var label = form.querySelector('label[for="' + area.id + '"]');
    var hint = document.getElementById((area.getAttribute("aria-describedby") || "").split(" ")[0]);
    if (format.value !== "html") {
      area.value = toHtml(area.value);
    }
    window.hugerte.init({
      target: area,
      language: "vi",
      skin: false,
      content_css: [place.getAttribute("data-editor-content-css"), place.getAttribute("data-editor-page-css")],
      body_class: "article__body editor-body",
      plugins: "lists link table",
      menubar: false,
      branding: false,
      promotion: false,
      statusbar: false,
      height: 560,
      toolbar: "undo redo | blocks bold italic | bullist numlist blockquote | link anh video table | superscript subscript removeformat",
      toolbar_mode: "wrap",
      block_formats: "Đoạn văn=p; Đề mục lớn=h2; Đề mục nhỏ=h3; Đề mục nhỏ nhất=h4",
      valid_styles: { "*": "" },
      invalid_elements: "span,font,div",
      object_resizing: false,
      link_target_list: false,
      link_title: false,
      relative_urls: false,
      convert_urls: false,
      table_sizing_mode: "responsive",
      table_default_styles: {},
      table_default_attributes: {},
      table_appearance_options: false,
      table_advtab: false,
      table_cell_advtab: false,
      table_row_advtab: false,
      table_resize_bars: false,
      table_toolbar: "tableinsertrowbefore tableinsertrowafter tabledeleterow | tableinsertcolbefore tableinsertcolafter tabledeletecol | tablerowheader tabledelete",
      iframe_aria_text: label ? label.textContent : "Nội dung",
      setup: function (editor) {
        offer(editor, place.getAttribute("data-editor-pictures"));
        editor.on("init", function () {
          format.value = "html";
          if (hint) { hint.hidden = true; }
          if (label) { label.addEventListener("click", function () { editor.focus(); }); }
        });
        editor.on("input change undo redo", function () {
          form.dispatchEvent(new Event("input"));
        });
      }
    });
    form.addEventListener("autosave", function () { window.hugerte.triggerSave(); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("form[data-autosave]");
    var area = form && form.querySelector("textarea[name=body]");
    if (area && window.hugerte) {
      begin(area, form);
    }
  });
})();
