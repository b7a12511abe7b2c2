import { hubspot } from '@hubspot/ui-extensions';
import { RecordPanel } from './parts/record-panel.tsx';

hubspot.extend<'crm.record.sidebar'>(({ context, actions }) => (
  <RecordPanel context={context} actions={actions} />
));
