import { once } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import { goneFrom } from './end-of.ts';

/**
 * Sends text as it is made, no faster than it is taken, and has no more made once its reader is gone, which is no
 * failure. What fails before the first of it is answered as ever; later the reply breaks off. Rejects with both.
 */
export const sendText = async (
  response: Response,
  headers: OutgoingHttpHeaders,
  texts: AsyncIterable<string | Uint8Array>,
): Promise<void> => {
  const gone = goneFrom(response);
  try {
    for await (const text of texts) {
      if (!response.headersSent) response.writeHead(200, headers);
      if (!response.write(text)) await once(response, 'drain', { signal: gone });
      gone.throwIfAborted();
    }
    response.end();
  } catch (error) {
    if (!gone.aborted) throw error;
  }
};
