/**
 * Input files to raw records: captures, bare datagrams, cloud logs. Nothing here decodes a flow; it
 * only finds where one raw record ends and the next begins, and when it was received.
 */
package io.flowwarden.input;
