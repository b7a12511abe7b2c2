import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { authenticate } from './authenticate.ts';
import type { HttpParts } from './ports.ts';

/** The document of the export, kept beside its handler. */
export const exportDocument = Object.freeze({
  method: 'get' as const,
  path: '/api/v1/export',
  summary: 'Everything of the workspace, as it was at one moment, as lines of JSON (NDJSON)',
});

/** Sends everything of a tenant, no faster than it is taken. What goes wrong before the first line is told as a problem. */
export const exportDownload =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const { tenantId, subject: who } = await authenticate(parts, request, 'own');
    const lines = await parts.lifecycle.open(tenantId);
    await parts.audit.record({ tenantId, who, action: 'workspace.exported', subject: null });
    const day = new Date(parts.clock.now()).toISOString().slice(0, 10);
    response.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="fairlead-${day}.ndjson"`,
      'cache-control': 'no-store',
    });
    // Whoever leaves in the middle is no failure of ours: the last line, which says that it is whole, is missing then.
    await pipeline(lines, response).catch(() => undefined);
  };
