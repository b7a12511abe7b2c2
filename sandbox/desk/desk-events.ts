import type { Request, Response } from 'express';

/** Changes that come together are told together. */
const GATHER_MS = 250;
const HEARTBEAT_MS = 20_000;

/** Tells open pages what changed: which list and which record, never values. */
export const createDeskEvents = () => {
  const pages = new Set<Response>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const tell = (): void => {
    timer = null;
    const data = JSON.stringify([...changed]);
    changed = new Set();
    for (const page of pages) page.write(`event: change\ndata: ${data}\n\n`);
  };

  const heartbeat = setInterval(() => {
    for (const page of pages) page.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    /** Records of a list changed: pages that wait for the list, or for one of the records, follow. */
    note: (list: string, ids: readonly string[]): void => {
      if (pages.size === 0 || ids.length === 0) return;
      changed.add(list);
      for (const id of ids) changed.add(`${list}/${id}`);
      timer ??= setTimeout(tell, GATHER_MS);
    },
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
      clearInterval(heartbeat);
      if (timer) clearTimeout(timer);
      for (const page of pages) page.end();
    },
  };
};
