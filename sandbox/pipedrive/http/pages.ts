const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A page of the OAuth host. `body` is markup. */
const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 system-ui;max-width:34rem;margin:10vh auto;padding:0 1rem;color:#21232c}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:8px;background:#017737;color:#fff;cursor:pointer}a.no{margin-left:1rem;color:#555}code{background:#f2f4f7;padding:.1rem .3rem;border-radius:4px}</style><main>${body}</main></html>`;

/** Where a person allows the app to act for them. */
export const consentPage = (
  company: string,
  user: string,
  scopes: readonly string[],
  address: string,
): string => {
  const items = scopes.map((one) => `<li><code>${escapeHtml(one)}</code></li>`).join('');
  const to = (answer: string) => escapeHtml(`${address}&${answer}=1`);
  return page(
    'Allow and install?',
    `<h1>Allow and install?</h1><p>Fairlead asks to act for ${escapeHtml(user)} in ${escapeHtml(company)}:</p><ul>${items}</ul><p><a href="${to('approve')}"><button>Allow and install</button></a><a class="no" href="${to('deny')}">Cancel</a></p>`,
  );
};

/** An authorisation that cannot be sent back to the app. */
export const authorizeErrorPage = (description: string): string =>
  page('Error', `<h1>Something is wrong</h1><p>${escapeHtml(description)}</p>`);
