import { createFaults, type Fault, type Faults } from '../faults.ts';
import { BlockedError, PipedriveError } from './errors.ts';

/** Pipedrive's own failures: limits of two seconds and of the day, the HTML page, a token refused, servers down. */
export const PIPEDRIVE_FAULTS = ['burst', 'daily_limit', 'blocked', '401', '403', '500', '503'] as const;

type Kind = (typeof PIPEDRIVE_FAULTS)[number];

/** Something that goes wrong on purpose in Pipedrive. */
export type PipedriveFault = Fault<Kind>;

/** Pipedrive's switches for failures. */
export type PipedriveFaults = Faults<Kind>;

const failureOf = (fault: PipedriveFault): Error | null => {
  switch (fault.kind) {
    case 'burst':
      return new PipedriveError(429, 'Rate limit exceeded', {
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(fault.retryAfter ?? 2) },
      });
    case 'daily_limit':
      return new PipedriveError(429, 'Rate limit exceeded', {
        headers: { 'x-daily-ratelimit-token-remaining': '0' },
      });
    case 'blocked':
      return new BlockedError('blocked');
    case '401':
      return new PipedriveError(401, 'Invalid token: access token is invalid');
    case '403':
      return new PipedriveError(403, fault.message ?? 'Scope and URL mismatch');
    case '500':
      return new PipedriveError(500, 'Internal server error');
    case '503':
      return new PipedriveError(503, 'Service unavailable');
    default:
      return null;
  }
};

/** The faults of one Pipedrive stand-in. */
export const createPipedriveFaults = (wait: (ms: number, task: () => void) => void): PipedriveFaults =>
  createFaults({ wait, failureOf });
