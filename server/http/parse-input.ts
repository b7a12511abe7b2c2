import type { z } from 'zod';
import { toFieldProblems } from './issues.ts';
import { problem } from './problem.ts';

/** A part of a request as its schema has it. `root` is put before the fields at fault. Throws `invalid_request`. */
export const parseInput = <T>(schema: z.ZodType<T>, value: unknown, root = ''): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problem(
    'invalid_request',
    'Correct the fields named in errors.',
    toFieldProblems(parsed.error, root),
  );
};
