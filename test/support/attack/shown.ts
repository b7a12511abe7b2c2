/** What forms and CRMs may hand to a page that shows it, and how one sees whether the page believed any of it. */
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Nobody is there; whoever asks it for something ran what was written. */
const ATTACKER = 'attacker.example';
const RUN = 'globalThis.fairleadRan=1';

/** Each of them as a name, a reason, a company, a note: of whatever a page shows. */
export const HOSTILE_WORDS = {
  markup: `<img src="https://${ATTACKER}/x.png" onerror="${RUN}"><b id="planted">bold</b>`,
  script: `</script></style></textarea><script id="planted">${RUN}</script>`,
  attribute: `" onmouseover="${RUN}" autofocus onfocus="${RUN}" x="' onload='${RUN}`,
  address: `javascript:${RUN}//`,
  frame: `<iframe id="planted" srcdoc="<script>parent.${RUN}</script>"></iframe><svg onload=${RUN}>`,
  mrkdwn: `<!channel> <@U1> <https://${ATTACKER}|Open in CRM> *x* _y_ ~z~ \`c\` :smile:`,
  template: '{{7*7}} #{7*7} {!record.Name} {% raw %} &lt;i&gt;',
  control: 'a\u0007b\u001b[31mc\r\nWho else, and why not:\n• Sam: fired\u2028d',
  direction: 'Dana \u202efdp.exe\u2067\u2066x',
  long: 'W'.repeat(2_000),
  marks: `Z${'\u0301\u0489\u0336'.repeat(150)}algo`,
} as const;
export type HostileWord = keyof typeof HOSTILE_WORDS;

/** Keys under which a card holds words of people. */
const WORDS = new Set(
  'name detail reason text because headline remedy label company email phone source message pool'.split(' '),
);

/** A card all of whose words are one hostile one. Codes, ids and instants stay; an address becomes one that runs. */
export const spoiltCard = <T>(card: T, word: string): T =>
  JSON.parse(JSON.stringify(card), (key, value: unknown) => {
    if (key === 'url' && value !== null) return HOSTILE_WORDS.address;
    return typeof value === 'string' && WORDS.has(key) ? word : value;
  });

/** What a page did that it must not: asked elsewhere, or opened a dialog. Filled as it goes. */
export const watchPage = (page: Page): string[] => {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes(ATTACKER)) seen.push(`asked ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => seen.push(`popup ${popup.url()}`));
  return seen;
};

/** What a page made of words, through every component's own tree. */
const inspect = (place: Page | Frame) =>
  place.evaluate(() => {
    const all: Element[] = [];
    const walk = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        all.push(element);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    const handlers = all.flatMap((element) =>
      element.getAttributeNames().filter((name) => /^on(error|load|focus|mouseover)$/.test(name)),
    );
    const links = all.flatMap((element) =>
      /^(a|area|use|form)$/i.test(element.tagName) ? (element.getAttribute('href') ?? []) : [],
    );
    return {
      ran: 'fairleadRan' in globalThis,
      planted: all.filter(({ id }) => id === 'planted').map(({ tagName }) => tagName),
      handlers,
      links: links.filter((href) => !/^(https?:\/\/|mailto:[^?]+$|tel:[+\d]+$|\/|#|data:,|$)/.test(href)),
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      text: all
        .filter(({ children, tagName }) => children.length === 0 && !/^(SCRIPT|STYLE)$/.test(tagName))
        .map(({ textContent }) => textContent)
        .join('\n'),
    };
  });

const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, '');

/**
 * Whether words were shown as words: nothing ran, nothing was planted, no link leads anywhere but to pages, and nothing
 * sticks out sideways. `shown`: what of the words is to be read there.
 */
export const expectWordsOnly = async (
  place: Page | Frame,
  seen: readonly string[],
  shown: string,
): Promise<void> => {
  const { text, ...found } = await inspect(place);
  expect(found).toEqual({ ran: false, planted: [], handlers: [], links: [], sideways: 0 });
  expect(plain(text)).toContain(plain(shown));
  expect(seen).toEqual([]);
};
