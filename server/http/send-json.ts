import type { ServerResponse } from 'node:http';

/** Answers 200 with JSON, without what Express adds (entity tags, content negotiation): this is the hot path. */
export const sendJson = (response: ServerResponse, body: unknown): void => {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
};
