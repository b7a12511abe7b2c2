import { AppError } from '../base/app-error.ts';
import { parseReps } from '../routing/policy/parse-reps.ts';
import type { Reps } from './directory-ports.ts';
import type { Jobs } from './ports.ts';
import type { UseCases } from './use-cases.ts';

export interface PutRepsParts {
  readonly reps: Reps;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly now: () => number;
  readonly retimeClocks: UseCases['retimeClocks'];
}

/** Replaces the directory of reps; waiting leads are looked at anew, for somebody may now be free to take them. */
export const putReps =
  ({ reps, jobs, now, retimeClocks }: PutRepsParts): UseCases['putReps'] =>
  async ({ tenantId, reps: given }) => {
    const parsed = parseReps(given);
    if (!parsed.ok) {
      throw new AppError(
        'invalid_reps',
        'The reps were not stored. Correct what is named and send all of them again.',
        {
          status: 422,
          problems: parsed.problems.map(({ field, message }) => ({ field, message })),
        },
      );
    }
    // A list was parsed, one rep from each entry.
    const documents = given as readonly unknown[];
    await retimeClocks({ tenantId, repId: null });
    await reps.replace(
      tenantId,
      parsed.reps.map(({ id, name }, i) => ({ id, name, document: documents[i] })),
    );
    await retimeClocks({ tenantId, repId: null });
    await jobs.wakeTenant(tenantId, now());
    return { count: parsed.reps.length };
  };
