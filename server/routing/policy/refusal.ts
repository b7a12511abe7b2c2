import { cutText } from '../render/cut-text.ts';

/** A value that is not of its field's type: what is wrong and what to write instead. */
export class Refusal {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** How a value is shown inside a message: short, and told apart from text around it. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${cutText(text, 57)}...` : text;
};
