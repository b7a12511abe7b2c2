const EMAIL = /^[^\s@<>|&?%#]{1,64}@[^\s@<>|&?%#]{1,190}$/;
const PHONE = /^\+?[\d\s()./-]{4,40}$/;

/** An address a page may lead to, as it stands with a lead; null: it is no web page. */
export const webLink = (url: string | null | undefined): string | null => {
  const parsed = URL.parse(url ?? '');
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : null;
};

/** What opens the mail program; null: the text is no address, or would say more than whom to write to. */
export const mailLink = (email: string): string | null =>
  EMAIL.test(email) ? `mailto:${encodeURI(email)}` : null;

/** What opens the phone; null: the text is no number. */
export const phoneLink = (phone: string): string | null =>
  PHONE.test(phone) ? `tel:${phone.replace(/[^\d+]/g, '')}` : null;
