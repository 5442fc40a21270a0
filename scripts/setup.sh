#!/usr/bin/env bash
# Makes this machine able to build, run and test Salus. Says what it does, and does nothing twice.
#
#   scripts/setup.sh            install what is missing
#   scripts/setup.sh --check    only say what is missing (exit 1 if anything is)
#   scripts/setup.sh --tools    and what only the tests need
#   scripts/setup.sh --parachain  and the programs of a relay chain: a download where the release can be
#                               reached, else a build of about two hours on two cores
#   scripts/setup.sh --fhir     and a FHIR server that others wrote, for scripts/run.sh --fhir (seconds)
#   scripts/setup.sh --debian   build the wasm with Debian's toolchain even if rustup's would do
#
# Needs: Debian or Ubuntu (elsewhere it says what to install by hand), and root or sudo if a
# system package is missing.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

CHECK=
DEBIAN=
TOOLS=
PARACHAIN=
FHIR=
[ $# -le 1 ] || set -- --help
case ${1-} in
	'') ;;
	--check) CHECK=1 ;;
	--debian) DEBIAN=1 ;;
	--tools) TOOLS=1 ;;
	--parachain) PARACHAIN=1 ;;
	--fhir) FHIR=1 ;;
	*) sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac

TARGET=wasm32v1-none
LINKED=salus-wasm
DID=0
MISSING=0
START=$SECONDS

# todo WHAT HOW_LONG: announces one piece of work; false if we only check.
todo() {
	if [ -n "$CHECK" ]; then
		note "missing: $1"
		MISSING=$((MISSING + 1))
		return 1
	fi
	say "$1 ($2)"
	DID=$((DID + 1))
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif have sudo; then
		sudo "$@"
	else
		die "need root or sudo for: $*"
	fi
}

APT_UPDATED=
apt_install() {
	have apt-get || die "this system has no apt-get; please install by hand: $*"
	if [ -z "$APT_UPDATED" ]; then
		as_root apt-get update -qq >"$SALUS_CACHE/apt.log" 2>&1 || warn "apt-get update failed; trying with the lists at hand"
		APT_UPDATED=1
	fi
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
		>>"$SALUS_CACHE/apt.log" 2>&1 ||
		die "apt-get install $* failed; the log is $SALUS_CACHE/apt.log"
}

system_packages() {
	local wanted=()
	have cc && have ld || wanted+=(build-essential)
	have protoc || wanted+=(protobuf-compiler)
	# For the OpenSSL that the network library builds for itself; the base system's Perl lacks modules.
	have make || wanted+=(make)
	perl -MIPC::Cmd -MPod::Usage -e 1 2>/dev/null || wanted+=(perl)
	have git || wanted+=(git)
	have curl || wanted+=(curl ca-certificates)
	have zstd || wanted+=(zstd)
	[ ${#wanted[@]} -gt 0 ] || return 0
	todo "System packages: ${wanted[*]}" "under a minute" || return 0
	apt_install "${wanted[@]}"
}

rust() {
	if ! have rustup; then
		todo "Rust by rustup" "1 to 3 minutes" || return 0
		curl --proto '=https' --tlsv1.2 -sSf --connect-timeout 20 --retry 2 https://sh.rustup.rs |
			sh -s -- -y -q --profile minimal --default-toolchain stable --no-modify-path ||
			die "could not install rustup; get it from https://rustup.rs and run this again"
	fi
	if ! rustup run stable rustc --version >/dev/null 2>&1; then
		todo "Rust stable" "1 to 3 minutes" || return 0
		rustup toolchain install stable --profile minimal --no-self-update
	fi
	local want have_minor
	want=$(sed -n 's/^rust-version = "1\.\([0-9]*\)"/\1/p' "$ROOT/Cargo.toml")
	have_minor=$(rustup run stable rustc --version | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
	if [ "$have_minor" -lt "$want" ]; then
		# The one case in which an installed toolchain is updated: it is too old to build Salus.
		todo "Rust stable is 1.$have_minor, Salus needs 1.$want: updating it" "1 to 3 minutes" || return 0
		rustup update stable --no-self-update
	fi
	local component
	for component in clippy rustfmt; do
		rustup component list --toolchain stable --installed 2>/dev/null | grep -q "^$component" && continue
		todo "Rust component $component" "seconds" || continue
		rustup component add --toolchain stable "$component"
	done
}

# Can the toolchain that would build the runtime link an object for the wasm target?
# Argument: the toolchain's name. The answer is found by doing it.
wasm_works() {
	local dir=$SALUS_CACHE/wasm-probe
	mkdir -p "$dir/src"
	cat >"$dir/Cargo.toml" <<-'TOML'
		[package]
		name = "probe"
		version = "0.0.0"
		edition = "2021"
		[lib]
		crate-type = ["cdylib"]
		[profile.release]
		panic = "abort"
		lto = "fat"
		[workspace]
	TOML
	cat >"$dir/src/lib.rs" <<-'RUST'
		#![no_std]
		extern crate alloc;
		use core::alloc::{GlobalAlloc, Layout};
		struct None;
		unsafe impl GlobalAlloc for None {
			unsafe fn alloc(&self, _: Layout) -> *mut u8 { core::ptr::null_mut() }
			unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
		}
		#[global_allocator]
		static NONE: None = None;
		#[panic_handler]
		fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
		#[no_mangle]
		pub extern "C" fn probe(n: usize) -> usize {
			let mut v = alloc::vec::Vec::new();
			v.resize(n, 1u8);
			v.len()
		}
	RUST
	rm -rf "$dir/target"
	(cd "$dir" && env -u RUSTFLAGS -u RUSTC CARGO_TARGET_DIR="$dir/target" \
		cargo "+$1" build --offline --release --target "$TARGET") >"$dir/log" 2>&1 &&
		[ -s "$dir/target/$TARGET/release/probe.wasm" ]
}

# What wasm_works would say was found out before, for this very compiler and these very libraries.
wasm_stamp() {
	local sysroot
	sysroot=$(rustup run "$1" rustc --print sysroot 2>/dev/null) || return 1
	rustup run "$1" rustc -vV
	ls -l --time-style=+%s "$sysroot/lib/rustlib/$TARGET/lib" 2>/dev/null || true
}
wasm_known() {
	[ -f "$SALUS_CACHE/wasm-probe/ok-$1" ] &&
		[ "$(wasm_stamp "$1")" = "$(cat "$SALUS_CACHE/wasm-probe/ok-$1")" ]
}
wasm_ok() {
	wasm_known "$1" && return 0
	wasm_works "$1" || return 1
	wasm_stamp "$1" >"$SALUS_CACHE/wasm-probe/ok-$1"
}

# wasm-builder keeps what it made with other libraries; it must not be mixed with the new ones.
forget_wasm_builds() { rm -rf "$CARGO_TARGET_DIR"/*/wbuild; }

set_env() {
	local old=
	[ -f "$SALUS_ENV" ] && old=$(cat "$SALUS_ENV")
	local new="# Written by scripts/setup.sh: facts about this machine.${1:+
$1}"
	[ "$old" = "$new" ] && return 0
	# Another toolchain than before: nothing that it built may be mixed with the new one's.
	[ -z "$old" ] || forget_wasm_builds
	printf '%s\n' "$new" >"$SALUS_ENV"
}

wasm_target() {
	if [ -n "${WASM_BUILD_TOOLCHAIN-}" ]; then
		wasm_ok "$WASM_BUILD_TOOLCHAIN" ||
			die "WASM_BUILD_TOOLCHAIN=$WASM_BUILD_TOOLCHAIN is set but cannot build for $TARGET; see $SALUS_CACHE/wasm-probe/log"
		set_env "WASM_BUILD_TOOLCHAIN=$WASM_BUILD_TOOLCHAIN"
		return 0
	fi
	# The scripts build with "stable" because rust-toolchain.toml says so.
	if [ -z "$DEBIAN" ] && wasm_ok stable; then
		set_env ''
		return 0
	fi
	if wasm_known "$LINKED" || { rustup toolchain list | grep -q "^$LINKED" && wasm_ok "$LINKED"; }; then
		set_env "WASM_BUILD_TOOLCHAIN=$LINKED"
		return 0
	fi

	if [ -n "$DEBIAN" ]; then
		DID=$((DID + 1))
		debian_toolchain
		return 0
	fi
	todo "Rust target $TARGET by rustup" "seconds, where rustup can download" || return 0
	if timeout 120 rustup target add --toolchain stable "$TARGET" >"$SALUS_CACHE/rustup.log" 2>&1 && wasm_ok stable; then
		set_env ''
		forget_wasm_builds
		return 0
	fi
	note "rustup cannot get it here ($(grep -m1 '^error' "$SALUS_CACHE/rustup.log" || echo "no answer in 2 minutes"))."
	debian_toolchain
}

# Closed network: Debian's security archive carries a complete toolchain, apart from the core
# libraries of the wasm target. They are built once, from the packaged sources.
debian_toolchain() {
	local packages=(rustc-web cargo-web rust-web-src rust-web-llvm lld-22) package missing=()
	for package in "${packages[@]}"; do
		dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
	done
	if [ ${#missing[@]} -gt 0 ]; then
		say "Debian's own Rust toolchain: ${missing[*]} (1 to 3 minutes)"
		apt_install "${missing[@]}"
	fi
	[ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] || die "Debian's rustc and cargo are not in /usr/bin"
	rustup toolchain link "$LINKED" /usr

	say "The core libraries for $TARGET, built once from Debian's sources (about 40 seconds)"
	local dir=$SALUS_CACHE/wasm-core lib found
	local destination=/usr/lib/rustlib/$TARGET/lib
	rm -rf "$dir"
	mkdir -p "$dir/src"
	cat >"$dir/Cargo.toml" <<-'TOML'
		[package]
		name = "empty"
		version = "0.0.0"
		edition = "2021"
		[profile.release]
		panic = "abort"
		lto = "off"
		[workspace]
	TOML
	echo '#![no_std]' >"$dir/src/lib.rs"
	# RUSTC_BOOTSTRAP allows -Zbuild-std, here alone. Without the bitcode the runtime's link fails.
	(cd "$dir" && env -u RUSTC RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$dir/target" \
		cargo "+$LINKED" build --release -Zbuild-std=core,alloc --target "$TARGET") >"$SALUS_CACHE/wasm-core.log" 2>&1 || {
		tail -5 "$SALUS_CACHE/wasm-core.log" >&2
		die "building core and alloc for $TARGET failed; the log is $SALUS_CACHE/wasm-core.log"
	}
	as_root mkdir -p "$destination"
	as_root rm -f "$destination"/lib{core,alloc,compiler_builtins}-*.rlib
	for lib in core alloc compiler_builtins; do
		found=("$dir/target/$TARGET/release/deps/lib$lib"-*.rlib)
		[ ${#found[@]} = 1 ] && [ -s "${found[0]}" ] || die "expected one lib$lib-*.rlib, found: ${found[*]}"
		as_root cp "${found[0]}" "$destination/"
	done
	rm -rf "$dir"

	wasm_ok "$LINKED" || {
		tail -5 "$SALUS_CACHE/wasm-probe/log" >&2
		die "the toolchain $LINKED still cannot build for $TARGET; the log is $SALUS_CACHE/wasm-probe/log"
	}
	set_env "WASM_BUILD_TOOLCHAIN=$LINKED"
	forget_wasm_builds
	note "The runtime will be built with WASM_BUILD_TOOLCHAIN=$LINKED (kept in $SALUS_ENV)."
}

node_js() {
	# 20.10 is the first that reads the client's JSON modules.
	if ! have node || ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 10) ? 0 : 1)'; then
		todo "Node.js 20.10 or later (found: $(have node && node --version || echo none))" "a minute" || return 0
		local candidate=0
		if have apt-cache; then
			as_root apt-get update -qq >"$SALUS_CACHE/apt.log" 2>&1 && APT_UPDATED=1 || true
			candidate=$(apt-cache policy nodejs | sed -n 's/^ *Candidate: \([0-9]*\)\..*/\1/p')
		fi
		[ "${candidate:-0}" -ge 20 ] ||
			die "this system's packages offer Node.js ${candidate:-none}; install Node.js 20.10 or later (https://nodejs.org) and run this again"
		apt_install nodejs npm
	fi
	have npm || { todo "npm" "a minute" && apt_install npm; }
}

# npm ci in each folder that has a lock file, if the lock file is not the one installed last.
npm_packages() {
	local dir lock stamp
	for dir in "$ROOT" "$ROOT/e2e"; do
		lock=$dir/package-lock.json
		[ -f "$lock" ] || continue
		stamp=$dir/node_modules/.salus-lock
		[ -f "$stamp" ] && cmp -s "$lock" "$stamp" && continue
		todo "npm packages ($(basename "$dir"))" "under a minute" || continue
		npm --prefix "$dir" ci --no-audit --no-fund --loglevel=error </dev/null >"$SALUS_CACHE/npm.log" 2>&1 || {
			tail -15 "$SALUS_CACHE/npm.log" >&2
			die "npm ci failed in $dir"
		}
		cp "$lock" "$stamp"
	done
}

# Checks licences, sources, bans and advisories of all dependencies.
CARGO_DENY=0.20.2
cargo_deny() {
	local root=$SALUS_CACHE/tools
	[ "$("$root/bin/cargo-deny" --version 2>/dev/null)" = "cargo-deny $CARGO_DENY" ] && return 0
	todo "cargo-deny $CARGO_DENY" "3 to 6 minutes" || return 0
	# Unoptimised: it runs for seconds, and compiles in half the time.
	env -u RUSTFLAGS CARGO_TARGET_DIR="$root/build" cargo install --locked --debug --quiet --root "$root" \
		"cargo-deny@$CARGO_DENY" >"$SALUS_CACHE/cargo-deny.log" 2>&1 </dev/null || {
		tail -3 "$SALUS_CACHE/cargo-deny.log" >&2
		warn "cargo-deny could not be installed; scripts/test.sh will count that as a failure"
	}
	rm -rf "$root/build"
}

# A token without hardware, for the tests of keys in one. Without it they are passed over, and say so.
token_for_tests() {
	ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so >/dev/null 2>&1 && return 0
	todo "System package: softhsm2" "seconds" || return 0
	(apt_install softhsm2) || warn "softhsm2 could not be installed; the tests of keys in a token will be passed over"
}

# The FHIR server before which a gateway stands in scripts/run.sh --fhir.
fhir_server() {
	fhir_server_is_there && return 0
	todo "The FHIR server of Medplum $MEDPLUM, from npm" "seconds; 120 MB" || return 0
	local place
	place=$(FHIR_PLACE)
	mkdir -p "$place"
	npm install --no-audit --no-fund --loglevel=error --prefix "$place" "${MEDPLUM_PACKAGES[@]/%/@$MEDPLUM}" >"$SALUS_CACHE/fhir.log" 2>&1 </dev/null || {
		tail -5 "$SALUS_CACHE/fhir.log" >&2
		die "the FHIR server could not be installed; the log is $SALUS_CACHE/fhir.log"
	}
	touch "$place/node_modules/.complete"
}

# The programs of a relay chain, of the SDK's release that Cargo.lock builds on. Only the parachain needs them.
RELAY_RELEASE=polkadot-stable2609-2
RELAY_CRATES=(polkadot@41.0.0 polkadot-omni-node@0.24.0)
RELAY_DOWNLOADS=https://github.com/paritytech/polkadot-sdk/releases/download/$RELAY_RELEASE

# Each program with the checksum that the release has beside it. It shows that what came is whole and what the release
# page offers. It comes from the same place, so it does not show who made either: docs/operators/parachain.md.
relay_download() {
	local bin=$1/bin name expected
	[ "$(uname -sm)" = 'Linux x86_64' ] || { note "the release has no programs for $(uname -sm)"; return 1; }
	mkdir -p "$bin"
	for name in "${RELAY_PROGRAMS[@]}"; do
		expected=$(curl -fsSL --connect-timeout 20 --retry 2 "$RELAY_DOWNLOADS/$name.sha256" 2>/dev/null | cut -c 1-64) &&
			[[ $expected =~ ^[0-9a-f]{64}$ ]] || {
			note "the release cannot be reached from here: no $RELAY_DOWNLOADS/$name.sha256"
			return 1
		}
		curl -fsSL --connect-timeout 20 --retry 2 -o "$bin/$name.part" "$RELAY_DOWNLOADS/$name" || {
			note "the download of $name broke off"
			return 1
		}
		echo "$expected  $bin/$name.part" | sha256sum --check --status --strict - || {
			rm -f "$bin"/*.part
			die "$RELAY_DOWNLOADS/$name is not what its checksum says; nothing was kept, and nothing run"
		}
		note "$name  sha256 $expected"
	done
	for name in "${RELAY_PROGRAMS[@]}"; do
		chmod 755 "$bin/$name.part"
		mv "$bin/$name.part" "$bin/$name"
	done
}

relay_build() {
	local root=$1 crate
	# The database of `polkadot` is C++ with bindings that libclang makes.
	ls /usr/lib/llvm-*/lib/libclang.so /usr/lib/*/libclang.so >/dev/null 2>&1 || apt_install clang libclang-dev
	load_env
	for crate in "${RELAY_CRATES[@]}"; do
		say "Building $crate (about an hour on two cores)"
		env -u RUSTFLAGS -u SKIP_WASM_BUILD CARGO_TARGET_DIR="$root/build" cargo install --locked --quiet --root "$root" "$crate" \
			>"$SALUS_CACHE/relay.log" 2>&1 </dev/null || {
			tail -5 "$SALUS_CACHE/relay.log" >&2
			die "$crate could not be built; the log is $SALUS_CACHE/relay.log"
		}
	done
	rm -rf "$root/build"
}

relay_programs() {
	local root=$SALUS_CACHE/relay missing name
	missing=$(relay_missing)
	[ -n "$missing" ] || return 0
	[ -z "${SALUS_RELAY_BIN-}" ] || die "SALUS_RELAY_BIN=$SALUS_RELAY_BIN lacks: $missing"
	todo "The relay chain's programs of $RELAY_RELEASE: $missing" "minutes to download, about two hours to build" || return 0
	relay_download "$root" || relay_build "$root"
	rm -f "$root"/bin/*.part
	missing=$(relay_missing)
	[ -z "$missing" ] || die "still missing: $missing"
	for name in polkadot polkadot-omni-node; do
		"$(relay_program "$name")" --version >/dev/null || die "$(relay_program "$name") does not run on this machine"
	done
	note "in $root/bin"
}

say "Set-up: looking at this machine"
system_packages
rust
# From --check, without Rust nothing more can be looked at.
if have rustup && have cargo; then wasm_target; fi
node_js
have npm && npm_packages
[ -z "$TOOLS" ] || cargo_deny
[ -z "$TOOLS" ] || token_for_tests
[ -z "$PARACHAIN" ] || relay_programs
[ -z "$FHIR" ] || fhir_server

if [ -n "$CHECK" ]; then
	[ "$MISSING" = 0 ] || { note "$MISSING thing(s) missing: run scripts/setup.sh"; exit 1; }
	note "Nothing is missing."
elif [ "$DID" = 0 ]; then
	note "Nothing to do: everything is there."
else
	note "Set-up done in $(duration $((SECONDS - START)))."
fi
