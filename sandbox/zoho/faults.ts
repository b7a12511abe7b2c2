import { createFaults, type Fault, type Faults } from '../faults.ts';
import { invalidToken, ZohoError } from './errors.ts';

/** Zoho's own failures. `row` refuses one row of a write with `code`; unset: RECORD_LOCKED. */
export const ZOHO_FAULTS = [
  'daily_limit',
  'concurrent_limit',
  'sub_concurrent_limit',
  '500',
  '503',
  'token_expired',
  'row',
] as const;

type Kind = (typeof ZOHO_FAULTS)[number];

/** Something that goes wrong on purpose in Zoho CRM. */
export type ZohoFault = Fault<Kind>;

export type ZohoFaults = Faults<Kind>;

const failureOf = ({ kind }: ZohoFault): ZohoError | null => {
  switch (kind) {
    case 'daily_limit':
      return new ZohoError(
        'TOO_MANY_REQUESTS',
        'API credit limit exceeded: the limit for 24 hours is reached',
      );
    case 'concurrent_limit':
      return new ZohoError(
        'TOO_MANY_REQUESTS',
        'concurrency limit exceeded: too many requests run at the same time',
      );
    case 'sub_concurrent_limit':
      return new ZohoError(
        'TOO_MANY_REQUESTS',
        'sub-concurrency limit exceeded: too many such requests run at the same time',
      );
    case '500':
      return new ZohoError('INTERNAL_ERROR', 'Internal server error occurred.');
    case '503':
      return new ZohoError('SERVICE_UNAVAILABLE', 'The service is unavailable');
    case 'token_expired':
      return invalidToken();
    case 'row':
    case 'slow':
    case 'reset':
    case 'truncated':
      return null;
    default:
      return kind satisfies never;
  }
};

const rowFailureOf = ({ code, message }: ZohoFault, id: string | null): ZohoError =>
  new ZohoError(code ?? 'RECORD_LOCKED', message ?? 'The record under merge is locked', { id: id ?? '' });

/** The faults of one Zoho stand-in. */
export const createZohoFaults = (wait: (ms: number, task: () => void) => void): ZohoFaults =>
  createFaults({ wait, failureOf, rowFailureOf });
