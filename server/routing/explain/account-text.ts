/** What a condition about the account said, and whether it held: `it is no known account, needs one of list named`. */
export const accountText = (asked: string, holds: boolean): string => {
  switch (asked) {
    case 'matched':
      return holds ? 'it is a known account' : 'it is no known account, needs one';
    case 'unmatched':
      return holds ? 'it is no known account' : 'it is a known account, needs none';
    case 'review':
      return holds ? 'it may be a known account' : 'no account is in doubt, needs one that is';
    default:
      return holds ? `it is an account of list ${asked}` : `it is no account of list ${asked}, needs one`;
  }
};
