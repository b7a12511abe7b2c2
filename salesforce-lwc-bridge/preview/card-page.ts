/** What a page with the card is built for. */
export interface CardPageOptions {
  /**
   * Where the card asks in place of its Apex controller: `POST <source>/getCard`, `/claim`, `/decline`, `/reassign` with
   * the method's parameters as JSON, answered with the controller's `Answer`: `{"body": "<JSON as text>"}`, or
   * `{"problem", "detail", "stored"?}`.
   */
  readonly source: string;
  /** Unset: the page's query says which, `?record=00Q…&objectType=Lead`. */
  readonly recordId?: string;
  readonly objectType?: string;
  /** The reader's language, zone and direction; unset: en-US, the browser's zone, left to right. */
  readonly locale?: string;
  readonly timeZone?: string;
  readonly dir?: 'ltr' | 'rtl';
}

const PAGE_STYLE = `
  html { background: #f3f3f3; }
  body { margin: 0; padding: 0.75rem; background: transparent; }
`;

/** Text that may stand in a script element. */
const inScript = (text: string): string => text.replaceAll('</', '<\\/');

/** The card with the base components and styles it stands on: everything a page needs, as text. */
export interface CardBundle {
  readonly script: string;
  readonly style: string;
}

/** Bundles the card. Built once per process; takes some seconds. */
export async function bundleCard(): Promise<CardBundle> {
  // Whoever has a bundle already draws pages without a bundler.
  const { bundleScript, readStyles } = await import('./bundle-card.ts');
  return { script: await bundleScript(), style: readStyles() };
}

/** A whole page with the card in it, as one HTML document that fetches nothing but `source`. */
export function cardPage({ script, style }: CardBundle, options: CardPageOptions): string {
  const { locale = 'en-US', dir = 'ltr', objectType = 'Lead', ...rest } = options;
  const given = JSON.stringify({ locale, dir, objectType, ...rest });
  return `<!doctype html>
<html lang="${locale}" dir="${dir}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lead routing</title>
<link rel="icon" href="data:,">
<style>${style}</style><style>${PAGE_STYLE}</style>
</head>
<body>
<main data-card><h1 class="slds-assistive-text">${objectType}</h1></main>
<script>window.fairleadPreview = ${inScript(given)};</script>
<script>${inScript(script)}</script>
</body>
</html>`;
}

/**
 * The page, bundled and drawn. It tells a page that frames it of a change by `postMessage({fairlead: 'record-changed',
 * records})`, and asks again when that page says the same.
 */
export const buildCardPage = async (options: CardPageOptions): Promise<string> =>
  cardPage(await bundleCard(), options);
