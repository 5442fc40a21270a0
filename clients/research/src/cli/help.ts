export const HELP = `salus-research: datasets, studies, permits, and queries at several sites

  salus-research datasets                      what is offered
      --term T, --without T                    with, or without, a term of DUO: HMB, NPU, DUO:0000007, ...; more than once
      --custodian N  --retired                 of one organisation; also those that were taken back
      STATEMENT  --matching                    what the chain's table says of a request; only those that match
  salus-research study register --organisation N --ethics N --use USE... --protocol FILE --folder FOLDER
  salus-research study amend STUDY --protocol FILE --folder FOLDER      ends the ethics approval
  salus-research study show STUDY [--fhir [--zone ZONE]]
  salus-research request --study N --dataset N --months N STATEMENT     without --use: for all uses of the study
  salus-research cosign REQUEST                the institution's administrator signs
  salus-research follow REQUEST                where a request or permit stands, what is missing, and until when
  salus-research accept REQUEST [--version N]  the terms: at first, and whenever they have changed
  salus-research report PERMIT --file FILE [--year N] --folder FOLDER
  salus-research output PERMIT --kind publication|return --file FILE --folder FOLDER
  salus-research renew PERMIT
  salus-research close-out PERMIT --file ATTESTATION [--report FILE] --folder FOLDER

  salus-research serve --folder FOLDER [--listen HOST:PORT]             the mailbox from which sites pull jobs
  salus-research ask --permit N... --query FILE --folder FOLDER         one query at the site of each permit
      --life SECONDS   how long sites may answer: a day unless told, seven at most
      --wait SECONDS   how long to wait for them here: 60 unless told
  salus-research collect --folder FOLDER       what has come since, for every query of the folder
  salus-research answers --folder FOLDER       those that are kept, with their receipts
      --form beacon|measure-report             each as a response of Beacon v2, or as a MeasureReport of FHIR R4: JSON on a line of its own
  salus-research verify JOB|FOLDER             one answer against the chain; --folder with a job's id
      --offline --genesis HASH --genesis-file FILE [--trail FILE]     without a node, from the genesis on; the file by \`salus-verify genesis --write\`
      of a parachain: --genesis HASH --para-id N, and of the relay chain --genesis-file FILE --relay-genesis HASH, or --relay-start FILE --relay-block HASH
  salus-research audit --folder FOLDER [--permit N...]                  all replies against the chain, believed or not, and the chain against them
  salus-research package --folder FOLDER --out FOLDER --name TEXT --license ADDRESS [--description TEXT]
  salus-research epoch FILE                    an auditor: the opening of an epoch, which a custodian gave, against the chain

  STATEMENT: --use USE... --months N --disease MONDO:... --region country:276|area:150 --publishes-from DAY, and
             --genotypes, --for-profit, --commercial, --publishes, --collaborates, --returns with yes or no.
             What is not stated counts neither as a yes nor as a no.
  --send               sign and send; without it the call is shown and nothing is sent
  --node URL           the node; SALUS_WS or ws://127.0.0.1:9944 unless told. --ws is the same
  --genesis HASH       refuse any other chain
  --relay URL          a node of the relay chain, if the chain is a parachain: ask and collect keep with answers what made their block final
  --chain-clock        tell the present by the chain's clock, of a development chain alone
  --suri-file FILE     the signer's secret, mode 600; SALUS_SURI_FILE or SALUS_SURI unless told
  --crypto KIND        sr25519 (unless told), ed25519 or ecdsa
  --folder FOLDER      jobs, replies, answers, profiles and salts; SALUS_RESEARCH_FOLDER unless told. Keep it to yourself
  --json               print one JSON object
Exit codes: 0 all is well, 1 refused or not reached, 2 wrong usage, 3 something was found, refused or is missing, 4 sent, and it is not
known what became of it: look before you repeat it.`;
