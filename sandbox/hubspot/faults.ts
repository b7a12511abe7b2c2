import { createFaults, type Fault, type Faults } from '../faults.ts';
import { HubSpotError, rateLimitError } from './errors.ts';

/** HubSpot's own failures. `5xx` takes `status` (500, 502, 503, 504, 521, 523, 524), `477` takes `retryAfter`. */
export const HUBSPOT_FAULTS = ['429', '5xx', '423', '477'] as const;

type Kind = (typeof HUBSPOT_FAULTS)[number];

/** Something that goes wrong on purpose in HubSpot. */
export type HubSpotFault = Fault<Kind>;

/** HubSpot's switches for failures. */
export type HubSpotFaults = Faults<Kind>;

const failureOf = (fault: HubSpotFault): HubSpotError | null => {
  switch (fault.kind) {
    case '429':
      return rateLimitError('TEN_SECONDLY_ROLLING', { 'X-HubSpot-RateLimit-Remaining': '0' });
    case '5xx':
      return new HubSpotError(fault.status ?? 503, { message: 'Internal error', category: 'INTERNAL_ERROR' });
    case '423':
      return new HubSpotError(423, {
        message: 'The resource is locked, wait at least 2 seconds.',
        category: 'LOCKED',
      });
    case '477':
      return new HubSpotError(
        477,
        {
          message: 'The account is being migrated to another data hosting location.',
          category: 'MIGRATION_IN_PROGRESS',
        },
        { 'Retry-After': String(fault.retryAfter ?? 60) },
      );
    default:
      return null;
  }
};

/** The faults of one HubSpot stand-in. */
export const createHubSpotFaults = (wait: (ms: number, task: () => void) => void): HubSpotFaults =>
  createFaults({ wait, failureOf });
