import type { Request, Response } from 'express';

/** A parameter of an address that was given once; undefined: it was not. */
export const parameter = (req: Request, name: string): string | undefined => {
  const value = req.query[name];
  return typeof value === 'string' ? value : undefined;
};

/** Sends the browser back to the app with what is there of the answer. */
export const sendBack = (
  res: Response,
  redirectUri: string,
  answer: Readonly<Record<string, string | undefined>>,
): void => {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) url.searchParams.set(name, value);
  res.redirect(302, url.href);
};
