import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { isProgramsPath } from '../base/programs-path.ts';
import { localSignIn } from './local-sign-in.ts';
import type { HttpParts } from './ports.ts';
import { problem } from './problem.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** The built console: hashed assets are kept for a year, the page itself is asked for each time. */
export const consolePages = (parts: HttpParts): Router => {
  const router = Router();
  router.use(
    '/assets',
    express.static(join(parts.consoleDir, 'assets'), { immutable: true, maxAge: YEAR_MS, index: false }),
  );
  const signIn: RequestHandler[] = parts.localSignIn ? [localSignIn(parts)] : [];
  router.use((request, _response, next) => next(isPage(request.method, request.path) ? undefined : 'router'));
  router.use(
    ...signIn,
    express.static(parts.consoleDir, { index: false, maxAge: 0 }),
    sendIndex(parts.consoleDir),
  );
  return router;
};

/** The console finds its own way below `/`; what belongs to programs is answered as such. */
const isPage = (method: string, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && !isProgramsPath(path);

const sendIndex =
  (dir: string): RequestHandler =>
  (request, response, next) => {
    if (/\.\w+$/.test(request.path)) return next();
    const file = join(dir, 'index.html');
    if (!existsSync(file))
      throw problem('not_configured', 'The console is not built: run `npm run prepare`.');
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(file);
  };
