/**
 * NetFlow v5, v9 and IPFIX. A datagram's sets are walked ({@code NetflowDecoder}); templates are
 * kept per source ({@code SourceTemplates}) and compiled ({@code Planner}) to a list of steps
 * ({@code Plan}) that move fields into columns, set by set. Which element becomes which column is
 * one table: {@code Elements}.
 */
package io.flowwarden.decode.netflow;
