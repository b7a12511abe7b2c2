import { html, type Markup } from './desk/html.ts';

/** What a vendor's consent page says, and where its answers lead. */
interface ConsentWords {
  /** Over the page and in the browser's tab. */
  readonly title: string;
  /** Whom the app is to act for, in which account. */
  readonly says: string;
  readonly scopes: readonly string[];
  readonly allow: readonly [label: string, address: string];
  /** Left out: the vendor's page has no such answer. */
  readonly deny?: readonly [label: string, address: string];
  /** The vendor's, for the button. */
  readonly colour: string;
}

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:34rem;margin:10vh auto;padding:0 1rem;color:#1d2b3a}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:8px;background:var(--brand);color:#fff;cursor:pointer}a.no{margin-left:1rem;color:#555}ul.who{list-style:none;padding:0}ul.who a{display:block;margin:.4rem 0;padding:.6rem 1rem;border:1px solid #d5dbe3;border-radius:8px;color:inherit;text-decoration:none}ul.who a:hover,ul.who a:focus{border-color:var(--brand)}code{background:#f2f4f7;padding:.1rem .3rem;border-radius:4px}';

/** A page of a vendor's login host. `colour`: of its buttons, as CSS writes colours. */
export const loginPage = (title: string, body: Markup, colour = '#1d2b3a'): string =>
  html`<!doctype html><html lang="en" style="--brand:${colour}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${STYLE}</style><main><h1>${title}</h1>${body}</main></html>`.text;

/** Scopes as a list. */
export const scopeList = (scopes: readonly string[]): Markup =>
  html`<ul>${scopes.map((one) => html`<li><code>${one}</code></li>`)}</ul>`;

/** Where a person allows the app to act for them. */
export const consentPage = ({ title, says, scopes, allow, deny, colour }: ConsentWords): string =>
  loginPage(
    title,
    html`<p>${says}</p>${scopeList(scopes)}<p><a href="${allow[1]}"><button>${allow[0]}</button></a>${
      deny && html`<a class="no" href="${deny[1]}">${deny[0]}</a>`
    }</p>`,
    colour,
  );
