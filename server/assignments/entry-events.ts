import { aboutDelivery } from './about-delivery.ts';
import { ACCOUNT_GONE } from './account-status.ts';
import { close } from './close.ts';
import { refreshCards } from './deliveries.ts';
import type { Lanes } from './lane.ts';
import { type LaneSession, type LeadFile, note, tell } from './lane-session.ts';
import type { Delivery, DeliveryEvents } from './ports.ts';
import { raise } from './raise.ts';
import type { ReadParts } from './read-lead.ts';
import { type Enter, recordEntered } from './record-entered.ts';

type EntryEvents = Pick<
  DeliveryEvents,
  'recordEntered' | 'entryRefused' | 'converted' | 'convertRefused' | 'fillRefused'
>;

/** What delivery tells of leads that enter CRMs and are converted there. */
export const createEntryEvents = (parts: ReadParts & { readonly lanes: Lanes }): EntryEvents => ({
  recordEntered: (delivery, entered) => recordEntered(delivery as Enter, entered, parts),
  entryRefused: (delivery, code, remedy) => entryRefused(delivery as Enter, { code, remedy }, parts),
  converted: (delivery) =>
    aboutDelivery(parts.lanes, delivery, (session, file) => {
      if (file.assignment.closedAt === null) close(session, file, 'converted');
    }),
  convertRefused: (delivery, code, remedy) =>
    aboutDelivery(parts.lanes, delivery, (session, file) => {
      if (file.assignment.closedAt !== null || file.assignment.conversion !== 'pending') return;
      note(session, file, { conversion: 'refused' });
      tell(session, file, 'convert_refused', file.assignment.repId, { code });
      if (code === ACCOUNT_GONE) return;
      raise(session, 'convert_refused', file.assignment.id, {
        code,
        text: `${crmOf(session, delivery)} did not convert a lead: ${remedy}`,
      });
    }),
  fillRefused: (delivery, code, remedy) =>
    aboutDelivery(parts.lanes, delivery, (session, file) => {
      if (code !== ACCOUNT_GONE) raise(session, 'write_refused', file.assignment.id, { code, text: remedy });
    }),
});

interface Refusal {
  readonly code: string;
  readonly remedy: string;
}

/**
 * A CRM would not take the lead in: it stays with whoever has it here, and people are told what to do. Where a push has
 * shown its record meanwhile, that is the one it stands on.
 */
const entryRefused = async (
  delivery: Enter,
  refusal: Refusal,
  parts: ReadParts & { readonly lanes: Lanes },
): Promise<void> => {
  const { leadId } = delivery.body;
  const shown = await parts.lanes.submit(delivery.tenantId, {
    kind: 'entry_refused',
    wanted: { leads: [leadId] },
    apply: (session) => {
      const file = session.byLead(leadId);
      if (file === undefined || file.assignment.entry === null) return null;
      const record = file.records.find(({ connectionId }) => connectionId === delivery.connectionId);
      if (record === undefined) refuse(session, file, delivery, refusal);
      return record ?? null;
    },
  });
  if (shown !== null) await recordEntered(delivery, { record: shown, existed: true, ownerId: null }, parts);
};

const refuse = (session: LaneSession, file: LeadFile, delivery: Enter, { code, remedy }: Refusal): void => {
  if (file.assignment.closedAt !== null || file.assignment.entry?.refused) return;
  const text = `${crmOf(session, delivery)} did not take a lead in: ${remedy}`;
  const entry = { connectionId: delivery.connectionId, refused: true };
  note(session, file, { entry, written: 'refused', remedy: text });
  tell(session, file, 'entry_refused', file.assignment.repId, { code });
  if (code !== ACCOUNT_GONE) raise(session, 'entry_refused', file.assignment.id, { code, text });
  refreshCards(session, file);
};

const crmOf = (session: LaneSession, { connectionId }: Delivery): string =>
  session.memory.roster.connections.get(connectionId)?.name ?? 'The CRM';
