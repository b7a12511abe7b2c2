const FAILED: Readonly<Record<string, string>> = {
  sign_in_expired:
    'That sign-in was begun in another browser, was finished before, or took longer than ten minutes. Sign in again.',
  sign_in_declined: 'Nobody was signed in: it was declined at their page.',
  sign_in_refused: 'What came back does not prove who you are. Sign in again.',
  sign_in_stale: 'They did not ask you to sign in anew. Sign out there first, then sign in again here.',
  factors_lacking:
    'They did not say that you signed in with more than one factor, and that is demanded here. Set up a second one there, sign in with it, and begin again.',
  factors_untold:
    'More than one factor is demanded here, and they do not tell with how many somebody signed in: neither Slack nor Salesforce nor HubSpot does. Choose another way.',
  identity_taken: 'Somebody signs in with that account already. Use another one.',
  no_workspace:
    'No workspace here knows you. Ask an owner of yours to invite the e-mail address you sign in with, or sign in with an account that is connected.',
  waiting: 'You are known now. An owner of the workspace has to let you in, under Settings, People: ask one.',
  removed: 'You were removed from the workspace. Ask an owner to invite you again.',
  not_configured: 'That way to sign in is not set up here. Choose another.',
  unavailable: 'They do not answer. Try again in a moment.',
};

/** `?failed=` of the address in words; null: nothing failed. */
export const signInTold = (search: string): string | null =>
  FAILED[new URLSearchParams(search).get('failed') ?? ''] ?? null;
