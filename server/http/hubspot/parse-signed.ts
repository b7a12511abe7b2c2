import type { z } from 'zod';
import { parseJson } from '../body.ts';
import { toFieldProblems } from '../issues.ts';
import { problem } from '../problem.ts';

/** A signed body as its schema has it. Throws `malformed_json` or `invalid_request`. */
export const parseSigned = <T>(schema: z.ZodType<T>, raw: Buffer): T => {
  const parsed = schema.safeParse(parseJson(raw));
  if (parsed.success) return parsed.data;
  throw problem('invalid_request', 'Correct the fields named in errors.', toFieldProblems(parsed.error));
};
