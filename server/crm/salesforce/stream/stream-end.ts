import { type ServiceError, status } from '@grpc/grpc-js';
import type { StreamEnd } from '../../connector.ts';
import { PUBSUB } from '../facts.ts';

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && 'code' in error && 'metadata' in error;

/** Salesforce's own code beside gRPC's; empty where it gives none. */
const codeOf = (error: ServiceError): string => String(error.metadata?.get(PUBSUB.errorCodeTrailer)[0] ?? '');

/** Whether the token was refused: with another one the same call may succeed. */
export const isAuthError = (error: unknown): boolean =>
  isServiceError(error) &&
  (error.code === status.UNAUTHENTICATED || codeOf(error).startsWith(PUBSUB.authErrors));

/** What the end of a stream means. */
export const meaningOfEnd = (error: unknown): StreamEnd => {
  if (!isServiceError(error)) return { kind: 'broken', error };
  const code = codeOf(error);
  if (code.startsWith(PUBSUB.replayErrors)) return { kind: 'cursor_lost' };
  if (code === PUBSUB.limitError || error.code === status.RESOURCE_EXHAUSTED) return limitReached(code);
  if (error.code === status.PERMISSION_DENIED || error.code === status.NOT_FOUND) return notOffered(code);
  return { kind: 'broken', error };
};

export const notOffered = (code: string): StreamEnd => ({
  kind: 'unavailable',
  code: code || 'not_offered',
  remedy:
    "Salesforce does not tell this connection of changes to leads. In Salesforce's Setup open Change Data Capture and select Lead, and give Fairlead's user the package's permission set; editions below Enterprise have no Change Data Capture. Until then changes are found by asking.",
});

const limitReached = (code: string): StreamEnd => ({
  kind: 'unavailable',
  code: code || 'limit_reached',
  remedy:
    "The org has used up its events of Change Data Capture for 24 hours. In Salesforce's Setup, Company Information shows the use; select fewer objects in Change Data Capture or buy more events. Until then changes are found by asking.",
});
