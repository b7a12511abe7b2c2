const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 system-ui;max-width:34rem;margin:10vh auto;padding:0 1rem;color:#1d2b3a}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:8px;background:#0a7a48;color:#fff;cursor:pointer}a.no{margin-left:1rem;color:#555}code{background:#f2f4f7;padding:.1rem .3rem;border-radius:4px}</style><main>${body}</main></html>`;

/** Where a person allows the app to act for them. `address`: the page's own, answered by a click. */
export const consentPage = (
  org: string,
  user: string,
  scopes: readonly string[],
  address: string,
): string => {
  const items = scopes.map((one) => `<li><code>${escapeHtml(one)}</code></li>`).join('');
  const to = (answer: string) => escapeHtml(`${address}&${answer}=1`);
  return page(
    'Accept access?',
    `<h1>Fairlead would like to access your Zoho CRM</h1><p>As ${escapeHtml(user)} of ${escapeHtml(org)}:</p><ul>${items}</ul><p><a href="${to('approve')}"><button>Accept</button></a><a class="no" href="${to('deny')}">Reject</a></p>`,
  );
};

/** A request that cannot be sent back to the app. */
export const authorizeErrorPage = (error: string): string =>
  page('Error', `<h1>An error occurred</h1><p>Invalid request: <code>${escapeHtml(error)}</code></p>`);
