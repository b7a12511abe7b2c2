import { type ErasePersonParts, erasePerson } from './lifecycle/erase-person.ts';
import type { UseCases } from './use-cases.ts';

/** A CRM says that somebody's data is to be forgotten: whoever the record is about, wherever else they stand. */
export const eraseLead =
  (parts: ErasePersonParts): UseCases['eraseLead'] =>
  async ({ tenantId, record }) => {
    await erasePerson(parts)({ tenantId, person: { record }, by: record.connectionId, because: 'vendor' });
  };
