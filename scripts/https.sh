# Sourced by run: a certificate authority of this clone alone, and a certificate of it for the names of this machine.
# shellcheck shell=bash disable=SC2154 # state and logs are run's

https_folder() { printf '%s/https' "$state"; }
https_authority() { printf '%s/authority.pem' "$(https_folder)"; }

# The authority may speak for this machine's own names only, so that whoever trusts it trusts it for nothing else.
make_authority() {
  local folder
  folder=$(https_folder)
  [[ ! -f $folder/authority.pem || ! -f $folder/authority.key ]] || return 0
  (
    umask 077
    mkdir -p "$folder"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1825 -subj "/O=Gengdu/CN=Gengdu local authority" \
      -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
      -addext 'nameConstraints=critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0,permitted;IP:0:0:0:0:0:0:0:1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' \
      -keyout "$folder/authority.key" -out "$folder/authority.pem"
    rm -f "$folder/gateway.pem"
  ) > "$logs/https.log" 2>&1
}

# Renewed a month before it ends; the gateway would also take a renewed file while it runs.
make_certificate() {
  local folder
  folder=$(https_folder)
  if [[ -f $folder/gateway.pem && -f $folder/gateway.key ]] && openssl x509 -in "$folder/gateway.pem" -noout -checkend 2592000 > /dev/null; then return 0; fi
  (
    umask 077
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/O=Gengdu/CN=localhost' -keyout "$folder/gateway.key" -out "$folder/gateway.csr" &&
      openssl x509 -req -in "$folder/gateway.csr" -CA "$folder/authority.pem" -CAkey "$folder/authority.key" -days 397 -out "$folder/gateway.pem.new" -extfile <(
        printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' 'extendedKeyUsage=serverAuth' 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'
      ) &&
      rm -f "$folder/gateway.csr" && mv "$folder/gateway.pem.new" "$folder/gateway.pem"
  ) >> "$logs/https.log" 2>&1
}

make_https() {
  phase 'Certificate for https'
  if ! make_authority || ! make_certificate; then
    phase_open
    tail_log "$logs/https.log"
    fail "No certificate could be made; the log is $logs/https.log"
  fi
  phase_done
}

# Only on request (--trust): whoever holds the authority's key could then speak for this machine's names to its browsers.
# This user's browsers read the NSS store; curl and its like read the system's, which only root may change.
trust_authority() {
  local authority store=$HOME/.pki/nssdb name='Gengdu local authority'
  authority=$(https_authority)
  mkdir -p "$store"
  [[ -f $store/cert9.db ]] || certutil -d "sql:$store" -N --empty-password
  # One of an earlier clone under the same name would hide this one.
  while certutil -d "sql:$store" -D -n "$name" 2> /dev/null; do :; done
  certutil -d "sql:$store" -A -t C,, -n "$name" -i "$authority" || fail "The authority could not be put into $store."
  ((EUID == 0)) && command -v update-ca-certificates > /dev/null || return 0
  if ! install -m 644 "$authority" /usr/local/share/ca-certificates/gengdu-local.crt || ! update-ca-certificates > /dev/null 2>&1; then
    warn 'The authority is in the browsers of this user, but not in the list of the system.'
  fi
}

tell_trust() {
  say "证书由本机自建的证书机构签发，浏览器需先信任它 · the certificate is of an authority of this clone: $(https_authority)"
  say '  ./run --https --trust 会为当前用户安装 · installs it for this user, or import the file in your browser (authorities)'
}
