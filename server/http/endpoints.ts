import { checkPolicy } from './api/check-policy.ts';
import { getConnections } from './api/get-connections.ts';
import { getDecision } from './api/get-decision.ts';
import { getDecisions } from './api/get-decisions.ts';
import { getExplanation } from './api/get-explanation.ts';
import { getInstalls } from './api/get-installs.ts';
import { getOverview } from './api/get-overview.ts';
import { getPolicy } from './api/get-policy.ts';
import { getRefusedDeliveries } from './api/get-refused-deliveries.ts';
import { getReps } from './api/get-reps.ts';
import { postClaim } from './api/post-claim.ts';
import { postConnection } from './api/post-connection.ts';
import { postCredential } from './api/post-credential.ts';
import { postDecline } from './api/post-decline.ts';
import { postDeliveryRetry } from './api/post-delivery-retry.ts';
import { postInstallClaim } from './api/post-install-claim.ts';
import { postLead } from './api/post-lead.ts';
import { postLeadsBatch } from './api/post-leads-batch.ts';
import { postReassign } from './api/post-reassign.ts';
import { putPolicy } from './api/put-policy.ts';
import { putReps } from './api/put-reps.ts';
import { putSettings } from './api/put-settings.ts';
import { syncConnection } from './api/sync-connection.ts';
import type { Endpoint } from './endpoint.ts';

/** The tenant API, in the order its document lists it. */
export const ENDPOINTS: readonly Endpoint[] = [
  postLead,
  postLeadsBatch,
  getDecisions,
  getDecision,
  getExplanation,
  getOverview,
  getPolicy,
  putPolicy,
  checkPolicy,
  getReps,
  putReps,
  putSettings,
  getConnections,
  getInstalls,
  postInstallClaim,
  postConnection,
  syncConnection,
  postCredential,
  postClaim,
  postDecline,
  postReassign,
  getRefusedDeliveries,
  postDeliveryRetry,
];
