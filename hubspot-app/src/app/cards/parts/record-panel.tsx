import { useMemo } from 'react';
import { createService, type Service } from '../service/create-service.ts';
import { readerOf } from '../wording/time.ts';
import { LeadPanel } from './lead-panel.tsx';
import type { SidebarActions, SidebarContext } from './sidebar.ts';
import { TroubleState } from './trouble-state.tsx';

interface RecordPanelProps {
  readonly context: SidebarContext;
  readonly actions: SidebarActions;
}

/** The card on a record: finds the service and the reader, then shows the lead. */
export function RecordPanel({ context, actions }: RecordPanelProps) {
  const serviceUrl = context.variables?.SERVICE_URL;
  const { objectId, objectTypeId } = context.crm;
  const reader = useMemo(() => readerOf(context.user.locale), [context.user.locale]);
  const service = useMemo((): Service | null => {
    if (typeof serviceUrl !== 'string') return null;
    return createService({ serviceUrl, objectId, objectTypeId, ...reader });
  }, [serviceUrl, objectId, objectTypeId, reader]);
  if (service === null) return <TroubleState trouble={{ what: 'not_set_up', detail: null }} />;
  return <LeadPanel service={service} reader={reader} actions={actions} />;
}
