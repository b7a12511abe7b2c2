/** A JSON API over HTTP: Fairlead's own, and the vendors'. `authorization`: the header of that name. */
export const createApi = (baseUrl: string, authorization: string | null = null) => {
  const send = async <T>(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<T> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(authorization === null ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: text }),
    });
    const answer = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${answer.slice(0, 2000)}`);
    return (answer === '' ? null : JSON.parse(answer)) as T;
  };
  return {
    get: <T>(path: string): Promise<T> => send<T>('GET', path),
    post: <T>(path: string, body: unknown, type?: string): Promise<T> => send<T>('POST', path, body, type),
    put: <T>(path: string, body: unknown, type?: string): Promise<T> => send<T>('PUT', path, body, type),
  };
};

export type Api = ReturnType<typeof createApi>;
