/** An e-mail address in two forms. */
export interface Email {
  /** Trimmed, in lower case, the domain in ASCII: what is kept and looked up. */
  readonly address: string;
  /** Without sub-addressing (`dana+fair@` is `dana@`): for comparing two addresses, never for writing to one. */
  readonly comparable: string;
  /** The part after the @, in ASCII. */
  readonly domain: string;
}

const SHAPE = /^([^\s@<>,;]+)@([^\s@<>,;]+\.[^\s@<>,;.]+)$/;

/** Reads an e-mail address; null: it is none. */
export const readEmailAddress = (text: string | null | undefined): Email | null => {
  const [, local, host] = SHAPE.exec((text ?? '').trim().toLowerCase().normalize('NFC')) ?? [];
  if (local === undefined || host === undefined) return null;
  const domain = URL.parse(`https://${host}`)?.hostname ?? '';
  if (domain === '') return null;
  const plain = local.replace(/(?<=.)\+.*$/, '');
  return { address: `${local}@${domain}`, comparable: `${plain}@${domain}`, domain };
};
