/** Reading decision receipts as strictly as `salus-verify` does. */
import { ACTIONS, DATA_CLASSES, PURPOSES, SENSITIVITY_LABELS } from '@salus/types';
import type { Json } from '@salus/types/json';
import {
  ACTOR_KINDS, DECISION_FORMAT, NUMBERED, RULES, VERDICTS,
  type DecisionActor, type DecisionQuestion, type DecisionReceipt, type DecisionVerdict, type Rule,
} from './decision-format.js';
import { FORMAT_VERSION } from './format.js';
import { MAX_RECEIPT, nodes, relayOf, VERSIONS, votes } from './read.js';
import { StrictFile } from './strict.js';

const U32 = 2n ** 32n - 1n;

const nullOr = <T>(value: Json, read: (value: Json) => T): T | null => (value === null ? null : read(value));

function actorOf(file: StrictFile, value: Json): DecisionActor {
  const members = file.members(value, 'actor', ['kind', 'organisation', 'account']);
  const actor: DecisionActor = {
    kind: file.oneOf(members.kind, ACTOR_KINDS, 'the actor\'s kind'),
    organisation: nullOr(members.organisation, (each) => file.u32(each, 'organisation')),
    account: nullOr(members.account, (each) => file.hash(each, 'account')),
  };
  const [organisation, account] = [actor.kind !== 'Own', actor.kind !== 'Organisation'];
  if ((actor.organisation !== null) !== organisation || (actor.account !== null) !== account) {
    file.bad('wrong-value', 'its actor has an organisation or an account too many or too few');
  }
  return actor;
}

function questionOf(file: StrictFile, value: Json): DecisionQuestion {
  const { subject, actor, purpose, action, dataClass, labels, dataTime, at } =
    file.members(value, 'question', ['subject', 'actor', 'purpose', 'action', 'dataClass', 'labels', 'dataTime', 'at']);
  const question: DecisionQuestion = {
    subject: file.hash(subject, 'subject'), actor: actorOf(file, actor),
    purpose: file.oneOf(purpose, PURPOSES, 'purpose'), action: file.oneOf(action, ACTIONS, 'action'),
    dataClass: file.oneOf(dataClass, DATA_CLASSES, 'dataClass'),
    labels: file.list(labels, SENSITIVITY_LABELS.length, 'labels', (label) => file.oneOf(label, SENSITIVITY_LABELS, 'a label')),
    dataTime: nullOr(dataTime, (each) => file.decimal(each, 'dataTime')), at: file.decimal(at, 'at'),
  };
  if (new Set(question.labels).size < question.labels.length) file.bad('wrong-value', 'its question names a label twice');
  return question;
}

const ALL_RULES = [...new Set(Object.values(RULES).flat())] as Rule[];

function verdictOf(file: StrictFile, value: Json): DecisionVerdict {
  const members = file.members(value, 'verdict', ['kind', 'rule', 'number']);
  const kind = file.oneOf(members.kind, VERDICTS, 'the verdict\'s kind');
  const rule = file.oneOf(members.rule, ALL_RULES, 'rule');
  const number = nullOr(members.number, (each) => file.decimal(each, 'number'));
  const known = (RULES[kind] as readonly string[]).includes(rule) && NUMBERED.includes(rule) === (number !== null);
  const small = number === null || kind === 'LawfulBasis' || BigInt(number) <= U32;
  if (!known || !small) file.bad('wrong-value', 'no verdict rests on that rule with that number');
  return { kind, rule, number };
}

/** Reads a decision receipt from a file: its bytes, or its text. Throws `ReceiptMalformed` if it is none. It says nothing of what it is worth. */
export function parseDecision(bytes: Uint8Array | string): DecisionReceipt {
  const file = new StrictFile('decision receipt');
  const value = file.json(bytes, MAX_RECEIPT);
  const version = file.version(value, DECISION_FORMAT, VERSIONS);
  const { genesis, header, finality, proof, specVersion, question, verdict } = file.members(
    value, 'the decision receipt', ['format', 'version', 'genesis', 'header', 'finality', 'proof', 'specVersion', 'question', 'verdict'],
  );
  const body = {
    genesis: file.hash(genesis, 'genesis'), header: file.hex(header, 'header'), proof: nodes(file, proof),
    specVersion: file.u32(specVersion, 'specVersion'), question: questionOf(file, question), verdict: verdictOf(file, verdict),
  };
  const format = DECISION_FORMAT;
  if (version === FORMAT_VERSION) {
    return { format, version, ...body, finality: votes(file, file.members(finality, 'finality', ['setId', 'justification'])) };
  }
  return { format, version, ...body, finality: { relay: relayOf(file, file.members(finality, 'finality', ['relay']).relay) } };
}
