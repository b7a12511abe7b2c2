import { Agent, request } from 'undici';

/** What came of one callout. A network failure is an outcome, not an error. */
export type CalloutOutcome =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly why: string };

/** Sends JSON the way Apex does through a named credential: no redirects, one timeout for all of it. */
export const createCallouts = () => {
  const dispatcher = new Agent({ connections: 50 });
  return {
    send: async (
      method: 'GET' | 'POST',
      url: string,
      body: string | null,
      headers: Readonly<Record<string, string>>,
      timeoutMs: number,
    ): Promise<CalloutOutcome> => {
      try {
        const reply = await request(url, {
          method,
          body,
          headers: { 'content-type': 'application/json', 'user-agent': 'SFDC-Callout/67.0', ...headers },
          dispatcher,
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { ok: true, status: reply.statusCode, body: await reply.body.text() };
      } catch (error) {
        return { ok: false, why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
      }
    },
    close: (): Promise<void> => dispatcher.destroy(),
  };
};

export type Callouts = ReturnType<typeof createCallouts>;
