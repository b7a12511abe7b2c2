import claim from '@salesforce/apex/FairleadCardController.claim';
import decline from '@salesforce/apex/FairleadCardController.decline';
import getCard from '@salesforce/apex/FairleadCardController.getCard';
import reassign from '@salesforce/apex/FairleadCardController.reassign';
import FairleadCard from 'c/fairleadCard';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { createElement } from 'lwc';

jest.mock('@salesforce/apex/FairleadCardController.getCard', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/FairleadCardController.claim', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/FairleadCardController.decline', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/FairleadCardController.reassign', () => ({ default: jest.fn() }), { virtual: true });

const LEAD = '00Q000000000001AAA';
const dana = { id: 'dana', name: 'Dana Whitfield' };

const explanation = {
    id: 'dec_1',
    reason: 'Dana was next in line.',
    rule: { id: 'large', name: 'Large companies' },
    pool: { id: 'enterprise', name: 'Enterprise' },
    decidedAt: '2026-11-23T15:00:00Z',
    policy: { version: 14 },
    candidates: [{ rep: 'dana', name: dana.name, code: 'chosen', detail: 'Next in line.', pool: 'enterprise' }],
    rules: [],
    story: [],
    logOnly: false
};
const standing = {
    state: 'assigned',
    headline: 'Dana has this lead.',
    owner: dana,
    queue: null,
    offeredTo: [],
    expiresAt: null,
    retryAt: null,
    written: 'done',
    remedy: null
};
const cardOf = (more = {}, may = {}) => ({
    explanation,
    standing: { ...standing, ...more },
    may: { claim: false, decline: false, reassign: false, ...may },
    declineReasons: [{ code: 'too_busy', label: 'Too busy' }],
    reps: [dana],
    asOf: new Date().toISOString()
});
const offer = () => cardOf({ state: 'offered', offeredTo: [dana] }, { claim: true, decline: true });
const reply = (value) => ({ body: JSON.stringify(value) });

const settle = async () => {
    for (let i = 0; i < 10; i += 1) {
        // eslint-disable-next-line no-await-in-loop -- one turn after the other
        await Promise.resolve();
    }
};

const show = async () => {
    const element = createElement('c-fairlead-card', { is: FairleadCard });
    element.objectApiName = 'Lead';
    element.recordId = LEAD;
    document.body.appendChild(element);
    await settle();
    return element.shadowRoot;
};

const find = (root, name) => root.querySelector(`c-fairlead-${name}`);
const outcomeOf = (root) => root.querySelector('.outcome c-fairlead-notice');
const send = async (target, name, detail) => {
    target.dispatchEvent(new CustomEvent(name, { detail }));
    await settle();
};

beforeEach(() => getCard.mockResolvedValue(reply(cardOf())));
afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
    jest.useRealTimers();
});

describe('what it shows', () => {
    it('asks about its record and shows the standing, the reason and the candidates', async () => {
        const root = await show();
        expect(getCard).toHaveBeenCalledWith({ recordId: LEAD });
        expect(find(root, 'standing').card.standing.headline).toBe('Dana has this lead.');
        expect(find(root, 'reason').explanation.reason).toBe('Dana was next in line.');
        expect(find(root, 'candidates').candidates).toHaveLength(1);
        expect(find(root, 'offer')).toBeNull();
    });

    it('a record never routed says so', async () => {
        getCard.mockResolvedValue(reply({ ...cardOf(), explanation: null, standing: null }));
        const root = await show();
        expect(root.querySelector('.never').textContent).toContain('c.Fairlead_NeverDetail');
    });

    it('a refused write says what to do', async () => {
        getCard.mockResolvedValue(reply(cardOf({ written: 'refused', remedy: 'Reactivate the user.' })));
        expect(find(await show(), 'notice').detail).toBe('Reactivate the user.');
    });

    it('while the service is down the last stored reason stands in', async () => {
        getCard.mockResolvedValue({ problem: 'unavailable', detail: '', stored: { reason: 'Dana was next.', decidedAt: '2026-11-23T15:00:00Z' } });
        const root = await show();
        expect(find(root, 'notice').heading).toBe('c.Fairlead_Down');
        expect(root.querySelector('.stored').textContent).toContain('Dana was next.');
    });

    it('without the permission set it says which one is missing', async () => {
        getCard.mockRejectedValue({ body: { message: "You do not have access to the Apex class named 'FairleadCardController'." } });
        expect(find(await show(), 'notice').detail).toBe('c.Fairlead_NotPermittedDetail');
    });

    it('a refresh that fails leaves what was known', async () => {
        const root = await show();
        getCard.mockResolvedValue({ problem: 'unavailable', detail: '' });
        root.querySelector('[data-refresh]').click();
        await settle();
        expect(find(root, 'notice').heading).toBe('c.Fairlead_Down');
        expect(find(root, 'standing')).not.toBeNull();
    });

    it('an answer that a later question has overtaken is not shown', async () => {
        let answerFirst;
        getCard.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
        const root = await show();
        getCard.mockResolvedValue(reply(cardOf({ headline: 'The later answer.' })));
        root.querySelector('[data-refresh]').dispatchEvent(new CustomEvent('click'));
        await settle();
        answerFirst(reply(cardOf({ headline: 'The earlier answer.' })));
        await settle();
        expect(find(root, 'standing').card.standing.headline).toBe('The later answer.');
    });

    it('an owner changed on the page makes it ask again', async () => {
        await show();
        getRecord.emit({ fields: { OwnerId: { value: '005A' } } });
        await settle();
        expect(getCard).toHaveBeenCalledTimes(1);
        getRecord.emit({ fields: { OwnerId: { value: '005B' } } });
        await settle();
        expect(getCard).toHaveBeenCalledTimes(2);
    });

    it('looks again while the owner is being written, and tells the page', async () => {
        jest.useFakeTimers();
        getCard.mockResolvedValue(reply(cardOf({ written: 'pending' })));
        const root = await show();
        getCard.mockResolvedValue(reply(cardOf()));
        await jest.advanceTimersByTimeAsync(3000);
        expect(find(root, 'standing').card.standing.written).toBe('done');
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: LEAD }]);
        await jest.advanceTimersByTimeAsync(30000);
        expect(getCard).toHaveBeenCalledTimes(2);
    });
});

describe('what it does', () => {
    it('claims, shows what came of it and tells the page', async () => {
        getCard.mockResolvedValue(reply(offer()));
        const root = await show();
        claim.mockResolvedValue(reply({ ok: true, card: cardOf() }));
        await send(find(root, 'offer'), 'claim');
        expect(claim).toHaveBeenCalledWith({ recordId: LEAD, requestId: expect.any(String) });
        expect(outcomeOf(root).heading).toBe('c.Fairlead_DoneClaim');
        expect(find(root, 'offer')).toBeNull();
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: LEAD }]);
    });

    it('when somebody was faster it says who, and shows the card as it is now', async () => {
        getCard.mockResolvedValue(reply(offer()));
        const root = await show();
        claim.mockResolvedValue(reply({ ok: false, error: { code: 'taken', detail: 'Sam was faster.' }, card: cardOf() }));
        await send(find(root, 'offer'), 'claim');
        expect(outcomeOf(root).heading).toBe('Sam was faster.');
        expect(find(root, 'offer')).toBeNull();
    });

    it('a press without an answer keeps its name, so that the next one counts once', async () => {
        getCard.mockResolvedValue(reply(offer()));
        const root = await show();
        claim.mockResolvedValueOnce({ problem: 'unavailable', detail: '' });
        await send(find(root, 'offer'), 'claim');
        expect(outcomeOf(root).detail).toBe('c.Fairlead_Unsure');
        claim.mockResolvedValueOnce(reply({ ok: true, card: cardOf() }));
        await send(find(root, 'offer'), 'claim');
        const [[first], [second]] = claim.mock.calls;
        expect(second.requestId).toBe(first.requestId);
    });

    it('another press has another name', async () => {
        getCard.mockResolvedValue(reply(offer()));
        const root = await show();
        claim.mockResolvedValue(reply({ ok: false, error: { code: 'taken', detail: 'No.' }, card: offer() }));
        await send(find(root, 'offer'), 'claim');
        await send(find(root, 'offer'), 'claim');
        const [[first], [second]] = claim.mock.calls;
        expect(second.requestId).not.toBe(first.requestId);
    });

    it('declines with a reason and a note', async () => {
        getCard.mockResolvedValue(reply(offer()));
        const root = await show();
        await send(find(root, 'offer'), 'decline');
        expect(find(root, 'decline').reasons).toHaveLength(1);
        decline.mockResolvedValue(reply({ ok: true, card: cardOf({ state: 'waiting', owner: null }) }));
        await send(find(root, 'decline'), 'send', { reason: 'too_busy', note: 'until Monday' });
        expect(decline).toHaveBeenCalledWith(expect.objectContaining({ recordId: LEAD, reason: 'too_busy', note: 'until Monday' }));
        expect(find(root, 'decline')).toBeNull();
    });

    it('a form closed again does nothing', async () => {
        getCard.mockResolvedValue(reply(offer()));
        const root = await show();
        await send(find(root, 'offer'), 'decline');
        await send(find(root, 'decline'), 'cancel');
        expect(find(root, 'decline')).toBeNull();
        expect(decline).not.toHaveBeenCalled();
    });

    it('reassigns to a rep', async () => {
        getCard.mockResolvedValue(reply(cardOf({}, { reassign: true })));
        const root = await show();
        root.querySelector('[data-reassign]').click();
        await settle();
        reassign.mockResolvedValue(reply({ ok: true, card: cardOf() }));
        await send(find(root, 'reassign'), 'send', { rep: 'dana', note: '' });
        expect(reassign).toHaveBeenCalledWith(expect.objectContaining({ recordId: LEAD, rep: 'dana' }));
        expect(outcomeOf(root).heading).toBe('c.Fairlead_DoneReassign');
    });

    it('those who may not reassign are not shown how', async () => {
        expect((await show()).querySelector('[data-reassign]')).toBeNull();
    });

    it('when the time is up it asks what became of the lead, and says so aloud', async () => {
        getCard.mockResolvedValue(reply(offer()));
        const root = await show();
        await send(find(root, 'offer'), 'mark', { message: 'The time is up.', ended: true });
        expect(getCard).toHaveBeenCalledTimes(2);
        expect(root.querySelector('[data-aloud]').textContent).toBe('The time is up.');
    });
});
