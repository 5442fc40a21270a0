//! Answers of nodes of today and of later runtimes.

use salus_verify::{
	files::Leaf,
	status::{answer, question, Today},
	Hash,
};

/// `Ok` of a verification with this status, and with more behind it.
fn ok(status: &[u8], behind: &[u8]) -> Vec<u8> {
	[&[0][..], &[9; 8], &[0, 1, 0, 0, 0], &[1, 0, 0, 0], status, behind].concat()
}

#[test]
fn answers_are_read() {
	let seven = 7_u64.to_le_bytes();
	let three = 3_u64.to_le_bytes();
	for (status, today, stands) in [
		(vec![1], Today::Current, true),
		([&[2][..], &three, &[1], &seven].concat(), Today::Superseded { by: 3, since: 7 }, false),
		([&[3, 4][..], &seven].concat(), Today::Retracted { reason: 4, since: 7 }, false),
		(vec![9, 1, 2], Today::Unknown(9), false),
	] {
		for behind in [&[0][..], &[1, 5, 0, 0, 0, 0, 0, 0, 0], &[1, 2, 3]] {
			assert_eq!(answer(&ok(&status, behind)), Ok(today));
		}
		assert_eq!(today.stands(), stands);
	}
	for (error, today) in [
		(0, Today::Gone),
		(1, Today::Contradicted),
		(2, Today::Contradicted),
		(3, Today::Contradicted),
		(4, Today::Contradicted),
		(5, Today::Evicted),
		(7, Today::Gone),
	] {
		assert_eq!(answer(&[1, error]), Ok(today));
		assert!(!today.stands());
	}
	assert_eq!(answer(&[&[1, 6][..], &seven].concat()), Ok(Today::Shredded { since: 7 }));
	for wrong in [&[][..], &[2], &[1], &ok(&[], &[]), &ok(&[2, 0], &[])] {
		assert!(answer(wrong).unwrap_err().is_malformed(), "{wrong:?}");
	}
}

#[test]
fn questions_are_the_calls_arguments() {
	let commitment = Hash([0xcc; 32]);
	let alone = question(7, 5, &commitment, None);
	let expected = [&[7, 0, 0, 0][..], &[5, 0, 0, 0, 0, 0, 0, 0], &[0xcc; 32], &[0], &[0]].concat();
	assert_eq!(alone, expected);
	let leaf = Leaf { index: 2, path: vec![Hash([0xaa; 32]), Hash([0xbb; 32])] };
	let expected =
		[&expected[..44], &[1, 2, 0, 0, 0, 0, 0, 0, 0, 8], &[0xaa; 32], &[0xbb; 32], &[0]].concat();
	assert_eq!(question(7, 5, &commitment, Some(&leaf)), expected);
}

#[test]
fn a_block_is_of_the_present_within_its_limits_to_the_second() {
	use salus_verify::status::{time, time_key, Age, Head, MAX_AGE, MAX_AHEAD};
	let head = Head { number: 42, time: 1_772_359_200 };
	for (now, most, age) in [
		(head.time, MAX_AGE, Age::Fresh),
		(head.time + MAX_AGE, MAX_AGE, Age::Fresh),
		(head.time + MAX_AGE + 1, MAX_AGE, Age::Old(61)),
		(head.time + 1, 0, Age::Old(1)),
		(head.time - MAX_AHEAD, MAX_AGE, Age::Fresh),
		(head.time - MAX_AHEAD - 1, MAX_AGE, Age::Ahead(7)),
		(0, u64::MAX, Age::Ahead(head.time)),
		(u64::MAX, u64::MAX, Age::Fresh),
	] {
		assert_eq!(head.age(now, most), age, "{now} {most}");
	}
	assert_eq!(time(&(head.time * 1_000 + 999).to_le_bytes()), Ok(head.time));
	assert!(time(&[0; 7]).is_err() && time(&[0; 9]).is_err());
	assert_eq!(time_key().len(), 32);
}
