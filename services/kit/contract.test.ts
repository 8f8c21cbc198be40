import { describe, expect, it } from '@jest/globals';
import { contract, contractViolations, verifyContract } from './contract.ts';
import { ledgerContract, type Posting, posting } from './fixture/ledger.ts';

const ledger = ledgerContract();
const post = ledger.method('/fixture.ledger.v1.LedgerService/Post');

/** What is found wrong with a posting, as `pointer rule`. */
function faultsOf(with_: Partial<Posting>): string[] {
  return ledger.checkMessage(post.input, posting(with_)).map((one) => `${one.field} ${one.rule}`);
}

describe('a method of the contract', () => {
  it('tells its path, route, access and messages', () => {
    expect(post).toMatchObject({
      path: '/fixture.ledger.v1.LedgerService/Post',
      service: 'fixture.ledger.v1.LedgerService',
      name: 'Post',
      http: { verb: 'put', path: '/v1/postings/{posting_id}', body: '*' },
      access: { roles: ['finance', 'agency:org_admin'], internal: false, changes: true },
    });
    expect(post.input.typeName).toBe('fixture.ledger.v1.Posting');
    expect(post.output.typeName).toBe('fixture.ledger.v1.Posted');
  });

  it('has no route when it is internal', () => {
    const sum = ledger.method('/fixture.ledger.v1.LedgerService/Sum');
    expect(sum.http).toBeUndefined();
    expect(sum.access?.internal).toBe(true);
  });

  it('is refused by name when there is none such', () => {
    expect(() => ledger.method('/fixture.ledger.v1.LedgerService/Burn')).toThrow(
      'internal: method_not_in_contract',
    );
  });
});

describe('a method that is unfit to be served', () => {
  it.each([
    ['Undeclared', 'access_missing'],
    ['Misspelt', 'role_unknown'],
    ['Nobody', 'roles_missing'],
    ['Inside', 'internal_has_route'],
    ['Routeless', 'route_missing'],
  ])('%s is refused: %s', (name, rule) => {
    const method = ledger.method(`/fixture.ledger.v1.UnfitService/${name}`);
    expect(contractViolations(ledger, [method])).toEqual([
      expect.objectContaining({ field: method.path, rule }),
    ]);
    expect(() => verifyContract(ledger, [method])).toThrow('internal: contract_unfit');
  });

  it('is refused when its checks stand where they cannot run', () => {
    const method = ledger.method('/fixture.ledger.v1.UnfitService/Misplaced');
    expect(contractViolations(ledger, [method]).map((one) => one.rule)).toEqual(
      Array(3).fill('check_misplaced'),
    );
  });
});

describe('the contract of the services', () => {
  it('is fit to be served', () => {
    expect(contractViolations(contract(), contract().methods)).toEqual([]);
  });
});

describe('a message', () => {
  it('without faults has none', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each<[string, Partial<Posting>, string[]]>([
    ['an id is missing', { postingId: '' }, ['/postingId required']],
    ['an id is no UUID', { postingId: 'P-1' }, ['/postingId not_a_uuid']],
    ['a text is short', { memo: 'a' }, ['/memo too_short']],
    ['a text is long', { memo: 'abcdef' }, ['/memo too_long']],
    ['five code points of two units each', { memo: '𠮷𠮷𠮷𠮷𠮷' }, []],
    ['one code point of two units', { memo: '𠮷' }, ['/memo too_short']],
    ['a pattern holds only in part', { code: 'AB1' }, ['/code pattern']],
    ['a day does not exist', { bookedOn: '2026-02-30' }, ['/bookedOn not_a_date']],
    ['a zone is unknown', { zone: 'Asia/Atlantis' }, ['/zone not_a_time_zone']],
    ['money is missing', { amount: undefined }, ['/amount required']],
    [
      'money is too little',
      { amount: { currency: 'CNY', minor: 0n } },
      ['/amount/minor out_of_range'],
    ],
    [
      'money is too much and its currency unknown',
      { amount: { currency: 'XYZ', minor: 1001n } },
      ['/amount/minor out_of_range', '/amount/currency not_a_currency'],
    ],
    ['a list is empty', { lines: [] }, ['/lines required']],
    [
      'a list is long and its last element wrong',
      { lines: [{ text: 'a' }, { text: 'b' }, { text: '' }] },
      ['/lines too_many', '/lines/2/text required'],
    ],
    ['an element of a text list is long', { tags: ['abc', 'abcd'] }, ['/tags/1 too_long']],
    [
      'a map holds a wrong value',
      { notes: { 'a/b~': { text: '' } } },
      ['/notes/a~1b~0/text required'],
    ],
    [
      'a oneof holds a wrong message',
      { party: { $case: 'person', value: { text: '' } } },
      ['/person/text required'],
    ],
    [
      'a oneof holds a wrong text',
      { party: { $case: 'company', value: 'a' } },
      ['/company too_short'],
    ],
    ['an enum is unset', { means: 'UNSPECIFIED' }, ['/means required']],
    [
      'an optional number is out of range',
      { expectedVersion: 0n },
      ['/expectedVersion out_of_range'],
    ],
    ['an optional number is absent', { expectedVersion: undefined }, []],
    ['a number is out of range', { shareBps: 10_001 }, ['/shareBps out_of_range']],
    ['a number is none', { shareBps: Number.NaN }, ['/shareBps out_of_range']],
    [
      'a nested message of its own type is wrong',
      { reversed: posting({ reversed: posting({ code: 'a' }) }) },
      ['/reversed/reversed/code pattern'],
    ],
  ])('in which %s', (_state, with_, expected) => {
    expect(faultsOf(with_)).toEqual(expected);
  });

  it('says how to repair each fault', () => {
    const found = ledger.checkMessage(post.input, posting({ shareBps: -1 }));
    expect(found[0]?.repair).toBe('Give a number from 0 to 10000.');
  });
});
