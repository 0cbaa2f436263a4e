import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  clientAddress,
  hostFault,
  isLoopback,
  isOpened,
  siteFault,
} from '../../../../console/http/origin.js';

describe('from where a request comes', () => {
  for (const host of [
    'localhost',
    'localhost:8470',
    '127.0.0.1:1',
    '[::1]:8470',
    '10.0.0.7',
    'LOCALHOST',
  ])
    it(`${host} may be asked for`, () => assert.equal(hostFault(host, []), undefined));
  for (const host of [
    undefined,
    '',
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'a b',
    '[::1',
    'x:y',
  ])
    it(`${host} may not`, () => assert.ok(hostFault(host, [])));
  it('a name that was given may be asked for', () => {
    assert.equal(hostFault('console.example:80', ['console.example']), undefined);
    assert.ok(hostFault('other.example', ['console.example']));
  });

  for (const [headers, isGood] of [
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ host: 'a:1', origin: 'http://a:1' }, true],
    [{ host: 'a:1', origin: 'http://a:2' }, false],
    [{ host: 'a:1', origin: 'null' }, false],
  ] as const)
    it(`${JSON.stringify(headers)} may ${isGood ? '' : 'not '}change something`, () =>
      assert.equal(siteFault(headers) === undefined, isGood));

  it('loopback is what this machine alone reaches', () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
      assert.ok(isLoopback(address));
    for (const address of ['0.0.0.0', '::', '10.0.0.1', '::ffff:10.0.0.1'])
      assert.ok(!isLoopback(address));
  });

  it('this machine is one client, whichever of its addresses it uses', () => {
    const own = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'].map(clientAddress);
    assert.equal(new Set(own).size, 1);
    assert.equal(clientAddress('10.0.0.1'), '10.0.0.1');
  });

  it('an IPv6 network is one client: a host may use all of its addresses', () => {
    for (const [address, client] of [
      ['2001:db8:0:7::1', '2001:db8:0:7::/64'],
      ['2001:db8:0:7:ffff:ffff:ffff:ffff', '2001:db8:0:7::/64'],
      ['2001:DB8:0:0007:1::', '2001:db8:0:7::/64'],
      ['2001:db8:0:8::1', '2001:db8:0:8::/64'],
      ['2001:db8::7:1', '2001:db8:0:0::/64'],
      ['2001::7:1:2:3:4', '2001:0:0:7::/64'],
      ['fe80::1%eth0', 'fe80:0:0:0::/64'],
      ['::7:1:2:3:4.5.6.7', '0:0:7:1::/64'],
      ['64:ff9b::10.0.0.1', '64:ff9b:0:0::/64'],
      ['::', '0:0:0:0::/64'],
      ['::ffff:10.0.0.1', '10.0.0.1'],
      ['::FFFF:10.0.0.1', '10.0.0.1'],
    ] as const)
      assert.equal(clientAddress(address), client, address);
  });

  it('a window is opened by a link, and a frame within a page is not', () => {
    const navigate = { 'sec-fetch-mode': 'navigate' };
    assert.ok(isOpened('GET', navigate), 'a browser that does not say for what');
    assert.ok(isOpened('GET', { ...navigate, 'sec-fetch-dest': 'document' }));
    for (const dest of ['iframe', 'frame', 'embed', 'object'])
      assert.ok(!isOpened('GET', { ...navigate, 'sec-fetch-dest': dest }), dest);
    assert.ok(!isOpened('POST', navigate));
    assert.ok(!isOpened('GET', { 'sec-fetch-mode': 'no-cors' }));
  });
});
