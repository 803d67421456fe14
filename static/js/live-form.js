/* When a live form gets no answer, or the server fails, go to the address as without JavaScript, so that the reader sees why. */
for (const name of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(name, (event) => {
    const ctx = event.detail?.ctx;
    if (ctx?.request?.action && !(ctx.response?.status < 500)) location.assign(ctx.request.action);
  });
}

/* The answer stands above its form, so reading goes on at its heading; the status line below it is spoken by itself. */
document.addEventListener("htmx:after:swap", () =>
  requestAnimationFrame(() => document.getElementById("answer")?.focus({ preventScroll: true })),
);
