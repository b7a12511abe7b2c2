/** A request as `callApi` sends it. */
export interface ApiCall {
  readonly method: string;
  readonly url: string;
  /** The whole of the header, such as `Bearer …`. */
  readonly authorization: string;
  /** Text goes as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls a vendor's API; the reply with its body parsed where it is JSON, else null. */
export const callApi = async ({ method, url, authorization, body, headers }: ApiCall) => {
  const reply = await fetch(url, {
    method,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const json = text !== '' && (reply.headers.get('content-type') ?? '').includes('json');
  return { status: reply.status, headers: reply.headers, text, body: json ? JSON.parse(text) : null };
};
