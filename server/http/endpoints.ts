import { checkPolicy } from './api/check-policy.ts';
import { deleteConnection } from './api/delete-connection.ts';
import {
  getComparison,
  getFoundPeople,
  getSteps,
  postConnectionTest,
  postFirstPolicy,
  postFoundPeople,
  postGoLive,
} from './api/first-steps.ts';
import { getAdjustments } from './api/get-adjustments.ts';
import { getAudit } from './api/get-audit.ts';
import { getConnections } from './api/get-connections.ts';
import { getDecision } from './api/get-decision.ts';
import { getDecisions } from './api/get-decisions.ts';
import { getExplanation } from './api/get-explanation.ts';
import { getInstalls } from './api/get-installs.ts';
import { getMe } from './api/get-me.ts';
import { getOverview } from './api/get-overview.ts';
import { getPolicy } from './api/get-policy.ts';
import { getPoolFairness } from './api/get-pool-fairness.ts';
import { getPoolLags } from './api/get-pool-lags.ts';
import { getRefusedDeliveries } from './api/get-refused-deliveries.ts';
import { getReps } from './api/get-reps.ts';
import { getWhyNot } from './api/get-why-not.ts';
import { getKeys, postKey, postKeyRevocation, postKeyRotation } from './api/keys.ts';
import { getMyHome, postMyAway } from './api/my-home.ts';
import {
  getMySessions,
  postOtherSessionsEnd,
  postSessionEnd,
  postSignOut,
  postSignOutEverywhere,
} from './api/my-sessions.ts';
import {
  getOffboarding,
  getOffboardingPlan,
  postOffboarding,
  postOffboardingUndo,
} from './api/offboarding.ts';
import {
  getPeople,
  postInvitation,
  postPersonRemove,
  postPersonRole,
  postUninvite,
  putAdmission,
} from './api/people.ts';
import { postPersonSignOut } from './api/person-sessions.ts';
import {
  getPolicyDraft,
  postDraftApprove,
  postDraftDiscard,
  postDraftPublish,
  postDraftSimulate,
  postDraftUnschedule,
  postPolicyDraft,
  putPolicyDraft,
} from './api/policy-drafts.ts';
import {
  getPolicyDiff,
  getPolicyHistory,
  getPolicyVersion,
  postPolicyRollback,
} from './api/policy-history.ts';
import { postAdjustment } from './api/post-adjustment.ts';
import { postAudit } from './api/post-audit.ts';
import { postClaim } from './api/post-claim.ts';
import { postConnection } from './api/post-connection.ts';
import { postCredential } from './api/post-credential.ts';
import { postDecline } from './api/post-decline.ts';
import { postDeliveryRetry } from './api/post-delivery-retry.ts';
import { postInstallClaim } from './api/post-install-claim.ts';
import { postJunk } from './api/post-junk.ts';
import { postLead } from './api/post-lead.ts';
import { postLeadsBatch } from './api/post-leads-batch.ts';
import { postPolicySimulation } from './api/post-policy-simulation.ts';
import { postReassign } from './api/post-reassign.ts';
import { postDecisionReplay, postReplay } from './api/post-replay.ts';
import { putPolicy } from './api/put-policy.ts';
import { putReps } from './api/put-reps.ts';
import { putSettings } from './api/put-settings.ts';
import { syncConnection } from './api/sync-connection.ts';
import {
  getWorkspace,
  postDeletion,
  postDeletionUndo,
  postErasure,
  postErasurePreview,
  putRetention,
} from './api/workspace.ts';
import type { Endpoint } from './endpoint.ts';

/** The tenant API, in the order its document lists it. */
export const ENDPOINTS: readonly Endpoint[] = [
  postLead,
  postLeadsBatch,
  getDecisions,
  getDecision,
  getExplanation,
  postDecisionReplay,
  postReplay,
  getWhyNot,
  getOverview,
  getPoolFairness,
  getPoolLags,
  getPolicy,
  putPolicy,
  postPolicySimulation,
  postAudit,
  getPolicyHistory,
  getPolicyVersion,
  getPolicyDiff,
  postPolicyDraft,
  getPolicyDraft,
  putPolicyDraft,
  postDraftSimulate,
  postDraftApprove,
  postDraftPublish,
  postDraftUnschedule,
  postDraftDiscard,
  postPolicyRollback,
  checkPolicy,
  getReps,
  putReps,
  getOffboardingPlan,
  getOffboarding,
  postOffboarding,
  postOffboardingUndo,
  putSettings,
  getConnections,
  getInstalls,
  postInstallClaim,
  postConnection,
  deleteConnection,
  syncConnection,
  postCredential,
  postClaim,
  postDecline,
  postReassign,
  postJunk,
  getAdjustments,
  postAdjustment,
  getRefusedDeliveries,
  postDeliveryRetry,
  getKeys,
  postKey,
  postKeyRotation,
  postKeyRevocation,
  getAudit,
  getMe,
  getMyHome,
  postMyAway,
  getMySessions,
  postSessionEnd,
  postOtherSessionsEnd,
  postSignOut,
  postSignOutEverywhere,
  getPeople,
  postInvitation,
  postUninvite,
  postPersonRole,
  postPersonRemove,
  postPersonSignOut,
  putAdmission,
  getWorkspace,
  putRetention,
  postErasurePreview,
  postErasure,
  postDeletion,
  postDeletionUndo,
  getSteps,
  getFoundPeople,
  postFoundPeople,
  postFirstPolicy,
  getComparison,
  postGoLive,
  postConnectionTest,
];
