/** `epoch`: what a custodian's opening of an epoch shows. */
import { consent, directiveFrom, identity, sealed, type ApiAt } from '@salus/client';
import { SalusError, type ConsentDirective, type Hex, type Question, type Decision } from '@salus/types';
import { auditEpoch, EpochRefused, readOpening, type EpochChain, type Named } from '../answers/epoch.js';
import { dataset, versionAt } from '../chain/questions.js';
import { utc } from '../words.js';
import type { State } from './chain.js';
import { fileIn, UsageError } from './options.js';
import type { Outcome, Run } from './run.js';

const numberOf = (value: { toString(): string }): number => Number(value.toString());

/** A patient's directives, with all that ended. */
async function directivesOf(api: ApiAt, patient: Hex): Promise<{ number: number; directive: ConsentDirective }[]> {
  const pages = [await api.call.consentApi.directives(patient)];
  for (let page = 0; ; page += 1) {
    const found = await api.call.consentApi.history(patient, page);
    if (found.isNone) break;
    pages.push(found.unwrap());
  }
  return pages.flatMap((each) => each.map(([number, given]) => ({ number: numberOf(number), directive: directiveFrom(patient, given) })));
}

async function vetoedAt(api: ApiAt, patient: Hex, at: number): Promise<boolean> {
  const vetoes = await api.call.consentApi.vetoes(patient);
  return vetoes.some(({ purpose, from, until }) => purpose.type === 'Hresch' && numberOf(from) <= at && (until.isNone || at < numberOf(until.unwrap())));
}

/** The chain as an epoch is checked against: all of it in one final state. */
function epochChain(genesis: Hex, { api, number, moment }: State): EpochChain {
  const snapshot = { hash: genesis, api, number, moment };
  return {
    genesis,
    dataset: (id) => dataset(api, id),
    versionAt: (id, at) => versionAt(api, id, at),
    stateAt: (patient, at) => identity.stateAt(api, patient, at),
    vetoedAt: (patient, at) => vetoedAt(api, patient, at),
    directives: (patient) => directivesOf(api, patient),
    sealedAt: async (patient, at) => (await sealed.sealedAt(api, patient, at)).filter(({ effect }) => effect === 'Permit').map(({ id }) => id),
    decide: async (questions: Question[]) => {
      const decisions: Decision[] = [];
      for (let from = 0; from < questions.length; from += consent.MAX_QUESTIONS) {
        decisions.push(...await consent.decideManyAt(snapshot, questions.slice(from, from + consent.MAX_QUESTIONS)));
      }
      return decisions;
    },
  };
}

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
const groundOf = ({ by, number }: Named): string => (number === undefined ? 'no directive' : `${by === 'sealed' ? 'sealed directive' : 'directive'} ${number}`);
const named = (what: string) => (each: Named): string => `${what}: ${each.patient}, by ${groundOf(each)}: ${each.why}`;

/** `epoch FILE`: recomputes the root of an opening, and asks of everybody in it whether the chain let them be counted when it was published. */
export async function epochCommand(run: Run): Promise<Outcome> {
  const [file, ...more] = run.line.args;
  if (file === undefined || more.length > 0) throw new UsageError('epoch needs one FILE, the opening that a custodian gave you');
  const opening = readOpening(new TextDecoder().decode(await fileIn(file)));
  return run.withChain(async ({ genesis, final, problem }) => {
    if (problem !== undefined) throw new SalusError(`nothing is said of an epoch while the node cannot be relied on: ${problem}`);
    try {
      const report = await auditEpoch(epochChain(genesis, final), opening);
      run.result['epoch'] = report;
      run.say(
        `dataset ${opening.dataset} of organisation ${opening.custodian}, version ${opening.version}, epoch ${opening.epoch}, published ${utc(opening.at)}: the root on the chain is that of these ${people(report.participants)}`,
        ...report.kept.map(named('KEPT IN')),
        ...report.late.map(named('withdrew in the hour before')),
        ...report.unknown.map(named('not to be told by the chain alone')),
        `${people(report.counted)} could be counted then, ${report.kept.length} could not, ${report.late.length} withdrew in the hour before, and of ${report.unknown.length} the chain alone does not tell.`,
        'What this does not show: that nobody was left out who consented, that those in it have data there at all, and that counts were made of them. That is the custodian\'s knowledge.',
      );
      return report.kept.length === 0 ? 0 : 3;
    } catch (error) {
      if (!(error instanceof EpochRefused)) throw error;
      run.result['refused'] = { doubt: error.doubt };
      run.say(`REFUSED: ${error.message}`);
      return 3;
    }
  });
}
