import { codeText, fill } from 'c/fairleadText';

it('puts values in their places, and leaves places without one', () => {
    expect(fill('{0} of {1}', 3, 7)).toBe('3 of 7');
    expect(fill('{0} of {1}', 3)).toBe('3 of {1}');
});

it('words a known code and shows an unknown one', () => {
    expect(codeText('off_hours')).toBe('c.Fairlead_Code_off_hours');
    expect(codeText('a_code_of_next_year')).toBe('a code of next year');
});
