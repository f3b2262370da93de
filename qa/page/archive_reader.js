// Open and close the article beside the table. Gradio provides `element`, `trigger` and `watch`.

let opener = null; // the title button to which Escape and the cross return the focus

const close = () => {
  trigger("click"); // empties the panel
  opener?.focus();
};

document.addEventListener("click", event => {
  opener = event.target.closest?.(".qa-read") || opener;
  if (event.target.closest?.("#reader .qa-close, #reader .qa-narrow")) close();
});

element.addEventListener("keydown", event => {
  if (event.key === "Escape") close();
});

watch("value", () => element.querySelector(".qa-text")?.focus({ preventScroll: true }));
