//! A server whose connections break where it matters.

use crate::common::{database, secret};
use std::{
	io::{Read, Write},
	net::{Shutdown, TcpListener, TcpStream},
	path::{Path, PathBuf},
	sync::{
		atomic::{AtomicBool, AtomicU32, Ordering},
		Arc, Mutex,
	},
	thread,
};
use tokio::sync::RwLock;

/// Read by tests that need the server, written by one that stops it.
pub static SERVER: RwLock<()> = RwLock::const_new(());

/// Where the connection breaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
	/// Before the next commit reaches the server.
	Commit,
	/// After the next commit was made, before its answer.
	Answer,
}

/// What passes on between a gateway and the server, until it is told to cut.
pub struct Proxy {
	port: u16,
	next: Arc<Mutex<Option<Cut>>>,
	cuts: Arc<AtomicU32>,
	silent: Arc<AtomicBool>,
}

/// The port at which the server listens.
fn port() -> u16 {
	let url = std::env::var("SALUS_TEST_DATABASE").unwrap();
	let port = url.split("port=").nth(1).unwrap();
	port.split('&').next().unwrap().parse().unwrap()
}

impl Proxy {
	pub fn start() -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let proxy = Self {
			port: listener.local_addr().unwrap().port(),
			next: Arc::default(),
			cuts: Arc::default(),
			silent: Arc::default(),
		};
		let (next, cuts, silent) = (proxy.next.clone(), proxy.cuts.clone(), proxy.silent.clone());
		thread::spawn(move || {
			let mut held = Vec::new();
			for client in listener.incoming() {
				let (next, cuts) = (next.clone(), cuts.clone());
				let client = client.unwrap();
				if silent.load(Ordering::SeqCst) {
					held.push(client);
					continue;
				}
				let server = TcpStream::connect(("127.0.0.1", port())).unwrap();
				let (back_from, back_to) =
					(server.try_clone().unwrap(), client.try_clone().unwrap());
				thread::spawn(move || pass(back_from, back_to));
				thread::spawn(move || forward(client, server, &next, &cuts));
			}
		});
		proxy
	}

	/// A file with the URL of the schema of a folder, through it.
	pub fn url(&self, folder: &Path) -> PathBuf {
		let schema = database::texts(folder, "SELECT current_schema()").remove(0);
		let file = folder.join("proxy.url");
		secret(
			&file,
			&format!("postgres://salus:p%40ss%20word@127.0.0.1:{}/salus?options=-csearch_path%3D{schema}", self.port),
		);
		file
	}

	/// Cuts at the next commit.
	pub fn cut(&self, cut: Cut) {
		*self.next.lock().unwrap() = Some(cut);
	}

	/// New connections are taken, and nothing is ever said.
	pub fn silence(&self) {
		self.silent.store(true, Ordering::SeqCst);
	}

	/// How often it cut.
	pub fn cuts(&self) -> u32 {
		self.cuts.load(Ordering::SeqCst)
	}
}

fn end(stream: &TcpStream) {
	// The other side may have ended it.
	let _ = stream.shutdown(Shutdown::Both);
}

/// Passes on what the server says, until one of the two is gone.
fn pass(mut from: TcpStream, mut to: TcpStream) {
	let mut some = [0; 1 << 14];
	while let Ok(length @ 1..) = from.read(&mut some) {
		if to.write_all(&some[..length]).is_err() {
			break;
		}
	}
	end(&from);
	end(&to);
}

/// Passes on what the gateway says, and cuts at a commit.
fn forward(mut from: TcpStream, mut to: TcpStream, next: &Mutex<Option<Cut>>, cuts: &AtomicU32) {
	let mut some = [0; 1 << 14];
	while let Ok(length @ 1..) = from.read(&mut some) {
		// A commit is alone in its message, and nothing else is on its way.
		let cut = match some[..length] == *b"Q\0\0\0\x0bCOMMIT\0" {
			true => next.lock().unwrap().take(),
			false => None,
		};
		if let Some(cut) = cut {
			cuts.fetch_add(1, Ordering::SeqCst);
			// The gateway hears nothing any more.
			end(&from);
			if cut == Cut::Answer {
				// What the server answers goes nowhere, and ends the connection.
				to.write_all(&some[..length]).unwrap();
				return;
			}
			break;
		}
		if to.write_all(&some[..length]).is_err() {
			break;
		}
	}
	end(&from);
	end(&to);
}
