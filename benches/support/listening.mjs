/** The port of 127.0.0.1 that a server listens on from now; 0 takes a free one. */
export const listening = (server, port) => new Promise((done, failed) => {
  server.once("error", failed);
  server.listen(port, "127.0.0.1", () => done(server.address().port));
});
