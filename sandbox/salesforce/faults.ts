import { createFaults, type Fault, type Faults } from '../faults.ts';
import { SalesforceError } from './errors.ts';

/** Salesforce's own failures. `row` refuses one row of a write with `code`; unset: UNABLE_TO_LOCK_ROW. */
export const SALESFORCE_FAULTS = [
  'daily_limit',
  'concurrent_limit',
  '503',
  '500',
  'session_expired',
  'row',
] as const;

type Kind = (typeof SALESFORCE_FAULTS)[number];

/** Something that goes wrong on purpose in Salesforce. */
export type SalesforceFault = Fault<Kind>;

/** Salesforce's switches for failures. */
export type SalesforceFaults = Faults<Kind>;

const failureOf = (fault: SalesforceFault): SalesforceError | null => {
  switch (fault.kind) {
    case 'daily_limit':
      return new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    case 'concurrent_limit':
      return new SalesforceError(
        'REQUEST_LIMIT_EXCEEDED',
        'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      );
    case '503':
      return new SalesforceError('SERVER_UNAVAILABLE', 'Server is temporarily unavailable');
    case '500':
      return new SalesforceError(
        'UNKNOWN_EXCEPTION',
        'An unexpected error occurred. Please include this ErrorId',
      );
    case 'session_expired':
      return new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid');
    default:
      return null;
  }
};

const rowFailureOf = ({ code, message }: SalesforceFault, id: string | null): SalesforceError =>
  new SalesforceError(
    code ?? 'UNABLE_TO_LOCK_ROW',
    message ?? `unable to obtain exclusive access to this record or 1 records: ${id ?? ''}`,
    [],
  );

/** The faults of one Salesforce stand-in. */
export const createSalesforceFaults = (wait: (ms: number, task: () => void) => void): SalesforceFaults =>
  createFaults({ wait, failureOf, rowFailureOf });
