# shellcheck shell=bash
# Part of scripts/check-deploy.sh: the firewall, loaded in a network of its own.

with_nft() {
	obtain nft nftables libnftables1 libnftnl11 libmnl0 libxtables12 libedit2 libjansson4 || return 1
	LD_LIBRARY_PATH=$TOOL_LIBRARIES "$@"
}
check 'firewall: the rules are valid' with_nft nft -c -f deploy/nftables/salus.nft

# In a new network namespace: nothing of this machine is touched.
admin_port() {
	[ "$(id -u)" = 0 ] || { echo 'this needs root, for a network namespace'; return 1; }
	have perl || { echo 'there is no perl: apt-get install perl-base'; return 1; }
	with_nft true || return 1
	cat >"$WORK/firewall.sh" <<-'SH'
		set -eu
		ip link set lo up
		nft -f "$1"
		for port in 9944 9945; do
			perl -MIO::Socket::INET -e '
				my $s = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1", LocalPort => $ARGV[0]) or die;
				while (my $c = $s->accept) { close $c }' "$port" &
		done
		reach() { setpriv --reuid="$1" --clear-groups bash -c "exec 3<>/dev/tcp/127.0.0.1/$2" 2>/dev/null; }
		for i in $(seq 50); do reach 0 9944 && reach 0 9945 && break; sleep 0.1; done
		reach 0 9945 || { echo 'root does not reach 9945'; exit 1; }
		reach 65534 9944 || { echo 'others do not reach 9944'; exit 1; }
		if reach 65534 9945; then echo 'others reach 9945'; exit 1; fi
	SH
	# The listeners end with their process namespace.
	with_nft unshare --net --pid --fork --kill-child bash "$WORK/firewall.sh" deploy/nftables/salus.nft
}
check 'firewall: root alone reaches the listener with unsafe methods' admin_port

strangers() {
	[ "$(id -u)" = 0 ] || { echo 'this needs root, for network namespaces'; return 1; }
	with_nft true || return 1
	cat >"$WORK/strangers.sh" <<-'SH'
		set -eu
		# Inside: the validator. Two other networks hang on it: a member in the tunnel, and a stranger.
		ip link set lo up
		unshare --net sleep 60 & member=$!
		unshare --net sleep 60 & stranger=$!
		sleep 0.3
		ip link add wg-salus type veth peer name eth0 netns "$member"
		ip link add outer type veth peer name eth0 netns "$stranger"
		ip addr add 10.90.0.14/24 dev wg-salus; ip link set wg-salus up
		ip addr add 203.0.113.1/24 dev outer; ip link set outer up
		nsenter --net=/proc/$member/ns/net sh -c 'ip addr add 10.90.0.11/24 dev eth0; ip link set eth0 up'
		nsenter --net=/proc/$stranger/ns/net sh -c 'ip addr add 203.0.113.9/24 dev eth0; ip link set eth0 up'
		nft -f "$1"
		for port in 30333 9944 9615; do
			perl -MIO::Socket::INET -e '
				my $s = IO::Socket::INET->new(Listen => 5, LocalAddr => "0.0.0.0", LocalPort => $ARGV[0]) or die;
				while (my $c = $s->accept) { close $c }' "$port" &
		done
		reach() { nsenter --net="/proc/$1/ns/net" timeout 2 bash -c "exec 3<>/dev/tcp/$2/$3" 2>/dev/null; }
		for i in $(seq 20); do reach "$member" 10.90.0.14 30333 && break; sleep 0.2; done
		reach "$member" 10.90.0.14 30333 || { echo 'a member does not reach 30333 in the tunnel'; exit 1; }
		for port in 9944 9615; do
			if reach "$member" 10.90.0.14 "$port"; then echo "a member reaches $port"; exit 1; fi
		done
		for port in 30333 9944 9615; do
			if reach "$stranger" 203.0.113.1 "$port"; then echo "a stranger reaches $port"; exit 1; fi
		done
	SH
	with_nft unshare --net --pid --fork --mount-proc --kill-child bash "$WORK/strangers.sh" deploy/nftables/salus.nft
}
check 'firewall: a member reaches the peer-to-peer port in the tunnel, a stranger nothing' strangers
