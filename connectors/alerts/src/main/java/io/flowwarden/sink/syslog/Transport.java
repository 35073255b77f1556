package io.flowwarden.sink.syslog;

/** How messages travel: RFC 5426, RFC 6587 with octet counting, RFC 5425. */
enum Transport {
    UDP,
    TCP,
    TLS
}
