import { Divider, Flex, LoadingSpinner } from '@hubspot/ui-extensions';
import { useEffect } from 'react';
import type { Service } from '../service/create-service.ts';
import { useNextLook } from '../state/use-next-look.ts';
import { useRecordCard } from '../state/use-record-card.ts';
import { messages } from '../wording/messages.ts';
import type { Reader } from '../wording/time.ts';
import { Deeds } from './deeds.tsx';
import { Footing } from './footing.tsx';
import { NeverRouted } from './never-routed.tsx';
import { Notices } from './notices.tsx';
import type { SidebarActions } from './sidebar.ts';
import { Standing } from './standing.tsx';
import { Story } from './story.tsx';
import { TroubleState } from './trouble-state.tsx';

interface LeadPanelProps {
  readonly service: Service;
  readonly reader: Reader;
  readonly actions: SidebarActions;
}

/** One lead: where it stands, what may be done about it, and why. */
export function LeadPanel({ service, reader, actions }: LeadPanelProps) {
  const lead = useRecordCard(service);
  const { card, trouble, look } = lead;
  useNextLook(card, look);
  useOwnerChanges(actions, look);

  if (card === null)
    return trouble === null || lead.busy === 'look' ? (
      <LoadingSpinner label={messages.loading} layout="centered" showLabel />
    ) : (
      <TroubleState trouble={trouble} onRetry={look} />
    );
  if (card.explanation === null && card.standing === null)
    return <NeverRouted onRefresh={look} busy={lead.busy === 'look'} />;
  return (
    <Flex direction="column" gap="md">
      <Standing card={card} reader={reader} />
      <Notices lead={lead} card={card} />
      <Deeds lead={lead} card={card} actions={actions} />
      <Divider />
      <Story card={card} reader={reader} />
      <Footing lead={lead} card={card} reader={reader} />
    </Flex>
  );
}

/** Somebody changed the owner on the record itself: the card follows. */
function useOwnerChanges(actions: SidebarActions, look: () => Promise<void>): void {
  useEffect(() => {
    actions.onCrmPropertiesUpdate(['hubspot_owner_id'], () => void look());
  }, [actions, look]);
}
