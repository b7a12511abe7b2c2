import type { z } from 'zod';
import { unusableIn } from '../base/plain-data.ts';
import { toFieldProblems } from './issues.ts';
import { problem } from './problem.ts';

/** A part of a request as its schema has it. `root` is put before the fields at fault. Throws `invalid_request`. */
export const parseInput = <T>(schema: z.ZodType<T>, value: unknown, root = ''): T => {
  const unusable = unusableIn(value, root);
  if (unusable.length > 0) throw problem('invalid_request', 'Correct the fields named in errors.', unusable);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problem(
    'invalid_request',
    'Correct the fields named in errors.',
    toFieldProblems(parsed.error, root),
  );
};
