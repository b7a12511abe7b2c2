import { createFaults, type Fault, type Faults } from '../faults.ts';
import { DynamicsError } from './errors.ts';

/**
 * Dataverse's own failures. `token_expired` answers 401; `429` answers as the limit on requests does; `row` refuses one
 * write with `code`, in a batch too.
 */
export const DYNAMICS_FAULTS = ['429', '503', '500', 'token_expired', 'row'] as const;

type Kind = (typeof DYNAMICS_FAULTS)[number];

/** Something that goes wrong on purpose in Dataverse. */
export type DynamicsFault = Fault<Kind>;

export type DynamicsFaults = Faults<Kind>;

const failureOf = (fault: DynamicsFault): DynamicsError | null => {
  switch (fault.kind) {
    case '429':
      return new DynamicsError(
        429,
        '0x80072322',
        'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
        { 'Retry-After': String(fault.retryAfter ?? 10) },
      );
    case '503':
      return new DynamicsError(503, '0x80072343', 'The service is unavailable.');
    case '500':
      return new DynamicsError(500, '0x80040216', 'An unexpected error occurred.');
    case 'token_expired':
      return new DynamicsError(401, '', '');
    default:
      return null;
  }
};

const rowFailureOf = ({ code, message, status }: DynamicsFault, id: string | null): DynamicsError =>
  new DynamicsError(
    status ?? 400,
    code ?? '0x80040265',
    message ?? `A plug-in refused the record ${id ?? ''}.`,
  );

/** The faults of one Dataverse stand-in. */
export const createDynamicsFaults = (wait: (ms: number, task: () => void) => void): DynamicsFaults =>
  createFaults({ wait, failureOf, rowFailureOf });
