import type { Money } from '../lead.ts';
import { Refusal, shown } from './refusal.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** A decimal number written without separators of thousands. */
export const readNumber = (text: string): number | Refusal => {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value)
    ? value
    : new Refusal(`${shown(text)} is no number; write digits with a point, such as 1200.5`);
};

const MONEY = /^(?:([A-Za-z]{3})\s*)?([+-]?[\d.]+)(?:\s*([A-Za-z]{3}))?$/;

/** `1200.50 EUR`, `EUR 1200.50`, or a bare amount where the field names its currency. */
export const readMoney = (text: string, ofField: string | null): Money | Refusal => {
  const parts = MONEY.exec(text);
  const amount = parts === null ? Number.NaN : Number(parts[2]);
  const currency = (parts?.[1] ?? parts?.[3])?.toUpperCase() ?? ofField;
  if (!Number.isFinite(amount) || (parts?.[1] && parts[3]))
    return new Refusal(`${shown(text)} is no amount of money; write it like 1200.50 EUR`);
  if (currency === null) return new Refusal(`${shown(text)} has no currency; write it like 1200.50 EUR`);
  return { amount, currency };
};

/** `{amount: 1200.5, currency: EUR}`, or a number where the field names its currency. */
export const readMoneyJson = (given: unknown, ofField: string | null): Money | Refusal => {
  if (typeof given === 'number' && Number.isFinite(given) && ofField !== null)
    return { amount: given, currency: ofField };
  if (typeof given === 'object' && given !== null && 'amount' in given) {
    const { amount } = given;
    const currency = 'currency' in given ? given.currency : ofField;
    if (typeof amount === 'number' && Number.isFinite(amount) && typeof currency === 'string')
      if (/^[A-Za-z]{3}$/.test(currency)) return { amount, currency: currency.toUpperCase() };
  }
  return new Refusal(`${shown(given)} is no amount of money; write it like {amount: 1200.5, currency: EUR}`);
};
