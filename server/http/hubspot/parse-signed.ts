import type { z } from 'zod';
import { parseVendorJson } from '../body.ts';
import { parseInput } from '../parse-input.ts';

/** A signed body as its schema has it. Throws `malformed_json` or `invalid_request`. */
export const parseSigned = <T>(schema: z.ZodType<T>, raw: Buffer): T =>
  parseInput(schema, parseVendorJson(raw));
