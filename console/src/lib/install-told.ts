import { VENDORS } from './vendors.ts';

/** What the address says became of an install. */
export interface Told {
  readonly ok: boolean;
  readonly text: string;
}

const FAILED: Readonly<Record<string, string>> = {
  install_expired:
    'was not connected: the install was begun in another browser, was finished before, or took longer than ten minutes. Begin again below.',
  install_declined: 'was not connected: it was declined at their page.',
  install_refused: 'was not connected: it did not accept our request. Begin again below.',
  conflict: 'was not connected: another workspace has that account. Disconnect it there first.',
  invalid_settings: 'was not connected: correct the address below.',
  not_configured: 'cannot be connected: its app is not set up here yet. Ask whoever runs Fairlead.',
  unavailable: 'does not answer. Begin again in a moment.',
};

/** `?connected=` or `?failed=` of the address in words; null: neither. */
export const installTold = (search: string): Told | null => {
  const query = new URLSearchParams(search);
  const nameOf = (key: string) => VENDORS[query.get(key) ?? ''] ?? 'The account';
  if (query.has('connected'))
    return { ok: true, text: `${nameOf('connected')} is connected. Its people are being imported.` };
  const why = FAILED[query.get('failed') ?? ''];
  return why === undefined ? null : { ok: false, text: `${nameOf('vendor')} ${why}` };
};

/** Sends the browser to the vendor's page, with what that has to be told. */
export const connectAt = (vendor: string, answers: Readonly<Record<string, string>>): void =>
  location.assign(`/oauth/${vendor}/install?${new URLSearchParams(answers)}`);
