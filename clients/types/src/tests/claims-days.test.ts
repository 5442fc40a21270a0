/** Days are days of a place, and moments are moments everywhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { date, dateTime, daySpan, moment, momentSpan, period, periodSpan } from '../days.js';
import { explanationInWords } from '../claims/index.js';
import { PAID, USD, explanation, seeded } from '../testing/claims-fixture.js';

const LOS_ANGELES = 'America/Los_Angeles';
const at = (text: string): number => Date.parse(text) / 1000;
/** 17:30 on the 24th in Los Angeles, 01:30 on the 25th in UTC. */
const EVENING = at('2026-11-24T17:30:00-08:00');

test('an evening in Los Angeles is that day in words', () => {
  const claim = explanation({ kind: 'Settled', at: EVENING + 60 }, PAID.lines, PAID.results, { serviceDate: EVENING, submitted: EVENING + 30 });
  assert.match(explanationInWords(claim, USD, { zone: LOS_ANGELES })[0] as string, /^Visit on 24 Nov 2026/);
  assert.match(explanationInWords(claim, USD, { zone: 'UTC' })[0] as string, /^Visit on 25 Nov 2026/);
});

test('a zone that is unknown or missing is refused wherever a day is made or read', () => {
  for (const zone of ['', 'Mars/Olympus', undefined, null, 8] as string[]) {
    const uses = [
      () => date(EVENING, zone), () => dateTime(EVENING, zone), () => daySpan('2026-11-24', zone), () => momentSpan('2026-11-24T17:30:00Z', zone),
      () => periodSpan({ end: '2026' }, zone), () => explanationInWords(PAID, USD, { zone }),
    ];
    for (const use of uses) assert.throws(use, { name: 'UnknownZone' }, `${zone} ${use}`);
  }
});

test('days have 23, 24 or 25 hours, and follow upon each other without a gap', () => {
  const hours = (day: string, zone: string): number => {
    const { from, until } = daySpan(day, zone);
    return (until - from) / 3600;
  };
  const rows: [string, string, number][] = [
    ['2026-11-24', LOS_ANGELES, 24], ['2026-03-08', LOS_ANGELES, 23], ['2026-11-01', LOS_ANGELES, 25], ['2026-10-25', 'Europe/London', 25],
    // Midnight itself is left out, comes twice, or the change is of half an hour.
    ['2018-11-04', 'America/Sao_Paulo', 23], ['2018-02-17', 'America/Sao_Paulo', 25], ['2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['2026-11-01', 'America/Havana', 25], ['2026-11-24', 'Asia/Kathmandu', 24],
  ];
  for (const [day, zone, expected] of rows) assert.equal(hours(day, zone), expected, `${day} ${zone}`);
  for (const zone of [LOS_ANGELES, 'America/Sao_Paulo', 'Africa/Cairo', 'Asia/Beirut', 'Pacific/Chatham', 'UTC']) {
    let { until } = daySpan('2018-01-01', zone);
    for (let index = 1; index < 365; index++) {
      const day = new Date(Date.UTC(2018, 0, 1 + index)).toISOString().slice(0, 10);
      const span = daySpan(day, zone);
      assert.equal(span.from, until, `${day} ${zone}`);
      assert.deepEqual([date(span.from, zone), date(span.until - 1, zone)], [day, day], zone);
      until = span.until;
    }
    assert.deepEqual(daySpan('2018', zone), { from: daySpan('2018-01-01', zone).from, until: daySpan('2018-12-31', zone).until });
    assert.deepEqual(daySpan('2018-02', zone), { from: daySpan('2018-02-01', zone).from, until: daySpan('2018-02-28', zone).until });
  }
  // Samoa went over the date line: there was no 30th.
  assert.throws(() => daySpan('2011-12-30', 'Pacific/Apia'), { name: 'NotAMoment', message: /there was no 2011-12-30/ });
  assert.equal(daySpan('2011-12-29', 'Pacific/Apia').until, daySpan('2011-12-31', 'Pacific/Apia').from);
});

test('a period includes its last day or second, and reads back to the moments from which it was made', () => {
  assert.deepEqual(periodSpan({ start: '2026-01-01', end: '2026-12-31' }, LOS_ANGELES), { from: at('2026-01-01T08:00:00Z'), until: at('2027-01-01T08:00:00Z') });
  assert.deepEqual(periodSpan({ start: '2026-03-08', end: '2026-03-08' }, LOS_ANGELES), daySpan('2026-03-08', LOS_ANGELES));
  assert.deepEqual(periodSpan({ end: '2012-03-17' }, 'UTC'), { until: at('2012-03-18T00:00:00Z') });
  assert.deepEqual(periodSpan({ start: '2012' }, 'UTC'), { from: at('2012-01-01T00:00:00Z') });
  const next = seeded(7);
  const zones = [LOS_ANGELES, 'Europe/London', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Kiritimati', 'UTC'];
  for (let round = 0; round < 600; round++) {
    const zone = zones[round % zones.length] as string;
    const from = Math.floor(next() * 4e9);
    const span = { from, until: from + 1 + Math.floor(next() * 1e8) };
    assert.deepEqual(periodSpan(period(span, zone), 'UTC'), span);
    const written = dateTime(from, zone);
    assert.equal(moment(written, 'UTC'), from);
    assert.equal(written.slice(0, 10), date(from, zone));
    assert.equal(Date.parse(written), from * 1000);
  }
});

test('what is no day, no moment or no period is refused', () => {
  for (const text of ['2026-02-30', '2026-13', '2026-00-01', '0000', '26-01-01', '2026-1-1', '', '2026-11-24 ', '2026-11-24T10:00:00',
    '2026-11-24T10:00Z', '2026-11-24T24:00:00Z', '2026-11-24T10:60:00Z', '2026-11-24T10:00:00+15:00', '2026-11-24T10:00:00+0100', '2026-11-31T10:00:00Z']) {
    assert.throws(() => momentSpan(text, 'UTC'), { name: 'NotAMoment' }, text);
  }
  assert.throws(() => periodSpan({ start: '2026-11-25', end: '2026-11-24' }, 'UTC'), { name: 'NotAMoment' });
  assert.throws(() => moment('2026-11-24', 'UTC'), { name: 'NotAMoment' });
  for (const seconds of [-1, 1.5, Number.NaN, 2 ** 53]) assert.throws(() => dateTime(seconds, 'UTC'), { name: 'NotAMoment' });
  assert.equal(moment('2016-12-31T23:59:60Z', 'UTC'), at('2017-01-01T00:00:00Z'));
  assert.equal(moment('2026-11-24T10:00:00.75+05:30', 'UTC'), at('2026-11-24T04:30:00Z'));
});
