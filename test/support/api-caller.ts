/**
 * Calls a vendor's API with what an installation is known by: `url` tells where a path is, `authorization` is the whole
 * header. A body goes as it is if it is text, else as JSON; the reply's is parsed where it is JSON, else null.
 */
export const apiCaller =
  (url: (path: string) => string, authorization: string) =>
  async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const reply = await fetch(url(path), {
      method,
      headers: {
        authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await reply.text();
    const json = text !== '' && (reply.headers.get('content-type') ?? '').includes('json');
    return { status: reply.status, headers: reply.headers, text, body: json ? JSON.parse(text) : null };
  };
