import { Button, Flex, LoadingButton } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { RecordCard } from '../record-card.ts';
import type { Deed } from '../service/create-service.ts';
import type { RecordCardState } from '../state/use-record-card.ts';
import { messages } from '../wording/messages.ts';
import { DeclineForm } from './decline-form.tsx';
import { ReassignForm } from './reassign-form.tsx';
import type { SidebarActions } from './sidebar.ts';

interface DeedsProps {
  readonly lead: RecordCardState;
  readonly card: RecordCard;
  readonly actions: SidebarActions;
}

/** What the person who looks may do, and the forms for it. */
export function Deeds({ lead, card, actions }: DeedsProps) {
  const [open, setOpen] = useState<'decline' | 'reassign' | null>(null);
  const { may } = card;
  const doing = lead.busy !== null && lead.busy !== 'look';
  const close = () => setOpen(null);
  const doIt = async (deed: Deed, said: string) => {
    if (!(await lead.act(deed))) return;
    close();
    actions.addAlert({ type: 'success', message: said });
    // The record's own owner property is drawn by HubSpot, which does not know of the change yet.
    actions.refreshObjectProperties();
  };

  if (open === 'decline' && may.decline)
    return <DeclineForm card={card} busy={lead.busy} onDecline={doIt} onCancel={close} />;
  if (open === 'reassign' && may.reassign)
    return <ReassignForm card={card} busy={lead.busy} onReassign={doIt} onCancel={close} />;
  if (!may.claim && !may.decline && !may.reassign) return null;
  return (
    <Flex gap="sm" wrap="wrap">
      {may.claim && (
        <LoadingButton
          size="sm"
          variant="primary"
          loading={lead.busy === 'claim'}
          disabled={doing}
          onClick={() => doIt({ kind: 'claim' }, messages.claimed)}
        >
          {messages.claim}
        </LoadingButton>
      )}
      {may.decline && (
        <Button size="sm" disabled={doing} onClick={() => setOpen('decline')}>
          {messages.decline}
        </Button>
      )}
      {may.reassign && (
        <Button size="sm" disabled={doing} onClick={() => setOpen('reassign')}>
          {messages.reassign}
        </Button>
      )}
    </Flex>
  );
}
