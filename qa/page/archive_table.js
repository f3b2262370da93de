// Report clicks in the table of articles: its headings, titles and steps are buttons with a value.
// Gradio provides `element` and `trigger`.

element.addEventListener("click", event => {
  const button = event.target.closest?.("button.qa-press");
  if (button) trigger("click", { pressed: button.value });
});
