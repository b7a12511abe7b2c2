import FairleadCandidates from 'c/fairleadCandidates';
import { createElement } from 'lwc';

const candidates = (count) =>
    Array.from({ length: count }, (_, index) => ({
        rep: `rep${index}`,
        name: `Rep ${index}`,
        code: index === 0 ? 'chosen' : 'off_hours',
        detail: 'Back at 09:00 in London.',
        pool: 'enterprise'
    }));

const show = (list) => {
    const element = createElement('c-fairlead-candidates', { is: FairleadCandidates });
    element.candidates = list;
    document.body.appendChild(element);
    return element.shadowRoot;
};

afterEach(() => document.body.replaceChildren());

it('shows everybody with what kept them from it', () => {
    const root = show(candidates(3));
    expect([...root.querySelectorAll('li')].map((row) => row.dataset.code)).toEqual(['chosen', 'off_hours', 'off_hours']);
    expect(root.querySelectorAll('.detail')[1].textContent).toBe('Back at 09:00 in London.');
});

it('a long list is shown in full when asked', async () => {
    const root = show(candidates(40));
    expect(root.querySelectorAll('li')).toHaveLength(6);
    root.querySelector('[data-more]').click();
    await Promise.resolve();
    expect(root.querySelectorAll('li')).toHaveLength(40);
    expect(root.querySelector('[data-more]')).toBeNull();
});

it('says so when nobody was weighed', () => {
    expect(show([]).textContent).toBe('c.Fairlead_NoCandidates');
});
