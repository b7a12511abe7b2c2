import { Agent, request } from 'undici';

/** A POST as it went. `status` null: no answer came in time. */
export interface Posted {
  readonly status: number | null;
  readonly error: string | null;
}

/** Answers later than this count as failed. Milliseconds. */
const RESPONSE_MS = 10_000;

/** Posts JSON as Pipedrive does: with HTTP Basic, following no redirect. */
export const createPoster = () => {
  const dispatcher = new Agent({ connect: { timeout: RESPONSE_MS }, connections: 20 });
  return {
    post: async (
      url: string,
      body: unknown,
      auth: { readonly user: string; readonly password: string } | null,
    ): Promise<Posted> => {
      const basic = auth && Buffer.from(`${auth.user}:${auth.password}`).toString('base64');
      try {
        const reply = await request(url, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: {
            'content-type': 'application/json',
            'user-agent': 'Pipedrive Webhooks',
            ...(basic !== null && { authorization: `Basic ${basic}` }),
          },
          dispatcher,
          signal: AbortSignal.timeout(RESPONSE_MS),
        });
        await reply.body.dump();
        return { status: reply.statusCode, error: null };
      } catch (error) {
        return { status: null, error: error instanceof Error ? error.message : String(error) };
      }
    },
    close: (): Promise<void> => dispatcher.destroy(),
  };
};
