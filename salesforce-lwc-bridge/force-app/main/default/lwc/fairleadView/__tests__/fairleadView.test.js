import { badgeOf, holderOf, initialsOf, namesOf, problemOf, problemOfError, standingOf } from 'c/fairleadView';

const standing = (state, more = {}) => ({ state, owner: null, queue: null, offeredTo: [], ...more });
const dana = { id: 'dana', name: 'Dana Whitfield' };
const card = (state, claim = false) => ({ standing: state ? standing(state) : null, may: { claim } });

describe('standingOf', () => {
    it('an offer that the reader may claim is theirs', () => {
        expect(standingOf(card('offered', true))).toBe('offeredYou');
        expect(standingOf(card('offered'))).toBe('offered');
    });
    it('a record without an assignment was never routed', () => {
        expect(standingOf(card(null))).toBe('never');
    });
    it('a state that is newer than this package is shown by its name', () => {
        expect(badgeOf(card('resting')).label).toBe('resting');
    });
});

describe('holderOf', () => {
    it('an offer is headed by those it is held out to', () => {
        expect(holderOf(standing('offered', { owner: { id: 'x', name: 'Holding' }, offeredTo: [dana] })).name).toBe(dana.name);
        expect(holderOf(standing('offered', { offeredTo: [dana, dana] })).icon).toBe('standard:groups');
    });
    it('an owner comes before a queue', () => {
        expect(holderOf(standing('assigned', { owner: dana, queue: { id: 'q', name: 'Holding' } })).name).toBe(dana.name);
    });
    it('a queue is no person', () => {
        expect(holderOf(standing('in_queue', { queue: { id: 'q', name: 'Holding' } }))).toMatchObject({ name: 'Holding', person: false });
    });
});

it('many names are cut to two and a number', () => {
    expect(namesOf([dana, dana])).toBe('Dana Whitfield, Dana Whitfield');
    expect(namesOf([dana, dana, dana, dana])).toContain('c.Fairlead_AndMore');
});

it.each([
    ['Dana Whitfield', 'DW'],
    ['  Cher ', 'C'],
    ['ليلى حداد', 'لح'],
    ['😀 Smile', '😀S'],
    ['', '']
])('initials of %p are %p', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
});

describe('problems', () => {
    it('a user without the permission set is told which', () => {
        const error = { body: { message: "You do not have access to the Apex class named 'FairleadCardController'." } };
        expect(problemOfError(error).problem).toBe('not_permitted');
    });
    it('anything else the platform throws counts as out of reach', () => {
        expect(problemOfError(new Error('Failed to fetch')).problem).toBe('unavailable');
    });
    it('a code that is newer than this package is told in the words of the service', () => {
        expect(problemOf({ problem: 'of_tomorrow', detail: 'Do this.' }).detail).toBe('Do this.');
    });
});
