import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpRequestOptions, HttpResponse } from 'jsforce/lib/types/index.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { fetchOnce } from '../call/fetch-once.ts';

/**
 * Carries jsforce's requests by fetch: one try, one deadline, and a reply that is cut short is an error of the call.
 * jsforce's own transport throws such a one where nobody can catch it. Keeps the reply, whose status and headers
 * jsforce drops from its errors.
 */
export class FetchTransport extends Transport {
  response: HttpResponse | null = null;
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    super();
    this.#timeoutMs = timeoutMs;
  }

  override httpRequest(request: HttpRequest, _options?: HttpRequestOptions): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(request) }));
  }

  async #send({ url, method, headers, body }: HttpRequest): Promise<HttpResponse> {
    const request = {
      method,
      headers: withoutLength(headers ?? {}),
      body: typeof body === 'string' ? body : null,
    };
    const reply = await fetchOnce(url, request, this.#timeoutMs);
    this.response = {
      statusCode: reply.status,
      headers: Object.fromEntries(reply.headers),
      body: reply.text,
    };
    return this.response;
  }
}

/** fetch counts the bytes itself. */
const withoutLength = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'));
