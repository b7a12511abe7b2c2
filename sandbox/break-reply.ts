import type { Response } from 'express';

/** The part of a body that arrives before its connection breaks. */
export const halfOf = (body: string): string => body.slice(0, Math.floor(body.length / 2));

/**
 * Has a reply break off when it is sent: after the part `keep` leaves of it, or, where that is null, before anything.
 * The work is done by then, so that the caller cannot know whether it was.
 */
export const breakReply = (res: Response, keep: (body: string) => string | null): void => {
  res.send = ((body: unknown) => {
    const part = keep(String(body));
    const socket = res.socket;
    if (part === null) socket?.destroy();
    else {
      res.setHeader('Content-Length', Buffer.byteLength(String(body)));
      res.write(part, () => socket?.destroy());
    }
    return res;
  }) as Response['send'];
  res.end = (() => {
    res.socket?.destroy();
    return res;
  }) as Response['end'];
};
