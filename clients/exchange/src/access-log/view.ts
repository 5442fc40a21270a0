/** What the access logs of custodians tell one patient: who looked at the patient's records, for whom, when and why. */
import { InvalidArgument, printable, type AccessEvent, type LogEntry, type RequesterKind } from '@salus/types';
import { moment } from '@salus/types/time';
import { following, isAccess, type Entries } from './entries.js';

/** The log of one organisation, verified against its heads before. */
export interface OrganisationLog {
  organisation: number;
  entries: Entries;
}

/** One request about one of the patient's records, as logs tell of it. */
export interface Look {
  /** When, in seconds since 1970: of the entry of the custodian, or of the recipient if there is no other. */
  time: number;
  /** `received`: only the recipient's log has it. */
  outcome: AccessEvent['outcome'];
  /** The organisation that keeps the record. */
  custodian: number;
  recordId: string;
  /** The account that asked, and the organisation for which it did; none of a patient. */
  requester: string;
  requesterOrganisation: number | undefined;
  /** Whether a person asked or a machine, if the entries say it; `Disputed` if they say different things. */
  requesterKind: RequesterKind | 'Disputed' | undefined;
  purpose: string;
  action: string;
  /** Why it was released or refused, in words. */
  why: string;
  requestId: string;
  /** When the recipient logged it, in seconds since 1970, if its log is there and it did. */
  receivedAt: number | undefined;
  /** The organisation whose log is there and should have this too, but has not. Ask it, or an auditor, why. */
  silent: number | undefined;
  /** The number of the entry in the log of the organisation: it can be asked for the proof of it. */
  entry: { organisation: number; seq: number };
}

type Access = LogEntry<AccessEvent>;

/**
 * What concerns the records of one patient in the logs of several organisations, in the order of time: records released and
 * requests refused. `isOf` tells whether a record of a custodian is the patient's; the custodians know it. Logs count
 * strangers who could not be authenticated without telling what they asked for: of those nothing is known.
 *
 * A log may be given once. Throws `IntegrityBroken` if one is broken or is another organisation's.
 */
export async function looksAt(isOf: (custodian: number, recordId: string) => boolean, logs: readonly OrganisationLog[]): Promise<Look[]> {
  const given = new Set<number>();
  const asked: Access[] = [];
  const received: Access[] = [];
  for (const { organisation, entries } of logs) {
    if (given.has(organisation)) throw new InvalidArgument('logs', `has two of organisation ${organisation}`);
    given.add(organisation);
    for await (const entry of following(entries, organisation)) {
      if (!isAccess(entry)) continue;
      if (entry.outcome === 'received') received.push(entry);
      else if (isOf(organisation, entry.recordId)) asked.push(entry);
    }
  }
  const byCounterpart = new Map(received.map((entry) => [entry.counterpart, entry]));
  const released = new Set(asked.filter(({ outcome }) => outcome === 'released').map(({ hash }) => hash));
  const looks = asked.map((entry) => lookOf(entry, entry.organisation as number, {
    recipient: entry.outcome === 'released' ? byCounterpart.get(entry.hash) : undefined, given,
  }));
  for (const entry of received) {
    const { custodian, counterpart } = entry;
    // An entry that does not say from whom cannot be told from one about another patient's record.
    if (custodian === undefined || !isOf(custodian, entry.recordId)) continue;
    if (counterpart !== undefined && released.has(counterpart)) continue;
    looks.push({ ...lookOf(entry, custodian, { recipient: entry, given }), silent: given.has(custodian) ? custodian : undefined });
  }
  return looks.sort((a, b) => a.time - b.time);
}

function lookOf(entry: Access, custodian: number, { recipient, given }: { recipient: Access | undefined; given: ReadonlySet<number> }): Look {
  const { time, outcome, recordId, requester, purpose, action, requestId } = entry;
  const requesterOrganisation = organisationOf(entry);
  const shouldHave = outcome === 'released' && !recipient && requesterOrganisation !== undefined && given.has(requesterOrganisation);
  return {
    time, outcome, custodian, recordId, requester, requesterOrganisation, requesterKind: kindOf(entry, recipient), purpose, action, why: reasonInWords(entry.decision), requestId,
    receivedAt: recipient?.time, silent: shouldHave ? requesterOrganisation : undefined,
    entry: { organisation: entry.organisation as number, seq: entry.seq },
  };
}

function kindOf({ requesterKind: source }: Access, recipient: Access | undefined): Look['requesterKind'] {
  const other = recipient?.requesterKind;
  return source !== undefined && other !== undefined && source !== other ? 'Disputed' : source ?? other;
}

/** Version 0.1.0 wrote -1 for a patient, who asks for no organisation. */
const organisationOf = ({ requesterOrganisation: org }: Access): number | undefined => (org === undefined || org < 0 ? undefined : org);

const PURPOSE_WORDS: Readonly<Record<string, string>> = {
  Treat: 'treatment', Etreat: 'emergency treatment', Btg: 'an emergency (break the glass)', Hpaymt: 'payment', Hoperat: 'running the organisation',
  Hresch: 'research', Clintrch: 'a clinical trial', Pubhlth: 'public health', Caremgt: 'management of care', Patrqt: 'a request of the patient',
  Famrqt: 'a request of the family', Coverage: 'insurance cover', Eligdtrm: 'telling what is insured', Hmarkt: 'marketing', Hdirect: 'a directory',
  Hlegal: 'a legal matter', Train: 'training', Hsysadmin: 'running the system',
};
const ACTION_WORDS: Readonly<Record<string, string>> = { Read: 'read', Export: 'take a copy of', Amend: 'amend', Redisclose: 'pass on' };

/** What each reason of the chain means, by whether it permits. What is not listed is told as it stands. */
const REASONS: Readonly<Record<string, string>> = {
  'Permit Own': 'it is the patient\'s own access',
  'Permit Base': 'the patient decided to permit what nothing forbids',
  'Deny Default': 'nothing permits it',
  'Deny Base': 'the patient decided to forbid what nothing permits',
  'Deny Veto': 'the patient forbade this purpose',
  'Deny State': 'the patient\'s handle was in a state that permits nothing, such as frozen',
  'Deny Credential': 'who asked had no credential for it',
};

const DECISION = /^best state (\w+) \((.*)\) at block (\d+), finalised state (\w+) \((.*)\) at block (\d+)$/;

/** The words of a gateway (`Word::in_words` of `salus-gateway`), before the blocks on which it has decided. */
const OF_GATEWAY = /^(.*); best block \d+ 0x[0-9a-f]{64}, final block \d+ 0x[0-9a-f]{64}$/;
const GATEWAY_REASONS: Readonly<Record<string, string>> = {
  'Permit: the patient\'s own access': 'it is the patient\'s own access',
  'Permit by the base decision': 'the patient decided to permit what nothing forbids',
  'Deny: no directive speaks': 'nothing permits it', 'Deny: the purpose is vetoed': 'the patient forbade this purpose',
  'Deny by the state of the handle': 'the patient\'s handle was in a state that permits nothing, such as frozen',
  'Deny: no credential': 'who asked had no credential for it',
};

/** Why, from the words of a gateway; what is not known is told as it stands, without the blocks. */
function gatewayReason(words: string): string {
  const [, verdict, directive] = /^(Permit|Deny) by directive (\d+)$/.exec(words) ?? [];
  if (directive !== undefined) return `a ${verdict === 'Deny' ? 'denial' : 'permit'} of the patient, directive ${directive}`;
  const [, emergency] = /^Emergency (\d+)$/.exec(words) ?? [];
  if (emergency !== undefined) return emergencyInWords(emergency);
  const [, relationship] = /^Lawful basis: care relationship (\d+)$/.exec(words) ?? [];
  if (relationship !== undefined) return treatmentInWords(relationship);
  const [, sealed] = /^Deny: sealed denial (\d+) is not opened$/.exec(words) ?? [];
  if (sealed !== undefined) return `a sealed denial of the patient, number ${sealed}, which the custodian cannot open`;
  if (words === 'Permit' || words === 'Deny') return toldOrHidden(words);
  return GATEWAY_REASONS[words] ?? words;
}

/** What is left of a decision about a patient who has sealed directives (`toldInWords`). */
const TOLD = /^(Permit|Deny|Emergency (\d+)|LawfulBasis \(relationship (\d+)\)), by the states of blocks \d+ and \d+$/;

const emergencyInWords = (number: string): string => `an emergency, number ${number}, which is reviewed`;
const treatmentInWords = (relationship: string): string => `the patient is treated there, relationship ${relationship}`;

function toldReason([, verdict, emergency, relationship]: RegExpExecArray): string {
  if (emergency !== undefined) return emergencyInWords(emergency);
  if (relationship !== undefined) return treatmentInWords(relationship);
  return toldOrHidden(verdict);
}

/** What is told of a decision about a patient who has sealed directives. */
function toldOrHidden(verdict: string | undefined): string {
  const what = verdict === 'Permit' ? 'the patient permits it' : 'it is forbidden, or nothing permits it';
  return `${what}; why is not told, because the patient has sealed directives`;
}

/** Why, in words, from the decision as a gate logs it. A text that is none is told as it stands. */
export function reasonInWords(decision: string): string {
  const told = TOLD.exec(decision);
  if (told) return toldReason(told);
  const [, words] = OF_GATEWAY.exec(decision) ?? [];
  if (words !== undefined) return gatewayReason(words);
  const [, best, bestWhy, , final, finalWhy] = DECISION.exec(decision) ?? [];
  if (best === undefined || bestWhy === undefined || final === undefined || finalWhy === undefined) return decision;
  // Both have to permit: what forbids it is the one that does.
  const [verdict, why] = best === 'Deny' || final !== 'Deny' ? [best, bestWhy] : [final, finalWhy];
  const [kind = '', ...rest] = why.split(' ');
  const more = rest.join(' ');
  const directive = verdict === 'Deny' ? 'denial' : 'permit';
  if (kind === 'Directive') return `a ${directive} of the patient, directive ${more}`;
  if (kind === 'SealedDirective') return `a sealed ${directive} of the patient, number ${more}`;
  if (kind === 'Sealed') return `a sealed denial of the patient, number ${more}, which the custodian cannot open`;
  if (kind === 'Emergency') return emergencyInWords(more);
  if (kind === 'TreatmentRelationship') return treatmentInWords(more);
  if (kind === 'LawfulBasis') return /^TreatmentRelationship\b/.test(more) ? `the patient is treated there, ${more.replace('TreatmentRelationship', 'relationship')}` : `a law permits it, code ${more}`;
  return REASONS[`${verdict} ${why}`] ?? `${verdict} (${why})`;
}

const OUTCOMES = { released: 'Released', refused: 'Refused', received: 'Received, says the recipient' } as const;

const KINDS: Readonly<Record<string, string>> = {
  person: ' (a person)', machine: ' (a machine)', Disputed: ' (a person, says one side, and a machine, says the other)',
};

/** A look in two sentences for the patient: what happened, and why. What was taken from a log is {@link printable}. */
export function lookInWords(look: Look): string {
  const kind = look.requesterKind === undefined ? '' : KINDS[look.requesterKind] ?? ' (of a kind that is unknown)';
  const account = `account ${look.requester}${kind}`;
  const who = look.requesterOrganisation === undefined ? account : `${account} for organisation ${look.requesterOrganisation}`;
  const what = `${ACTION_WORDS[look.action] ?? look.action} record ${look.recordId} of organisation ${look.custodian}, for ${PURPOSE_WORDS[look.purpose] ?? look.purpose}`;
  const one = look.silent === undefined ? '' : ` Organisation ${look.silent} should have logged this too, and did not.`;
  return printable(`${moment(look.time)}: ${OUTCOMES[look.outcome]}: ${who} asked to ${what}. Reason: ${look.why}.${one}`);
}
