/** Commands about datasets, studies, requests and permits. */
import { commit, newSalt, SalusError, toHex, type Hex } from '@salus/types';
import {
  acceptTerms, amendStudy, closeOut, cosign, recordOutput, registerStudy, renew, report, request, type OutputKind,
} from '../chain/index.js';
import type { AccessRequest, Dataset, Offer, Permit, Study } from '../chain/model.js';
import { accessRequest, dataset, datasets, excludedBy, matchTerms, permit, population, study, versionAt } from '../chain/questions.js';
import { registeredAs, requestedAs } from '../chain/events.js';
import { toResearchStudy } from '../fhir/study.js';
import { offerToDuo, termNamed } from '../ga4gh/duo.js';
import { answerInWords, epsilon, offerInWords, stageInWords, standingInWords, tallyInWords, utc } from '../words.js';
import type { ResearchChain } from './chain.js';
import { fileIn, needed, noArguments, numberIf, numberIn, oneNumber, statementIn, UsageError, usesIn } from './options.js';
import type { Outcome, Run } from './run.js';

const YEAR = 365 * 86_400;

function missing(what: string): never {
  throw new SalusError(`the chain has no ${what}`);
}

/** Whether an offer has a term: a permission, a modifier, or a parameter of GS, TS or MOR. */
function has({ version: { terms } }: Dataset, word: string): boolean {
  const term = termNamed(word);
  if (term === undefined) throw new UsageError(`there is no term "${word}" of DUO: NRES, GRU, HMB, DS, POA, NPU, ... or DUO:0000042`);
  if (term === 'GS') return terms.region !== undefined;
  if (term === 'TS') return terms.months !== undefined;
  if (term === 'MOR') return terms.moratorium !== undefined;
  return terms.permission === term || (terms.modifiers as string[]).includes(term);
}

/** `datasets` */
export async function datasetsCommand(run: Run): Promise<Outcome> {
  noArguments(run.line);
  const { values } = run;
  const custodian = numberIf(values.custodian, '--custodian');
  const { statement, disease } = statementIn(values);
  if (values.matching && statement.uses.length === 0) throw new UsageError('--matching needs --use: what the data is wanted for');
  [...values.term ?? [], ...values.without ?? []].forEach((word) => { if (termNamed(word) === undefined) throw new UsageError(`there is no term "${word}" of DUO`); });
  return run.withChain(async ({ best }) => {
    const found: Record<string, unknown>[] = [];
    for await (const each of datasets(best.api)) {
      if (each.retiredAt !== undefined && !values.retired) continue;
      if (custodian !== undefined && each.custodian !== custodian) continue;
      if (!(values.term ?? []).every((word) => has(each, word)) || (values.without ?? []).some((word) => has(each, word))) continue;
      const decision = statement.uses.length === 0 ? undefined : await matchTerms(best.api, each.version.terms, statement, disease);
      // Where the table abstains, a chain may tell that another rule excludes it all the same.
      const excluded = decision?.answer.answer === 'Abstain' ? await excludedBy(best.api, each.version.terms, statement, disease) : undefined;
      const answer = excluded === undefined ? decision?.answer : { answer: 'NoMatch' as const, rule: excluded };
      if (values.matching && answer?.answer !== 'Match') continue;
      found.push({ ...each, ...(answer === undefined ? {} : { answer, table: decision?.table }), duo: duoOf(each) });
      run.say(
        `dataset ${each.id} of organisation ${each.custodian}${each.retiredAt === undefined ? '' : ', taken back'}: ${offerInWords(each.version.terms)}`,
        `  version ${each.version.number}, ${each.version.size}, counts of ${each.minCohort} people or more, committee ${each.rule.committee}`,
        ...(answer === undefined ? [] : [`  ${answerInWords(answer)}`]),
      );
    }
    run.result['datasets'] = found;
    run.say(`${found.length} dataset${found.length === 1 ? '' : 's'}`);
    return 0;
  });
}

/** The terms as codings, if DUO has words for all of them. */
function duoOf({ version: { terms } }: Dataset): unknown {
  try {
    return offerToDuo(terms);
  } catch {
    return null;
  }
}

/** A salted commitment to a file. The salt is kept before anything is sent. */
async function committed(run: Run, path: string, what: string): Promise<Hex> {
  const folder = await run.folder(true);
  const salt = newSalt();
  const commitment = toHex(commit(salt, await fileIn(path)));
  const kept = await folder.keepSalt(`${what}-${commitment.slice(2, 18)}`, { what, commitment, salt: toHex(salt), form: 'Bytes', file: path });
  run.result['commitment'] = commitment;
  run.say(`Commitment ${commitment} to ${path}; its salt is in ${kept}. Keep both: without them nobody can show what was committed to.`);
  return commitment;
}

/** `study register` */
export async function registerCommand(run: Run): Promise<Outcome> {
  const { values, line } = run;
  noArguments(line);
  const organisation = numberIn(needed(values.organisation, line.command, '--organisation N'), '--organisation');
  const ethics = numberIn(needed(values.ethics, line.command, '--ethics N'), '--ethics');
  const uses = usesIn(values.use);
  if (uses.length === 0) throw new UsageError('study register needs --use, once for each use');
  const protocol = needed(values.protocol, line.command, '--protocol FILE');
  return run.withChain(async (chain) => {
    const commitment = await committed(run, protocol, 'protocol');
    const done = await run.showOrSend(chain.prepare((api) => registerStudy(api, organisation, ethics, uses, commitment)));
    if (done) {
      const id = registeredAs(done.included);
      run.result['study'] = id;
      run.say(`Study ${id}. Next: organisation ${ethics} approves it.`);
    }
    return 0;
  });
}

const studyOf = async (chain: ResearchChain, id: number): Promise<Study> => await study(chain.best.api, id) ?? missing(`study ${id}`);
const requestOf = async (chain: ResearchChain, id: number): Promise<AccessRequest> => await accessRequest(chain.best.api, id) ?? missing(`request ${id}`);
const permitOf = async (chain: ResearchChain, id: number): Promise<Permit> => await permit(chain.best.api, id) ?? missing(`permit ${id}`);
const organisationOf = async (chain: ResearchChain, id: number): Promise<number> => (await studyOf(chain, (await requestOf(chain, id)).study)).organisation;

/** `study amend STUDY` */
export async function amendCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'STUDY');
  const protocol = needed(run.values.protocol, run.line.command, '--protocol FILE');
  return run.withChain(async (chain) => {
    const { organisation, approved } = await studyOf(chain, id);
    if (approved) run.say('Its ethics approval ends with this, and its permits are suspended until it is approved again.');
    const commitment = await committed(run, protocol, 'protocol');
    await run.showOrSend(chain.prepare((api) => amendStudy(api, organisation, id, commitment)));
    return 0;
  });
}

/** `study show STUDY` */
export async function showCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'STUDY');
  return run.withChain(async (chain) => {
    const found = await studyOf(chain, id);
    if (run.values.fhir) {
      const resource = toResearchStudy(found, run.values.zone ?? 'UTC');
      run.result['resource'] = resource;
      run.say(...JSON.stringify(resource, null, 2).split('\n'));
      return 0;
    }
    run.result['study'] = found;
    const lasting = found.approved ? found.approvals.at(-1) : undefined;
    run.say(
      `study ${id} of organisation ${found.organisation}, led by ${found.investigator}`, `  for ${found.uses.join(', ')}`,
      `  ethics body: organisation ${found.ethics}; ${found.withdrawnAt !== undefined ? `withdrawn for good at ${utc(found.withdrawnAt)}` : lasting ? `approved until ${utc(lasting.until)}` : 'no approval lasts: it has to approve'}`,
      `  ${found.protocols.length} version${found.protocols.length === 1 ? '' : 's'} of the protocol, the last of ${utc(found.protocols.at(-1)?.at ?? 0)}: ${found.protocols.at(-1)?.commitment ?? 'none'}`,
      `  ${found.requests} request${found.requests === 1 ? '' : 's'}`,
    );
    return 0;
  });
}

/** `request` */
export async function requestCommand(run: Run): Promise<Outcome> {
  const { values, line } = run;
  noArguments(line);
  const studyId = numberIn(needed(values.study, line.command, '--study N'), '--study');
  const datasetId = numberIn(needed(values.dataset, line.command, '--dataset N'), '--dataset');
  const { statement, disease } = statementIn(values);
  if (statement.months === undefined) throw new UsageError('request needs --months N');
  return run.withChain(async (chain) => {
    const [found, offered] = [await studyOf(chain, studyId), await dataset(chain.best.api, datasetId) ?? missing(`dataset ${datasetId}`)];
    const whole = statement.uses.length > 0 ? statement : { ...statement, uses: found.uses };
    const { answer } = await matchTerms(chain.best.api, offered.version.terms, whole, disease);
    run.result['answer'] = answer;
    run.say(`Terms of dataset ${datasetId}: ${offerInWords(offered.version.terms)}`, `As things stand, ${answerInWords(answer)}.`);
    const done = await run.showOrSend(chain.prepare((api) => request(api, found.organisation, studyId, datasetId, whole, disease)));
    if (done) {
      const id = requestedAs(done.included);
      run.result['request'] = id;
      run.say(`Request ${id}. Next: the administrator of organisation ${found.organisation} co-signs it: salus-research cosign ${id} --send`);
    }
    return 0;
  });
}

/** `cosign REQUEST`: by the institution's administrator. */
export async function cosignCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'REQUEST');
  return run.withChain(async (chain) => {
    const found = await requestOf(chain, id);
    if (found.stage.stage !== 'AwaitingSignature') throw new SalusError(`request ${id} ${stageInWords(found.stage)}`);
    const organisation = (await studyOf(chain, found.study)).organisation;
    run.say(`Request ${id} of study ${found.study} for dataset ${found.dataset}: ${found.statement.uses.join(', ')}, ${found.statement.months ?? '?'} months.`);
    await run.showOrSend(chain.prepare((api) => cosign(api, organisation, id)));
    return 0;
  });
}

/** The report that is due next, and when it is overdue. */
export function nextReport({ from, reports }: Pick<Permit, 'from' | 'reports'>, grace: number): { year: number; overdueFrom: number } {
  let year = 1;
  while (reports.some((filed) => filed.year === year)) year += 1;
  return { year, overdueFrom: from + year * YEAR + grace };
}

/** `follow REQUEST`: where a request or a permit stands, what is missing, and until when. */
export async function followCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'REQUEST');
  return run.withChain(async (chain) => {
    const { api } = chain.best;
    const found = await requestOf(chain, id);
    const offered = await dataset(api, found.dataset);
    run.result['request'] = found;
    run.say(
      `request ${id} of study ${found.study} for dataset ${found.dataset}: it ${stageInWords(found.stage)}`,
      ...(found.lapsesAt === undefined ? [] : [`  until ${utc(found.lapsesAt)}; then it lapses`]),
      ...(found.answer === undefined ? [] : [`  ${answerInWords(found.answer)}`]),
      ...(found.stage.stage === 'Voting' && offered
        ? [`  votes that count: ${tallyInWords(found.tally)}; ${offered.rule.quorum} are needed, and they are counted from ${utc((found.cosigned?.at ?? 0) + offered.rule.deliberation)} on`] : []),
    );
    if (found.stage.stage !== 'Permitted') return found.stage.stage === 'Excluded' || found.stage.stage === 'Rejected' || found.stage.stage === 'Lapsed' ? 3 : 0;
    const it = await permitOf(chain, id);
    const by = await study(api, it.study);
    run.result['permit'] = it;
    run.say(`permit ${id}: ${standingInWords(it.standing)}`);
    if (it.standing.standing === 'Ended') {
      if (it.destruction === undefined) run.say(`  the destruction of the data is to be attested by ${utc(it.closeOutDue)} (salus-research close-out)`);
      return 3;
    }
    const approval = by?.approved ? by.approvals.at(-1) : undefined;
    const { year, overdueFrom } = nextReport(it, chain.constant('reportGrace') ?? 0);
    run.say(
      `  it lasts until ${utc(it.renewal?.until ?? it.until)}${it.renewal ? ', and was renewed' : ', and can be renewed once'}; the data is to be destroyed, and that attested, by ${utc(it.closeOutDue)}`,
      ...(approval ? [`  the ethics approval lasts until ${utc(approval.until)}`] : []),
      `  the report of year ${year} is overdue from ${utc(overdueFrom)}`,
      ...(offered ? [`  the custodian's next withdrawal epoch is overdue from ${utc(offered.version.nextEpochDue)}`] : []),
    );
    const budget = offered && await population(api, offered.custodian);
    if (budget) run.say(`  epsilon left for everybody who asks organisation ${budget.custodian}: ${epsilon(budget.left)} of ${epsilon(budget.budget.total)}`);
    return it.standing.standing === 'Active' ? 0 : 3;
  });
}

/** `accept REQUEST` */
export async function acceptCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'REQUEST');
  const named = numberIf(run.values.version, '--version');
  return run.withChain(async (chain) => {
    const found = await requestOf(chain, id);
    const offered = await dataset(chain.best.api, found.dataset) ?? missing(`dataset ${found.dataset}`);
    const { number, terms } = offered.version;
    if (named !== undefined && named !== number) throw new SalusError(`version ${number} of dataset ${found.dataset} is in force, and not ${named}: look at its terms again`);
    run.say(`Terms of dataset ${found.dataset}, version ${number}: ${offerInWords(terms)}`);
    const organisation = await organisationOf(chain, id);
    await run.showOrSend(chain.prepare((api) => acceptTerms(api, organisation, id, number)));
    return 0;
  });
}

/** `report PERMIT` */
export async function reportCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'PERMIT');
  const named = numberIf(run.values.year, '--year');
  const path = needed(run.values.file, run.line.command, '--file FILE');
  return run.withChain(async (chain) => {
    const organisation = await organisationOf(chain, id);
    const { year: next } = nextReport(await permitOf(chain, id), 0);
    const commitment = await committed(run, path, 'report');
    await run.showOrSend(chain.prepare((api) => report(api, organisation, id, named ?? next, commitment)));
    return 0;
  });
}

/** `output PERMIT` */
export async function outputCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'PERMIT');
  const word = needed(run.values.kind, run.line.command, '--kind publication|return');
  const kind: OutputKind | undefined = ({ publication: 'Publication', return: 'Return' } as const)[word.toLowerCase() as 'publication'];
  if (kind === undefined) throw new UsageError(`--kind is publication or return, not "${word}"`);
  const path = needed(run.values.file, run.line.command, '--file FILE');
  return run.withChain(async (chain) => {
    const organisation = await organisationOf(chain, id);
    const commitment = await committed(run, path, word.toLowerCase());
    await run.showOrSend(chain.prepare((api) => recordOutput(api, organisation, id, kind, commitment)));
    return 0;
  });
}

/** `renew PERMIT` */
export async function renewCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'PERMIT');
  return run.withChain(async (chain) => {
    const it = await permitOf(chain, id);
    if (it.renewal) throw new SalusError(`permit ${id} was renewed once, until ${utc(it.renewal.until)}: another needs a new request`);
    run.say(`It would last until ${utc(it.until + (it.until - it.from))}.`);
    const organisation = await organisationOf(chain, id);
    await run.showOrSend(chain.prepare((api) => renew(api, organisation, id)));
    return 0;
  });
}

/**
 * The terms that were last accepted for a permit: those by which the chain asks for outputs, whatever terms have come into force since. `undefined` if they
 * came into force and were superseded within the second of their acceptance: the chain tells no more of them.
 */
async function acceptedTerms({ best: { api } }: ResearchChain, { dataset: of, accepted }: Permit): Promise<Offer | undefined> {
  const last = accepted.at(-1);
  if (last === undefined) return undefined;
  // The chain answers for the end of a second: terms that came after the acceptance, in the same block, are in the first answer.
  for (const at of [last.at, last.at - 1]) {
    const version = await versionAt(api, of, Math.max(0, at));
    if (version?.termsVersion === last.termsVersion) return version.terms;
  }
  return undefined;
}

/** `close-out PERMIT` */
export async function closeOutCommand(run: Run): Promise<Outcome> {
  const id = oneNumber(run.line, 'PERMIT');
  const path = needed(run.values.file, run.line.command, '--file FILE (the attestation that the data was destroyed)');
  return run.withChain(async (chain) => {
    const organisation = await organisationOf(chain, id);
    const it = await permitOf(chain, id);
    // Of a permit that was revoked the chain asks for nothing but the destruction.
    const terms = it.revoked === undefined ? await acceptedTerms(chain, it) : undefined;
    for (const [modifier, kind] of [['PUB', 'Publication'], ['RTN', 'Return']] as const) {
      if (terms?.modifiers.includes(modifier) && !it.outputs.some((output) => output.kind === kind)) {
        run.say(`The terms that were last accepted demand a ${kind.toLowerCase()} (${modifier}), and none is recorded: salus-research output ${id} --kind ${kind.toLowerCase()}`);
      }
    }
    const commitment = await committed(run, path, 'destruction');
    const last = run.values.report === undefined ? undefined : await committed(run, run.values.report, 'report');
    await run.showOrSend(chain.prepare((api) => closeOut(api, organisation, id, commitment, last)));
    return 0;
  });
}

