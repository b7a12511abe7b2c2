import type { RequestHandler, Response } from 'express';
import { authenticate } from './authenticate.ts';
import type { Caller, HttpParts } from './ports.ts';
import { sendText } from './send-text.ts';

/** The document of the export, kept beside its handler. */
export const exportDocument = Object.freeze({
  method: 'get' as const,
  path: '/api/v1/export',
  summary: 'Everything of the workspace as lines of JSON (NDJSON)',
});

/** Sends everything of a tenant, no faster than it is taken. What goes wrong before the first line is told as a problem. */
export const exportDownload =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const caller = await authenticate(parts, request, 'own');
    await parts.limits.ofTenant(caller.tenantId, 'expensive');
    const leave = parts.limits.place(caller.tenantId, 'exports');
    try {
      await download(caller, response, parts);
    } finally {
      leave();
    }
  };

const download = async (
  { tenantId, subject: who }: Caller,
  response: Response,
  { audit, clock, lifecycle }: HttpParts,
): Promise<void> => {
  // Before it is written to a file, which goes only once it is read: nothing may come in between.
  await audit.record({ tenantId, who, action: 'workspace.exported', subject: null });
  const lines = await lifecycle.open(tenantId);
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const headers = {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'content-disposition': `attachment; filename="fairlead-${day}.ndjson"`,
    'cache-control': 'no-store',
  };
  // The last line says that it is whole: where somebody left in the middle it is missing.
  await sendText(response, headers, lines);
};
