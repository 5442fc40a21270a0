//! Files of the vault in a bucket, against an object store that nobody here wrote: `moto` of PyPI. `scripts/test.sh` starts one; where
//! SALUS_S3 does not name one, nothing is tried, and that is said.

use salus_gateway::blobs::{new_name, Bucket, BucketSettings};
use std::{collections::HashSet, io, io::ErrorKind};

/// Of names with some beginning, this one.
fn only(name: &str) -> impl Fn(&str) -> io::Result<HashSet<String>> + '_ {
	|start| Ok(name.starts_with(start).then(|| name.to_owned()).into_iter().collect())
}

/// A place of its own for each test, in the bucket `salus`.
fn settings(prefix: &str) -> Option<BucketSettings> {
	let Ok(endpoint) = std::env::var("SALUS_S3") else {
		eprintln!("not run: SALUS_S3 names no object store");
		return None;
	};
	Some(BucketSettings {
		bucket: "salus".into(),
		prefix: format!("{prefix}/{}", new_name().unwrap()),
		region: "us-east-1".into(),
		endpoint: Some(endpoint),
		access_key_id: "id".into(),
		secret_access_key: "/nowhere".into(),
	})
}

#[test]
fn a_file_is_found_again_until_it_is_removed_or_swept() {
	let Some(settings) = settings("found") else { return };
	let folder = tempfile::tempdir().unwrap();
	let bucket = Bucket::open(&settings, "secret", folder.path()).unwrap();
	let [a, b] = [(); 2].map(|()| new_name().unwrap());
	bucket.put(&a, b"1").unwrap();
	bucket.put(&b, &vec![7; 5_000_000]).unwrap();
	assert_eq!(bucket.get(&a).unwrap(), b"1");
	assert_eq!(bucket.get(&b).unwrap(), vec![7; 5_000_000]);
	assert_eq!(bucket.size(&b).unwrap(), 5_000_000);
	assert_eq!(bucket.sweep(only(&a)).unwrap(), 1);
	assert_eq!(bucket.get(&b).unwrap_err().kind(), ErrorKind::NotFound);
	assert_eq!(bucket.get(&a).unwrap(), b"1");
	bucket.remove(&a).unwrap();
	bucket.remove(&a).unwrap();
	assert_eq!(bucket.get(&a).unwrap_err().kind(), ErrorKind::NotFound);
	for name in ["", "../a", "salus-gateway-owner"] {
		assert_eq!(bucket.get(name).unwrap_err().kind(), ErrorKind::InvalidInput, "{name}");
	}
}

#[test]
fn many_files_are_swept_and_those_of_others_are_not() {
	let Some(settings) = settings("many") else { return };
	let folder = tempfile::tempdir().unwrap();
	let bucket = Bucket::open(&settings, "secret", folder.path()).unwrap();
	// More than one answer of the store lists.
	let names: Vec<String> = (0..1_050).map(|_| new_name().unwrap()).collect();
	let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
	bucket.put_all(&files).unwrap();
	let beside = BucketSettings { prefix: format!("{}/records", settings.prefix), ..settings };
	let neighbour = tempfile::tempdir().unwrap();
	let other = Bucket::open(&beside, "secret", neighbour.path()).unwrap();
	let theirs = new_name().unwrap();
	other.put(&theirs, b"theirs").unwrap();
	assert_eq!(bucket.sweep(only(&names[0])).unwrap(), 1_049);
	assert_eq!(bucket.get(&names[0]).unwrap(), b"x");
	assert_eq!(other.get(&theirs).unwrap(), b"theirs");
}

#[test]
fn a_place_belongs_to_one_folder_of_data() {
	let Some(settings) = settings("owner") else { return };
	let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
	let bucket = Bucket::open(&settings, "secret", first.path()).unwrap();
	let name = new_name().unwrap();
	bucket.put(&name, b"1").unwrap();
	drop(bucket);
	let refused = Bucket::open(&settings, "secret", second.path()).unwrap_err().to_string();
	assert!(refused.contains("belongs to another gateway"), "{refused}");
	let bucket = Bucket::open(&settings, "secret", first.path()).unwrap();
	assert_eq!(bucket.get(&name).unwrap(), b"1");
}

#[test]
fn a_bucket_that_is_not_there_is_told() {
	let Some(mut settings) = settings("none") else { return };
	settings.bucket = "not-there".into();
	let folder = tempfile::tempdir().unwrap();
	let fault = Bucket::open(&settings, "secret", folder.path()).unwrap_err();
	assert_eq!(fault.kind(), ErrorKind::NotFound, "{fault}");
}

/// Also on a thread that drives others' requests.
#[tokio::test]
async fn a_store_that_does_not_answer_is_told() {
	let settings = BucketSettings {
		bucket: "salus".into(),
		prefix: String::new(),
		region: "us-east-1".into(),
		// Nobody listens there: the port was free a moment ago.
		endpoint: Some({
			let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
			format!("http://{}", listener.local_addr().unwrap())
		}),
		access_key_id: "id".into(),
		secret_access_key: "/nowhere".into(),
	};
	let folder = tempfile::tempdir().unwrap();
	let fault = Bucket::open(&settings, "secret", folder.path()).unwrap_err().to_string();
	assert_eq!(fault, "the object store does not answer as it should");
}
