// The slider over the organisation's life. Without this script the date field, the links and the
// landmarks do the same; with it, a drag writes the date field and asks for the page.
(() => {
  "use strict";
  const MILLISECONDS_A_DAY = 86400000;
  const toNumber = (iso) => Date.parse(`${iso}T00:00:00Z`) / MILLISECONDS_A_DAY;
  const toIso = (number) => new Date(number * MILLISECONDS_A_DAY).toISOString().slice(0, 10);

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
      field.value = toIso(first + Number(range.value));
      say();
    });
    range.addEventListener("change", () => form.requestSubmit());
  }

  function enhanceAll() {
    document.querySelectorAll("input.day-range[hidden]").forEach(enhance);
  }

  let focused = "";
  document.addEventListener("DOMContentLoaded", enhanceAll);
  document.addEventListener("htmx:beforeSwap", () => {
    focused = document.activeElement?.id ?? "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    enhanceAll();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
})();
