/** Commands about queries and answers. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decodeAddress } from '@polkadot/util-crypto';
import { receipts } from '@salus/receipts';
import { SalusError, toHex } from '@salus/types';
import { auditAnswers, findingInWords } from '../answers/audit.js';
import { canonical } from '../answers/closed.js';
import { writeCrate } from '../answers/crate.js';
import type { KeptAnswer, LeftJob, ResearchFolder } from '../answers/folder.js';
import { makeJob, MAX_JOB_LIFE } from '../answers/job.js';
import { mailboxServer } from '../answers/mailbox.js';
import { blockOf, isReceipt } from '../answers/proof.js';
import { readQuery } from '../answers/query.js';
import { readReply, replyFault, type Count, type Told } from '../answers/reply.js';
import { AnswerRefused, signedBy, verifyAnswer, type AnswerChain, type Doubt } from '../answers/verify.js';
import { toBeacon, toMeasureReport } from '../answers/views.js';
import { countInWords, rangeOf, refusalInWords } from '../answers/words.js';
import { dataset, permit, permitAt, study } from '../chain/questions.js';
import { standingInWords, utc } from '../words.js';
import type { ResearchChain } from './chain.js';
import { fileIn, needed, noArguments, numberIf, numberIn, UsageError } from './options.js';
import type { Outcome, Run } from './run.js';

/** How often the folder is looked at for replies, in milliseconds. */
const LOOK = 1_000;

/** `serve`: the mailbox from which sites pull jobs. */
export async function serveCommand(run: Run): Promise<Outcome> {
  noArguments(run.line);
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(run.values.listen ?? '127.0.0.1:8088') ?? [];
  if (host === undefined || Number(port) > 65_535) throw new UsageError(`--listen is HOST:PORT, not "${run.values.listen ?? ''}"`);
  const folder = await run.folder(true);
  // What is wrong with the tokens is said at once, not to the first site.
  const sites = await folder.tokens();
  const server = mailboxServer(folder, { tokens: () => folder.tokens(), log: (line) => run.say(line) });
  server.listen(Number(port), host.replace(/^\[|\]$/g, ''));
  await Promise.race([once(server, 'listening'), once(server, 'error').then(([error]) => Promise.reject(new SalusError(`${host}:${port}: ${(error as Error).message}`)))]);
  const at = server.address() as AddressInfo;
  run.result['listening'] = { address: at.address, port: at.port };
  run.say(`Mailbox ${folder.mailbox} for ${sites.length} site${sites.length === 1 ? '' : 's'} at http://${at.address}:${at.port}. Put TLS in front for sites on other hosts.`);
  await run.around.stopped();
  server.closeAllConnections();
  await new Promise<void>((resolve) => { server.close(() => resolve()); });
  return 0;
}

/** What became of a question at one site. */
export interface SiteOutcome {
  custodian: number;
  dataset: number;
  permit: number;
  job?: string;
  outcome: 'answered' | 'refused' | 'silent' | 'oldVersion' | 'notBelieved' | 'notAsked';
  told?: Told;
  words: string;
}

/** An outcome, and whether it may still become another: what the site has seen final, this node may not have seen yet. */
interface Seen {
  site: SiteOutcome;
  mayChange: boolean;
}

/** What a node that is some seconds behind the site's may hold against an answer. */
const OF_THE_MOMENT: readonly Doubt[] = ['neverReserved', 'notSettled', 'otherBlock'];

const siteInWords = ({ custodian, dataset: of, words }: SiteOutcome): string => `organisation ${custodian}, dataset ${of}: ${words}`;

/** A job that may be left for a site. */
type Ready = Omit<LeftJob, 'seq'>;

/** Looks at everything that a job under this permit needs, and signs it; or tells why the site is not asked. Nothing is left yet. */
async function ready(chain: ResearchChain, folder: ResearchFolder, id: number, life: number, query: ReturnType<typeof readQuery>): Promise<Ready | SiteOutcome> {
  const { api, moment } = chain.final;
  const found = await permit(api, id) ?? (() => { throw new SalusError(`the chain has no permit ${id}`); })();
  const [offered, by, standing] = [await dataset(api, found.dataset), await study(api, found.study), await permitAt(api, id, moment)];
  if (!offered || !by || !standing) throw new SalusError(`the chain does not tell what permit ${id} is for`);
  const site = { custodian: offered.custodian, dataset: found.dataset, permit: id };
  if (standing.standing !== 'Active') return { ...site, outcome: 'notAsked', words: `not asked: permit ${id}: ${standingInWords(standing)}` };
  const signer = await chain.signer();
  if (toHex(decodeAddress(signer.address)) !== toHex(decodeAddress(by.investigator))) {
    throw new UsageError(`${signer.address} does not lead study ${found.study}: sites answer its principal investigator alone, ${by.investigator}`);
  }
  // The profile is needed to believe what comes.
  await folder.profile(offered.custodian);
  const signed = await makeJob(signer, { genesis: chain.genesis, permit: id, dataset: found.dataset, version: offered.version.number, query, now: chain.now(), life });
  return { custodian: offered.custodian, signed };
}

async function leave(run: Run, folder: ResearchFolder, { custodian, signed }: Ready): Promise<LeftJob> {
  const { dataset: of, version, expires } = signed.job;
  const seq = await folder.leave(custodian, signed);
  run.say(`left job ${seq} for organisation ${custodian}, dataset ${of}, version ${version}, until ${utc(expires)}`);
  return { seq, custodian, signed };
}

const forGood = (site: SiteOutcome): Seen => ({ site, mayChange: false });

/** Keeps an answer that is believed, with the receipt of its reservation. In words, if no receipt can be made now: then it is kept with what the node said. */
async function keep(research: ResearchChain, folder: ResearchFolder, answer: KeptAnswer, { custodian, reservation }: Count): Promise<string | undefined> {
  const before = await folder.kept(answer.left.signed.job.id);
  // What was proved once is proved.
  if (before && before.reply === answer.reply && isReceipt(before.proof)) return undefined;
  try {
    await folder.keepAnswer({ ...answer, proof: await research.receipt(custodian, reservation) });
    return undefined;
  } catch (error) {
    if (!(error instanceof receipts.ReceiptRefused)) throw error;
    await folder.keepAnswer(answer);
    return `; kept without the signatures that made its block final (${error.message}): collect looks for them again`;
  }
}

/** What a reply says, after it was verified; an answer that is believed is kept. */
async function outcomeOf(research: ResearchChain, chain: AnswerChain, folder: ResearchFolder, left: LeftJob): Promise<Seen | undefined> {
  const { custodian, signed } = left;
  const { job } = signed;
  const text = await folder.reply(job.id);
  if (text === undefined) return undefined;
  const site = { custodian, dataset: job.dataset, permit: job.permit, job: job.id };
  const profile = await folder.profile(custodian);
  try {
    const reply = readReply(text);
    const { says } = reply.reply;
    if ('refusal' in says) {
      // Whoever else could write into the mailbox must not refuse in the site's name.
      await signedBy(chain, custodian, profile, reply);
      const fault = replyFault(reply.reply, job, custodian);
      if (fault !== undefined) return forGood({ ...site, outcome: 'notBelieved', words: `its refusal is not believed: it is to something else (${fault})` });
      const isOld = says.refusal.code === 'oldVersion';
      return forGood({ ...site, outcome: isOld ? 'oldVersion' : 'refused', words: `${isOld ? 'old version' : 'refused'}: ${refusalInWords(says.refusal)}` });
    }
    const { count, proof } = await verifyAnswer(chain, signed, text, custodian, profile);
    const unproven = await keep(research, folder, { left, reply: text, proof, profile }, count);
    const inForce = await chain.dataset(count.dataset);
    const old = inForce !== undefined && inForce.version.number !== count.version;
    return forGood({
      ...site, outcome: old ? 'oldVersion' : 'answered', told: count.result,
      words: `${countInWords(count)}${old ? `; old: version ${inForce.version.number} is in force by now` : ''}${unproven ?? ''}`,
    });
  } catch (error) {
    if (!(error instanceof SalusError)) throw error;
    const mayChange = error instanceof AnswerRefused && OF_THE_MOMENT.includes(error.doubt);
    return { site: { ...site, outcome: 'notBelieved', words: `its answer is refused: ${error.message}` }, mayChange };
  }
}

const silentOf = ({ custodian, signed: { job } }: LeftJob, now: number): SiteOutcome => ({
  custodian, dataset: job.dataset, permit: job.permit, job: job.id, outcome: 'silent',
  words: job.expires <= now ? `silent: it did not answer before ${utc(job.expires)}` : `silent so far; it can answer until ${utc(job.expires)}`,
});

/**
 * One outcome for each dataset of each custodian. Of a site that was asked more than once, again or under several permits, the last word with a
 * count counts: each permit is told the same count of the same people, who would be in a range twice.
 */
function onceEach(outcomes: readonly SiteOutcome[]): SiteOutcome[] {
  const sites = new Map<string, SiteOutcome>();
  for (const outcome of outcomes) {
    const key = `${outcome.custodian} ${outcome.dataset}`;
    if (outcome.told !== undefined || sites.get(key)?.told === undefined) sites.set(key, outcome);
  }
  return [...sites.values()];
}

/** All outcomes, a line each, and between how many and how many people the sites have together, each of them once. */
function tell(run: Run, outcomes: readonly SiteOutcome[]): void {
  run.result['sites'] = outcomes;
  outcomes.forEach((each) => run.say(siteInWords(each)));
  const sites = onceEach(outcomes);
  const told = sites.flatMap((each) => (each.told === undefined ? [] : [each.told]));
  if (told.length === 0) {
    run.say('No site has answered.');
    return;
  }
  const range = rangeOf(told);
  run.result['range'] = range;
  run.say(
    told.length === 1 ? 'One site has answered.'
      : `Together between ${range.least} and ${range.most} people at the ${told.length} sites that answered, each count with noise: people can be at several sites, so the counts are not added up.`,
    ...(told.length < sites.length ? [`${sites.length - told.length} of ${sites.length} sites are not in it.`] : []),
  );
}

/** `ask`: one query at several sites. */
export async function askCommand(run: Run): Promise<Outcome> {
  noArguments(run.line);
  const { values, line } = run;
  const permits = (values.permit ?? []).map((text) => numberIn(text, '--permit'));
  if (permits.length === 0) throw new UsageError('ask needs --permit N, once for each site');
  if (new Set(permits).size < permits.length) throw new UsageError('ask has one permit twice: each is asked once');
  const query = readQuery(await fileIn(needed(values.query, line.command, '--query FILE')));
  const life = numberIf(values.life, '--life', MAX_JOB_LIFE) ?? 86_400;
  const wait = numberIf(values.wait, '--wait', MAX_JOB_LIFE) ?? 60;
  const folder = await run.folder(true);
  return run.withChain(async (chain) => {
    if (chain.problem !== undefined) throw new SalusError(`nothing is asked while the node cannot be relied on: ${chain.problem}`);
    // A job that is left is answered, and costs budget, whatever becomes of the others: none is left before all are in order.
    const all: (Ready | SiteOutcome)[] = [];
    for (const id of permits) all.push(await ready(chain, folder, id, life, query));
    const left: (LeftJob | SiteOutcome)[] = [];
    for (const each of all) left.push('signed' in each ? await leave(run, folder, each) : each);
    const found = new Map<LeftJob, Seen>();
    const open = (): LeftJob[] => left.filter((each): each is LeftJob => 'signed' in each && (found.get(each)?.mayChange ?? true));
    for (let waited = 0; ; waited += LOOK) {
      for (const each of open()) {
        const outcome = await outcomeOf(chain, await chain.answers(), folder, each);
        if (outcome) found.set(each, outcome);
      }
      if (open().length === 0 || waited >= wait * 1000) break;
      await run.around.pause(LOOK);
    }
    const outcomes = left.map((each) => ('signed' in each ? found.get(each)?.site ?? silentOf(each, chain.now()) : each));
    tell(run, outcomes);
    return outcomes.every(({ outcome }) => outcome === 'answered') ? 0 : 3;
  });
}

/** `collect`: what has come since for the jobs in the folder, each query by itself. */
export async function collectCommand(run: Run): Promise<Outcome> {
  noArguments(run.line);
  const folder = await run.folder();
  return run.withChain(async (chain) => {
    const asked = new Map<string, LeftJob[]>();
    for await (const left of folder.jobs()) {
      const query = canonical(left.signed.job.query);
      asked.set(query, [...asked.get(query) ?? [], left]);
    }
    const queries: unknown[] = [];
    let all = true;
    for (const [query, jobs] of asked) {
      const answers = await chain.answers();
      const outcomes: SiteOutcome[] = [];
      for (const left of jobs) outcomes.push((await outcomeOf(chain, answers, folder, left))?.site ?? silentOf(left, chain.now()));
      run.say(`Query of ${utc(jobs[0]?.signed.job.issued ?? 0)}: ${query}`);
      const sites = onceEach(outcomes);
      tell(run, sites);
      queries.push({ query: JSON.parse(query) as unknown, sites: run.result['sites'], range: run.result['range'] });
      delete run.result['range'];
      all &&= sites.every(({ outcome }) => outcome === 'answered');
    }
    delete run.result['sites'];
    run.result['queries'] = queries;
    if (asked.size === 0) run.say('Nothing was asked.');
    return all ? 0 : 3;
  });
}

const keptInWords = ({ left, reply, proof }: KeptAnswer): string => {
  const { says } = readReply(reply).reply;
  const { job } = left.signed;
  const how = isReceipt(proof) ? 'with the signatures that made it final' : 'which a node said is final (collect fetches the signatures)';
  return `job ${left.seq} ${job.id}: organisation ${left.custodian}, dataset ${job.dataset}: ${'answer' in says ? countInWords(says.answer.count) : 'no answer'}; proved as of block ${blockOf(proof).number}, ${how}`;
};

/** The forms of others in which an answer can be told. */
const FORMS = new Map<string, (kept: KeptAnswer) => unknown>([
  ['beacon', ({ reply }) => toBeacon(readReply(reply))],
  ['measure-report', ({ reply, left }) => toMeasureReport(readReply(reply), left.signed.job.query)],
]);

/** `answers`: those that are kept with their receipts, or each in a form of others. */
export async function answersCommand(run: Run): Promise<Outcome> {
  noArguments(run.line);
  const { form } = run.values;
  const formed = form === undefined ? undefined : FORMS.get(form);
  if (form !== undefined && formed === undefined) throw new UsageError(`--form is ${[...FORMS.keys()].join(' or ')}, not "${form}"`);
  const kept = await (await run.folder()).answers();
  if (formed !== undefined) {
    run.result['answers'] = kept.map(formed);
    run.say(...kept.map((each) => JSON.stringify(formed(each))));
    return 0;
  }
  run.result['answers'] = kept.map(({ left, reply }) => ({ seq: left.seq, custodian: left.custodian, job: left.signed.job.id, reply: readReply(reply).reply }));
  run.say(...kept.map(keptInWords), `${kept.length} answer${kept.length === 1 ? '' : 's'}`);
  return 0;
}

/** `audit`: all replies in the folder against the chain. */
export async function auditCommand(run: Run): Promise<Outcome> {
  noArguments(run.line);
  const permits = (run.values.permit ?? []).map((text) => numberIn(text, '--permit'));
  const replies = await (await run.folder()).replies();
  return run.withChain(async (chain) => {
    const report = await auditAnswers(await chain.answers(), replies, permits);
    Object.assign(run.result, report);
    const { answers, believed, refusals, findings } = report;
    run.say(
      ...findings.map(findingInWords),
      `${answers} answers, ${believed} of them believed; ${findings.length} finding${findings.length === 1 ? '' : 's'}, as of block ${chain.final.number}`,
      ...refusals === 0 ? [] : [`${refusals} refusal${refusals === 1 ? '' : 's'} besides, for which nothing is reserved`],
    );
    return findings.length === 0 ? 0 : 3;
  });
}

/** `package`: a research object of the answers with their receipts. */
export async function packageCommand(run: Run): Promise<Outcome> {
  noArguments(run.line);
  const { values, line } = run;
  const [out, name, license] = [needed(values.out, line.command, '--out FOLDER'), needed(values.name, line.command, '--name TEXT'), needed(values.license, line.command, '--license ADDRESS')];
  if (!URL.canParse(license)) throw new UsageError(`--license is the address of a licence, not "${license}"`);
  const kept = await (await run.folder()).answers();
  const description = values.description ?? 'Counts of people, told by custodians with noise, each with the proof that it was accounted for on the Salus chain';
  const files = await writeCrate(out, kept, { name, description, license, now: Date.now() }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new UsageError(`${out} is there already: name another --out`) : error;
  });
  Object.assign(run.result, { out, answers: kept.length, files });
  run.say(`${out}: ${kept.length} answers, ${files} files. It shows the queries and their salts to whoever gets it.`);
  return 0;
}
