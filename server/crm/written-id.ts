import type { Vendor } from '../assignments/types.ts';
import { toLongId } from './long-id.ts';

/**
 * A record's id as its CRM's API writes it: programs give Salesforce's 15 characters as well, and GUIDs in capitals or
 * braces. In another writing it would be another record here, and none there.
 */
export const writtenId = (vendor: Vendor, id: string): string => {
  switch (vendor) {
    case 'salesforce':
      return toLongId(id) ?? id;
    case 'dynamics':
    case 'pipedrive':
      return id.replace(/^\{(.*)\}$/, '$1').toLowerCase();
    case 'hubspot':
    case 'zoho':
    case 'slack':
      return id;
    default:
      return vendor satisfies never;
  }
};
