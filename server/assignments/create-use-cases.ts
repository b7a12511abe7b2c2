import type { NewId } from '../base/ids.ts';
import { accountBack, accountLeft } from './account-left.ts';
import { adjustPool } from './adjust-pool.ts';
import { claim } from './claim.ts';
import { completeCallback } from './complete-callback.ts';
import { decideLead } from './decide-leads.ts';
import { decline } from './decline.ts';
import { createDeliveryEvents } from './delivery-events.ts';
import { eraseLead } from './erase-lead.ts';
import { firstActivity } from './first-activity.ts';
import { createLanes } from './lane.ts';
import type { Hours } from './lane-memory.ts';
import type { LaneStore } from './lane-store.ts';
import { erasePerson } from './lifecycle/erase-person.ts';
import { keepRetention } from './lifecycle/keep-retention.ts';
import type { KeptData } from './lifecycle/ports.ts';
import { markJunk } from './mark-junk.ts';
import { nativeRule } from './native-rule.ts';
import { createOffboardRep } from './offboarding/offboard-rep.ts';
import type { Offboardings } from './offboarding/ports.ts';
import { ownerChangedOutside } from './owner-changed-outside.ts';
import { passOffersOn } from './pass-on.ts';
import type {
  ActivityReader,
  DeliveryEvents,
  EntryDoors,
  Jobs,
  LaneObserver,
  RecordReader,
} from './ports.ts';
import { reassign } from './reassign.ts';
import { recordChanged } from './record-changed.ts';
import { recordGone } from './record-gone.ts';
import { recountOpenWork } from './recount-open-work.ts';
import { retimeClocks } from './sla/retime-clocks.ts';
import { type SweepParts, sweep } from './sweep.ts';
import type { UseCases } from './use-cases.ts';

export interface UseCaseParts {
  readonly store: LaneStore;
  readonly reader: RecordReader;
  /** Which CRMs leads that come in elsewhere can enter. */
  readonly doors: EntryDoors;
  /** Absent: CRMs are asked by the rounds alone. */
  readonly activity?: ActivityReader;
  readonly jobs: Jobs;
  readonly hours: Hours;
  readonly observer: LaneObserver;
  readonly newId: NewId;
  /** Makes policies live whose time has come. */
  readonly publishDue: SweepParts['publishDue'];
  readonly offboardings: Offboardings;
  readonly kept: KeptData;
  readonly now: () => number;
  /** Random text that makes a digest of personal data say nothing. */
  readonly newSalt: () => string;
}

/** Everything that goes through a tenant's lane; what changes settings, policies and reps is made beside it. */
export type LaneUseCases = Omit<
  UseCases,
  'setMode' | 'setPaused' | 'publishPolicy' | 'publishing' | 'checkPolicy' | 'putReps' | 'setAway'
>;

export const createUseCases = (
  parts: UseCaseParts,
): { readonly useCases: LaneUseCases; readonly deliveryEvents: DeliveryEvents } => {
  const lanes = createLanes(parts);
  const reading = { lanes, reader: parts.reader, doors: parts.doors, store: parts.store };
  const { offboardings, newId, now } = parts;
  const erasing = { lanes, kept: parts.kept, newId };
  const offboarding = createOffboardRep({ ...reading, offboardings, newId, now });
  return {
    useCases: {
      decideLead: decideLead(reading),
      completeCallback: completeCallback(lanes),
      claim: claim(lanes),
      decline: decline(reading),
      reassign: reassign(lanes),
      adjustPool: adjustPool(lanes),
      markJunk: markJunk(lanes),
      passOffersOn: passOffersOn(reading),
      ownerChangedOutside: ownerChangedOutside(reading),
      recordChanged: recordChanged(reading),
      recordGone: recordGone(lanes),
      eraseLead: eraseLead(erasing),
      erasePerson: (command) => erasePerson(erasing)({ ...command, because: 'asked' }),
      keepRetention: keepRetention({ ...erasing, now }),
      firstActivity: firstActivity(lanes),
      nativeRule: nativeRule(lanes),
      accountLeft: accountLeft(reading),
      accountBack: accountBack(reading),
      recountOpenWork: recountOpenWork(reading),
      retimeClocks: retimeClocks(reading),
      offboardRep: offboarding.offboardRep,
      sweep: sweep({
        ...reading,
        ...(parts.activity && { activity: parts.activity }),
        publishDue: parts.publishDue,
        resumeOffboarding: offboarding.resume,
      }),
    },
    deliveryEvents: createDeliveryEvents(reading),
  };
};
