// The slider over the organisation's life. Without this script the date field, the links and the
// landmarks do the same; with it, a drag or a key writes the date field and asks for the page.
(() => {
  "use strict";
  const MILLISECONDS_A_DAY = 86400000;
  const REST = 250; // milliseconds without another press, after which the page is asked for
  const toNumber = (iso) => Date.parse(`${iso}T00:00:00Z`) / MILLISECONDS_A_DAY;
  const toIso = (number) => new Date(number * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
  let resting = 0;
  let moved = false; // the reader has chosen a later value than the page that is on its way shows

  function enhance(range) {
    const form = range.form;
    const field = form.elements.on;
    const first = toNumber(range.dataset.first);
    const words = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), {
      dateStyle: "long",
      timeZone: "UTC",
    });
    const say = () => {
      const day = new Date((first + Number(range.value)) * MILLISECONDS_A_DAY);
      range.setAttribute("aria-valuetext", words.format(day));
    };
    range.min = 0;
    range.max = toNumber(range.dataset.last) - first;
    range.value = toNumber(field.value) - first;
    range.hidden = false;
    say();
    range.addEventListener("input", () => {
      moved = true;
      clearTimeout(resting);
      field.value = toIso(first + Number(range.value));
      say();
    });
    range.addEventListener("change", () => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        moved = false;
        form.requestSubmit();
      }, REST);
    });
  }

  function enhanceAll() {
    document.querySelectorAll("input.day-range[hidden]").forEach(enhance);
  }

  let focused = "";
  document.addEventListener("DOMContentLoaded", enhanceAll);
  document.addEventListener("formdata", (event) => {
    const asked = event.formData;
    if (asked.get("known_at") === "") asked.delete("known_at"); // it asks for nothing
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // The page of the last value is still to come.
    if (moved && event.detail.target.id === "content") event.detail.shouldSwap = false;
    focused = document.activeElement?.id ?? "";
  });
  document.addEventListener("htmx:afterSwap", () => {
    enhanceAll(); // at once, or keys pressed before it settles are lost
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
})();
