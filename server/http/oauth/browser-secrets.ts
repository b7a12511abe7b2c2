import type { Request, Response } from 'express';
import { parseCookies } from '../cookies.ts';
import type { HttpParts } from '../ports.ts';

/** What a browser holds while an account is being connected. */
export type BrowserSecret = 'install' | 'parked';

/** Over TLS the name itself keeps other hosts from setting it. */
const nameOf = (parts: HttpParts, secret: BrowserSecret): string =>
  isOverTls(parts) ? `__Host-fairlead_${secret}` : `fairlead_${secret}`;

const isOverTls = (parts: HttpParts): boolean => parts.hubspot.publicBaseUrl().startsWith('https://');

export const secretIn = (parts: HttpParts, request: Request, secret: BrowserSecret): string | null =>
  parseCookies(request.headers.cookie)[nameOf(parts, secret)] ?? null;

/** Lax: a browser that comes back from the vendor brings it along. */
export const keepSecret = (
  parts: HttpParts,
  response: Response,
  secret: BrowserSecret,
  { value, lastsMs }: { readonly value: string; readonly lastsMs: number },
): void => {
  const options = { httpOnly: true, secure: isOverTls(parts), sameSite: 'lax', path: '/' } as const;
  response.cookie(nameOf(parts, secret), value, { ...options, maxAge: lastsMs });
};

export const dropSecret = (parts: HttpParts, response: Response, secret: BrowserSecret): void => {
  response.clearCookie(nameOf(parts, secret), { path: '/', secure: isOverTls(parts), sameSite: 'lax' });
};
