import type { Request } from 'express';

/** A login host's address as whoever asks reached it: its documents and tokens agree. */
export const issuerOf = (req: Request): string => `${req.protocol}://${req.get('host')}${req.baseUrl}`;
