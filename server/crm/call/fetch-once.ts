interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** null: none is sent. */
  readonly body: string | null;
}

/** One try within so many milliseconds. Wherever a reply would send us, it is not sent the token. */
export const fetchOnce = async (url: string, request: Request, ms: number) => {
  const reply = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(ms) });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};
