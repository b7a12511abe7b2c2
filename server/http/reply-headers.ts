import type { RequestHandler } from 'express';

const YEAR_S = 365 * 24 * 3_600;

/**
 * What every reply says, programs' too: it is what its type says, runs and loads nothing, stands in no other page, and
 * over TLS is never asked for otherwise. The console's pages say more of themselves. `overTls`: whether outsiders reach us so.
 */
export const replyHeaders = (overTls: boolean): RequestHandler => {
  const headers = Object.entries({
    'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(overTls && { 'strict-transport-security': `max-age=${YEAR_S}; includeSubDomains` }),
  });
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
};
