import { z } from 'zod';
import { badInput } from './bad-input.ts';

/** A running service, and an API key of it. */
export interface Service {
  readonly url: string;
  readonly key: string;
}

export const SERVICE_OPTIONS = { url: { type: 'string' }, key: { type: 'string' } } as const;

/** The service that the options name. Throws BadInput without a key. */
export const serviceOf = (
  {
    url = 'http://localhost:3000',
    key,
  }: { readonly url?: string | undefined; readonly key?: string | undefined },
  env: NodeJS.ProcessEnv,
): Service => {
  const given = key ?? env.FAIRLEAD_API_KEY;
  if (given === undefined)
    throw badInput(null, null, '--key is missing; give an API key, or set FAIRLEAD_API_KEY');
  return { url: url.replace(/\/$/, ''), key: given };
};

/** A service's answer to a request; what is sent along is JSON. Throws BadInput where there is none, or a problem. */
export const askService = async (
  { url, key }: Service,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Response> => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw badInput(null, null, `${url} does not answer; name a running service with --url`);
  });
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => null);
  throw badInput(null, null, `${url} answers ${response.status}: ${detailOf(answer)}`);
};

const problem = z.looseObject({
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

const detailOf = (body: unknown): string => {
  const told = problem.safeParse(body).data;
  if (told === undefined) return 'check --url and --key';
  const fields = (told.errors ?? []).map(({ field, message }) => `${field} ${message}`);
  return [told.detail, ...fields].join(' ');
};

/** An answer as it was expected. Throws BadInput. */
export const readAnswer = async <T>(
  { url }: Service,
  response: Response,
  schema: z.ZodType<T>,
): Promise<T> => {
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw badInput(null, null, `${url} does not answer as Fairlead does; check --url`);
  return parsed.data;
};
