#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own beside it, empty and thrown away afterwards. Its URL is in SALUS_TEST_DATABASE.
#
#   scripts/database.sh COMMAND...
#
# Needs Debian's postgresql (14 or later); ends with 69 where that is missing. The server listens at a socket in a folder, and at a free port
# of this host with TLS, for which SALUS_TEST_DATABASE_TLS is the URL and SALUS_TEST_DATABASE_CA its authority. SALUS_TEST_DATABASE_CONTROL
# is a command that stops it as if the power had failed (`crash`), and starts it again (`start`). The programs that come with it are in the
# folder SALUS_TEST_DATABASE_PROGRAMS.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -gt 0 ] || {
	sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
	exit 2
}

# An exit code of its own: whoever can do without the server tells this from a failure.
missing() { (die "$1") || exit 69; }
# Debian keeps the programs of each version off the PATH. The folder of a version may have the clients alone.
INITDB=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
[ -x "$INITDB" ] || INITDB=$(command -v initdb) || missing 'needs PostgreSQL (apt-get install postgresql)'
BIN=$(dirname "$INITDB")
have openssl || missing 'needs openssl (apt-get install openssl)'
cleanup_at_exit
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/salus-postgres.XXXXXX")
FOLDERS+=("$FOLDER")
# The server refuses to run as root.
AS=()
if [ "$(id -u)" = 0 ]; then
	AS=(runuser -u "$(id -un postgres 2>/dev/null || echo nobody)" --)
	chown "$(id -un postgres 2>/dev/null || echo nobody)" "$FOLDER"
fi
PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$FOLDER"
echo secret >password
chmod 644 password
"${AS[@]}" "$BIN/initdb" --pgdata="$FOLDER/data" --username=admin --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >initdb.log 2>&1 || {
	tail -20 initdb.log >&2
	die 'initdb failed'
}
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=salus-test-ca -keyout ca.key -out ca.pem >/dev/null 2>&1
openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr >/dev/null 2>&1
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out server.pem \
	-extfile <(printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n') >/dev/null 2>&1
install -m 600 server.key server.pem data/
[ ${#AS[@]} = 0 ] || chown --reference=data data/server.key data/server.pem
cat >>data/postgresql.conf <<END
listen_addresses = '127.0.0.1'
port = $PORT
unix_socket_directories = '$FOLDER'
max_connections = 200
ssl = on
ssl_cert_file = 'server.pem'
ssl_key_file = 'server.key'
END
cat >control <<END
#!/usr/bin/env bash
set -e
cd "$FOLDER"
case \$1 in
	crash) ${AS[*]} "$BIN/pg_ctl" --pgdata="$FOLDER/data" --mode=immediate stop >/dev/null ;;
	start) ${AS[*]} "$BIN/pg_ctl" --pgdata="$FOLDER/data" --log="$FOLDER/data/log" --wait start >/dev/null </dev/null ;;
esac
END
chmod 755 control
# What is started is ended, whatever becomes of the command.
trap '"$FOLDER/control" crash 2>/dev/null || true; cleanup' EXIT
./control start || {
	tail -20 data/log >&2
	die 'PostgreSQL did not start'
}
admin() { PGPASSWORD=secret "$BIN/psql" --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --host="$FOLDER" --port="$PORT" --username=admin --dbname="$1" --command="$2"; }
admin postgres "CREATE ROLE salus LOGIN PASSWORD 'p@ss word'"
admin postgres "CREATE DATABASE salus OWNER salus"
cd "$OLDPWD"
export SALUS_TEST_DATABASE="postgresql://salus:p%40ss%20word@/salus?host=$FOLDER&port=$PORT"
export SALUS_TEST_DATABASE_TLS="postgresql://salus:p%40ss%20word@localhost:$PORT/salus?sslmode=require"
export SALUS_TEST_DATABASE_CA=$FOLDER/ca.pem
export SALUS_TEST_DATABASE_CONTROL=$FOLDER/control
export SALUS_TEST_DATABASE_PROGRAMS=$BIN
"$@"
