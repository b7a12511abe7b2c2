import type { Request, Response } from 'express';
import { type BrowserSecret, cookieName, parseCookies } from '../cookies.ts';
import type { HttpParts } from '../ports.ts';

const originOf = (parts: HttpParts): string => parts.hubspot.publicBaseUrl();

const isOverTls = (parts: HttpParts): boolean => originOf(parts).startsWith('https://');

export const secretIn = (parts: HttpParts, request: Request, secret: BrowserSecret): string | null =>
  parseCookies(request.headers.cookie)[cookieName(originOf(parts), secret)] ?? null;

/** Lax: a browser that comes back from a vendor's page brings it along; what changes anything asks for our own origin. */
export const keepSecret = (
  parts: HttpParts,
  response: Response,
  secret: BrowserSecret,
  { value, lastsMs }: { readonly value: string; readonly lastsMs: number },
): void => {
  const options = { httpOnly: true, secure: isOverTls(parts), sameSite: 'lax', path: '/' } as const;
  response.cookie(cookieName(originOf(parts), secret), value, { ...options, maxAge: lastsMs });
};

export const dropSecret = (parts: HttpParts, response: Response, secret: BrowserSecret): void => {
  response.clearCookie(cookieName(originOf(parts), secret), {
    path: '/',
    secure: isOverTls(parts),
    sameSite: 'lax',
  });
};
