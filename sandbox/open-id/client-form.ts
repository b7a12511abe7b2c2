import type { Request } from 'express';

/** What a token endpoint was sent. */
export type ClientForm = Readonly<Record<string, string | undefined>>;

/** The form of a token request. HTTP Basic is as good as client_id and client_secret in it. */
export const clientForm = (req: Request): ClientForm => {
  const form = (typeof req.body === 'object' && req.body !== null ? req.body : {}) as ClientForm;
  const basic = /^Basic (.+)$/.exec(req.get('authorization') ?? '')?.[1];
  if (basic === undefined) return form;
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { ...form, client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret) };
};
