import type { ExtensionPointApi } from '@hubspot/ui-extensions';

type Sidebar = ExtensionPointApi<'crm.record.sidebar'>;

/** The record that is open, the person who looks, and the variables of the profile. */
export type SidebarContext = Sidebar['context'];

/** What the card may ask of HubSpot's page. */
export type SidebarActions = Sidebar['actions'];
