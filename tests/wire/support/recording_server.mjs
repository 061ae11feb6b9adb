// A server on 127.0.0.1 that keeps every request and answers as it is told.
import { createServer } from "node:http";

/**
 * @param {(request: {path: string, headers: object, body: string, number: number}) => {status: number, headers?: object, body?: string}} answer
 * @returns {Promise<{url: string, requests: object[], stop: () => Promise<void>}>} requests: { path, headers, body, at, response }
 */
export async function recordingServer(answer) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    const at = performance.now();
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = { path: incoming.url, headers: incoming.headers, body: Buffer.concat(chunks), at, number: requests.length };
    request.response = answer(request);
    requests.push(request);
    outgoing.writeHead(request.response.status, request.response.headers).end(request.response.body ?? "");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    stop: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    }),
  };
}
