import { loginPage, scopeList } from '../consent-page.ts';
import { html } from '../desk/html.ts';

interface PersonPage {
  readonly title: string;
  /** Who asks, and for which account. */
  readonly says: string;
  readonly scopes: readonly string[];
  /** Who can be chosen; `id` comes back as `as`. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Of the page itself. A choice comes back to it, and so does `deny`. */
  readonly address: string;
  /** The vendor's, for the buttons. */
  readonly colour: string;
}

/** Where a vendor asks for name and password, one says who of its people one is. */
export const personPage = ({ title, says, scopes, people, address, colour }: PersonPage): string =>
  loginPage(
    title,
    html`<p>${says}</p>
<ul class="who">${people.map(
      ({ id, name }) => html`<li><a href="${`${address}&as=${encodeURIComponent(id)}`}">${name}</a></li>`,
    )}</ul>
<p><a href="${`${address}&deny=1`}">Cancel</a></p>
<p>It is told:</p>${scopeList(scopes)}`,
    colour,
  );
