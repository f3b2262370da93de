// Show one page of a PDF at a time, with the cited text marked. Runs in a frame that has no origin
// and no network: the page around it sends the file, the marks and the words of the buttons.

const { getDocument, GlobalWorkerOptions, TextLayer } = globalThis.pdfjsLib;
const MAX_PIXELS = 16_000_000; // of the picture of a page
const MAX_IMAGE = 60_000_000; // pixels of a picture in it
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4]; // 1: as wide as the frame
const NEAR_TOP = 0.3; // of the frame's height: where the marked text goes

const of = id => document.getElementById(id);
const frame = of("page"), sheet = of("sheet"), status = of("status");
let pdf, words = {}, boxes = [], current = 0, zoom = ZOOMS.indexOf(1), drawing, waiting = new Map();

const say = text => { status.textContent = text ?? ""; };

// Fonts' tables and decoders of pictures: only the page around may ask the server for them.
class Asked {
  async fetch({ kind, filename }) {
    const bytes = await new Promise((done, fail) => {
      waiting.set(`${kind} ${filename}`, { done, fail });
      parent.postMessage({ ask: kind, filename }, "*");
    });
    return new Uint8Array(bytes);
  }
}

const open = async ({ bytes, page, marks, labels, dark, language, direction }) => {
  words = labels;
  boxes = marks;
  document.documentElement.classList.toggle("dark", dark);
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  for (const id of ["earlier", "later", "number", "smaller", "larger"]) {
    of(id).setAttribute("aria-label", words[id]);
    of(id).title = words[id];
  }
  of("bar").setAttribute("aria-label", words.bar);
  say(words.opening);
  const source = new Blob([of("worker").textContent], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(source));
  worker.onerror = () => say(words.failed);
  GlobalWorkerOptions.workerPort = worker;
  pdf = await getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false, // of older versions: this one evaluates nothing
    enableXfa: false,
    disableWorkerRendering: true, // its worker would be a file of its own
    useWorkerFetch: false,
    BinaryDataFactory: Asked,
    maxImageSize: MAX_IMAGE,
    disableAutoFetch: true,
    verbosity: 0,
  }).promise;
  of("number").max = pdf.numPages;
  of("count").textContent = `/ ${pdf.numPages}`;
  for (const control of document.querySelectorAll("button, input")) control.disabled = false;
  await show(page, true);
};

const show = async (number, atMarks = false) => {
  if (!pdf || !Number.isInteger(number)) return;
  number = Math.min(Math.max(number, 1), pdf.numPages);
  of("number").value = current = number;
  of("earlier").disabled = number === 1;
  of("later").disabled = number === pdf.numPages;
  drawing?.cancel();
  try {
    await draw(await pdf.getPage(number), number, atMarks);
  } catch (error) {
    if (error?.name === "RenderingCancelledException") return;
    if (number !== current) return;
    sheet.replaceChildren();
    say(words.failed);
  }
};

const draw = async (page, number, atMarks) => {
  const plain = page.getViewport({ scale: 1 });
  const width = Math.max(frame.clientWidth - 20, 100) * ZOOMS[zoom];
  const scale = width / Math.max(plain.width, 1);
  const viewport = page.getViewport({ scale });
  const sharp = Math.min(
    window.devicePixelRatio || 1,
    Math.sqrt(MAX_PIXELS / Math.max(viewport.width * viewport.height, 1)),
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(viewport.width * sharp));
  canvas.height = Math.max(1, Math.floor(viewport.height * sharp));
  canvas.setAttribute("aria-hidden", "true");
  drawing = page.render({
    canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0],
    annotationMode: 0, // none: no links, forms or actions
  });
  await drawing.promise;
  if (number !== current) return;
  const layer = document.createElement("div");
  layer.className = "words";
  sheet.style.width = `${viewport.width}px`;
  sheet.style.height = `${viewport.height}px`;
  sheet.style.setProperty("--total-scale-factor", scale * (page.userUnit || 1));
  const marked = boxes.filter(box => box.page === number).map(box => mark(box, viewport));
  sheet.replaceChildren(canvas, ...marked, layer);
  if (atMarks) frame.scrollTop = marked.length
    ? marked[0].offsetTop + sheet.offsetTop - frame.clientHeight * NEAR_TOP : 0;
  const where = boxes.length ? words.marked.replace("{}", boxes[0].page) : "";
  say(marked.length ? "" : where);
  frame.setAttribute("aria-label", `${words.page} ${number}. ${where}`);
  parent.postMessage({ shown: number, marks: marked.length }, "*");
  await new TextLayer({
    textContentSource: page.streamTextContent(), container: layer, viewport,
  }).render();
};

const mark = (box, viewport) => {
  const [x, y] = viewport.convertToViewportPoint(box.left, box.bottom);
  const [right, bottom] = viewport.convertToViewportPoint(box.right, box.top);
  const element = document.createElement("mark");
  element.setAttribute("aria-hidden", "true");
  element.style.left = `${Math.min(x, right) - 1}px`;
  element.style.top = `${Math.min(y, bottom) - 1}px`;
  element.style.width = `${Math.abs(right - x) + 2}px`;
  element.style.height = `${Math.abs(bottom - y) + 2}px`;
  return element;
};

const turn = by => {
  frame.scrollTop = 0;
  show(current + by);
};

const resize = by => {
  zoom = Math.min(Math.max(zoom + by, 0), ZOOMS.length - 1);
  of("smaller").disabled = zoom === 0;
  of("larger").disabled = zoom === ZOOMS.length - 1;
  show(current);
};

of("earlier").onclick = () => turn(-1);
of("later").onclick = () => turn(1);
of("smaller").onclick = () => resize(-1);
of("larger").onclick = () => resize(1);
of("number").onchange = event => { frame.scrollTop = 0; show(Number(event.target.value)); };

const KEYS = {
  PageDown: () => turn(1), PageUp: () => turn(-1), Home: () => show(1), End: () => show(pdf?.numPages),
  "+": () => resize(1), "=": () => resize(1), "-": () => resize(-1),
  Escape: () => parent.postMessage({ escape: true }, "*"),
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const action = KEYS[event.key];
  if (!action || (event.target === of("number") && event.key !== "Escape")) return;
  event.preventDefault();
  action();
});

let width = 0;
new ResizeObserver(() => {
  if (width && Math.abs(width - frame.clientWidth) > 20) show(current);
  width = frame.clientWidth;
}).observe(frame);

window.addEventListener("message", event => {
  if (event.source !== parent) return;
  const { data } = event;
  if (data.failed) say(data.failed);
  else if (data.asked) {
    const answer = waiting.get(data.asked);
    waiting.delete(data.asked);
    if (data.bytes) answer?.done(data.bytes);
    else answer?.fail(new Error("not available"));
  } else if (data.bytes && !pdf) {
    open(data).catch(() => say(words.failed));
  } else if ("dark" in data) document.documentElement.classList.toggle("dark", data.dark);
});
parent.postMessage({ ready: true }, "*");
