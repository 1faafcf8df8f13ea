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

  var PICTURE = /^!\[([^\]\n]{0,500})\]\((\/tep\/[0-9a-f]{12}\/[^\s()<>"]{1,180})(?: "([^"\n]{1,500})")?\)\s*$/;
  var DASHES = /^\|(?:\s*:?-{3,}:?\s*\|)+\s*$/;

  function kind(line) {
    if (!line.trim()) { return "gap"; }
    if (/^## /.test(line)) { return "h2"; }
    if (/^- /.test(line)) { return "ul"; }
    if (/^> /.test(line)) { return "quote"; }
    if (/^\|/.test(line)) { return "table"; }
    if (PICTURE.test(line)) { return "picture"; }
    return /^\d{1,3}\. /.test(line) ? "ol" : "p";
  }

  function lines(run) {
    return run.map(inline).join("<br>");
  }

  function table(run) {
    var rows = run.filter(function (line) { return !DASHES.test(line); }).map(function (line) {
      return line.trim().replace(/^\|/, "").replace(/\|$/, "").split("|").map(function (one) { return inline(one.trim()); });
    });
    var hasHead = run.length > 1 && DASHES.test(run[1]);
    function row(cells, open, close) {
      return "<tr>" + cells.map(function (one) { return open + one + close; }).join("") + "</tr>";
    }
    var head = hasHead && rows.length ? "<thead>" + row(rows.shift(), '<th scope="col">', "</th>") + "</thead>" : "";
    return "<table>" + head + "<tbody>" + rows.map(function (cells) { return row(cells, "<td>", "</td>"); }).join("") + "</tbody></table>";
  }

  function pictureOf(line) {
    var found = PICTURE.exec(line);
    var isVideo = /\.(mp4|webm)$/i.test(found[2]);
    return figure({
      kind: isVideo ? "video" : "image",
      address: found[2],
      alt: found[1],
      caption: found[3] || (isVideo ? found[1] : "")
    }, "");
  }

  var BLOCKS = {
    gap: function () { return ""; },
    h2: function (run) { return run.map(function (line) { return "<h2>" + inline(line.slice(3)) + "</h2>"; }).join("\n"); },
    p: function (run) { return "<p>" + lines(run) + "</p>"; },
    quote: function (run) { return "<blockquote><p>" + lines(run.map(function (line) { return line.slice(2); })) + "</p></blockquote>"; },
    table: table,
    picture: function (run) { return run.map(pictureOf).join("\n"); }
  };

  function list(of, run) {
    return "<" + of + ">" + run.map(function (line) {
      return "<li>" + inline(line.slice(line.indexOf(" ") + 1)) + "</li>";
    }).join("") + "</" + of + ">";
  }

  /* Structured text as the server reads it (content/news/structured.py). */
  function toHtml(text) {
    var html = [];
    var all = text.split("\n");
    for (var at = 0; at < all.length;) {
      var of = kind(all[at]);
      var run = [];
      while (at < all.length && kind(all[at]) === of) {
        run.push(all[at]);
        at += 1;
      }
      html.push(BLOCKS[of] ? BLOCKS[of](run) : list(of, run));
    }
    return html.filter(Boolean).join("\n");
  }

  function figure(values, after) {
    var address = escape(values.address);
    var shown = values.kind === "video"
      ? '<video src="' + address + '" controls></video>'
      : '<img src="' + address + '" alt="' + escape(values.alt) + '">';
    var caption = values.caption ? "<figcaption>" + escape(values.caption) + "</figcaption>" : "";
    return "<figure>" + shown + caption + "</figure>" + after;
  }

  /* Choosing from the whole library: by words, page by page. One chooser for a kind of file. */
  function chooser(editor, address, of) {
    var state = { q: "", page: 1, pages: 1, items: [] };

    function known(where) {
      return state.items.filter(function (one) { return one.address === where; })[0];
    }

    function data(one) {
      var values = { q: state.q };
      if (one) {
        values.address = one.address;
        values.caption = one.caption;
        if (of.picture) { values.alt = one.alt; }
      }
      return values;
    }

    function fields() {
      var search = {
        type: "grid",
        columns: 2,
        items: [
          { type: "input", name: "q", label: "Tìm theo tên, mô tả" },
          { type: "button", name: "find", text: "Tìm" }
        ]
      };
      if (!state.items.length) {
        return [search, { type: "htmlpanel", html: "<p>Không có " + of.thing + " nào khớp.</p>" }];
      }
      var found = [search, {
        type: "listbox",
        name: "address",
        label: "Chọn trong thư viện (trang " + state.page + " trong " + state.pages + ")",
        items: state.items.map(function (one) { return { text: one.title, value: one.address }; })
      }];
      if (of.picture) {
        found.push({ type: "input", name: "alt", label: "Mô tả cho người không nhìn thấy ảnh" });
      }
      found.push({ type: "input", name: "caption", label: "Chú thích" });
      return found;
    }

    function buttons() {
      var found = [{ type: "cancel", text: "Thôi" }];
      if (state.page > 1) { found.push({ type: "custom", name: "before", text: "Trang trước" }); }
      if (state.page < state.pages) { found.push({ type: "custom", name: "after", text: "Trang sau" }); }
      if (state.items.length) { found.push({ type: "submit", text: "Chèn", primary: true }); }
      return found;
    }

    function dialog() {
      return {
        title: of.title,
        body: { type: "panel", items: fields() },
        buttons: buttons(),
        initialData: data(state.items[0]),
        onChange: function (api, changed) {
          if (changed.name === "address") { api.setData(data(known(api.getData().address))); }
        },
        onAction: function (api, pressed) {
          var steps = { find: 1, before: state.page - 1, after: state.page + 1 };
          if (pressed.name === "find") { state.q = api.getData().q; }
          load(steps[pressed.name], function () { api.redial(dialog()); });
        },
        onSubmit: function (api) {
          var values = api.getData();
          if (values.q !== state.q) {
            /* Enter in the search field looks first, it does not insert. */
            state.q = values.q;
            load(1, function () { api.redial(dialog()); });
            return;
          }
          if (!values.address) { return; }
          if (of.picture && !values.alt.trim()) {
            editor.windowManager.alert("Ông/bà ghi giúp lời mô tả ảnh.");
            return;
          }
          values.kind = of.kind;
          editor.insertContent(figure(values, "<p></p>"));
          api.close();
        }
      };
    }

    function load(page, then) {
      var query = "?dung-duoc=1&loai=" + of.kind + "&trang=" + page + "&q=" + encodeURIComponent(state.q);
      fetch(address + query, { credentials: "same-origin" }).then(function (response) {
        if (!response.ok) { throw new Error(); }
        return response.json();
      }).then(function (found) {
        state.items = found.items;
        state.page = found.page;
        state.pages = found.pages;
        then();
      }).catch(function () {
        editor.windowManager.alert("Chưa mở được thư viện; ông/bà thử lại.");
      });
    }

    return function () {
      state.q = "";
      load(1, function () {
        if (!state.items.length) {
          editor.windowManager.alert("Thư viện chưa có " + of.thing + " nào. Ông/bà thêm ở mục Thư viện rồi quay lại.");
          return;
        }
        editor.windowManager.open(dialog());
      });
    };
  }

  function offer(editor, address) {
    var image = { kind: "image", picture: true, title: "Chèn ảnh", thing: "ảnh" };
    var video = { kind: "video", picture: false, title: "Chèn video", thing: "video" };
    editor.ui.registry.addButton("anh", { icon: "image", tooltip: image.title, onAction: chooser(editor, address, image) });
    editor.ui.registry.addButton("video", { icon: "embed", tooltip: video.title, onAction: chooser(editor, address, video) });
  }

  /* What Word means as a list are paragraphs with a bullet of their own; the editor would
     drop what tells so (content/news/cleaning.py does the same for what comes otherwise). */
  var WORD_ITEM = /<p\b[^>]*\bmso-list:[^>]*>([\s\S]*?)<\/p>/gi;
  var WORD_MARK = /<!(?:--)?\[if\s+!supportLists\]>[\s\S]*?<!\[endif\](?:--)?>/i;
  var RUN_OF_ITEMS = /(?:<li data-(?:ul|ol)>[\s\S]*?<\/li>\s*)+/g;

  function fromWord(html) {
    return html.replace(WORD_ITEM, function (_all, inner) {
      var mark = WORD_MARK.exec(inner);
      var shown = mark ? mark[0].replace(/<[^>]*>/g, "").replace(/&nbsp;/g, " ") : "";
      var of = /^\s*(?:\d{1,3}|[a-z])[.)]/i.test(shown) ? "ol" : "ul";
      return "<li data-" + of + ">" + inner.replace(WORD_MARK, "") + "</li>";
    }).replace(RUN_OF_ITEMS, function (run) {
      var of = run.indexOf("<li data-ol>") === 0 ? "ol" : "ul";
      return "<" + of + ">" + run.replace(/<li data-(?:ul|ol)>/g, "<li>") + "</" + of + ">";
    }).replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, "");  /* the policy lets no style in */
  }

  /* Only pictures of the library are kept by the server: others are left out at once, said
     aloud, and not lost in silence when the text is saved. */
  function withoutForeignPictures(html) {
    var dropped = 0;
    var kept = html.replace(/<img\b[^>]*>/gi, function (tag) {
      if (/\ssrc\s*=\s*["']?\/tep\/[0-9a-f]/i.test(tag)) { return tag; }
      dropped += 1;
      return "";
    });
    return { html: kept, dropped: dropped };
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
          /* The editor's own buttons put pictures where the cursor is. */
          form.querySelectorAll('[name=chon][value=body]').forEach(function (one) { one.hidden = true; });
          if (label) { label.addEventListener("click", function () { editor.focus(); }); }
        });
        editor.on("PastePreProcess", function (event) {
          var kept = withoutForeignPictures(fromWord(event.content));
          if (kept.dropped) {
            /* Afterwards: pasting puts the keyboard back into the text. */
            setTimeout(function () {
              editor.windowManager.alert("Ảnh dán vào không được giữ. Ông/bà tải ảnh lên Thư viện tệp, rồi bấm nút Chèn ảnh.", function () { editor.focus(); });
            }, 0);
          }
          event.content = kept.html;
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
