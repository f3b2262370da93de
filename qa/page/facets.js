// Report clicks on names and on the bars of the plot, and look again while names are being read.
// Gradio provides `element`, `trigger` and `watch`.

const LOOK_AGAIN = 5000; // milliseconds

element.addEventListener("click", event => {
  const button = event.target.closest?.("button.qa-press");
  if (button) trigger("click", { pressed: button.value });
});

const lookAgain = () => {
  if (!element.querySelector(".qa-reading-names")) return;
  setTimeout(() => trigger("click", { pressed: "" }), LOOK_AGAIN);
};

watch("value", lookAgain);
lookAgain();
