import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { HttpParts } from './ports.ts';

/** What vendors call and how they prove themselves, and where browsers go to and come back from. */
export interface VendorRoute {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly security:
    | 'hubspotSignature'
    | 'orgCredential'
    | 'pushSecret'
    | 'panelToken'
    | 'appSecret'
    | 'browserSession'
    | 'installState'
    | 'nothing';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
  readonly handler: (parts: HttpParts) => RequestHandler;
}
