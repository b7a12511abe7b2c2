import { ApiKeys } from './api-keys.tsx';
import { AuditLog } from './audit-log.tsx';
import { MyAccess } from './my-access.tsx';
import { People } from './people.tsx';
import { WorkspaceData } from './workspace-data.tsx';

/** What administers the workspace, one section below the other. A section that somebody may not see is not there. */
export const SettingsPage = () => (
  <div className="settings" id="settings">
    <h2 className="settings-title">Settings</h2>
    <MyAccess />
    <People />
    <ApiKeys />
    <AuditLog />
    <WorkspaceData />
  </div>
);
