import { Agent, request } from 'undici';

/** Where Fairlead listens, and the address it is known by: signatures cover the public one. */
export interface Target {
  readonly url: string;
  readonly publicUrl: string;
}

export type Outcome =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, unknown>>;
      readonly body: string;
    }
  | { readonly ok: false; readonly why: string };

/** Sends JSON the way HubSpot does: no redirects, its own timeouts; a network failure is an outcome, not an error. */
export const createOutgoing = (timeouts: { connectMs: number; responseMs: number }) => {
  const dispatcher = new Agent({ connect: { timeout: timeouts.connectMs }, connections: 50 });
  type Headers = Readonly<Record<string, string>>;
  const send = async (
    method: string,
    url: string,
    body: string | null,
    headers: Headers,
  ): Promise<Outcome> => {
    try {
      const signal = AbortSignal.timeout(timeouts.responseMs);
      const reply = await request(url, {
        method,
        body,
        headers: { 'content-type': 'application/json', 'user-agent': 'HubSpot Connect 2.0', ...headers },
        dispatcher,
        signal,
      });
      return { ok: true, status: reply.statusCode, headers: reply.headers, body: await reply.body.text() };
    } catch (error) {
      return { ok: false, why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  };
  return {
    send,
    post: (url: string, body: string, headers: Headers): Promise<Outcome> => send('POST', url, body, headers),
    close: (): Promise<void> => dispatcher.destroy(),
  };
};

export type Outgoing = ReturnType<typeof createOutgoing>;
