text => {
  // save text as a file; Python replaces EXTENSION
  const link = document.createElement("a");
  const day = new Date().toISOString().slice(0, 10);
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = `archive-qa-${day}.EXTENSION`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
