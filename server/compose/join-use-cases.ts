import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { createAvailabilities, createOfferEnds } from '../assignments/availabilities.ts';
import { checkPolicy } from '../assignments/check-policy.ts';
import { createUseCases } from '../assignments/create-use-cases.ts';
import type { DeliveryEvents, Jobs } from '../assignments/ports.ts';
import { provePolicy } from '../assignments/prove-policy.ts';
import { publishPolicy } from '../assignments/publish-policy.ts';
import type { CheckParts } from '../assignments/publishing/check-document.ts';
import { createPublishing } from '../assignments/publishing/create-publishing.ts';
import { toPolicyFinding } from '../assignments/publishing/to-policy-finding.ts';
import { putReps } from '../assignments/put-reps.ts';
import { setAway } from '../assignments/set-away.ts';
import { setMode, setPaused } from '../assignments/set-mode.ts';
import type { RunInThread } from '../assignments/thread-port.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { LiveFeed } from '../http/live-feed.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Past } from '../http/ports.ts';
import type { HolidayDates } from '../routing/availability/shifts.ts';
import { createActivityReader } from './activity-reader.ts';
import type { Vendors } from './connect-vendors.ts';
import { observeUseCases } from './observe-use-cases.ts';
import { policyTexts } from './policy-texts.ts';
import type { Stores } from './stores.ts';

export interface UseCaseSurroundings {
  readonly stores: Stores;
  readonly vendors: Pick<Vendors, 'reader' | 'doors' | 'crms' | 'connections' | 'connectorOf'>;
  readonly jobs: Jobs;
  readonly holidays: HolidayDates;
  readonly run: RunInThread;
  /** Tries a policy on a tenant's past. */
  readonly simulate: Past['simulate'];
  readonly live: LiveFeed;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
  /** A tenant's live policy is another. */
  readonly onPublished: (tenantId: string) => void;
}

/** Every use case on the real stores, telling the live page and the metrics. */
export const joinUseCases = (
  given: UseCaseSurroundings,
): { readonly useCases: UseCases; readonly deliveryEvents: DeliveryEvents } => {
  const { stores, vendors, jobs, holidays, live, metrics, clock, log } = given;
  const { policies, reps, away, laneSettings: settings } = stores;
  const prove = provePolicy({ run: given.run, now: clock.now });
  const admin = {
    jobs,
    now: clock.now,
    policies,
    reps,
    settings,
    crms: vendors.crms,
    prove: async (...[policy, reps, signal]: Parameters<CheckParts['prove']>) =>
      (await prove(policy, reps, { signal })).map((finding) => toPolicyFinding(finding, policy)),
  };
  const { publishing, publishDue } = createPublishing({
    ...admin,
    drafts: stores.policyDrafts,
    alerts: stores.alerts,
    audit: stores.audit,
    holders: stores.apiKeys,
    texts: policyTexts,
    newId: stores.newId,
    simulate: given.simulate,
    onPublished: (tenantId) => {
      given.onPublished(tenantId);
      live.notify(tenantId);
    },
  });
  const lane = createUseCases({
    publishDue,
    offboardings: stores.offboardings,
    kept: stores.kept,
    now: clock.now,
    store: stores.lane,
    reader: vendors.reader,
    doors: vendors.doors,
    activity: createActivityReader(vendors),
    jobs,
    hours: { availabilities: createAvailabilities(holidays), offerEnds: createOfferEnds(holidays) },
    observer: {
      committed: ({ tenantId, items }) => {
        metrics.laneGroup(items);
        live.notify(tenantId);
      },
      failed: ({ tenantId, code, error }) =>
        log.error({ tenantId, code, err: error }, 'the lane had a failure'),
    },
    newId: stores.newId,
    newSalt: () => randomBytes(16).toString('base64url'),
  });
  const publish = publishPolicy(admin);
  const all: UseCases = {
    ...lane.useCases,
    setMode: setMode(admin),
    setPaused: setPaused(admin),
    publishPolicy: (command) => publish(command).finally(() => given.onPublished(command.tenantId)),
    publishing,
    putReps: putReps({ ...admin, retimeClocks: lane.useCases.retimeClocks }),
    setAway: setAway({ ...admin, ...lane.useCases, away }),
    checkPolicy: checkPolicy(admin, prove),
  };
  return { useCases: observeUseCases(all, { live, metrics }), deliveryEvents: lane.deliveryEvents };
};
