import type { Request, Response } from 'express';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';

/** Changes that come together are told together. */
const GATHER_MS = 250;
const HEARTBEAT_MS = 20_000;

/** Tells open pages what changed: types and record ids, never values. */
export const createDeskEvents = (hubspot: HubSpotSandbox, salesforce: SalesforceSandbox) => {
  const pages = new Set<Response>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const tell = (): void => {
    timer = null;
    const data = JSON.stringify([...changed]);
    changed = new Set();
    for (const page of pages) page.write(`event: change\ndata: ${data}\n\n`);
  };

  const note = (type: string, id: string): void => {
    if (pages.size === 0) return;
    changed.add(type);
    changed.add(id);
    timer ??= setTimeout(tell, GATHER_MS);
  };

  const listening = [
    hubspot.onChange((_portalId, change) => note(change.objectType, change.id)),
    salesforce.onChange((_org, changes) => {
      for (const { objectType, id } of changes) note(objectType, id);
    }),
  ];

  const heartbeat = setInterval(() => {
    for (const page of pages) page.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    stream: (req: Request, res: Response): void => {
      res.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        Connection: 'keep-alive',
      });
      res.write(': connected\n\n');
      pages.add(res);
      req.on('close', () => pages.delete(res));
    },
    close: (): void => {
      for (const stop of listening) stop();
      clearInterval(heartbeat);
      if (timer) clearTimeout(timer);
      for (const page of pages) page.end();
    },
  };
};
