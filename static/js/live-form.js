/* When a live form gets no answer, or the server fails, go to the address as without JavaScript, so that the reader sees why. */
for (const name of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(name, (event) => {
    const ctx = event.detail?.ctx;
    if (ctx?.request?.action && !(ctx.response?.status < 500)) location.assign(ctx.request.action);
  });
}
